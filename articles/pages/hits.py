"""What was found, ready for print: the words that were looked for are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.front.rows import Row
from articles.models import Article
from articles.pages.teasers import TeaserView, teaser
from articles.text.html import flat
from articles.text.marking import Piece, holds, marked, passage
from articles.text.sentences import excerpt
from articles.text.typography import headline, quotes

LOW, HIGH = 160, 300  # signs of a lead below a headline


@dataclass(frozen=True)
class HitView:
    """A teaser whose headline and text are in pieces; the teaser that editors wrote for lists says something else."""

    teaser: TeaserView
    headline: tuple[Piece, ...]
    text: tuple[Piece, ...]


def hits(found: Sequence[Row], stems: frozenset[str], *, style: str, now: datetime) -> list[HitView]:
    """One query for the bodies of those whose leads do not show why they were found."""
    silent = [row.pk for row in found if stems and not holds(row.lead, stems)]
    readable = Article.objects.filter(pk__in=silent).still_public(now).order_by()
    bodies = dict(readable.values_list("pk", "body")) if silent else {}
    return [_hit(row, bodies.get(row.pk, ""), stems, style=style) for row in found]


def _hit(row: Row, body: str, stems: frozenset[str], *, style: str) -> HitView:
    view = teaser(row)
    text = (passage(flat(body), stems) if body else "") or excerpt(row.lead or view.text, low=LOW, high=HIGH)
    title = headline(quotes(row.headline, style=style))
    return HitView(view, marked(title, stems), marked(quotes(text, style=style), stems))
