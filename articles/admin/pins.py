"""Which pinned teasers stand on the front page, and why the others do not: a place is full, or the article stands higher up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.front.arrangement import pins_showing
from articles.models import Teaser
from articles.text.dates import stamp


def place_of(showing: frozenset[int]) -> Callable[[Teaser], str]:
    """The list's column that says what a reader sees of each teaser."""

    @admin.display(description=gettext_lazy("Zu sehen"))
    def seen(teaser: Teaser) -> str:
        return _("ja") if teaser.pk in showing else why_not(teaser)

    return seen


def why_not(teaser: Teaser) -> str:
    now = timezone.now()
    if teaser.position is None:
        return _("in Listen")
    if not teaser.pinned:
        return _("nein: nicht festgehalten")
    if teaser.visible_until and teaser.visible_until <= now:
        return _("nein: abgelaufen")
    if teaser.visible_from and teaser.visible_from > now:
        return _("ab %s") % stamp(teaser.visible_from, style="short")
    if not teaser.article.is_public(now):
        return _("nein: Der Artikel ist nicht öffentlich")
    return _("nein: Ein neuerer steht am Platz oder der Artikel an einem anderen")


def standing() -> str:
    """Who stands where, for the form in which one more is pinned."""
    rows = _pins().filter(pk__in=pins_showing()).order_by("position__position", "-pk")
    named = [f"{row.position} ({row.position.limit}): «{row.headline or row.article.headline}»" for row in rows if row.position]
    return "; ".join(named) or _("Nichts: Alle Plätze füllen sich von selbst.")


def sentence_for(teaser: Teaser) -> str:
    """What the editor should know after saving: that somebody is not seen at this place. Empty: all are."""
    if teaser.position is None or not teaser.pinned:
        return ""
    showing = pins_showing()
    rows = list(_pins().showing().filter(position=teaser.position).order_by("-pk"))
    unseen = [row for row in rows if row.pk not in showing]
    if not unseen:
        return ""
    return _(
        "Am Platz «%(place)s» ist Raum für %(limit)d. Zu sehen: %(seen)s. Nicht zu sehen: %(unseen)s. "
        "Der zuletzt angelegte gewinnt, und jeder Artikel steht nur einmal auf der Seite; lösen Sie, was nicht mehr gilt."
    ) % {
        "place": teaser.position,
        "limit": teaser.position.limit,
        "seen": _names([row for row in rows if row.pk in showing]) or _("keiner davon"),
        "unseen": _names(unseen),
    }


def _names(rows: list[Teaser]) -> str:
    return ", ".join(f"«{row.headline or row.article.headline}»" for row in rows)


def _pins() -> Any:
    rows: QuerySet[Teaser] = Teaser.objects.filter(pinned=True).select_related("article", "position").defer("article__body")
    return rows
