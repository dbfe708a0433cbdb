"""What an article still lacks, and what keeps it from being published."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, WireItem
from articles.models.compiled import fetch
from articles.text.html import plain


class Refused(Exception):
    """The desk does not do this; the sentence tells the editor why and what to do."""


def missing(article: Article) -> list[str]:
    """What a reader would miss, in the editors' words. Nothing here keeps an article from appearing."""
    lacks = []
    if not article.lead.strip():
        lacks.append(_("Vorspann"))
    if not article.picture_id:
        lacks.append(_("Bild"))
    if not article.taggings.exists():
        lacks.append(_("Schlagwörter"))
    if not article.agency_id and not article.authorships.exists():
        lacks.append(_("Autor oder Agentur"))
    return lacks


def require_publishable(article: Article) -> None:
    """Refuse what must not appear: copy its agency killed, no text, or licensed copy without its credit."""
    if fetch("killed", _killed, article=article.pk):
        raise Refused(_("Die Agentur hat «%s» zurückgerufen: Der Artikel darf nicht mehr erscheinen.") % article.headline)
    if not plain(article.body).strip() and not article.lead.strip():
        raise Refused(_("«%s» hat keinen Text. Bitte schreiben Sie mindestens einen Vorspann.") % article.headline)
    if article.agency is not None and not article.agency.credit_line.strip():
        raise Refused(
            _("Die Agentur %s hat keine Quellenzeile. Bitte tragen Sie sie zuerst ein (Agenturen → Quellenzeile).")
            % article.agency
        )


def _killed(*, article: int) -> QuerySet[WireItem, Any]:
    return WireItem.objects.filter(article=article, state=WireItem.State.CANCELED).order_by().values_list("pk")
