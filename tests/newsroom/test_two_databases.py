"""The whole site with a replica: two files that differ, and a PostgreSQL whose standby lags, stops or is promoted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom.replicas import Cluster, Site, pair, programs

needs_postgres = pytest.mark.skipif(programs() is None, reason="needs PostgreSQL's initdb and pg_basebackup")
OLD, NEW = "Rat berät über den Kai", "Rat beschließt den Kai"


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """A site whose replica says something else than its primary, and the address of its article."""
    primary, copy = tmp_path / "primary.sqlite3", tmp_path / "replica.sqlite3"
    site = Site(tmp_path / "data", DATABASE_URL=f"sqlite:///{primary}", DATABASE_REPLICA_URL=f"sqlite:///{copy}")
    path = site.ask(f"fill {NEW}")
    with sqlite3.connect(primary) as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("UPDATE articles_article SET headline = ?", [OLD])
        target.commit()
    yield site, path
    site.end()


def test_readers_pages_come_from_the_replica_and_all_else_from_the_primary(files: tuple[Site, str]) -> None:
    site, path = files

    just_changed = site.ask("change") and site.ask(f"page {path}")
    site.ask("wait")
    later, front, editor = site.ask(f"page {path}"), site.ask("page /"), site.ask(f"admin {NEW}")
    changed_again = site.ask("change") and site.ask(f"page {path}")

    assert just_changed == changed_again == f"200 {NEW} from default"
    assert later == f"200 {OLD} from replica"
    assert front.endswith("from replica")
    assert editor == "yes"


@pytest.fixture(scope="module", name="clusters")
def _clusters() -> Iterator[tuple[Cluster, Cluster]]:
    with pair() as both:
        yield both


@pytest.fixture(name="servers")
def _servers(clusters: tuple[Cluster, Cluster], tmp_path: Path) -> Iterator[tuple[Site, Cluster, str]]:
    """A site on both, its standby, and the address of its article."""
    primary, standby = clusters
    primary.say("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    site = Site(tmp_path / "data", DATABASE_URL=primary.url, DATABASE_REPLICA_URL=standby.url, DATABASE_POOL="3")
    yield site, standby, site.ask(f"fill {OLD}")
    site.end()


@needs_postgres
def test_a_standby_that_lags_is_not_believed_until_it_has_caught_up(servers: tuple[Site, Cluster, str]) -> None:
    site, standby, path = servers
    assert site.ask("wait") == "current"
    before = site.ask(f"page {path}")

    standby.say("SELECT pg_wal_replay_pause()")
    site.ask(f"edit {NEW}")
    at_once = site.ask(f"page {path}")
    waited = site.ask("wait")
    still = site.ask(f"page {path}")
    standby.say("SELECT pg_wal_replay_resume()")
    caught_up, after = site.ask("wait"), site.ask(f"page {path}")

    assert before == f"200 {OLD} from replica"
    assert at_once == still == f"200 {NEW} from default"
    assert (waited, caught_up) == ("never", "current")
    assert after == f"200 {NEW} from replica"


@needs_postgres
def test_no_page_is_older_than_the_edit_before_it(servers: tuple[Site, Cluster, str]) -> None:
    """A second and a half is more than the pause after a change: here only the standby's own word helps."""
    site, standby, _ = servers
    standby.say("ALTER SYSTEM SET recovery_min_apply_delay = '1500ms'")
    standby.say("SELECT pg_reload_conf()")

    told = site.ask("storm 6")
    standby.say("ALTER SYSTEM RESET recovery_min_apply_delay")
    standby.say("SELECT pg_reload_conf()")

    assert told == "0 old, some from the replica"


@needs_postgres
def test_a_standby_that_stops_costs_readers_nothing(servers: tuple[Site, Cluster, str]) -> None:
    site, standby, path = servers
    assert site.ask("wait") == "current"
    standby.stop()

    while_away = [site.ask(f"page {path}") for _ in range(3)]
    standby.start()
    back, after = site.ask("wait"), site.ask(f"page {path}")

    assert while_away == [f"200 {OLD} from default"] * 3
    assert (back, after) == ("current", f"200 {OLD} from replica")


@needs_postgres
def test_a_database_that_follows_no_other_is_no_replica(
    servers: tuple[Site, Cluster, str], clusters: tuple[Cluster, Cluster], tmp_path: Path
) -> None:
    _, _, path = servers
    primary, _ = clusters
    site = Site(tmp_path / "other", DATABASE_URL=primary.url, DATABASE_REPLICA_URL=primary.url)
    site.ask("change")

    assert site.ask("wait") == "never"
    assert site.ask(f"page {path}") == f"200 {OLD} from default"
    site.end()
