"""What bench.wirekills does within the site: a feed with its folder, an ingest that may be killed, and the state at the end."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from articles.models import Agency, Article, Category, Feed, WireItem
from articles.wire.transport import folders
from articles.wire.transport.rounds import read_waiting

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_count = 0


def prepare() -> None:
    category = Category.objects.create(name="Inland", slug="inland", colour="#1b4f91", codes=["medtop:11000000"])
    agency = Agency.objects.create(name="NDA", short_name="nda", slug="nda", credit_line="nda.example")
    Feed.objects.create(agency=agency, name="Basis", slug="nda", rule="publish", category=category, watches_folder=True)


def ingest(kill_at: int, *, later: timedelta = timedelta(0)) -> None:
    """Take what lies in the folder; killed at that write or commit, counted from 1. later: how long after the kill one starts again."""
    global _count  # noqa: PLW0603 - counted by wrappers that know no other place
    _count = 0
    feed = Feed.objects.select_related("agency", "category").get()
    folder = folders.folder_of(feed)
    if not folder.exists():
        _lay_out(folder)
    folders.STEADY = 0.0  # type: ignore[misc]
    commit = BaseDatabaseWrapper.commit

    def counted_commit(self: BaseDatabaseWrapper) -> None:
        _step(kill_at)
        commit(self)
        _step(kill_at)

    BaseDatabaseWrapper.commit = counted_commit  # type: ignore[method-assign]
    with connection.execute_wrapper(lambda *call: _counted(kill_at, *call)):
        watcher = folders.Watcher()
        for _number in range(2):
            watcher.look(feed)
        read_waiting(now=timezone.now() + later)
    BaseDatabaseWrapper.commit = commit  # type: ignore[method-assign]


def whole(*, later: timedelta = timedelta(0)) -> tuple[dict[str, Any], int]:
    """An ingest to its end: the state, and how many writes and commits it took."""
    ingest(0, later=later)
    return state(), _count


def _counted(kill_at: int, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().startswith(WRITES):
        _step(kill_at)
    return execute(sql, params, many, context)


def _step(kill_at: int) -> None:
    global _count  # noqa: PLW0603
    _count += 1
    if _count == kill_at:
        os.kill(os.getpid(), signal.SIGKILL)


def _lay_out(folder: Any) -> None:
    """Twenty deliveries: ten items, of which five are updated, two held, and three killed."""
    folder.mkdir(parents=True)
    for number in range(20):
        item, version = number % 10, 1 + number // 10
        status = "usable" if version == 1 or item < 5 else "withheld" if item < 7 else "canceled"
        told = {
            "uri": f"urn:nda:{item}", "version": str(version), "pubstatus": status, "language": "de",
            "versioncreated": f"2026-03-0{version}T10:{item:02d}:00+01:00",
            "headlines": [{"role": "main", "value": f"Meldung {item} in Fassung {version}"}],
            "bodies": [{"contenttype": "text/html", "value": f"<p>Das ist der Text {item}, Fassung {version}.</p>"}] if status == "usable" else [],
            "subjects": [{"uri": "medtop:11000000", "name": "Politik"}],
        }  # fmt: skip
        (folder / f"{number:02d}.json").write_text(json.dumps(told), encoding="utf-8")


def state() -> dict[str, Any]:
    """What readers and editors are left with. Repeats and late ones of the second run may be counted; nothing else may differ."""
    items = {
        row.guid: [row.state, row.place, row.version, row.headline, row.needs_look, row.article.status if row.article else ""]
        for row in WireItem.objects.select_related("article").order_by("guid")
    }
    texts = sorted(f"{article.headline}|{article.body}|{article.status}|{article.revisions.count()}" for article in Article.objects.all())
    return {"items": items, "articles": len(texts), "texts": hashlib.sha256("\n".join(texts).encode()).hexdigest()}
