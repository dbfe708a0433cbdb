"""What every page prints around its copy: the house, the categories, the breaking line; two queries, six more where something is planned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.db.models import Case, Exists, F, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Least
from django.urls import reverse
from django.utils import timezone

from articles.front.keeping import keep
from articles.front.lists import Rows
from articles.front.planned import Planned, planned
from articles.models import Agency, Article, Breaking, Category, House, Status
from articles.models.article import article_path, visibility
from articles.models.category import category_path
from articles.models.compiled import moment, run, statement
from articles.text.dates import berlin_day, day_bounds

HOUSE = tuple(field.attname for field in House._meta.concrete_fields)


@dataclass(frozen=True)
class Line:
    """The breaking line; `url` is empty where it leads to no article."""

    headline: str
    since: datetime
    until: datetime
    url: str


@dataclass(frozen=True)
class Department:
    """A category as pages print it."""

    pk: int
    name: str
    slug: str
    description: str
    colour: str

    @property
    def page_key(self) -> str:
        return f"category-{self.pk}"

    def get_absolute_url(self) -> str:
        return category_path(self.slug)


@dataclass(frozen=True)
class Furniture:
    """`changes_at`: the next moment at which something appears that is not yet public, or the breaking line changes.

    Of those moments, `planned` concern some pages, `line_changes_at` all. `is_reserved`: house or any agency reserves
    text and data mining, so whatever may hold copy of several says so.
    """

    house: House
    categories: tuple[Department, ...]
    breaking: Line | None
    changes_at: datetime | None
    now: datetime
    planned: tuple[Planned, ...] = ()
    line_changes_at: datetime | None = None
    is_reserved: bool = True

    def changes_for(self, keys: Set[str]) -> datetime | None:
        """The next moment at which something appears or ends on a page that hangs on these keys."""
        moments = [one.moment for one in self.planned if not one.keys.isdisjoint(keys)]
        return min([*moments, *([self.line_changes_at] if self.line_changes_at else [])], default=None)

    @property
    def today(self) -> datetime:
        """The first moment of the day in Berlin: the same all day, so that what is printed for it can be kept."""
        return day_bounds(berlin_day(self.now))[0]

    @property
    def palette_url(self) -> str:
        return _palette_url(self.categories)


@lru_cache(maxsize=8)
def _palette_url(categories: tuple[Department, ...]) -> str:
    """The style sheet with the categories' colours; its address changes with them."""
    colours = "".join(f"{category.slug}{category.colour}" for category in categories)
    return reverse("articles:palette", args=[hashlib.sha256(colours.encode()).hexdigest()[:8]])


def furniture() -> Furniture:
    """As it is now. It depends on house, categories and breaking lines, which announce «all», and on what is planned:
    whatever the desk publishes, schedules, moves or takes back announces «front»."""
    now = timezone.now()
    found = keep("furniture", ("all", "front"), partial(_asked, now), until=lambda made: made.changes_at)
    return found if found.now == now else replace(found, now=now)


def _asked(now: datetime) -> Furniture:
    [(*fields, starts, release, breaking, data, is_reserved)] = run(statement("house", _house, {"now": now}), {"now": now})
    house = House(**dict(zip(HOUSE, fields, strict=True)))
    house.changed_at = moment(house.changed_at)
    line = _line(json.loads(data) if isinstance(data, str) else data)
    coming, beyond = planned(now) if starts or release else ((), None)
    for_all = [at for at in (moment(breaking), line.until if line else None, beyond) if at]
    moments = [*for_all, *(one.moment for one in coming)]
    categories = tuple(Department(*row) for row in run(statement("categories", _categories, {}), {}))
    reserved = bool(house.tdm_reservation or is_reserved)
    return Furniture(house, categories, line, min(moments, default=None), now, coming, min(for_all, default=None), reserved)


def _house(*, now: datetime) -> Rows:
    coming = Breaking.objects.filter(visible_from__gt=now).order_by("visible_from").values("visible_from")[:1]
    asked = House.objects.filter(pk=1).annotate(
        next_start=_next("published_at", now), next_release=_next("embargo_until", now),
        next_breaking=Subquery(coming), line=Subquery(_lines(now)), is_reserved=Exists(Agency.objects.filter(tdm_reservation=True)),
    )  # fmt: skip
    return asked.values_list(*HOUSE, "next_start", "next_release", "next_breaking", "line", "is_reserved")


def _categories() -> Rows:
    return Category.objects.in_order().values_list("pk", "name", "slug", "description", "colour")


def _next(field: str, now: datetime) -> Subquery:
    coming = Article.objects.filter(status=Status.PUBLISHED, **{f"{field}__gt": now}).order_by(field)
    return Subquery(coming.values(field)[:1])


def _lines(now: datetime) -> Any:
    public = When(visibility(now, prefix="article__"), then=F("article__slug"))
    data = JSONObject(
        headline="headline", since="visible_from", article="article_id",
        until=Least("visible_until", Coalesce("article__visible_until", "visible_until")),
        slug=Case(public, default=Value("")), category="article__category__slug",
    )  # fmt: skip
    return Breaking.objects.showing(now).values(data=data)[:1]


def _line(data: dict[str, Any] | None) -> Line | None:
    if not data:
        return None
    url = article_path(data["category"], data["slug"], data["article"]) if data["slug"] else ""
    return Line(data["headline"], moment(data["since"]), moment(data["until"]), url)
