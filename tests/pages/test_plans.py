"""How both databases answer the lists: along one index, in its order, whatever they know about the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.front import lists
from articles.front.lists import Walk
from articles.front.pool import Mark, pool
from articles.pages.sitemaps import files
from tests.pages.conftest import Site

pytestmark = pytest.mark.django_db
LISTS = ["/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/"]


@pytest.fixture(params=["unknown", "analysed"])
def knowledge(request: pytest.FixtureRequest, big_site: Site) -> str:
    """A database that has never looked at its tables, and one that has."""
    with connection.cursor() as cursor:
        if request.param == "analysed":
            cursor.execute("ANALYZE")
        elif connection.vendor == "sqlite":
            cursor.execute("CREATE TABLE IF NOT EXISTS articles_no_statistics (id int)")
            cursor.execute("ANALYZE articles_no_statistics")
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_master")
    return str(request.param)


def walks(site: Site) -> dict[str, Walk]:
    article, now = site.article, timezone.now()
    tag, author = article.taggings.all()[0].tag_id, article.authorships.all()[0].author_id
    moment, category = now - timedelta(days=3), article.category_id
    return {
        "newest": Walk(lists.newest, {"now": now}),
        "category": Walk(lists.of_category, {"category": category, "now": now}),
        "further": Walk(lists.further, {"category": category, "now": now}),
        "tag": Walk(lists.of_tag, {"tag": tag, "now": now}),
        "author": Walk(lists.of_author, {"author": author, "now": now}),
        "agency": Walk(lists.of_agency, {"agency": article.agency_id, "now": now}),
        "urgency": Walk(lists.of_urgency, {"urgency": 5, "since": moment, "now": now}),
        "opinion": Walk(lists.opinion, {"now": now}),
        "day": Walk(lists.between, {"start": moment, "end": moment + timedelta(days=1), "now": now}),
        "back from": Walk(lists.back_from, {"category": category, "moment": moment, "now": now}),
        "on from": Walk(lists.on_from, {"category": category, "moment": moment, "now": now}),
        "back before": Walk(lists.back_before, {"moment": moment, "now": now}),
        "on after": Walk(lists.on_after, {"moment": moment, "now": now}),
        "oldest": Walk(lists.oldest, {"now": now}),
    }


WALKS = [
    "newest", "category", "further", "tag", "author", "agency", "urgency", "opinion", "day", "back from", "on from", "back before",
    "on after", "oldest",
]  # fmt: skip
DEEP = ["newest", "category", "further", "tag", "author", "agency", "day"]


def plan_of(sql: str, *, is_urged: bool = True) -> list[str]:
    """The steps of a plan; on PostgreSQL the kinds of its nodes. is_urged: so small a table would be read as a whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return [row[3] for row in cursor.fetchall()]
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = {'off' if is_urged else 'on'}")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
    return list(_kinds(json.loads(found)[0]["Plan"] if isinstance(found, str) else found[0]["Plan"]))


def _kinds(node: dict[str, Any]) -> Iterator[str]:
    yield f"{node['Node Type']} {node.get('Index Name', '')}".strip()
    for child in node.get("Plans", []):
        yield from _kinds(child)


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"] for query in captured if "AS part_0" in query["sql"]]


def sql_of(walk: Walk, mark: Mark | None = None) -> str:
    made, values = pool([walk], limit=7, mark=mark)
    literals = [f"'{value}'" if not isinstance(value, int) else str(value) for value in (values[name] for name in made.slots)]
    return made.sql % tuple(literals)


def is_sorted_by_hand(plan: list[str]) -> bool:
    return any("TEMP B-TREE" in step or step.startswith(("Sort", "Incremental Sort")) for step in plan)


@pytest.mark.parametrize("name", WALKS)
def test_a_list_comes_in_order_out_of_its_index(big_site: Site, knowledge: str, name: str) -> None:
    plan = plan_of(sql_of(walks(big_site)[name]))

    assert not is_sorted_by_hand(plan), plan
    assert not [step for step in plan if step.startswith(("SCAN articles_", "Seq Scan"))], plan


@pytest.mark.parametrize("name", DEEP)
def test_so_does_what_follows_a_position(big_site: Site, knowledge: str, name: str) -> None:
    mark = Mark(timezone.now() - timedelta(days=5), 17)

    plan = plan_of(sql_of(walks(big_site)[name], mark))

    assert not is_sorted_by_hand(plan), plan
    assert not [step for step in plan if step.startswith(("SCAN articles_", "Seq Scan"))], plan


@pytest.mark.parametrize("name", ["tag", "author", "further"])
def test_a_link_is_walked_before_its_article_is_looked_up(big_site: Site, knowledge: str, name: str) -> None:
    """The other way round, a topic would begin with the newest article of all."""
    plan = plan_of(sql_of(walks(big_site)[name]))

    walked = [step for step in plan if "newest_of" in step]
    assert len(walked) == 1
    assert "article_newest" not in walked[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL enters an index at the narrower of two bounds")
@pytest.mark.parametrize("name", [*DEEP, "back from", "back before"])
def test_the_position_stands_before_the_gate(big_site: Site, name: str) -> None:
    """SQLite takes the first bound it reads: with now first, it walks from now down to the position."""
    mark = None if name.startswith("back") else Mark(timezone.now() - timedelta(days=5), 17)
    sql = sql_of(walks(big_site)[name], mark).split("WHERE", 1)[1]

    now = f"{walks(big_site)[name].values['now']:%Y-%m-%d}"
    bounds = [part.split("'")[1] for part in sql.split('"published_at" <')[1:] if "'" in part]
    assert bounds[0][:10] < now


@pytest.mark.parametrize("path", LISTS)
def test_a_page_sorts_nothing_but_its_sheet(client: Client, big_site: Site, knowledge: str, path: str) -> None:
    for sql in asked(client, f"{path}?vor={big_site.deep}"):
        assert "OFFSET" not in sql
        if connection.vendor == "sqlite":
            assert len([step for step in plan_of(sql) if "TEMP B-TREE FOR ORDER BY" in step]) <= 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL decides by what VACUUM has seen of the table")
@pytest.mark.parametrize("name", ["newest", "category", "agency", "urgency", "opinion"])
def test_the_gate_is_answered_by_the_index_alone(big_site: Site, knowledge: str, name: str) -> None:
    """A row opened to be left out costs its long body."""
    plan = plan_of(sql_of(walks(big_site)[name]))

    assert any("COVERING INDEX article_newest" in step for step in plan), plan


def test_the_walk_from_one_file_of_the_sitemap_to_the_next_stays_in_its_index(big_site: Site, knowledge: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = files.files(timezone.now())
    [walk] = [query["sql"] for query in captured]

    plan = plan_of(walk, is_urged=False)

    assert 1 < len(found) < 10
    assert len([step for step in plan if "article_changed_of_file" in step]) >= 2, plan  # PostgreSQL tells of the first and the last
    assert not [step for step in plan if step.startswith(("SCAN articles_", "Seq Scan"))], plan


def test_a_file_of_the_sitemap_is_a_stretch_of_the_newest(big_site: Site, knowledge: str) -> None:
    moment = timezone.now() - timedelta(days=40)
    with CaptureQueriesContext(connection) as captured:
        list(files.articles_of(moment.year, moment.month, 0, timezone.now()))
    [asked] = [query["sql"] for query in captured if "changed" in query["sql"]]

    plan = plan_of(asked.split(" FOR ", 1)[-1] if asked.startswith("DECLARE") else asked)

    assert not is_sorted_by_hand(plan), plan
    assert [step for step in plan if "article_newest" in step], plan
