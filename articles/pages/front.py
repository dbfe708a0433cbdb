"""The front page; seven queries, whatever the number of articles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.front.arrangement import Place, arrange
from articles.pages.facts import absolute, organisation, script
from articles.pages.furniture import furniture
from articles.pages.response import page, readers
from articles.pages.teasers import TeaserView, placed, with_authors


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    filled = arrange(around.now)

    def views(slug: str) -> list[TeaserView]:
        place = filled.places.get(slug)
        return [placed(item) for item in place.placed] if place else []

    name = around.house.name
    context = {
        "lead": next(iter(views("lead")), None),
        "second": views("second"),
        "ticker": views("ticker"),
        "opinion": with_authors(filled.places["opinion"].placed if "opinion" in filled.places else []),
        "blocks": [(place.position.category, _views(place)) for place in filled.blocks if place.position.category],
        "extra": [(place.position.label, _views(place)) for place in _extra(filled.places)],
        "title": name,
        "description": around.house.description,
        "canonical": "/",
        "is_front": True,
        "json_ld": script([organisation(name), {"@type": "WebSite", "name": name, "url": absolute("/"), "inLanguage": "de"}]),
    }
    return page(request, "pages/front.html", context, keys=["front"], around=around, shown=filled.articles, ends=filled.ends)


def _views(place: Place) -> list[TeaserView]:
    return [placed(item) for item in place.placed]


def _extra(places: dict[str, Place]) -> list[Place]:
    """Places that editors added themselves."""
    known = ("lead", "second", "ticker", "opinion")
    return [place for slug, place in places.items() if slug not in known and not slug.startswith("block-") and place.placed]
