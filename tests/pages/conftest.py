"""A site with ten thousand articles, made once for every test that counts queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from articles.models import Article, Authorship, Tagging
from tests import make

MANY = 10_000


@dataclass(frozen=True)
class Site:
    """Ten thousand articles in one category, all with the same tag and author; one of them with everything."""

    article: Article
    deep: str


@pytest.fixture(scope="module")
def big_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Rolled back when the module is done."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        with transaction.atomic():
            yield _fill()
            transaction.set_rollback(True)


def _fill() -> Site:
    first = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
    agency = make.agency("nda")
    rows = make.articles(MANY, first=first, agency=agency)
    tag, author = make.tag("Russland"), make.author("Helene Kramer")
    Tagging.objects.bulk_create(Tagging(content_object=row, tag=tag, published_at=row.published_at) for row in rows)
    Authorship.objects.bulk_create(Authorship(article=row, author=author, published_at=row.published_at) for row in rows)
    article = make.article(
        "Mit allem", at=first - timedelta(days=200), tags=["Russland", "USA", "Öl"], authors=["Helene Kramer"], agency=agency
    )
    make.correction(article)
    make.positions()
    make.breaking(article=article)
    ninth = rows[9_000]
    return Site(article, f"{ninth.published_at:%Y%m%d%H%M%S}-{ninth.pk}")
