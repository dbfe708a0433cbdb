"""Stories: what several articles tell together, and by which marks that is seen."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("Geschichte")
        verbose_name_plural = _("Geschichten")

    def __str__(self) -> str:
        return f"Geschichte {self.pk}"


class StoryTrace(models.Model):
    """An article's marks, for as long as something new could tell the same; packed numbers of 31 bits, sorted.

    runs: of eight words. words: names and numbers. quotations: runs of five words of what somebody said.
    """

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="trace")
    at = models.DateTimeField(db_index=True)
    runs = models.BinaryField()
    words = models.BinaryField()
    quotations = models.BinaryField()


class StoryMark(models.Model):
    """By which articles with a mark in common are found; only a part of the runs is kept here."""

    hash = models.PositiveIntegerField(validators=[MaxValueValidator(2**31 - 1)])
    at = models.DateTimeField()
    trace = models.ForeignKey(StoryTrace, on_delete=models.CASCADE, related_name="found_by", db_index=True)

    class Meta:
        indexes = [models.Index(fields=["hash", "at", "trace"], name="story_mark_lookup")]


class StoryVerdict(models.Model):
    """What an editor has said of two articles; kept as truth, against every guess. first: the smaller id."""

    first = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    is_same = models.BooleanField(_("dieselbe Geschichte"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("Entschieden"), default=timezone.now)

    class Meta:
        verbose_name = _("Urteil über eine Geschichte")
        verbose_name_plural = _("Urteile über Geschichten")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="story_verdict_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="story_verdict_in_order",
                violation_error_message=_("Ein Urteil nennt zwei verschiedene Artikel."),
            ),
        ]
