"""Pages that are no news: Impressum, Datenschutz and their like."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.base import Versioned, validate_printable


class Page(Versioned):
    class Slug(models.TextChoices):
        IMPRESSUM = "impressum", _("Impressum")
        PRIVACY = "datenschutz", _("Datenschutz")
        ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")
        PRINCIPLES = "grundsaetze", _("Grundsätze")
        CONTACT = "kontakt", _("Kontakt")

    slug = models.SlugField(_("Adresse"), max_length=40, unique=True, choices=Slug.choices)
    title = models.CharField(_("Überschrift"), max_length=120, validators=[validate_printable])
    lead = models.CharField(_("Vorspann"), max_length=300, blank=True, validators=[validate_printable])
    body = models.TextField(_("Text"), blank=True, max_length=100_000, validators=[validate_printable])
    changed_at = models.DateTimeField(_("Geändert"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__in=["impressum", "datenschutz", "barrierefreiheit", "grundsaetze", "kontakt"]),
                name="page_address_is_known",
                violation_error_message=_("Diese Seite gibt es nicht."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(f"articles:{self.slug}")

    @property
    def page_key(self) -> str:
        return f"page-{self.slug}"
