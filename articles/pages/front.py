"""The front page; eight queries, whatever the number of articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles.front.arrangement import Arrangement, Place, arrange
from articles.front.mostread import KEY, most_read
from articles.front.rows import next_end
from articles.pages.facts import absolute, organisation, script
from articles.pages.furniture import Department, Furniture, furniture
from articles.pages.response import SHARED, STALE, page, readers
from articles.pages.teasers import TeaserView, placed, teasers, with_authors
from articles.text.dates import berlin_day, day_bounds


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    filled = arrange(around.now)
    read = most_read(now=around.now)

    seen: set[int] = set()

    def views(slug: str) -> tuple[TeaserView, ...]:
        place = filled.places.get(slug)
        return _with_new_pictures(place, seen) if place else ()

    name = around.house.name
    context = {
        "lead": next(iter(views("lead")), None),
        "second": views("second"),
        "ticker": views("ticker"),
        "opinion": with_authors(filled.places["opinion"].placed if "opinion" in filled.places else []),
        "blocks": _blocks(filled, around, seen),
        "extra": [(place.position.label, _with_new_pictures(place, seen)) for place in _extra(filled.places)],
        "most_read": teasers(read),
        "title": name,
        "description": around.house.description,
        "canonical": "/",
        "feeds": "/",
        "today": around.today,
        "json_ld": script([organisation(name), {"@type": "WebSite", "name": name, "url": absolute("/"), "inLanguage": "de"}]),
    }
    ends = _ends(around.now, next_end(filled.ends, read))
    return page(request, "pages/front.html", context, keys=["front", KEY], around=around, shown=filled.articles, ends=ends)


def _blocks(filled: Arrangement, around: Furniture, seen: set[int]) -> list[tuple[Department, tuple[TeaserView, ...]]]:
    """The categories' places with their teasers; an empty one is left out."""
    categories = {category.pk: category for category in around.categories}
    filled_ones = [place for place in filled.blocks if place.position.category_id in categories]
    return [(categories[place.position.category_id or 0], _with_new_pictures(place, seen)) for place in filled_ones]


def _ends(now: datetime, pinned: datetime | None) -> datetime | None:
    """The page speaks of its day: shortly before midnight no cache may carry it over."""
    midnight = day_bounds(berlin_day(now))[1]
    if (midnight - now).total_seconds() > SHARED + STALE:
        return pinned
    return min(midnight, pinned or midnight)


def _with_new_pictures(place: Place, seen: set[int]) -> tuple[TeaserView, ...]:
    """No picture stands on the page twice; who comes later goes without."""
    views = []
    for view in map(placed, place.placed):
        is_new = view.picture is not None and view.picture.pk not in seen
        views.append(view if is_new else replace(view, picture=None))
        seen.update([view.picture.pk] if view.picture else [])
    return tuple(views)


def _extra(places: dict[str, Place]) -> list[Place]:
    """Places that editors added themselves."""
    known = ("lead", "second", "ticker", "opinion")
    return [place for slug, place in places.items() if slug not in known and not slug.startswith("block-") and place.placed]
