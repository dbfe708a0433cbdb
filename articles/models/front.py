"""The front page's places, and the one breaking line above all pages."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, visibility
from articles.models.base import LAST_PLACE, Versioned, validate_printable
from articles.models.category import SLUG, Category


class PositionQuerySet(models.QuerySet["Position"]):
    def in_order(self) -> Self:
        """As they stand on the page."""
        return self.order_by("position", "pk")


class Position(Versioned):
    class Rule(models.TextChoices):
        TOP = "top", _("das Dringlichste der letzten 24 Stunden")
        NEWEST = "newest", _("das Neueste")
        CATEGORY = "category", _("das Neueste aus einem Ressort")
        OPINION = "opinion", _("Meinung")
        NONE = "none", _("nichts: nur, was Sie selbst setzen")

    page = models.CharField(_("Seite"), max_length=20, default="front", editable=False)
    slug = models.SlugField(_("Kennung"), max_length=60, validators=[SLUG])
    label = models.CharField(_("Name"), max_length=60, validators=[validate_printable])
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0, validators=[LAST_PLACE])
    limit = models.PositiveSmallIntegerField(_("Anzahl"), default=4, validators=[MinValueValidator(1), MaxValueValidator(20)])
    rule = models.CharField(_("Füllt sich mit"), max_length=8, choices=Rule.choices, default=Rule.NEWEST)
    category = models.ForeignKey(
        Category, verbose_name=_("Ressort"), on_delete=models.PROTECT, null=True, blank=True, related_name="positions",
    )  # fmt: skip

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Platz")
        verbose_name_plural = _("Plätze der Startseite")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "slug"], name="position_once_per_page",
                violation_error_message=_("Einen Platz mit dieser Kennung gibt es schon. Bitte wählen Sie eine andere.")),
            models.CheckConstraint(condition=Q(limit__gte=1, limit__lte=20), name="position_holds_1_to_20",
                violation_error_message=_("Ein Platz fasst 1 bis 20 Artikel.")),
            models.CheckConstraint(
                condition=~Q(rule="category") | Q(category__isnull=False), name="position_category_rule_names_one",
                    violation_error_message=_("Bitte wählen Sie das Ressort, aus dem sich der Platz füllt."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class BreakingQuerySet(models.QuerySet["Breaking"]):
    def showing(self, at: datetime | None = None) -> Self:
        """The lines whose time it is, newest first; only the first is shown. One that leads to an article waits for it."""
        moment = at or timezone.now()
        shown = Q(article=None) | visibility(moment, prefix="article__")
        return self.filter(shown, visible_from__lte=moment, visible_until__gt=moment).order_by("-visible_from", "-pk")


class Breaking(Versioned):
    headline = models.CharField(_("Zeile"), max_length=160, validators=[validate_printable])
    article = models.ForeignKey(
        Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, null=True, blank=True, related_name="breaking",
        help_text=_("Wohin die Zeile führt. Solange er nicht öffentlich ist, steht auch die Zeile nicht da."),
    )  # fmt: skip
    visible_from = models.DateTimeField(_("Sichtbar ab"), default=timezone.now)
    visible_until = models.DateTimeField(_("Sichtbar bis"), db_index=True)

    objects = BreakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Eilmeldung")
        verbose_name_plural = _("Eilmeldungen")
        ordering = ["-visible_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visible_until__gt=models.F("visible_from")),
                name="breaking_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt vor dem Beginn. Bitte ändern Sie eines von beiden."),
            )
        ]

    def __str__(self) -> str:
        return self.headline
