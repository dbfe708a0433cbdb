"""The categories' colours as a style sheet: they live in the database, so a file cannot hold them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Category
from articles.pages.response import readers
from articles.text.colours import pair_for


@readers
def show(request: HttpRequest, stamp: str) -> HttpResponse:
    """`stamp` only makes a new address for new colours; an old address gets today's."""
    rules = []
    for category in Category.objects.in_order():
        light, dark = pair_for(category.colour)
        rules.append(f'[data-section="{category.slug}"]{{--section:light-dark({light},{dark})}}')
    response = HttpResponse(f"@layer tokens{{{''.join(rules)}}}", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Surrogate-Key"] = "palette"
    return response
