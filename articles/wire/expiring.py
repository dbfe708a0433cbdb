"""Licences that have run out: the text goes, headline and 410 stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, WireItem
from articles.wire import ledger, payload, pictures, stopping, writing

AT_ONCE = 20
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


def end_licences(*, now: datetime | None = None, limit: int = AT_ONCE) -> int:
    """Readers have seen none of it since the very second; here its words go as well. How many articles that were."""
    moment = now or timezone.now()
    over = desk.ending(after=BEGINNING + timedelta(days=365), until=moment)
    rows = list(Article.objects.filter(over).select_related("category", "agency").order_by("published_at")[:limit]) if over else []
    for article in rows:
        _end(article, now=moment)
    return len(rows)


@transaction.atomic
def _end(article: Article, *, now: datetime) -> None:
    """What an editor has written stays in the house, for nobody but editors; what the wire holds goes."""
    item = WireItem.objects.select_for_update(of=("self",)).select_related("article").filter(article=article).first()
    is_wires_own = item is not None and not writing.is_touched(article, item)
    article.licence_ended_at = now
    article.save(update_fields=["licence_ended_at"])
    desk.withdraw(article)
    if is_wires_own:
        stopping.empty(article)
    if item is None:
        return
    house = payload.notes(item)
    pictures.remove_unused(house.pop("made", ()))
    ledger.forget(house.get("deliveries", ()), guid=item.guid)
    kept = {name: value for name, value in item.payload.items() if name in {*payload.SKELETON, payload.HOUSE}}
    item.payload, item.content_hash, item.needs_look = kept, "", False
    item.reason = _("Die Lizenz ist abgelaufen, der Text ist gelöscht")
    item.save()
