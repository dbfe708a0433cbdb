"""Reports: what readers tell us is wrong, and whether somebody has seen to it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import Versioned


class Report(Versioned):
    class State(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("erledigt")

    article = models.ForeignKey(
        Article, verbose_name=_("Artikel"), on_delete=models.SET_NULL, null=True, blank=True, related_name="reports", editable=False,
    )  # fmt: skip
    text = models.TextField(_("Hinweis"), max_length=3000, editable=False)
    email = models.EmailField(_("E-Mail für Rückfragen"), blank=True, editable=False)
    state = models.CharField(_("Stand"), max_length=4, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("Eingegangen"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("Erledigt"), null=True, blank=True, editable=False)
    # Of the form it was written in: sending that twice makes one report. It tells nothing about the reader.
    form = models.CharField(max_length=32, unique=True, editable=False)

    class Meta:
        verbose_name = _("Leserhinweis")
        verbose_name_plural = _("Leserhinweise")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="report_says_something", violation_error_message=_("Bitte schreiben Sie, was falsch ist."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", done_at=None) | models.Q(state="done", done_at__isnull=False),
                name="report_is_done_since_some_moment",
                violation_error_message=_("Ein erledigter Hinweis hat einen Zeitpunkt, ein offener keinen."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-created_at", "-id"], name="report_newest_of_state")]

    def __str__(self) -> str:
        return self.text[:80]
