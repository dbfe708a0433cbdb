"""Articles: one piece of copy at one address, and the one gate through which readers get it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.added import add, change
from articles.models.agency import Agency
from articles.models.author import Author
from articles.models.base import LAST_PLACE, LONGEST_BODY, Versioned, validate_printable
from articles.models.category import Category, root
from articles.models.picture import Picture
from articles.models.sitemap import SitemapFile
from articles.models.story import Story
from articles.text.slugs import slugify

NEWEST = ("-published_at", "-id", "embargo_until", "visible_until")
CHANGED = Greatest("changed_at", "published_at")  # what was planned is new when it appears
OPENING = 3000  # signs of the body: enough for a teaser of 500 after tags are gone


class Status(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    REVIEW = "review", _("zur Abnahme")
    PUBLISHED = "published", _("veröffentlicht")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class Kind(models.TextChoices):
    REPORT = "report", _("Bericht")
    ANALYSIS = "analysis", _("Analyse")
    BACKGROUND = "background", _("Hintergrund")
    INTERVIEW = "interview", _("Interview")
    OPINION = "opinion", _("Meinung")
    ADVERTISEMENT = "advertisement", _("Anzeige")


def visibility(at: datetime | None = None, *, prefix: str = "") -> Q:
    """The gate: published, its moment has come, no embargo holds it, its time is not over.

    prefix: the path to the article from the model that asks, such as "content_object__".
    """
    moment = at or timezone.now()
    return Q(
        Q(**{f"{prefix}visible_until": None}) | Q(**{f"{prefix}visible_until__gt": moment}),
        Q(**{f"{prefix}embargo_until": None}) | Q(**{f"{prefix}embargo_until__lte": moment}),
        **{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": moment},
    )


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self, at: datetime | None = None) -> Self:
        """Articles readers may see at that moment (default: now)."""
        return self.filter(visibility(at))

    def still_public(self, at: datetime | None = None) -> Self:
        """The same for a handful of rows named by id: asked of each, so that no database walks a list to find them."""
        return self.filter(Exists(Article.objects.public(at).filter(pk=OuterRef("pk"))))

    def for_teasers(self) -> Self:
        """Only what a teaser prints: never the body, but its opening where there is no lead."""
        return (
            self.annotate(
                own_teaser=models.FilteredRelation("teasers", condition=Q(teasers__position=None)),
                teaser_headline=F("own_teaser__headline"),
                teaser_text=F("own_teaser__text"),
                opening=Case(When(lead="", then=Substr("body", 1, OPENING)), default=Value("")),
            )
            .select_related("category", "agency", "picture")
            .defer("body")
        )

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class Article(Versioned):
    kicker = models.CharField(_("Dachzeile"), max_length=80, blank=True, validators=[validate_printable])
    headline = models.CharField(_("Überschrift"), max_length=200, validators=[validate_printable])
    slug = models.SlugField(_("Adresse"), max_length=100, blank=True, help_text=_("Entsteht aus der Überschrift."))
    lead = models.TextField(_("Vorspann"), blank=True, max_length=1500, validators=[validate_printable])
    dateline = models.CharField(
        _("Ortsmarke"), max_length=100, blank=True, validators=[validate_printable],
        help_text=_("Ort und Agentur vor dem ersten Absatz, etwa «Washington (dpa)»."),
    )  # fmt: skip
    body = models.TextField(_("Text"), blank=True, validators=[validate_printable, MaxLengthValidator(LONGEST_BODY)])
    category = models.ForeignKey(Category, verbose_name=_("Ressort"), on_delete=models.PROTECT, related_name="articles")
    further_categories = models.ManyToManyField(
        Category, verbose_name=_("weitere Ressorts"), through="FurtherCategory", related_name="further_articles", blank=True,
    )  # fmt: skip
    tags = TaggableManager(verbose_name=_("Schlagwörter"), through="articles.Tagging", blank=True)  # type: ignore[no-untyped-call]
    authors = models.ManyToManyField(Author, verbose_name=_("Autoren"), through="Authorship", related_name="articles")
    agency = models.ForeignKey(
        Agency, verbose_name=_("Agentur"), on_delete=models.PROTECT, null=True, blank=True, related_name="articles",
    )  # fmt: skip
    picture = models.ForeignKey(
        Picture, verbose_name=_("Bild"), on_delete=models.PROTECT, null=True, blank=True, related_name="articles",
    )  # fmt: skip
    caption = models.CharField(
        _("Bildzeile"), max_length=500, blank=True, validators=[validate_printable],
        help_text=_("Bleibt sie leer, gilt die Bildzeile des Bildes."),
    )  # fmt: skip
    kind = models.CharField(_("Form"), max_length=16, choices=Kind.choices, default=Kind.REPORT)
    urgency = models.PositiveSmallIntegerField(
        _("Dringlichkeit"), default=5, validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 ist die höchste (Eilmeldung), 5 normal, 9 die niedrigste."),
    )  # fmt: skip
    story = models.ForeignKey(
        Story, verbose_name=_("Geschichte"), on_delete=models.SET_NULL, null=True, blank=True, related_name="articles",
        editable=False,
    )  # fmt: skip
    status = models.CharField(_("Stand"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(_("Veröffentlicht"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("Aktualisiert"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("Geändert"), default=timezone.now, editable=False)
    embargo_until = models.DateTimeField(_("Sperrfrist bis"), null=True, blank=True)
    visible_until = models.DateTimeField(_("Sichtbar bis"), null=True, blank=True)
    licence_ended_at = models.DateTimeField(_("Lizenz abgelaufen"), null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Artikel")
        verbose_name_plural = _("Artikel")
        ordering = ["-changed_at"]
        permissions = [
            ("publish_article", _("Darf Artikel veröffentlichen")),
            ("withdraw_article", _("Darf Artikel zurückziehen")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(slug=""),
                name="article_has_headline_and_slug",
                violation_error_message=_("Ein Artikel braucht Überschrift und Adresse."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="article_published_has_date",
                violation_error_message=_("Ein veröffentlichter Artikel braucht einen Zeitpunkt."),
            ),
            models.CheckConstraint(
                condition=Q(urgency__gte=1, urgency__lte=9),
                name="article_urgency_is_1_to_9",
                violation_error_message=_("Die Dringlichkeit liegt zwischen 1 und 9."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="article_status_is_known",
                violation_error_message=_("Diesen Stand gibt es nicht."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="article_kind_is_known",
                violation_error_message=_("Diese Form gibt es nicht."),
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(published_at=None) | Q(visible_until__gt=F("published_at")),
                name="article_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt vor der Veröffentlichung. Bitte ändern oder leeren Sie es."),
            ),
        ]
        indexes = [
            # The gate's other columns ride along, so that a list is walked without opening a row and its long body.
            models.Index(fields=["status", *NEWEST], name="article_newest"),
            models.Index(fields=["category", "status", *NEWEST], name="article_newest_of_category"),
            models.Index(fields=["agency", "status", *NEWEST], name="article_newest_of_agency"),
            models.Index(fields=["kind", "status", *NEWEST], name="article_newest_of_kind"),
            models.Index(fields=["urgency", "status", *NEWEST], name="article_newest_of_urgency"),
            models.Index(fields=["status", "embargo_until"], name="article_next_release"),
            models.Index(fields=["-changed_at", "-id"], name="article_last_changed"),
            models.Index(fields=["status", "-changed_at", "-id"], name="article_changed_of_status"),
            models.Index(
                "status", SitemapFile("published_at", "id"), CHANGED.desc(), F("id").desc(), "published_at", "embargo_until", "visible_until",
                name="article_changed_of_file",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: object, **options: object) -> None:
        self.slug = self.slug or slugify(self.headline)
        super().save(*args, **options)

    def add(self) -> Article:
        """Save a new one, as `save()` does, for who makes hundreds."""
        self.slug, self.version = self.slug or slugify(self.headline), self.version + 1
        return add(self)

    def change(self, names: Sequence[str]) -> None:
        """Save these fields of one that is there, as `save(update_fields=…)` does."""
        self.version += 1
        change(self, (*names, "version"))

    def get_absolute_url(self) -> str:
        return article_path(self.category.slug, self.slug, self.pk)

    @property
    def page_key(self) -> str:
        return f"article-{self.pk}"

    def is_public(self, at: datetime | None = None) -> bool:
        """The gate once more, for a row already in hand."""
        moment = at or timezone.now()
        begun = self.status == Status.PUBLISHED and self.published_at is not None and self.published_at <= moment
        held = self.embargo_until is not None and self.embargo_until > moment
        return begun and not held and (self.visible_until is None or self.visible_until > moment)


def article_path(category: str, slug: str, pk: int) -> str:
    """An article's address; a list has thirty of them."""
    return f"{root()}{category}/{slug}-{pk}/"


def of_public(at: datetime | None = None, *, article: str = "article_id") -> Q:
    """Links whose article is public: walked in their own order, the article looked up one by one.

    Joined, a database without statistics would walk all articles and sort; the link's own date leaves out drafts and
    what is planned. article: how the link names its article.
    """
    moment = at or timezone.now()
    return Q(Exists(Article.objects.public(moment).filter(pk=OuterRef(article))), published_at__lte=moment)


class FurtherCategoryQuerySet(models.QuerySet["FurtherCategory"]):
    def public(self, at: datetime | None = None) -> Self:
        return self.filter(of_public(at))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")


class FurtherCategory(models.Model):
    """One more category in whose index the article stands; `published_at` repeats the article's."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="further")
    category = models.ForeignKey(Category, verbose_name=_("Ressort"), on_delete=models.PROTECT, related_name="further")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FurtherCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("weiteres Ressort")
        verbose_name_plural = _("weitere Ressorts")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "category"],
                name="further_category_once_per_article",
                violation_error_message=_("Dieses Ressort steht schon am Artikel."),
            )
        ]
        indexes = [models.Index(fields=["category", "-published_at", "-article"], name="further_newest_of_category")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.category_id}"


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def public(self, at: datetime | None = None) -> Self:
        return self.filter(of_public(at))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")


class Authorship(models.Model):
    """One author of one article, in the order of the byline; `published_at` repeats the article's."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, verbose_name=_("Autor"), on_delete=models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0, validators=[LAST_PLACE])
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Autor am Artikel")
        verbose_name_plural = _("Autoren am Artikel")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="authorship_once_per_article",
                violation_error_message=_("Dieser Name steht schon am Artikel."),
            )
        ]
        indexes = [models.Index(fields=["author", "-published_at", "-article"], name="authorship_newest_of_author")]

    def __str__(self) -> str:
        return f"{self.author_id} · {self.article_id}"
