"""«Agentur hat Fassung 4»: the agency's newest words beside the editors', field by field, to take or to leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, WireItem
from articles.text import diff, html
from articles.wire import payload, writing


@dataclass(frozen=True, slots=True)
class Field:
    """label: as the form names it. changes: from the article's words to the agency's."""

    name: str
    label: str
    changes: list[diff.Change]


def compare(item: WireItem) -> list[Field]:
    """The fields in which the agency says something else than the article; none where there is nothing to compare."""
    article = item.article
    if article is None or item.state not in {WireItem.State.USABLE, WireItem.State.EMBARGOED}:
        return []
    sent = writing.copy_of(payload.load(item.payload))
    differing = [name for name in writing.COPY if sent[name] != getattr(article, name)]
    return [Field(name, _label(name), diff.changes(_plain(name, getattr(article, name)), _plain(name, sent[name]))) for name in differing]


def _label(name: str) -> str:
    return str(getattr(Article._meta.get_field(name), "verbose_name", name))


def _plain(name: str, text: str) -> str:
    return "\n\n".join(html.paragraphs(text)) if name == "body" else text


@transaction.atomic
def adopt(item: WireItem, names: Collection[str]) -> Article:
    """Take these fields from the agency; the others stay the editors'. Raises desk.Refused."""
    row = WireItem.objects.select_related("feed__agency", "article__category").select_for_update(of=("self",)).get(pk=item.pk)
    article = row.article
    wanted = [name for name in writing.COPY if name in names]
    if article is None or not compare(row):
        raise desk.Refused(_("Zu dieser Meldung gibt es nichts zu übernehmen."))
    if not wanted:
        raise desk.Refused(_("Bitte wählen Sie mindestens ein Feld, oder verwerfen Sie die Fassung der Agentur."))
    sent = payload.load(row.payload)
    copy = writing.copy_of(sent)
    desk.revise(article, {name: copy[name] for name in wanted}, kind="correction" if sent.signal == "correction" else "update")
    if not writing.differs(article, sent):  # all of it is the agency's again, and so are its next versions
        payload.notes(row).setdefault("written", {})["copy"] = writing.state(article)["copy"]
    row.needs_look = False
    row.save()
    item.refresh_from_db()
    return article
