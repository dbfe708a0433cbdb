"""The house: what editors decide about the site as a whole. There is one row."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.agency import Quotes
from articles.models.base import Versioned, validate_printable


class House(Versioned):
    name = models.CharField(_("Name der Website"), max_length=60, validators=[validate_printable])
    description = models.CharField(_("Beschreibung"), max_length=200, blank=True, validators=[validate_printable])
    publisher = models.CharField(
        _("Herausgeber"), max_length=120, blank=True, validators=[validate_printable], help_text=_("Der Verlag, wie im Impressum."),
    )  # fmt: skip
    email = models.EmailField(_("E-Mail der Redaktion"), blank=True)
    quote_style = models.CharField(
        _("Anführungszeichen"), max_length=12, choices=Quotes.choices, default=Quotes.AS_DELIVERED,
        help_text=_("Nur im Druckbild: Gespeichert bleibt, was geschrieben oder geliefert wurde."),
    )  # fmt: skip
    related_count = models.PositiveSmallIntegerField(
        _("Weitere Meldungen"), default=6, validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Wie viele unter einem Artikel stehen."),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("Geändert"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("Website")
        verbose_name_plural = _("Website")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="house_is_one", violation_error_message=_("Es gibt nur eine Website.")),
            models.CheckConstraint(
                condition=models.Q(related_count__gte=1, related_count__lte=20), name="house_related_count_is_1_to_20",
                    violation_error_message=_("Unter einem Artikel stehen 1 bis 20 weitere Meldungen."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
