"""A source: an agency and the copy it sent; four queries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.front.lists import Walk, of_agency
from articles.models import Agency
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    agency = get_object_or_404(Agency, slug=slug)
    around = furniture()
    listed = Walk(of_agency, {"agency": agency.pk, "now": around.now})
    context = {"agency": agency, "description": agency.description}
    return list_page(
        request, "pages/source.html", context, sources=[listed], around=around, keys=[agency.page_key],
        path=agency.get_absolute_url(), name=agency.name,
        may_be_empty=False,  # an agency may be known from copy alone that is still held
    )  # fmt: skip
