"""The search's form: what its fields say, what the index is asked for, and the addresses of other sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Agency, Author, Kind, Tag
from articles.models.tag import ends_of
from articles.pages.furniture import Furniture
from articles.search import LONGEST, Wish, read
from articles.search.places import AFTER_ALL, first_of
from articles.text.dates import berlin_day, day_bounds
from articles.text.slugs import slugify

NEWEST, BEST = "neu", "beste"
ORDERS: Final = {NEWEST: _("Neueste zuerst"), BEST: _("Beste Treffer zuerst")}
PERIODS: Final = {"heute": (1, _("Heute")), "woche": (7, _("Letzte 7 Tage")), "monat": (31, _("Letzte 31 Tage")), "jahr": (366, _("Letztes Jahr"))}
KINDS: Final = {slugify(str(kind.label)): kind for kind in Kind}
NAMES: Final = ("q", "ressort", "form", "zeitraum", "sortierung", "thema", "autor", "quelle", "von", "bis")
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of days that may be typed
LONGEST_NAME: Final = 120
Choice = tuple[str, object, bool]  # value, label, whether it is chosen


@dataclass(frozen=True)
class Search:
    """One search as its address says it; a choice that does not exist is none."""

    q: str = ""
    ressort: str = ""
    form: str = ""
    zeitraum: str = ""
    sortierung: str = NEWEST
    thema: str = ""
    autor: str = ""
    quelle: str = ""
    von: str = ""
    bis: str = ""

    @cached_property
    def wish(self) -> Wish:
        return read(self.q)

    @property
    def is_best_first(self) -> bool:
        return self.sortierung == BEST

    @property
    def has_names(self) -> bool:
        """Whether somebody or something is named."""
        return bool(self.thema or self.autor or self.quelle)

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the fields is filled that are folded away."""
        return bool(self.has_names or self.von or self.bis)

    @property
    def is_empty(self) -> bool:
        """There is nothing to look for: a period alone is no search, the archive shows it."""
        return not (self.wish or self.ressort or self.form or self.has_names)

    @property
    def feed_query(self) -> str:
        """What stands after the address of a feed: the same search, whose newest hits it holds."""
        return replace(self, sortierung=NEWEST).address().removeprefix(reverse("articles:search"))

    def address(self, **more: str) -> str:
        said = {name: getattr(self, name) for name in NAMES}
        kept = {name: value for name, value in said.items() if value and (name, value) != ("sortierung", NEWEST)}
        asked = urlencode({**kept, **more})
        return f"{reverse('articles:search')}{'?' if asked else ''}{asked}"

    def instead(self, q: str) -> str:
        """The address of the same search for other words."""
        return replace(self, q=q).address()

    def bounds(self, around: Furniture) -> tuple[int, int]:
        """The lowest place in time that is wanted, and the first above; whole days in Berlin, so that it is right until midnight."""
        moments = [day_bounds(date.fromisoformat(self.von))[0]] if self.von else []
        if self.zeitraum:
            days, _label = PERIODS[self.zeitraum]
            moments.append(day_bounds(berlin_day(around.now) - timedelta(days=days - 1))[0])
        end = first_of(day_bounds(date.fromisoformat(self.bis))[1]) if self.bis else AFTER_ALL
        return first_of(max(moments)) if moments else 0, end


def search_of(given: QueryDict, around: Furniture) -> Search:
    slugs = {category.slug for category in around.categories}
    return Search(
        q=given.get("q", "").replace("\x00", "").strip()[: LONGEST + 1],  # the one more tells that it is cut
        ressort=_one_of(given.get("ressort", ""), slugs),
        form=_one_of(given.get("form", ""), KINDS),
        zeitraum=_one_of(given.get("zeitraum", ""), PERIODS),
        sortierung=_one_of(given.get("sortierung", ""), ORDERS) or NEWEST,
        **{name: given.get(name, "").replace("\x00", "").strip()[:LONGEST_NAME] for name in ("thema", "autor", "quelle")},
        **{name: _day(given.get(name, "")) for name in ("von", "bis")},
    )


def _day(typed: str) -> str:
    """As browsers send it («2025-02-24»); what is no day is none."""
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        return ""
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else ""


def _one_of(value: str, known: object) -> str:
    return value if value in known else ""  # type: ignore[operator]


def choices(search: Search, around: Furniture) -> dict[str, Sequence[Choice]]:
    """What the form's lists offer; each has «all» before it where nothing may be chosen."""
    return {
        "ressorts": [(one.slug, one.name, one.slug == search.ressort) for one in around.categories],
        "forms": [(slug, kind.label, slug == search.form) for slug, kind in KINDS.items()],
        "periods": [(slug, label, slug == search.zeitraum) for slug, (_days, label) in PERIODS.items()],
        "orders": [(slug, label, slug == search.sortierung) for slug, label in ORDERS.items()],
    }


def filters(search: Search, around: Furniture) -> list[list[str]] | None:
    """The index's terms for each filter, of which one has to be there; None where a name means nobody and nothing."""
    asked: list[list[str]] = []
    if search.ressort:
        asked.append([f"#c{one.pk}" for one in around.categories if one.slug == search.ressort])
    if search.form:
        asked.append([f"#k{KINDS[search.form]}"])
    for typed, letter, find in ((search.thema, "t", _tags), (search.autor, "u", _authors), (search.quelle, "a", _agencies)):
        if typed:
            asked.append([f"#{letter}{pk}" for pk in find(typed)])
    return asked if all(asked) else None


def _tags(typed: str) -> list[int]:
    """With all that have become part of it: an article may still carry one of those in the index."""
    found = ends_of(Tag.objects.filter(Q(slug=slugify(typed)) | Q(name=typed) | Q(aliases__name=typed)).distinct()[:5])
    merged = Tag.objects.filter(merged_into__in=found).values_list("pk", flat=True)
    return [*(tag.pk for tag in found), *merged]


def _authors(typed: str) -> list[int]:
    return list(Author.objects.filter(Q(slug=slugify(typed)) | Q(name__iexact=typed)).values_list("pk", flat=True)[:5])


def _agencies(typed: str) -> list[int]:
    named = Q(slug=slugify(typed)) | Q(name__iexact=typed) | Q(short_name__iexact=typed)
    return list(Agency.objects.filter(named).values_list("pk", flat=True)[:5])
