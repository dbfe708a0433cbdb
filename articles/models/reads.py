"""Reads: how often articles were read in which hour. Numbers alone, nobody's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.category import Category


class ReadCount(models.Model):
    """One article in one hour, by people."""

    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="read_counts", db_index=False)
    hour = models.DateTimeField(_("Stunde"))
    count = models.PositiveIntegerField(_("Aufrufe"), default=0, editable=False)

    class Meta:
        verbose_name = _("Aufrufe eines Artikels")
        verbose_name_plural = _("Aufrufe der Artikel")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "hour"], name="read_count_once_an_hour",
                violation_error_message=_("Diese Stunde ist für den Artikel schon gezählt."),
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["hour", "article", "count"], name="read_count_of_hour")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.hour:%d.%m.%Y %H} · {self.count}"


class ReadHour(models.Model):
    """All articles in one hour, by people and by robots."""

    hour = models.DateTimeField(_("Stunde"), unique=True)
    people = models.PositiveIntegerField(_("Menschen"), default=0, editable=False)
    robots = models.PositiveIntegerField(_("Roboter"), default=0, editable=False)

    class Meta:
        verbose_name = _("Aufrufe einer Stunde")
        verbose_name_plural = _("Aufrufe nach Stunden")

    def __str__(self) -> str:
        return f"{self.hour:%d.%m.%Y %H} · {self.people}"


class MostRead(models.Model):
    """What is read most just now, of one category or, without one, of all. Made anew as a whole."""

    category = models.ForeignKey(
        Category, verbose_name=_("Ressort"), on_delete=models.CASCADE, null=True, blank=True, related_name="most_read",
    )  # fmt: skip
    place = models.PositiveSmallIntegerField(_("Rang"), editable=False)
    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.CASCADE, related_name="most_read")

    class Meta:
        verbose_name = _("Meistgelesenes")
        verbose_name_plural = _("Meistgelesenes")
        ordering = ["category", "place"]
        indexes = [models.Index(fields=["category", "place", "article"], name="most_read_in_order")]

    def __str__(self) -> str:
        return f"{self.place} · {self.article_id}"
