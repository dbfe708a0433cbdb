"""What all pages that list articles have in common: one stretch of the list, told by `?vor=`."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from articles.front.pool import Source
from articles.front.sheet import BadMark, Sheet, sheet
from articles.pages.facts import list_json_ld
from articles.pages.furniture import Furniture
from articles.pages.response import page
from articles.pages.teasers import TeaserView, teasers
from articles.text.dates import day_bounds

TEASERS_PER_SHEET = 30


def list_page(
    request: HttpRequest, template: str, context: dict[str, Any], *,
    sources: Sequence[Source], around: Furniture, keys: Sequence[str], path: str, name: str, size: int = TEASERS_PER_SHEET,
    arrange: Callable[[Sequence[TeaserView]], Any] | None = None, may_be_empty: bool = True,
    ends: datetime | None = None, without: Container[int] = (),
) -> HttpResponse:  # fmt: skip
    """Render one sheet of a list. 404 for a position that cannot be, or beyond which there is nothing.

    arrange: lays out the teasers by something else than days. may_be_empty: whether the first sheet exists without any.
    ends: a moment from which something beside the list would be wrong. without: what stands above the list already.
    """
    part = _sheet(sources, request.GET.get("vor"), size)
    if not part.articles and not (part.is_first and may_be_empty):
        raise Http404
    here = path if part.is_first else f"{path}?vor={request.GET['vor']}"
    ready = {
        "sheet": part,
        "days": _by_day(part, without) if arrange is None else arrange(teasers(part.articles)),
        "older_url": f"{path}?vor={part.older}" if part.older else "",
        "first_url": path,
        "json_ld": list_json_ld(name, path),
        "canonical": here,
        "title": name,
        "feeds": path,
        **context,
    }
    return page(request, template, ready, keys=keys, around=around, shown=part.articles, ends=ends)


def _by_day(part: Sheet, without: Container[int]) -> list[tuple[datetime, Sequence[TeaserView]]]:
    days = [(day.date, [row for row in day.articles if row.pk not in without]) for day in part.days]
    return [(day_bounds(date)[0], teasers(rows)) for date, rows in days if rows]


def _sheet(sources: Sequence[Source], vor: str | None, size: int) -> Sheet:
    try:
        return sheet(sources, vor, size=size)
    except BadMark as error:
        raise Http404 from error
