"""The wire's memory: every delivery raw, and the newest state of each item."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.agency import Feed
from articles.models.article import Article


class WireDelivery(models.Model):
    """One file or message as it arrived, byte for byte, before anything was read from it."""

    feed = models.ForeignKey(Feed, verbose_name=_("Dienst"), on_delete=models.PROTECT, related_name="deliveries")
    name = models.CharField(_("Dateiname"), max_length=300)
    raw = models.BinaryField(_("Inhalt"))
    hash = models.CharField(_("Prüfsumme"), max_length=64)
    received_at = models.DateTimeField(_("Eingegangen"), default=timezone.now)
    is_done = models.BooleanField(_("Gelesen"), default=False)
    error = models.TextField(_("Fehler"), blank=True)
    claimed_until = models.DateTimeField(_("In Arbeit bis"), null=True, editable=False)

    class Meta:
        verbose_name = _("Lieferung")
        verbose_name_plural = _("Lieferungen")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="delivery_newest"),
            models.Index(fields=["feed", "hash"], name="delivery_of_feed_by_content"),
            models.Index(fields=["feed", "-received_at"], name="delivery_of_feed_newest"),
            models.Index(fields=["id"], name="delivery_waiting", condition=models.Q(is_done=False, error="")),
        ]

    def __str__(self) -> str:
        return self.name


class WireItem(models.Model):
    """The newest known state of one guid; a tombstone once the agency has killed it."""

    class State(models.TextChoices):
        USABLE = "usable", _("verwendbar")
        EMBARGOED = "embargoed", _("gesperrt")
        WITHHELD = "withheld", _("zurückgehalten")
        CANCELED = "canceled", _("zurückgerufen")

    class Place(models.TextChoices):
        INBOX = "inbox", _("im Eingang")
        PUBLISHED = "published", _("veröffentlicht")
        TAKEN = "taken", _("übernommen")
        DISCARDED = "discarded", _("verworfen")

    guid = models.CharField(_("Kennung"), max_length=500, unique=True)
    feed = models.ForeignKey(Feed, verbose_name=_("Dienst"), on_delete=models.PROTECT, related_name="items")
    delivery = models.ForeignKey(
        WireDelivery, verbose_name=_("Lieferung"), on_delete=models.PROTECT, null=True, related_name="items",
    )  # fmt: skip
    article = models.OneToOneField(
        Article, verbose_name=_("Artikel"), on_delete=models.SET_NULL, null=True, blank=True, related_name="wire_item",
    )  # fmt: skip
    version = models.PositiveIntegerField(_("Fassung"), default=0)
    updated_at = models.DateTimeField(_("Fassung vom"))
    issued_at = models.DateTimeField(_("Zuerst gesendet"))
    received_at = models.DateTimeField(_("Eingegangen"), default=timezone.now)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.USABLE)
    place = models.CharField(_("Ablage"), max_length=10, choices=Place.choices, default=Place.INBOX)
    urgency = models.PositiveSmallIntegerField(
        _("Dringlichkeit"), default=5, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    headline = models.CharField(_("Überschrift"), max_length=500, blank=True)
    desk = models.CharField(_("Desk"), max_length=60, blank=True)
    payload = models.JSONField(_("Inhalt"), default=dict, help_text=_("Die gelesene Meldung, Feld für Feld."))
    content_hash = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    reason = models.CharField(_("Warum im Eingang"), max_length=300, blank=True)
    note = models.TextField(_("Hinweis an die Redaktion"), blank=True)
    needs_look = models.BooleanField(_("Agentur hat geändert"), default=False)
    repeats = models.PositiveIntegerField(_("Wiederholungen"), default=0)
    embargo_until = models.DateTimeField(_("Sperrfrist bis"), null=True, blank=True)
    pictures_due = models.DateTimeField(_("Bilder werden geholt ab"), null=True, editable=False)

    class Meta:
        verbose_name = _("Agenturmeldung")
        verbose_name_plural = _("Meldungseingang")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(guid=""),
                name="wire_item_has_guid",
                violation_error_message=_("Eine Agenturmeldung braucht ihre Kennung."),
            ),
            models.CheckConstraint(
                condition=models.Q(urgency__gte=1, urgency__lte=9),
                name="wire_item_urgency_is_1_to_9",
                violation_error_message=_("Die Dringlichkeit liegt zwischen 1 und 9."),
            ),
        ]
        indexes = [
            models.Index(fields=["place", "urgency", "-received_at", "-id"], name="wire_item_inbox"),
            models.Index(fields=["-received_at", "-id"], name="wire_item_newest"),
            models.Index(fields=["pictures_due"], name="wire_item_pictures_due", condition=models.Q(pictures_due__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.headline or self.guid
