"""What lists print of an article: values straight from the database, no model, never a body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models.expressions import RawSQL

from articles.front.lists import Rows
from articles.models import Article
from articles.models.article import ArticleQuerySet, article_path
from articles.models.compiled import POOL, Statement, moment, run, statement, with_pool
from articles.models.picture import rendition_key

COLUMNS = (
    "pk", "kicker", "headline", "slug", "lead", "kind", "urgency", "published_at", "changed_at", "visible_until",
    "teaser_headline", "teaser_text", "opening", "category__slug", "category__name", "agency__short_name", "story_id",
)  # fmt: skip
PICTURE = ("pk", "hash", "focal_x", "focal_y", "width", "height", "rights_until", "rendered_at")
STEPS = (8, 16, 32, 64, 128, 256)  # numbers of ids that statements are made for; gaps are filled with the last id


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as teasers need it."""

    pk: int
    rendition_key: str
    width: int
    height: int
    rights_until: datetime | None
    rendered_at: datetime | None

    def is_public(self, at: datetime) -> bool:
        return self.rendered_at is not None and (self.rights_until is None or self.rights_until > at)


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a list; the names are the article's."""

    pk: int
    kicker: str
    headline: str
    slug: str
    lead: str
    kind: str
    urgency: int
    published_at: datetime
    changed_at: datetime
    visible_until: datetime | None
    teaser_headline: str
    teaser_text: str
    opening: str
    section: str
    section_name: str
    agency: str
    picture: Shown | None
    story: int | None = None
    others: tuple[Any, ...] = ()  # further tellings of the story, see folding

    def get_absolute_url(self) -> str:
        return article_path(self.section, self.slug, self.pk)

    @property
    def ends(self) -> list[datetime]:
        """When it, or another telling named with it, is no longer to be seen."""
        return [moment for moment in (self.visible_until, *(one.visible_until for one in self.others)) if moment]


def rows(ids: Iterable[int], *, now: datetime) -> dict[int, Row]:
    """The articles of those ids that readers may see, by id; one query."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    room = next((step for step in STEPS if step >= len(wanted)), len(wanted))
    values = {"now": now} | {f"id_{place}": wanted[min(place, len(wanted) - 1)] for place in range(room)}
    return {row.pk: row for row in map(_row, run(statement(("rows", room), _by_id, values), values))}


def rows_in(pool: Statement, values: dict[str, Any], *, limit: int) -> list[Row]:
    """The newest articles of a pool of ids (SQL that has passed the gate); one query."""
    outer = statement(("pool", limit), partial(_in_pool, limit=limit), {})
    return list(map(_row, run(with_pool(outer, pool), values)))


def ranked_rows(name: str, build: Callable[..., ArticleQuerySet], values: dict[str, Any]) -> list[Row]:
    """The articles of a queryset that has passed the gate, in its order; one query. name: of its shape."""
    made = statement(("ranked", name), lambda **given: _columns(build(**given)), values)
    return list(map(_row, run(made, values)))


def _by_id(*, now: datetime, **ids: int) -> Rows:
    return _columns(Article.objects.filter(pk__in=list(ids.values())).still_public(now).order_by())


def _in_pool(*, limit: int) -> Rows:
    return _columns(Article.objects.filter(pk__in=RawSQL(POOL, ())).newest_first()[:limit])  # noqa: S611 - replaced by with_pool()


def _columns(articles: ArticleQuerySet) -> Rows:
    return articles.for_teasers().values_list(*COLUMNS, *(f"picture__{name}" for name in PICTURE))


def _row(values: Sequence[Any]) -> Row:
    (pk, kicker, headline, slug, lead, kind, urgency, published, changed, until, own_headline, own_text, opening,
     section, name, agency, story, *picture) = values  # fmt: skip
    return Row(
        pk, kicker, headline, slug, lead, kind, urgency, moment(published), moment(changed), moment(until),
        own_headline or "", own_text or "", opening, section, name, agency or "", shown(picture), story,
    )  # fmt: skip


def next_end(changes: datetime | None, found: Iterable[Row]) -> datetime | None:
    """When a kept list is wrong though nobody has announced a change: something planned appears, or a row ends."""
    ends = [end for row in found for end in row.ends]
    return min([*ends, *([changes] if changes else [])], default=None)


def shown(values: Sequence[Any]) -> Shown | None:
    """From the columns PICTURE; None where there is no picture."""
    pk, digest, x, y, width, height, rights, rendered = values
    return Shown(pk, rendition_key(digest, x, y), width, height, moment(rights), moment(rendered)) if pk else None
