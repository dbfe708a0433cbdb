"""The databases as the environment names them: pools, replicas, and what does not fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.models import Article
from newsroom.databases import databases
from newsroom.env import UnsafeStart
from newsroom.replica import Router

GENERIC = "-c plan_cache_mode=force_generic_plan"
PRIMARY = "postgres://news:secret@one.example:5432/news"
STANDBY = "postgres://news:secret@two.example:5432/news"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_REPLICA_URL", "DATABASE_POOL"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_setting_it_is_one_file(tmp_path: Path) -> None:
    made = databases(tmp_path)

    assert set(made) == {"default"}
    assert made["default"]["NAME"] == str(tmp_path / "newsroom.sqlite3")
    assert made["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_connections_stay_open_where_there_is_no_pool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRIMARY)

    made = databases(tmp_path)["default"]

    assert (made["CONN_MAX_AGE"], made["CONN_HEALTH_CHECKS"]) == (None, True)
    assert made["OPTIONS"] == {"prepare_threshold": 5, "options": GENERIC}


def test_a_pool_gives_connections_back_after_each_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRIMARY)
    monkeypatch.setenv("DATABASE_POOL", "6")

    made = databases(tmp_path)["default"]

    assert made["CONN_MAX_AGE"] == 0
    assert (made["OPTIONS"]["pool"]["max_size"], made["OPTIONS"]["prepare_threshold"]) == (6, 5)


@pytest.mark.parametrize("value", ["0", "-1", "many", "1001"])
def test_a_pool_of_no_size_is_refused(value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRIMARY)
    monkeypatch.setenv("DATABASE_POOL", value)

    with pytest.raises(UnsafeStart, match="DATABASE_POOL must be a whole number from 1 to 1000"):
        databases(tmp_path)


def test_a_file_has_no_pool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_POOL", "4")

    with pytest.raises(UnsafeStart, match="DATABASE_POOL is for PostgreSQL"):
        databases(tmp_path)


def test_a_replica_is_given_up_soon_and_what_its_address_says_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRIMARY)
    monkeypatch.setenv("DATABASE_REPLICA_URL", f"{STANDBY}?tcp_user_timeout=900&sslmode=require")

    made = databases(tmp_path)

    assert made["replica"]["HOST"] == "two.example"
    assert made["replica"]["OPTIONS"] == {
        "connect_timeout": 2, "tcp_user_timeout": 900, "sslmode": "require", "prepare_threshold": 5,
        "options": GENERIC,
    }  # fmt: skip
    assert "connect_timeout" not in made["default"]["OPTIONS"]


def test_both_have_pools_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRIMARY)
    monkeypatch.setenv("DATABASE_REPLICA_URL", STANDBY)
    monkeypatch.setenv("DATABASE_POOL", "3")

    made = databases(tmp_path)

    assert [one["CONN_MAX_AGE"] for one in made.values()] == [0, 0]
    own, other = (one["OPTIONS"]["pool"] for one in made.values())
    assert own["max_size"] == other["max_size"] == 3
    assert own["timeout"] > other["timeout"]


@pytest.mark.parametrize(("primary", "replica"), [(PRIMARY, "sqlite:////tmp/copy.sqlite3"), ("", STANDBY)])
def test_a_replica_of_another_kind_is_refused(
    primary: str, replica: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if primary:
        monkeypatch.setenv("DATABASE_URL", primary)
    monkeypatch.setenv("DATABASE_REPLICA_URL", replica)

    with pytest.raises(UnsafeStart, match="DATABASE_REPLICA_URL must name a replica") as refusal:
        databases(tmp_path)
    assert "secret" not in str(refusal.value)


def test_an_empty_address_of_a_replica_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_REPLICA_URL", " ")

    assert set(databases(tmp_path)) == {"default"}


def test_behind_a_pooler_nothing_is_prepared_and_no_cursor_stays_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{PRIMARY}?prepare_threshold=None")

    made = databases(tmp_path)["default"]

    assert (made["OPTIONS"]["prepare_threshold"], made["DISABLE_SERVER_SIDE_CURSORS"]) == (None, True)
    assert "options" not in made["OPTIONS"]  # a pooler takes no settings with the connection


def test_settings_of_the_session_may_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{PRIMARY}?options=-c%20search_path%3Dnews")

    assert databases(tmp_path)["default"]["OPTIONS"]["options"] == "-c search_path=news"


def test_how_often_something_is_asked_before_it_is_prepared_may_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{PRIMARY}?prepare_threshold=2")

    made = databases(tmp_path)["default"]

    assert made["OPTIONS"]["prepare_threshold"] == 2
    assert "DISABLE_SERVER_SIDE_CURSORS" not in made


def test_the_replica_is_never_migrated_and_rows_of_both_belong_together() -> None:
    assert Router().allow_migrate("replica", "articles") is False
    assert Router().allow_migrate("default", "articles") is None
    assert Router().allow_relation(Article(), Article())
