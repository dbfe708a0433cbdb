"""Categories (Ressorts): the departments a reader browses."""

from __future__ import annotations

import re
from functools import cache
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.base import LAST_PLACE, Versioned, validate_printable
from articles.text.slugs import RESERVED

SLUG = RegexValidator(
    re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"),
    _("Eine Adresse besteht aus kleinen Buchstaben ohne Umlaute, Ziffern und einzelnen Bindestrichen, etwa «ausland»."),
)
COLOUR = RegexValidator(re.compile(r"^#[0-9a-fA-F]{6}\Z"), _("Eine Farbe sieht so aus: #1b4f91."))


def validate_not_reserved(slug: str) -> None:
    """Top-level words of the site cannot be categories."""
    if slug in RESERVED:
        raise ValidationError(
            _("Die Adresse «%(slug)s» braucht die Website selbst. Bitte wählen Sie eine andere, etwa «%(slug)s-ressort»."),
            code="reserved",
            params={"slug": slug},
        )


@cache
def root() -> str:
    """Where the site begins; asked of the resolver once, for each answer of his takes longer than a teaser's other values."""
    return reverse("articles:front")


def category_path(slug: str) -> str:
    return f"{root()}{slug}/"


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_order(self) -> Self:
        """As the navigation shows them."""
        return self.order_by("position", "name")


class Category(Versioned):
    name = models.CharField(_("Name"), max_length=60, unique=True, validators=[validate_printable])
    slug = models.SlugField(_("Adresse"), max_length=60, unique=True, validators=[SLUG, validate_not_reserved])
    description = models.TextField(_("Beschreibung"), blank=True, max_length=1000, validators=[validate_printable])
    colour = models.CharField(
        _("Farbe"), max_length=7, default="#42464c", validators=[COLOUR],
        help_text=_("Für Dachzeile und Balken. Die Website hellt oder dunkelt sie so, dass sie lesbar bleibt."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0, db_index=True, validators=[LAST_PLACE])
    codes = models.JSONField(
        _("Codes der Agenturen"), default=list, blank=True,
        help_text=_("Womit die Agenturen dieses Ressort meinen: Media Topics wie «medtop:04000000» oder Namen."),
    )  # fmt: skip

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ressort")
        verbose_name_plural = _("Ressorts")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED)),
                name="category_slug_is_not_reserved",
                violation_error_message=_("Diese Adresse braucht die Website selbst. Bitte wählen Sie eine andere."),
            ),
            models.CheckConstraint(
                condition=~models.Q(slug="") & ~models.Q(name=""),
                name="category_has_name_and_slug",
                violation_error_message=_("Ein Ressort braucht Name und Adresse."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return category_path(self.slug)

    @property
    def page_key(self) -> str:
        return f"category-{self.pk}"
