"""A category's index: newest first, read by position; four queries."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from articles.models import Article, FurtherCategory
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers
from articles.pages.teasers import teasers

LINES_IN_RAIL = 10


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    around = furniture()
    category = next((category for category in around.categories if category.slug == slug), None)
    if category is None:
        raise Http404
    sources = [
        Article.objects.filter(category=category).public(around.now).newest_first(),
        FurtherCategory.objects.filter(category=category).public(around.now).newest_first(),
    ]
    others = Article.objects.public(around.now).exclude(category=category).for_teasers().newest_first()[:LINES_IN_RAIL]
    context = {"category": category, "section": category.slug, "description": category.description, "others": teasers(others)}
    return list_page(
        request, "pages/category.html", context, sources=sources, around=around, keys=[category.page_key, "ticker"],
        path=category.get_absolute_url(), name=category.name,
    )  # fmt: skip
