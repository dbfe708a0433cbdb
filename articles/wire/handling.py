"""What editors do with an item that waits: take it over as a draft, publish it, put it aside."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, Category, Status, WireItem
from articles.wire import mapping, payload, writing

State, Place = WireItem.State, WireItem.Place


@transaction.atomic
def take_over(item: WireItem) -> Article:
    """Return the item's article, as a draft if there is none yet. A second call returns the same.

    Where no category fits, the draft gets the first one: its editor decides. Raises desk.Refused.
    """
    row = _locked(item)
    article = _living(row)
    if article is None:
        category = _category(row) or Category.objects.in_order().first()
        if category is None:
            raise desk.Refused(_("Es gibt noch kein Ressort. Bitte legen Sie zuerst eines an."))
        article = writing.create(row, category=category, now=timezone.now())
        row.place = Place.TAKEN
    _settle(row, item)
    return article


@transaction.atomic
def publish_item(item: WireItem) -> Article:
    """Put the item online as it stands; an embargo still to come is kept. Raises desk.Refused with the reason."""
    row = _locked(item)
    sent = payload.load(row.payload)
    if sent.embargo_unreadable:
        raise desk.Refused(_("Die Sperrfrist ist nicht zu lesen. Bitte übernehmen Sie die Meldung und tragen Sie sie ein."))
    article = _living(row)
    if article is None:
        category = _category(row)
        if category is None:
            raise desk.Refused(_("Kein Ressort passt. Bitte übernehmen Sie die Meldung und wählen Sie eines."))
        article = writing.create(row, category=category, now=timezone.now())
    desk.publish(article, at=writing.moment_of(sent, now=timezone.now()))
    row.place = Place.PUBLISHED
    _settle(row, item)
    return article


@transaction.atomic
def discard(item: WireItem) -> None:
    """Put the item aside; where it has an article, only the flag «Agentur hat geändert» goes."""
    row = _locked(item, allow_stopped=True)
    if row.article is None:
        row.place = Place.DISCARDED
    _settle(row, item)


@transaction.atomic
def merge(item: WireItem, article: Article) -> Article:
    """Lay the item beside an article that is there: nothing of it changes, its editor takes what he wants, field by field.

    From now on the item's new versions are shown there, and its kill takes the article down. Raises desk.Refused.
    """
    row = _locked(item)
    if row.article is not None and row.article.pk != article.pk:
        raise desk.Refused(_("Die Meldung gehört schon zu «%s».") % row.article)
    other = WireItem.objects.filter(article=article).exclude(pk=row.pk).select_related("feed__agency").first()
    if other is not None:
        sentence = _("«%(article)s» gehört schon zu einer Meldung von %(agency)s. Bitte übernehmen Sie diese hier als eigenen Artikel.")
        raise desk.Refused(sentence % {"article": article, "agency": other.feed.agency})
    if article.status == Status.WITHDRAWN:
        raise desk.Refused(_("«%s» ist zurückgezogen.") % article)
    payload.notes(row)["written"] = {**writing.state(article), "copy": ""}  # all its words are the editors'
    row.article, row.place = article, Place.TAKEN
    row.reason, row.needs_look = "", True
    row.save()
    item.refresh_from_db()
    return article


def _locked(item: WireItem, *, allow_stopped: bool = False) -> WireItem:
    rows = WireItem.objects.select_related("feed__agency", "feed__category", "article__category")
    row = rows.select_for_update(of=("self",)).get(pk=item.pk)
    if not allow_stopped and row.state in {State.CANCELED, State.WITHHELD}:
        sentence = _("Die Agentur hat «%s» zurückgerufen oder zurückgehalten. Bitte verwenden Sie die Meldung nicht.")
        raise desk.Refused(sentence % row)
    if not allow_stopped and not row.feed.is_active:
        sentence = _("Der Dienst «%s» ist abgeschaltet. Bitte schalten Sie ihn erst ein (Agenturen → Dienste → In Betrieb).")
        raise desk.Refused(sentence % row.feed)
    if not allow_stopped and not row.headline:
        raise desk.Refused(_("Die Meldung hat keine Überschrift. Bitte legen Sie einen neuen Artikel an."))
    return row


def _living(row: WireItem) -> Article | None:
    return row.article if row.article is not None and row.article.status != Status.WITHDRAWN else None


def _category(row: WireItem) -> Category | None:
    return mapping.category_for(payload.load(row.payload), feed=row.feed)


def _settle(row: WireItem, item: WireItem) -> None:
    """Save, and let the caller's own copy of the row say the same."""
    row.reason, row.needs_look = "", False
    row.save()
    item.refresh_from_db()
