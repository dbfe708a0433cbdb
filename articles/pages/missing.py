"""404: the newest headlines instead of a dead end; the same bytes whatever was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Article
from articles.pages.furniture import furniture
from articles.pages.response import page
from articles.pages.teasers import teasers

LINES = 6


def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    newest = list(Article.objects.public(around.now).for_teasers().newest_first()[:LINES])
    response = page(request, "404.html", {"newest": teasers(newest)}, keys=["front"], around=around, shown=newest, status=404)
    response.headers["Cache-Control"] = "public, max-age=10, s-maxage=30"
    return response
