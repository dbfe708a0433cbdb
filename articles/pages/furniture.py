"""What every page prints around its copy: the house, the categories, the breaking line; two queries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, F, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Least
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Breaking, Category, House, Status
from articles.models.article import visibility


@dataclass(frozen=True)
class Line:
    """The breaking line; `url` is empty where it leads to no article."""

    headline: str
    since: datetime
    until: datetime
    url: str


@dataclass(frozen=True)
class Furniture:
    """`changes_at`: the next moment at which something appears that is not yet public, if any."""

    house: House
    categories: list[Category]
    breaking: Line | None
    changes_at: datetime | None
    now: datetime

    @property
    def palette_url(self) -> str:
        """The style sheet with the categories' colours; its address changes with them."""
        colours = "".join(f"{category.slug}{category.colour}" for category in self.categories)
        return reverse("articles:palette", args=[hashlib.sha256(colours.encode()).hexdigest()[:8]])


def furniture() -> Furniture:
    now = timezone.now()
    house = House.objects.annotate(
        next_start=_next("published_at", now),
        next_release=_next("embargo_until", now),
        next_breaking=Subquery(Breaking.objects.filter(visible_from__gt=now).order_by("visible_from").values("visible_from")[:1]),
        line=Subquery(_lines(now)),
    ).get(pk=1)
    line = _line(house.line)
    ends = line.until if line else None
    moments = [moment for moment in (house.next_start, house.next_release, house.next_breaking, ends) if moment]
    return Furniture(house, list(Category.objects.in_order()), line, min(moments, default=None), now)


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
    url = reverse("articles:article", args=[data["category"], data["slug"], data["article"]]) if data["slug"] else ""
    return Line(data["headline"], _moment(data["since"]), _moment(data["until"]), url)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
