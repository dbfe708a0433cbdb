"""Authors: the people behind the byline."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.base import Versioned, validate_printable
from articles.models.category import SLUG
from articles.models.picture import Picture
from articles.text.slugs import slugify


class Author(Versioned):
    name = models.CharField(_("Name"), max_length=120, validators=[validate_printable])
    slug = models.SlugField(_("Adresse"), max_length=120, unique=True, blank=True, validators=[SLUG])
    role = models.CharField(_("Aufgabe"), max_length=120, blank=True, validators=[validate_printable])
    about = models.TextField(_("Über die Person"), blank=True, max_length=2000, validators=[validate_printable])
    email = models.EmailField(_("E-Mail"), blank=True, help_text=_("Wird auf der Autorenseite gezeigt."))
    picture = models.ForeignKey(
        Picture, verbose_name=_("Porträt"), on_delete=models.PROTECT, null=True, blank=True, related_name="authors",
    )  # fmt: skip

    class Meta:
        verbose_name = _("Autor")
        verbose_name_plural = _("Autoren")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(slug=""),
                name="author_has_name_and_slug",
                violation_error_message=_("Eine Person braucht Name und Adresse."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])

    @property
    def page_key(self) -> str:
        return f"author-{self.pk}"
