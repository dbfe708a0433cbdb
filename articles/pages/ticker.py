"""The ticker: every article as one line, newest first; three queries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.front.lists import Walk, newest
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers

LINES_PER_SHEET = 60


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    listed = Walk(newest, {"now": around.now})
    context = {"description": _("Alle Meldungen in der Reihenfolge, in der sie erschienen sind."), "feeds": reverse("articles:front")}
    return list_page(
        request, "pages/ticker.html", context, sources=[listed], around=around, keys=["ticker"],
        path=reverse("articles:ticker"), name=_("Ticker"), size=LINES_PER_SHEET,
    )  # fmt: skip
