"""What editors made of a topic: pieces pinned to the top of its page, and a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.front.lists import Rows, Walk, first_of_tag
from articles.front.pool import entries
from articles.front.rows import Row, rows
from articles.models import Highlight
from articles.models.compiled import run, statement

MOST_PINNED = 3
MOST_STEPS = 20


@dataclass(frozen=True)
class Marked:
    """An article and what it is called here, if it is not its headline."""

    row: Row
    text: str = ""


@dataclass(frozen=True)
class Highlights:
    """pinned: in the editors' order. steps: from the first on. is_first_known: whether the first step is the topic's first
    article. hidden: how many of them readers may not see now."""

    pinned: tuple[Marked, ...] = ()
    steps: tuple[Marked, ...] = ()
    is_first_known: bool = False
    hidden: int = 0

    @property
    def rows(self) -> list[Row]:
        return [marked.row for marked in (*self.pinned, *self.steps)]


def highlights(tag: int, *, now: datetime) -> Highlights:
    """Two queries; three where there is a timeline, for it begins with the topic's first article."""
    marks = run(statement("highlights", _marks, {"tag": tag}), {"tag": tag})
    milestones = {article: text for article, kind, text in marks if kind == Highlight.Kind.MILESTONE}
    first = [entry.mark.article for entry in entries([Walk(first_of_tag, {"tag": tag, "now": now})], limit=1)] if milestones else []
    known = rows([*first, *(article for article, _, _ in marks)], now=now)
    pinned = [Marked(known[pk], text) for pk, kind, text in marks if kind == Highlight.Kind.PINNED and pk in known]
    steps = [Marked(known[pk], milestones.get(pk, "")) for pk in dict.fromkeys([*first, *milestones]) if pk in known]
    steps = steps if any(pk in known for pk in milestones) else []
    ordered = sorted(steps, key=lambda marked: (marked.row.published_at, marked.row.pk))
    hidden = len({article for article, _, _ in marks} - known.keys())
    return Highlights(tuple(pinned[:MOST_PINNED]), tuple(ordered[:MOST_STEPS]), bool(ordered and ordered[0].row.pk in first), hidden)


def _marks(*, tag: int) -> Rows:
    return Highlight.objects.filter(tag=tag).order_by("position", "pk").values_list("article_id", "kind", "text")
