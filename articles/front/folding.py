"""One story stands in a list once: its best telling shows, the others are named below it.

Of several agencies within an hour the one with the highest priority speaks, else the earliest; of what is told anew later, the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from articles.front.compiled import moment, run, statement
from articles.front.lists import Rows
from articles.front.rows import Row
from articles.models import Article
from articles.models.article import article_path

AT_ONCE = timedelta(hours=1)
LOWEST = 100  # of no agency: what the house writes itself goes before all
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
    category: int


def tellings(stories: Iterable[int], *, now: datetime) -> dict[int, list[Telling]]:
    """Everything that readers may see of each story, the best telling first; one query, none for no stories."""
    wanted = sorted(set(stories))
    found: dict[int, list[Telling]] = defaultdict(list)
    if not wanted:
        return {}
    room = next((step for step in ROOM if step >= len(wanted)), len(wanted))
    values = {"now": now} | {f"story_{place}": wanted[min(place, len(wanted) - 1)] for place in range(room)}
    for pk, story, headline, slug, published, category, section, agency, priority in run(statement(("tellings", room), _of, values), values):
        telling = Telling(
            pk, story, headline, article_path(section, slug, pk), agency or "", priority if agency else -1, moment(published), category
        )
        found[story].append(telling)
    return {story: ranked(told) for story, told in found.items()}


def _of(*, now: datetime, **stories: int) -> Rows:
    rows = Article.objects.filter(story__in=list(stories.values())).public(now).order_by("pk")
    return rows.values_list(
        "pk", "story_id", "headline", "slug", "published_at", "category_id", "category__slug", "agency__short_name", "agency__priority"
    )


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
    here = {row.pk for row in rows}
    belongs = in_list or (lambda one: one.pk in here)
    best = {story: next((one.pk for one in told if one.pk in here or belongs(one)), 0) for story, told in stories.items()}
    return [
        replace(row, others=tuple(one for one in stories.get(row.story, ()) if one.pk != row.pk)) if row.story is not None else row
        for row in rows
        if row.story is None or best.get(row.story, row.pk) == row.pk
    ]
