"""How long copy of a kind may stand, where an agency's contract counts other days for it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.agency import Agency
from articles.models.article import Kind


class LicenceTerm(models.Model):
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(_("Form"), max_length=13, choices=Kind.choices)
    days = models.PositiveIntegerField(_("Frist in Tagen"), validators=[MinValueValidator(1), MaxValueValidator(36_500)])

    class Meta:
        verbose_name = _("Frist einer Form")
        verbose_name_plural = _("Andere Fristen")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"], name="licence_term_once",
                violation_error_message=_("Für diese Form steht schon eine Frist da."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"
