"""Highlights: what editors put at the top of a topic's page, and the steps of its timeline."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import LAST_PLACE, validate_printable
from articles.models.tag import Tag


class Highlight(models.Model):
    class Kind(models.TextChoices):
        PINNED = "pinned", _("oben festgehalten")
        MILESTONE = "milestone", _("in der Chronik")

    tag = models.ForeignKey(Tag, verbose_name=_("Schlagwort"), on_delete=models.CASCADE, related_name="highlights", db_index=False)
    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="highlights")
    kind = models.CharField(_("Wo"), max_length=9, choices=Kind.choices, default=Kind.PINNED)
    text = models.CharField(
        _("Zeile"), max_length=200, blank=True, validators=[validate_printable], help_text=_("Leer: die Überschrift des Artikels."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(
        _("Reihenfolge"), default=0, validators=[LAST_PLACE], help_text=_("In der Chronik zählt das Datum."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Schwerpunkt des Themas")
        verbose_name_plural = _("Schwerpunkte des Themas")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "kind", "article"], name="highlight_once_per_topic",
                violation_error_message=_("Der Artikel steht an dieser Stelle des Themas schon."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text or f"{self.tag_id} · {self.article_id}"
