"""An author and what they wrote; four queries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.front.lists import Walk, of_author
from articles.models import Author
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author.objects.select_related("picture"), slug=slug)
    around = furniture()
    listed = Walk(of_author, {"author": author.pk, "now": around.now})
    portrait = author.picture if author.picture and author.picture.is_public() else None
    context = {"author": author, "portrait": portrait, "description": author.about}
    return list_page(
        request, "pages/author.html", context, sources=[listed], around=around, keys=[author.page_key],
        path=author.get_absolute_url(), name=author.name, ends=portrait.rights_until if portrait else None,
        may_be_empty=False,  # an author may be known from copy alone that is still held
    )  # fmt: skip
