"""A search as a feed: its newest hits, as they come."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import search
from articles.pages.feeds.entries import ENTRIES, articles_of
from articles.pages.feeds.views import feed_of
from articles.pages.furniture import furniture
from articles.pages.response import readers
from articles.pages.search import midnight
from articles.pages.search_form import filters, search_of


@readers
def show(request: HttpRequest, form: str) -> HttpResponse:
    around = furniture()
    wanted = search_of(request.GET, around)
    if wanted.is_empty:
        raise Http404
    limits = filters(wanted, around)
    above, below = wanted.bounds(around)
    asked = search.ask(wanted.wish, limits or [])
    hits = search.newest(asked, now=around.now, most=ENTRIES, below=below, above=above).hits if limits is not None else ()
    return feed_of(
        request, form, articles=articles_of([hit.article for hit in hits], now=around.now), around=around, keys=["ticker", "search"],
        path=reverse("articles:search"), query=wanted.feed_query, name=_("Suche: %s") % wanted.q if wanted.q else _("Suche"),
        description=_("Die neuesten Treffer dieser Suche."), ends=min(midnight(wanted, around), default=None),
    )  # fmt: skip
