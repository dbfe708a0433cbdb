"""Stories: what several articles tell together."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("Geschichte")
        verbose_name_plural = _("Geschichten")

    def __str__(self) -> str:
        return f"Geschichte {self.pk}"
