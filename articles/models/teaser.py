"""Teasers: how an article is pointed to, in every list or at one place."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, visibility
from articles.models.base import Versioned, validate_printable
from articles.models.front import Position
from articles.models.picture import Picture


class TeaserQuerySet(models.QuerySet["Teaser"]):
    def showing(self, at: datetime | None = None) -> Self:
        """Teasers at a place whose own time and whose article's time has come."""
        moment = at or timezone.now()
        return self.filter(
            visibility(moment, prefix="article__"),
            Q(visible_from=None) | Q(visible_from__lte=moment),
            Q(visible_until=None) | Q(visible_until__gt=moment),
            position__isnull=False,
        )


class Teaser(Versioned):
    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="teasers")
    position = models.ForeignKey(
        Position, verbose_name=_("Platz"), on_delete=models.PROTECT, null=True, blank=True, related_name="teasers",
        help_text=_("Leer: der Teaser des Artikels in allen Listen."),
    )  # fmt: skip
    headline = models.CharField(
        _("Überschrift"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Leer: die Überschrift des Artikels."),
    )  # fmt: skip
    text = models.TextField(
        _("Text"), max_length=600, blank=True, validators=[validate_printable], help_text=_("Leer: der Vorspann."),
    )  # fmt: skip
    picture = models.ForeignKey(
        Picture, verbose_name=_("Bild"), on_delete=models.PROTECT, null=True, blank=True, related_name="teasers",
        help_text=_("Leer: das Bild des Artikels."),
    )  # fmt: skip
    visible_from = models.DateTimeField(_("Sichtbar ab"), null=True, blank=True)
    visible_until = models.DateTimeField(_("Sichtbar bis"), null=True, blank=True)
    pinned = models.BooleanField(
        _("Festgehalten"), default=True, help_text=_("Bleibt am Platz, bis die Zeit endet oder Sie ihn lösen.")
    )

    objects = TeaserQuerySet.as_manager()

    class Meta:
        verbose_name = _("Teaser")
        verbose_name_plural = _("Teaser")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(position=None),
                name="teaser_one_without_position",
                violation_error_message=_(
                    "Der Artikel hat schon einen Teaser für alle Listen. Bitte ändern Sie jenen oder wählen Sie einen Platz."
                ),
            ),
            models.UniqueConstraint(
                fields=["position", "article"],
                name="teaser_once_per_position",
                violation_error_message=_("An diesem Platz hat der Artikel schon einen Teaser. Bitte ändern Sie jenen."),
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(visible_from=None) | Q(visible_until__gt=models.F("visible_from")),
                name="teaser_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt vor dem Beginn. Bitte ändern oder leeren Sie eines von beiden."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or _("Teaser für Artikel %d") % self.article_id
