"""SQL compiled once: the same rows as the queryset it came from, whatever the values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value as Constant
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Category, Tag, compiled
from articles.models.compiled import CannotCompile, Statement, fetch, fetch_rows, moment, run, statement, with_pool
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_statements", {})


def of_category(*, category: int, now: datetime) -> Any:
    return Article.objects.filter(category=category).public(now).order_by("pk").values_list("pk", "published_at")


def test_it_answers_what_the_queryset_answers() -> None:
    first, other = make.article("Eins", at=NOW), make.article("Zwei", category="Sport", at=NOW)
    make.article("Später", at=NOW + timedelta(seconds=1))

    for article in (first, other):
        values: dict[str, Any] = {"category": article.category_id, "now": NOW}
        rows = run(statement("c", of_category, values), values)
        assert [(pk, moment(at)) for pk, at in rows] == list(of_category(**values)) == [(article.pk, NOW)]


def test_a_later_moment_shows_what_has_appeared_since() -> None:
    article = make.article(at=NOW)
    early, late = ({"category": article.category_id, "now": NOW + timedelta(seconds=step)} for step in (-1, 0))

    assert run(statement("c", of_category, early), early) == []
    assert len(run(statement("c", of_category, late), late)) == 1


def test_the_second_time_nothing_is_built() -> None:
    values = {"category": 1, "now": NOW}
    first = statement("c", of_category, values)

    assert statement("c", lambda **_: pytest.fail("built again"), {"category": 2, "now": NOW}) is first


def test_each_run_is_one_query() -> None:
    values = {"category": 1, "now": NOW}
    made = statement("c", of_category, values)

    with CaptureQueriesContext(connection) as captured:
        run(made, values)

    assert len(captured) == 1


def test_constants_move_into_the_text_and_values_stay_apart() -> None:
    made = statement("c", of_category, {"category": 1, "now": NOW})

    assert "'published'" in made.sql
    assert made.sql.count("%s") == len(made.slots)
    assert set(made.slots) == {"category", "now"}


@pytest.mark.parametrize("constant", ["100 %", "%s", "O'Neill", "'; DROP TABLE articles_article; --", "«ü»"])
def test_a_constant_is_taken_literally(constant: str) -> None:
    make.tag("Ukraine")

    def build(*, pk: int) -> Any:
        return Tag.objects.filter(pk__gt=pk).annotate(said=Constant(constant)).values_list("said")

    assert run(statement(constant, build, {"pk": 0}), {"pk": 0}) == [(constant,)]


@pytest.mark.parametrize("slug", ["ukraine", "%s", "100%", "' OR 1=1 --"])
def test_a_text_is_a_value_like_any_other(slug: str) -> None:
    tag = make.tag("Ukraine")

    def build(*, slug: str) -> Any:
        return Tag.objects.filter(slug=slug).values_list("pk")

    assert run(statement("slug", build, {"slug": slug}), {"slug": slug}) == ([(tag.pk,)] if slug == "ukraine" else [])


def test_a_value_that_changes_the_sql_is_refused() -> None:
    def build(*, most: int) -> Any:
        return Tag.objects.all()[:most].values_list("pk")

    with pytest.raises(CannotCompile):
        statement("limit", build, {"most": 3})


def test_a_constant_of_another_kind_is_refused() -> None:
    def build(*, pk: int) -> Any:
        return Tag.objects.filter(pk=pk).annotate(ratio=Constant(1.5)).values_list("ratio")

    with pytest.raises(CannotCompile):
        statement("float", build, {"pk": 1})


def test_not_more_than_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST", 3)

    for key in range(10):
        statement(key, of_category, {"category": 1, "now": NOW})
        assert len(compiled._statements) <= 3


def test_a_pool_stands_where_it_is_named_and_keeps_the_order_of_values() -> None:
    outer = Statement("SELECT a WHERE x = %s AND b IN (SELECT pool) AND y = %s", ("x", "y"))

    whole = with_pool(outer, Statement("SELECT b WHERE z = %s", ("z",)))

    pool = "IN (SELECT b WHERE z = %s)" if connection.vendor == "sqlite" else "= ANY (ARRAY(SELECT b WHERE z = %s))"
    assert whole.sql == f"SELECT a WHERE x = %s AND b {pool} AND y = %s"
    assert whole.slots == ("x", "z", "y")


def by_ids(*, ids: list[int], name: str) -> Any:
    return Tag.objects.filter(pk__in=ids).exclude(name=name).order_by("pk").values_list("pk")


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 8])
def test_a_list_may_have_any_length(number: int) -> None:
    tags = [make.tag(f"Wort {place}") for place in range(number)]
    other = make.tag("Anderes")

    found = fetch("tags", by_ids, ids=[*(tag.pk for tag in tags), other.pk], name="Anderes")

    assert found == [(tag.pk,) for tag in tags]


def test_lists_of_about_the_same_length_share_a_statement() -> None:
    for number in (5, 6, 7, 8):
        fetch("tags", by_ids, ids=list(range(1, number + 1)), name="")

    assert len(compiled._statements) == 1


def test_whole_rows_are_what_the_queryset_returns() -> None:
    make.category("Inland", codes=["medtop:11000000"])
    article = make.article("Eins", at=NOW)

    [category] = fetch_rows("category", Category, lambda *, pk: Category.objects.filter(pk=pk), pk=article.category_id)
    [same] = fetch_rows("article", Article, lambda *, pk: Article.objects.filter(pk=pk), pk=article.pk)

    for row in (category, same):
        stored = type(row).objects.get(pk=row.pk)
        assert row == stored
        assert {name: getattr(row, name) for name in vars(stored) if not name.startswith("_")} == {
            name: value for name, value in vars(stored).items() if not name.startswith("_")
        }
        assert not row._state.adding


@pytest.mark.parametrize(
    ("given", "expected"), [(None, None), ("2026-02-04 12:00:00", NOW), (datetime(2026, 2, 4, 12), NOW), (NOW, NOW)]
)
def test_moments_are_read_whatever_the_driver_returns(given: Any, expected: datetime | None) -> None:
    assert moment(given) == expected


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps statements by itself")
def test_postgresql_prepares_it() -> None:
    values = {"category": 1, "now": NOW}
    for _ in range(2):
        run(statement("c", of_category, values), values)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%published%'")
        assert cursor.fetchone()[0] == 1
