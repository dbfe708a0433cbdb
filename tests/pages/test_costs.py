"""How many queries each kind of page makes when the site holds ten thousand articles."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.conftest import Site

pytestmark = pytest.mark.django_db

MOST = {
    "/": 8,
    "/ausland/": 5,
    "/thema/russland/": 5,
    "/autor/helene-kramer/": 5,
    "/quelle/nda/": 5,
    "/ticker/": 5,
    "/archiv/": 5,
    "/impressum/": 5,
    "/korrekturen/": 5,
    "/gibt-es-nicht/": 5,
    "/rss.xml": 7,
    "/ausland/atom.xml": 7,
    "/thema/russland/feed.json": 8,
    "/autor/helene-kramer/rss.xml": 8,
    "/quelle/nda/rss.xml": 8,
    "/feeds/": 3,
    "/feeds.opml": 5,
    "/robots.txt": 2,
    "/.well-known/tdmrep.json": 4,
    "/sitemap.xml": 7,
    "/sitemap-news.xml": 3,
    "/sitemap-themen.xml": 3,
    "/sitemap-seiten.xml": 5,
}


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("path", MOST)
def test_a_page_needs_few_queries(client: Client, big_site: Site, path: str) -> None:
    assert len(queries(client, path)) <= MOST[path]


def test_an_article_with_everything_needs_six_queries(client: Client, big_site: Site) -> None:
    assert len(queries(client, big_site.article.get_absolute_url())) <= 6


@pytest.mark.parametrize("path", ["/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/"])
def test_nine_thousand_articles_deep_a_list_costs_the_same(client: Client, big_site: Site, path: str) -> None:
    deep = queries(client, f"{path}?vor={big_site.deep}")

    assert len(deep) == len(queries(client, path))
    assert not any("OFFSET" in sql for sql in deep)


@pytest.mark.parametrize("path", ["/", "/ausland/", "/thema/russland/", "/ticker/"])
def test_no_list_loads_a_body(client: Client, big_site: Site, path: str) -> None:
    loaded = [
        sql
        for sql in queries(client, path)
        if '"articles_article"."body",' in sql.replace('SUBSTR("articles_article"."body",', "")
    ]

    assert not [sql for sql in loaded if "SUBSTR" not in sql.upper() and "SUBSTRING" not in sql.upper()]


@pytest.mark.parametrize("path", ["/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/"])
def test_no_list_counts_or_sorts_the_whole_table(client: Client, big_site: Site, path: str) -> None:
    pooled = [sql for sql in queries(client, path) if "AS part_0" in sql]

    assert pooled
    for sql in pooled if connection.vendor == "sqlite" else []:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN articles_") and "USING" not in step]
        assert len([step for step in plan if "TEMP B-TREE FOR ORDER BY" in step]) <= 1  # the thirty rows of the sheet
