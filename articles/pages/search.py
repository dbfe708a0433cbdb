"""The search: a form, and what it finds, the newest or the best first; at most 14 queries, 18 for the best first, however much there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import search
from articles.front.folding import folded
from articles.front.pool import Mark
from articles.front.rows import Row, rows
from articles.front.sheet import BadMark, parse
from articles.models import Tag, Tagging
from articles.pages.furniture import Furniture, furniture
from articles.pages.hits import HitView, hits
from articles.pages.response import page, readers
from articles.pages.search_form import Search, choices, filters, search_of
from articles.search.places import moment_of, place_of
from articles.text.dates import berlin_day, day_bounds

SIZE: Final = 20  # hits on a sheet
COUNTED: Final = 100  # hits; more are «mehr als 100»
SHEETS: Final = 10  # of the best
TOPICS: Final = 6
SHEET = re.compile(r"[2-9]|10")


@dataclass(frozen=True)
class Result:
    """What one address shows. more: the address of the next sheet. total: hits as far as they were counted, of the first sheet."""

    found: tuple[search.Hit, ...] = ()
    more: str = ""
    total: int = 0
    is_more: bool = False
    stems: frozenset[str] = frozenset()
    is_first: bool = True


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    wanted = search_of(request.GET, around)
    if wanted.is_empty:
        return _page(request, wanted, around, Result(), hint=_hint(wanted))
    result = _result(wanted, around, request.GET.get("vor", ""), request.GET.get("blatt", ""))
    if not result.found and not result.is_first and not result.more:
        raise Http404
    return _page(request, wanted, around, result)


def _hint(wanted: Search) -> str:
    if not wanted.q:
        return _("Geben Sie ein Wort ein, eine „Wortfolge in Anführungszeichen“, oder schließen Sie mit -Wort eines aus.")
    if wanted.wish.unwanted:
        return _("Nur auszuschließen, was nicht vorkommen soll, genügt nicht: Bitte geben Sie auch ein Wort ein, das vorkommen soll.")
    return _("Darin ist kein Wort, nach dem sich suchen lässt. Bitte geben Sie mindestens eines ein.")


def _result(wanted: Search, around: Furniture, vor: str, blatt: str) -> Result:
    limits = filters(wanted, around)
    if limits is None:
        return Result(is_first=not (vor or blatt))
    asked = search.ask(wanted.wish, limits)
    above, below = wanted.bounds(around)
    if wanted.is_best_first:
        return _best(wanted, asked, around, above=above, below=below, blatt=blatt)
    return _newest(wanted, asked, around, above=above, below=min(below, _place(vor)) if vor else below, vor=vor)


def _newest(wanted: Search, asked: search.Asked, around: Furniture, *, above: int, below: int, vor: str) -> Result:
    found = search.newest(asked, now=around.now, most=SIZE if vor else COUNTED, below=below, above=above)
    shown = found.hits[:SIZE]
    resume = shown[-1].place if len(found.hits) > SIZE else found.resume
    more = wanted.address(vor=_mark(resume)) if resume is not None else ""
    return Result(shown, more, len(found.hits), found.resume is not None, asked.stems, is_first=not vor)


def _best(wanted: Search, asked: search.Asked, around: Furniture, *, above: int, below: int, blatt: str) -> Result:
    if blatt and not SHEET.fullmatch(blatt):
        raise Http404
    sheet = int(blatt or 1)
    found = search.best(asked, now=around.now, most=SHEETS * SIZE, below=below, above=above).hits
    shown = found[(sheet - 1) * SIZE : sheet * SIZE]
    more = wanted.address(blatt=str(sheet + 1)) if len(found) > sheet * SIZE else ""
    return Result(shown, more, min(len(found), COUNTED), len(found) > COUNTED, asked.stems, is_first=sheet == 1)


def _place(vor: str) -> int:
    try:
        mark = parse(vor)
    except BadMark as error:
        raise Http404 from error
    return place_of(mark.moment, mark.article)


def _mark(place: int) -> str:
    """The position as all lists write it."""
    moment, article = moment_of(place)
    return str(Mark(moment, article))


def _page(request: HttpRequest, wanted: Search, around: Furniture, result: Result, *, hint: str = "") -> HttpResponse:
    by_id = rows([hit.article for hit in result.found], now=around.now)
    found = folded([by_id[hit.article] for hit in result.found if hit.article in by_id], now=around.now)
    views = hits(found, result.stems, style=around.house.quote_style, now=around.now)
    topics = _topics(found)
    context: dict[str, Any] = {
        "title": _("Suche: %s") % wanted.q if wanted.q else _("Suche"), "canonical": "" if request.GET else reverse("articles:search"),
        "is_result": bool(request.GET), "search": wanted, "choices": choices(wanted, around), "hint": hint, "hits": views,
        "result": result, "first_url": wanted.address(), "topics": [(name, url) for name, url, _key in topics],
        **_suggested(wanted, around, result, views),
    }  # fmt: skip
    keys = ["ticker", "search", *(key for _name, _url, key in topics)]
    return page(request, "pages/search.html", context, keys=keys, around=around, shown=found, ends=_ends(wanted, around, result))


def _ends(wanted: Search, around: Furniture, result: Result) -> datetime | None:
    """From when on the page is wrong though nobody announces it: a hit that is counted ends, or the day does."""
    moments = [hit.until for hit in result.found if hit.until]
    return min([*moments, *midnight(wanted, around)], default=None)


def midnight(wanted: Search, around: Furniture) -> list[datetime]:
    """The end of the day, where it matters."""
    return [day_bounds(berlin_day(around.now))[1]] if wanted.zeitraum else []


def _suggested(wanted: Search, around: Furniture, result: Result, views: Sequence[HitView]) -> dict[str, str]:
    if views or not wanted.wish or not result.is_first:
        return {}
    meant = search.suggestion(wanted.q, wanted.wish, now=around.now)
    return {"meant": meant, "meant_url": wanted.instead(meant)} if meant else {}


def _topics(found: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Names, addresses and keys of what the articles shown have in common; nothing else is asked."""
    if not found:
        return []
    links = Tagging.objects.filter(content_object__in=[row.pk for row in found], tag__merged_into=None).order_by()
    counted = links.values_list("tag_id", "tag__name", "tag__slug").annotate(together=Count("pk"))
    often = sorted(counted, key=lambda row: (-row[3], row[1]))[:TOPICS]
    return [(name, reverse("articles:topic", args=[slug]), Tag(pk=pk).name_key) for pk, name, slug, _number in often]
