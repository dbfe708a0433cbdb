"""Submissions: which form has already made which row, so that sending it twice makes one."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A form that was drawn once and taken once. `digest`: of what was typed, to tell a repetition from new words."""

    token = models.CharField(_("Kennung"), max_length=64, unique=True)
    model = models.CharField(_("Art"), max_length=60)
    object_id = models.BigIntegerField(_("Nummer"))
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    made_at = models.DateTimeField(_("Gespeichert"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("abgeschicktes Formular")
        verbose_name_plural = _("abgeschickte Formulare")

    def __str__(self) -> str:
        return f"{self.model} · {self.object_id}"
