"""Revisions: every earlier state of an article, so that no word is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Revision(models.Model):
    """The state an article had before version + 1 replaced it."""

    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("Fassung"))
    kicker = models.CharField(_("Dachzeile"), max_length=80, blank=True)
    headline = models.CharField(_("Überschrift"), max_length=200)
    lead = models.TextField(_("Vorspann"), blank=True)
    dateline = models.CharField(_("Ortsmarke"), max_length=100, blank=True)
    body = models.TextField(_("Text"), blank=True)
    created_at = models.DateTimeField(_("Abgelöst"), default=timezone.now)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("abgelöst von"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "version"],
                name="revision_once_per_version",
                violation_error_message=_("Diese Fassung gibt es schon."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.version})"
