"""Tags (Schlagwörter) with an order of their own, and the topics that grow from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.models.article import Article, of_public
from articles.models.base import LAST_PLACE, Versioned, validate_printable
from articles.models.picture import Picture
from articles.text.slugs import slugify

LONGEST_CHAIN = 8  # links; a circle, which no form lets pass, ends there too


class Tag(Versioned, TagBase):
    class Automatic(models.TextChoices):
        NEVER = "never", _("nie")
        SUGGEST = "suggest", _("vorschlagen")
        SET = "set", _("setzen")

    name = models.CharField(_("Name"), max_length=100, unique=True, validators=[validate_printable])
    slug = models.SlugField(_("Adresse"), max_length=100, unique=True, allow_unicode=False, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True, max_length=2000, validators=[validate_printable])
    picture = models.ForeignKey(
        Picture, verbose_name=_("Bild"), on_delete=models.PROTECT, null=True, blank=True, related_name="topics",
        help_text=_("Steht oben auf der Themenseite."),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", verbose_name=_("aufgegangen in"), on_delete=models.PROTECT, null=True, blank=True, related_name="merged",
        help_text=_("Die Themenseite leitet dorthin weiter."),
    )  # fmt: skip
    automatic = models.CharField(
        _("Automatisch"), max_length=8, choices=Automatic.choices, default=Automatic.SUGGEST,
        help_text=_("Ob das Schlagwort bei Agenturmeldungen von selbst gesetzt wird."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Schlagwort")
        verbose_name_plural = _("Schlagwörter")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug="") & ~models.Q(name=""), name="tag_has_name_and_slug",
                violation_error_message=_("Ein Schlagwort braucht Name und Adresse.")),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")), name="tag_is_not_merged_into_itself",
                    violation_error_message=_("Ein Schlagwort kann nicht in sich selbst aufgehen."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """ä becomes ae, as everywhere on the site; taggit asks again with a number when the slug is taken."""
        slug = slugify(tag)
        return slug if i is None else f"{slug}-{i}"

    @property
    def page_key(self) -> str:
        return f"tag-{self.pk}"

    @property
    def name_key(self) -> str:
        """Of pages that print its name without listing its articles."""
        return f"tagname-{self.pk}"


def ends_of(tags: Iterable[Tag]) -> list[Tag]:
    """For each tag the one it has become in the end; a chain costs one query a link."""
    found = list(tags)
    for _link in range(LONGEST_CHAIN):
        targets = {tag.merged_into_id for tag in found if tag.merged_into_id}
        if not targets:
            break
        known = Tag.objects.in_bulk(targets)
        found = [known[tag.merged_into_id] if tag.merged_into_id else tag for tag in found]
    return found


class TagAlias(models.Model):
    """Another word for a tag, as agencies or editors use it."""

    name = models.CharField(_("Andere Schreibweise"), max_length=100, unique=True, validators=[validate_printable])
    tag = models.ForeignKey(Tag, verbose_name=_("Schlagwort"), on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("andere Schreibweise")
        verbose_name_plural = _("andere Schreibweisen")

    def __str__(self) -> str:
        return self.name


class TaggingQuerySet(models.QuerySet["Tagging"]):
    def public(self, at: datetime | None = None) -> Self:
        """Only links of articles that readers may see at that moment."""
        return self.filter(of_public(at, article="content_object_id"))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-content_object_id")


class Tagging(ItemBase):
    """One tag on one article. `published_at` repeats the article's, so that a topic's list is one index walk."""

    content_object = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="taggings", db_column="article_id")
    tag = models.ForeignKey(Tag, verbose_name=_("Schlagwort"), on_delete=models.PROTECT, related_name="taggings")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0, validators=[LAST_PLACE])
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = TaggingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("Schlagwort am Artikel")
        verbose_name_plural = _("Schlagwörter am Artikel")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="tagging_once_per_article",
                violation_error_message=_("Dieses Schlagwort steht schon am Artikel."),
            )
        ]
        indexes = [models.Index(fields=["tag", "-published_at", "-content_object"], name="tagging_newest_of_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} · {self.content_object_id}"
