"""Corrections: changes that readers are told of."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import validate_printable


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime | None = None) -> Self:
        """Corrections of articles that readers may see at that moment."""
        return self.filter(Exists(Article.objects.public(at).filter(pk=OuterRef("article"))))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Correction(models.Model):
    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(
        _("Berichtigung"), max_length=1000, validators=[validate_printable],
        help_text=_("Was falsch war und wie es richtig heißt. Steht für Leser unter dem Artikel."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("Zeitpunkt"), default=timezone.now, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Berichtigung")
        verbose_name_plural = _("Berichtigungen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="correction_says_something",
                violation_error_message=_("Bitte schreiben Sie, was falsch war und wie es richtig heißt."),
            )
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="correction_newest"),
            models.Index(fields=["article", "-created_at"], name="correction_newest_of_article"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
