"""The inbox as editors look at it: what waits, the most urgent first, with what tells the same folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from articles.models import Article, WireItem
from articles.stories import matching
from articles.wire import payload, writing

MOST = 100  # items looked at together; an inbox with more shows the most urgent of them
KNOWN = 2_000  # traces this process remembers: an item's words change with its fingerprint


@dataclass(frozen=True, slots=True)
class Entry:
    """similar: items that tell the same, as they would follow."""

    item: WireItem
    similar: tuple[WireItem, ...]

    @property
    def agencies(self) -> list[str]:
        """Other agencies that tell it, too."""
        named = (str(one.feed.agency) for one in self.similar if one.feed.agency != self.item.feed.agency)
        return list(dict.fromkeys(named))


def waiting(*, feed: str = "", desk: str = "") -> QuerySet[WireItem]:
    """Items in the inbox without their copy. feed: a slug; desk: a code; empty ones ask for nothing."""
    rows = WireItem.objects.filter(place=WireItem.Place.INBOX).select_related("feed__agency")
    rows = rows.filter(feed__slug=feed) if feed else rows
    rows = rows.filter(desk=desk) if desk else rows
    return rows.defer("payload", "feed__agency__licence", "feed__agency__description").order_by("urgency", "-received_at", "-pk")


def desks() -> list[str]:
    """Codes of the desks whose copy waits."""
    found = WireItem.objects.filter(place=WireItem.Place.INBOX).exclude(desk="").order_by("desk")
    return list(found.values_list("desk", flat=True).distinct()[:MOST])


def folded(rows: Iterable[WireItem]) -> list[Entry]:
    items = {row.pk: row for row in rows}
    traces = _traces(items)
    reports = [matching.Report(pk, item.feed.agency_id, item.issued_at, traces[pk]) for pk, item in items.items()]
    return [Entry(items[head], tuple(items[pk] for pk in others)) for head, *others in matching.grouped(reports)]


def told_already(item: WireItem) -> list[Article]:
    """Articles that tell the same, the surest first."""
    sent = payload.load(item.payload) if item.payload.get("guid") else None
    if sent is None:
        return []
    article = Article(**writing.copy_of(sent), agency_id=item.feed.agency_id, pk=item.article_id)
    found = [match.article for match in matching.matches(article, matching.trace_of(article), at=item.issued_at)]
    rows = Article.objects.select_related("category", "agency").defer("body").in_bulk(found)
    return [rows[pk] for pk in found if pk in rows]


_known: dict[tuple[int, str], matching.Trace] = {}


def _traces(items: Mapping[int, WireItem]) -> dict[int, matching.Trace]:
    """One query for all those this process has not seen yet."""
    if len(_known) > KNOWN:
        _known.clear()
    new = [pk for pk, item in items.items() if (pk, item.content_hash) not in _known]
    for pk, told in WireItem.objects.filter(pk__in=new).values_list("pk", "payload"):
        sent = payload.load(told) if told.get("guid") else None
        trace = matching.trace_of(Article(**writing.copy_of(sent))) if sent else matching.NOTHING
        _known[pk, items[pk].content_hash] = trace
    return {pk: _known.get((pk, item.content_hash), matching.NOTHING) for pk, item in items.items()}


def article_named(text: str) -> Article | None:
    """By its number or its address, as an editor would paste it."""
    number = text.strip().rstrip("/").rpartition("-")[2]
    if not number.isascii() or not number.isdigit() or len(number) > 10:
        return None
    return Article.objects.select_related("category", "agency").filter(pk=int(number)).first()
