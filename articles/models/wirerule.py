"""Rules of a feed: what becomes of which copy; and codes of agencies that no category knows."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.agency import Feed
from articles.models.base import LAST_PLACE, Versioned, validate_printable
from articles.models.category import Category

_URGENCY = (MinValueValidator(1), MaxValueValidator(9))
_HOUR = MaxValueValidator(23)


class WireRule(Versioned):
    """What editors have written, and what is in force: it applies only after it was rehearsed and switched on.

    in_force: the rule as the wire obeys it, None while it is off; the other fields are what editors are working on.
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("sofort veröffentlichen")
        INBOX = "inbox", _("in den Eingang")
        DISCARD = "discard", _("verwerfen")

    feed = models.ForeignKey(Feed, verbose_name=_("Dienst"), on_delete=models.CASCADE, related_name="rules")
    name = models.CharField(_("Name"), max_length=120, validators=[validate_printable])
    position = models.PositiveSmallIntegerField(
        _("Reihenfolge"), default=0, validators=[LAST_PLACE], help_text=_("Die erste Regel, die passt, gilt."),
    )  # fmt: skip
    codes = models.JSONField(
        _("Desk oder Thema"), default=list, blank=True, help_text=_("Codes der Agentur, einer je Zeile, etwa «dpacat:pl» oder «medtop:15000000»."),
    )  # fmt: skip
    genres = models.JSONField(_("Form"), default=list, blank=True, help_text=_("Eine je Zeile, etwa «Meldung» oder «Vorschau»."))
    keywords = models.JSONField(_("Stichwort"), default=list, blank=True, help_text=_("Eines je Zeile, wie die Agentur es schreibt."))
    places = models.JSONField(
        _("Ort"), default=list, blank=True, help_text=_("Einer je Zeile; «country:DE» für alles aus Deutschland, «country:*» für alles von anderswo."),
    )  # fmt: skip
    languages = models.JSONField(_("Sprache"), default=list, blank=True, help_text=_("Eine je Zeile, etwa «de»."))
    urgency_from = models.PositiveSmallIntegerField(_("Dringlichkeit von"), null=True, blank=True, validators=_URGENCY)
    urgency_to = models.PositiveSmallIntegerField(
        _("Dringlichkeit bis"), null=True, blank=True, validators=_URGENCY, help_text=_("1 ist am dringendsten, 9 am wenigsten."),
    )  # fmt: skip
    hour_from = models.PositiveSmallIntegerField(_("Eingegangen ab … Uhr"), null=True, blank=True, validators=[_HOUR])
    hour_to = models.PositiveSmallIntegerField(
        _("Eingegangen bis vor … Uhr"), null=True, blank=True, validators=[_HOUR], help_text=_("In Berlin. «22» bis «6» meint die Nacht."),
    )  # fmt: skip
    act = models.CharField(_("Was mit der Meldung geschieht"), max_length=8, choices=Act.choices, default=Act.INBOX)
    category = models.ForeignKey(
        Category, verbose_name=_("ins Ressort"), on_delete=models.PROTECT, null=True, blank=True, related_name="wire_rules",
        help_text=_("Leer: das Ressort, das zu den Codes passt."),
    )  # fmt: skip
    in_force = models.JSONField(null=True, editable=False)
    in_force_since = models.DateTimeField(_("In Kraft seit"), null=True, editable=False)

    class Meta:
        verbose_name = _("Regel")
        verbose_name_plural = _("Regeln")
        ordering = ["feed", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if (self.hour_from is None) != (self.hour_to is None):
            raise ValidationError({"hour_to": _("Bitte nennen Sie beide Stunden oder keine.")})
        if self.hour_from is not None and self.hour_from == self.hour_to:
            raise ValidationError({"hour_to": _("Das ist keine Zeit. Für den ganzen Tag lassen Sie bitte beide leer.")})
        if self.urgency_from and self.urgency_to and self.urgency_from > self.urgency_to:
            raise ValidationError({"urgency_to": _("«bis» ist kleiner als «von».")})


class UnknownCode(models.Model):
    """A code that came with copy for which no category could be found; one line in the inbox, until somebody says what it means."""

    code = models.CharField(_("Code"), max_length=120, unique=True)
    feed = models.ForeignKey(Feed, verbose_name=_("Zuletzt über"), on_delete=models.CASCADE, related_name="unknown_codes")
    headline = models.CharField(_("Zuletzt bei"), max_length=500, blank=True)
    seen_at = models.DateTimeField(_("Zuletzt"))
    times = models.PositiveIntegerField(_("Meldungen"), default=1, validators=[MaxValueValidator(2_000_000_000)])

    class Meta:
        verbose_name = _("Unbekannter Code")
        verbose_name_plural = _("Unbekannte Codes")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.code
