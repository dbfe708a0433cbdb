"""One story stands in a list once: its best telling shows, the others are named below it.

Of several agencies within an hour the one with the highest priority speaks, else the earliest; of what is told anew later, the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from articles.front.lists import Rows
from articles.front.rows import Row
from articles.models import Article
from articles.models.article import article_path
from articles.models.compiled import moment, run, statement

AT_ONCE = timedelta(hours=1)
OF_THE_HOUSE = -1  # what it writes itself goes before every agency's
ROOM = (4, 16, 64)  # numbers of stories that statements are made for
MARGIN = 6  # rows that a list of a few asks for in addition, so that it is full after folding


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story that readers may see."""

    pk: int
    story: int
    headline: str
    url: str
    agency: str
    priority: int
    published_at: datetime
    visible_until: datetime | None
    category: int


def tellings(stories: Iterable[int], *, now: datetime) -> dict[int, list[Telling]]:
    """Everything that readers may see of each story, the best telling first; one query, none for no stories."""
    wanted = sorted(set(stories))
    found: dict[int, list[Telling]] = defaultdict(list)
    if not wanted:
        return {}
    room = next((step for step in ROOM if step >= len(wanted)), len(wanted))
    values = {"now": now} | {f"story_{place}": wanted[min(place, len(wanted) - 1)] for place in range(room)}
    for telling in map(_telling, run(statement(("tellings", room), _of, values), values)):
        found[telling.story].append(telling)
    return {story: ranked(told) for story, told in found.items()}


def _of(*, now: datetime, **stories: int) -> Rows:
    rows = Article.objects.filter(story__in=list(stories.values())).public(now).order_by("pk")
    return rows.values_list(
        "pk", "story_id", "headline", "slug", "published_at", "visible_until", "category_id", "category__slug", "agency__short_name",
        "agency__priority",
    )  # fmt: skip


def _telling(values: Sequence[Any]) -> Telling:
    pk, story, headline, slug, published, until, category, section, agency, priority = values
    return Telling(
        pk, story, headline, article_path(section, slug, pk), agency or "", priority if agency else OF_THE_HOUSE,
        moment(published), moment(until), category,
    )  # fmt: skip


def ranked(told: Sequence[Telling]) -> list[Telling]:
    """The best first. The newest sets the time; of those within an hour before it priority decides, then who was first."""
    if not told:
        return []
    newest = max(one.published_at for one in told)
    at_once = [one for one in told if newest - one.published_at <= AT_ONCE]
    first = sorted(at_once, key=lambda one: (one.priority, one.published_at, one.pk))
    rest = sorted((one for one in told if one not in at_once), key=lambda one: (one.published_at, one.pk), reverse=True)
    return [*first, *rest]


def folded(rows: Sequence[Row], *, now: datetime, in_list: Callable[[Telling], bool] | None = None) -> list[Row]:
    """The rows without those whose story has a better telling in the same list; what stays names the others.

    in_list: whether a telling belongs to the list, also where these rows are only a part of it; default: what is among them.
    """
    stories = tellings((row.story for row in rows if row.story is not None), now=now)
    silent = outdone(stories, {row.pk for row in rows}, in_list)
    return [
        replace(row, others=tuple(one for one in stories.get(row.story, ()) if one.pk != row.pk)) if row.story is not None else row
        for row in rows
        if row.pk not in silent
    ]


def outdone(
    stories: Mapping[int, Sequence[Telling]], here: Collection[int], in_list: Callable[[Telling], bool] | None = None,
) -> set[int]:  # fmt: skip
    """Of the articles of a list those whose story has a better telling in it."""
    found: set[int] = set()
    for told in stories.values():
        present = [one.pk for one in told if one.pk in here or (in_list is not None and in_list(one))]
        found.update(present[1:])
    return found
