"""Pictures: the cleaned original, what it shows, whose it is and how long it may be shown."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.base import Versioned, validate_printable

KEY_DIGITS = 12  # of the hash; the other 4 of a rendition's name are the focal point


def rendition_key(digest: str, focal_x: int, focal_y: int) -> str:
    return f"{digest[:KEY_DIGITS]}{focal_x:02x}{focal_y:02x}"


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self, at: datetime | None = None) -> Self:
        """Rendered, and with rights that have not run out."""
        moment = at or timezone.now()
        return self.filter(Q(rights_until=None) | Q(rights_until__gt=moment), rendered_at__isnull=False)

    def of_rendition(self, key: str) -> Self:
        """The picture that a rendition of that key shows."""
        return self.filter(hash__startswith=key[:KEY_DIGITS])

    def to_render(self) -> Self:
        return self.filter(rendered_at=None).order_by("pk")


class Picture(Versioned):
    file = models.FileField(_("Datei"), upload_to="pictures/", max_length=200)
    hash = models.CharField(_("Prüfsumme"), max_length=16, unique=True, editable=False)
    width = models.PositiveIntegerField(_("Breite"), editable=False)
    height = models.PositiveIntegerField(_("Höhe"), editable=False)
    focal_x = models.PositiveSmallIntegerField(_("Blickpunkt von links (%)"), default=50, validators=[MaxValueValidator(100)])
    focal_y = models.PositiveSmallIntegerField(_("Blickpunkt von oben (%)"), default=50, validators=[MaxValueValidator(100)])
    title = models.CharField(
        _("Titel"), max_length=200, blank=True, validators=[validate_printable],
        help_text=_("Damit Sie das Bild wiederfinden. Leser sehen ihn nicht."),
    )  # fmt: skip
    alt = models.CharField(
        _("Bildbeschreibung"), max_length=300, validators=[validate_printable],
        help_text=_("Was zu sehen ist, für alle, die das Bild nicht sehen."),
    )  # fmt: skip
    caption = models.CharField(_("Bildzeile"), max_length=500, blank=True, validators=[validate_printable])
    credit = models.CharField(
        _("Bildnachweis"), max_length=200, validators=[validate_printable], help_text=_("Fotograf und Agentur.")
    )
    rights_until = models.DateTimeField(
        _("Rechte bis"), null=True, blank=True, db_index=True, help_text=_("Danach verschwindet das Bild aus allen Artikeln."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("Aufgenommen"), default=timezone.now, editable=False, db_index=True)
    rendered_at = models.DateTimeField(_("Zugeschnitten"), null=True, editable=False, db_index=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                name="picture_focal_point_is_inside",
                violation_error_message=_("Der Blickpunkt liegt zwischen 0 und 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0),
                name="picture_has_a_size",
                violation_error_message=_("Das Bild hat keine Größe. Bitte laden Sie die Datei noch einmal hoch."),
            ),
            models.CheckConstraint(
                condition=~Q(credit="") & ~Q(alt=""),
                name="picture_has_credit_and_alt",
                violation_error_message=_("Ein Bild braucht Bildnachweis und Bildbeschreibung."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.alt

    @property
    def rendition_key(self) -> str:
        """Names the renditions by content and focal point: a moved point gives new addresses. 16 hex digits."""
        return rendition_key(self.hash, self.focal_x, self.focal_y)

    @property
    def page_key(self) -> str:
        """Of all its renditions, whatever their focal point."""
        return f"picture-{self.hash[:KEY_DIGITS]}"

    def is_public(self, at: datetime | None = None) -> bool:
        moment = at or timezone.now()
        return self.rendered_at is not None and (self.rights_until is None or self.rights_until > moment)
