"""Agencies that send copy, and the feeds in which it arrives."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models.base import Versioned, validate_printable
from articles.models.category import SLUG, Category


class Quotes(models.TextChoices):
    AS_DELIVERED = "as-delivered", _("wie geliefert")
    GERMAN = "german", _("„deutsch“")
    GUILLEMETS = "guillemets", _("»Guillemets«")
    SWISS = "swiss", _("«schweizerisch»")


class Agency(Versioned):
    name = models.CharField(_("Name"), max_length=120, unique=True, validators=[validate_printable])
    short_name = models.CharField(_("Kürzel"), max_length=20, unique=True, validators=[validate_printable])
    slug = models.SlugField(_("Adresse"), max_length=60, unique=True, validators=[SLUG])
    credit_line = models.CharField(
        _("Quellenzeile"), max_length=120, validators=[validate_printable],
        help_text=_("Steht nach «@» unter jedem Artikel, etwa «dpa.de». Ohne sie darf nichts erscheinen."),
    )  # fmt: skip
    address = models.URLField(_("Website"), blank=True, help_text=_("Wohin die Quellenzeile führt."))
    description = models.TextField(_("Beschreibung"), blank=True, max_length=1000, validators=[validate_printable])
    quote_style = models.CharField(_("Anführungszeichen"), max_length=12, choices=Quotes.choices, default=Quotes.AS_DELIVERED)
    licence = models.TextField(
        _("Lizenz"), blank=True, max_length=2000, help_text=_("Was der Vertrag erlaubt. Nur für die Redaktion.")
    )
    expiry_days = models.PositiveIntegerField(
        _("Frist in Tagen"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(36_500)],
        help_text=_("Wie lange die Texte stehen dürfen, ab Veröffentlichung. Leer: unbegrenzt."),
    )  # fmt: skip
    full_text_in_feeds = models.BooleanField(
        _("Volltext in Feeds"), default=True,
        help_text=_("Ob Feeds den ganzen Text enthalten. Sonst nur den Vorspann; die Website zeigt ihn immer."),
    )  # fmt: skip
    priority = models.PositiveSmallIntegerField(
        _("Vorrang"), default=5, validators=[MaxValueValidator(99)], help_text=_("Bei gleichen Meldungen gewinnt die kleinere Zahl."),
    )  # fmt: skip
    tdm_reservation = models.BooleanField(_("Text- und Data-Mining vorbehalten"), default=True)

    class Meta:
        verbose_name = _("Agentur")
        verbose_name_plural = _("Agenturen")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(credit_line=""),
                name="agency_has_credit_line",
                violation_error_message=_("Ohne Quellenzeile darf nichts erscheinen. Bitte tragen Sie sie ein."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("articles:source", args=[self.slug])

    @property
    def page_key(self) -> str:
        return f"agency-{self.pk}"

    @cached_property
    def terms_by_kind(self) -> dict[str, int]:
        """Days that count for single kinds of copy instead of `expiry_days`; asked for once."""
        return {term.kind: term.days for term in self.terms.all()}

    def licence_days(self, kind: str) -> int | None:
        """Days that copy of the kind may stand; None without a limit."""
        return self.terms_by_kind.get(kind, self.expiry_days)


class Feed(Versioned):
    class Rule(models.TextChoices):
        INBOX = "inbox", _("in den Eingang")
        PUBLISH = "publish", _("sofort veröffentlichen")

    agency = models.ForeignKey(Agency, verbose_name=_("Agentur"), on_delete=models.PROTECT, related_name="feeds")
    name = models.CharField(_("Name"), max_length=120, validators=[validate_printable])
    slug = models.SlugField(_("Kennung"), max_length=60, unique=True, validators=[SLUG])
    rule = models.CharField(
        _("Neue Meldungen"), max_length=8, choices=Rule.choices, default=Rule.INBOX,
        help_text=_("Sofort veröffentlicht wird nur, was vollständig ist: Text, Ressort, Sprache, keine Sperrfrist, kein Redaktionshinweis."),
    )  # fmt: skip
    category = models.ForeignKey(
        Category, verbose_name=_("Ressort, wenn keines passt"), on_delete=models.PROTECT, null=True, blank=True, related_name="feeds",
    )  # fmt: skip
    languages = models.CharField(
        _("Sprachen"), max_length=40, default="de", help_text=_("Durch Kommas getrennt. Andere werden abgelehnt.")
    )
    is_active = models.BooleanField(_("In Betrieb"), default=True)
    watches_folder = models.BooleanField(
        _("Ordner beobachten"), default=False, help_text=_("Dateien, die im Ordner des Dienstes ankommen, werden übernommen.")
    )
    address = models.URLField(
        _("Abruf von"), blank=True, max_length=500, help_text=_("Adresse, unter der die Agentur ihre Meldungen anbietet. Leer: kein Abruf."),
    )  # fmt: skip
    authorization = models.CharField(
        _("Anmeldung beim Abruf"), max_length=500, blank=True, validators=[validate_printable],
        help_text=_("Inhalt der Kopfzeile «Authorization», etwa «Bearer …». Nur wenn die Agentur es verlangt."),
    )  # fmt: skip
    pull_seconds = models.PositiveIntegerField(
        _("Abruf alle … Sekunden"), default=60, validators=[MinValueValidator(5), MaxValueValidator(86_400)]
    )
    token_hash = models.CharField(_("Prüfsumme des Zustellschlüssels"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("Dienst")
        verbose_name_plural = _("Dienste")
        ordering = ["agency", "name"]

    def __str__(self) -> str:
        return f"{self.agency} · {self.name}"


class FeedState(models.Model):
    """What the wire itself knows of a feed; written by machines, so that no editor's form is overtaken by it.

    rhythm: deliveries an hour for each of the 24 hours of a working day and of a day off, in Berlin. busy_until: who fetches
    holds the feed until then. due_at: not to be asked before.
    """

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, primary_key=True, related_name="state")
    etag = models.CharField(max_length=500, blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(10_000)])
    error = models.CharField(max_length=500, blank=True)
    rhythm = models.JSONField(default=list)
    rhythm_at = models.DateTimeField(null=True)
