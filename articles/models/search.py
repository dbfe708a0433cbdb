"""What the search remembers: one document per published article, and the words of the site."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models.article import Article

QUICKEST = 1  # level of zlib: sorted words are small already


class TermsField(models.Field):  # type: ignore[type-arg]
    """An article's terms as its database searches them: a tsvector, or beside FTS5 the text that it needs to forget them."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "blob"

    @staticmethod
    def packed(terms: Iterable[str]) -> bytes:
        """Each term once, whatever their order: to forget a document FTS5 marks each of them, and wants no more."""
        return zlib.compress(" ".join(sorted(set(terms))).encode("ascii"), QUICKEST)

    @staticmethod
    def unpacked(stored: bytes) -> str:
        return zlib.decompress(stored).decode("ascii")


class StemField(models.CharField):  # type: ignore[type-arg]
    """Small ASCII, compared sign by sign whatever language the database speaks: a beginning is a range of the index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        told: dict[str, Any] = {**super().db_parameters(connection)}
        return {**told, "collation": "C"} if connection.vendor == "postgresql" else told


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def public(self, at: datetime | None = None) -> Self:
        """Documents of articles that readers may see at that moment."""
        return self.filter(Exists(Article.objects.public(at).filter(pk=OuterRef("article_id"))))


class SearchDocument(models.Model):
    """An article as the search knows it; there is one while it is published, planned or held by an embargo.

    place: where it stands in time; the newer, the higher (articles/search/places.py). zones: stems of the headline, the
    lead, and those that the body repeats, for the order by best. analyser: who made it; empty where it has grown old.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="search_document")
    place = models.BigIntegerField(unique=True, editable=False)
    analyser = models.CharField(max_length=20)
    zones = models.TextField()
    terms = TermsField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["article"], condition=Q(analyser=""), name="search_document_grown_old")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.place}"


class SearchWord(models.Model):
    """A word of published copy, under its stem: what compounds are split by, and what a mistyped word may have meant."""

    stem = StemField(max_length=40, primary_key=True)
    backwards = StemField(max_length=40)
    word = models.CharField(max_length=80)
    documents = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["backwards"], name="search_word_backwards")]

    def __str__(self) -> str:
        return self.word


class SearchErrand(models.Model):
    """An article of which the search server, if there is one, has to hear; written with the change itself.

    A number and no reference: what was deleted has to be forgotten there as well.
    """

    article = models.PositiveBigIntegerField(editable=False)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["noted_at"], name="search_errand_age")]

    def __str__(self) -> str:
        return str(self.article)
