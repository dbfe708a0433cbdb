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
    address = models.TextField(
        _("Anschrift"), max_length=300, blank=True, validators=[validate_printable],
        help_text=_("Straße und Ort, je eine Zeile; ein Postfach genügt dem Gesetz nicht."),
    )  # fmt: skip
    phone = models.CharField(_("Telefon"), max_length=40, blank=True, validators=[validate_printable])
    represented_by = models.CharField(
        _("Vertreten durch"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Bei einer Gesellschaft oder einem Verein: wer sie vertritt."),
    )  # fmt: skip
    register = models.CharField(
        _("Registereintrag"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Gericht und Nummer, etwa «Amtsgericht Hamburg, HRB 12345»."),
    )  # fmt: skip
    vat_id = models.CharField(_("Umsatzsteuer-ID"), max_length=30, blank=True, validators=[validate_printable])
    responsible = models.CharField(
        _("Redaktionell verantwortlich"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Name und Anschrift der Person nach § 18 Abs. 2 des Medienstaatsvertrags; «Anschrift wie oben» genügt."),
    )  # fmt: skip
    arbitration = models.CharField(
        _("Streitbeilegung"), max_length=300, blank=True, validators=[validate_printable],
        help_text=_("Ob Sie an Verfahren vor einer Verbraucherschlichtungsstelle teilnehmen, als ganzer Satz."),
    )  # fmt: skip
    privacy_email = models.EmailField(_("E-Mail für den Datenschutz"), blank=True, help_text=_("Leer: die der Redaktion."))
    privacy_officer = models.CharField(
        _("Datenschutzbeauftragte"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Name und Anschrift, falls Sie jemanden benennen müssen."),
    )  # fmt: skip
    supervisor = models.CharField(
        _("Aufsichtsbehörde"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Bei wem man sich über den Umgang mit Daten beschweren kann."),
    )  # fmt: skip
    log_days = models.PositiveSmallIntegerField(
        _("Protokolle: Tage"), default=7, validators=[MaxValueValidator(365)],
        help_text=_("Nach wie vielen Tagen Server und Proxy ihre Protokolle löschen. Steht so im Datenschutz; einstellen muss es der Betrieb."),
    )  # fmt: skip
    security_email = models.EmailField(
        _("E-Mail für Sicherheitslücken"), blank=True, help_text=_("Steht in security.txt. Leer: die der Redaktion."),
    )  # fmt: skip
    accessibility_review = models.CharField(
        _("Barrierefreiheit: Prüfung"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Wann und womit Sie die Website zuletzt geprüft haben, etwa «im März 2026 durch ein Prüfbüro»."),
    )  # fmt: skip
    quote_style = models.CharField(
        _("Anführungszeichen"), max_length=12, choices=Quotes.choices, default=Quotes.AS_DELIVERED,
        help_text=_("Nur im Druckbild: Gespeichert bleibt, was geschrieben oder geliefert wurde."),
    )  # fmt: skip
    related_count = models.PositiveSmallIntegerField(
        _("Weitere Meldungen"), default=6, validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Wie viele unter einem Artikel stehen."),
    )  # fmt: skip
    allows_training = models.BooleanField(
        _("KI-Training erlaubt"), default=False,
        help_text=_("Ob Programme die Texte sammeln dürfen, um damit Sprachmodelle zu trainieren. Sonst verbietet es ihnen die robots.txt."),
    )  # fmt: skip
    allows_ai_search = models.BooleanField(
        _("KI-Suche erlaubt"), default=True,
        help_text=_("Ob Suchmaschinen, die mit eigenen Sätzen antworten, die Texte auffindbar machen und auf sie verweisen dürfen."),
    )  # fmt: skip
    allows_on_demand = models.BooleanField(
        _("KI-Abruf erlaubt"), default=True,
        help_text=_("Ob ein Assistent eine Seite lesen darf, wenn jemand ihn gerade nach ihr fragt."),
    )  # fmt: skip
    tdm_reservation = models.BooleanField(
        _("Text- und Data-Mining vorbehalten"), default=True,
        help_text=_("Erklärt auf jeder Seite maschinenlesbar den Vorbehalt nach § 44b UrhG. Texte einer Agentur tragen ihn auch, wenn nur sie ihn erklärt."),
    )  # fmt: skip
    tdm_policy = models.URLField(
        _("Bedingungen für Data-Mining"), blank=True, help_text=_("Wo steht, zu welchen Bedingungen Sie es erlauben. Darf leer bleiben."),
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
