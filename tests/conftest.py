"""Fixtures for all rooms, and which tests one process runs after each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from xdist.scheduler import LoadScopeScheduling

# Here tests share what is dear: a browser, a server, a database of their own. The others are handed out one by one.
TOGETHER = (
    "tests/browser/", "tests/deploy/test_nginx.py", "tests/newsroom/pagecache/test_killed.py", "tests/newsroom/test_bodies.py",
    "tests/newsroom/test_bucket.py", "tests/newsroom/test_odd_addresses.py", "tests/newsroom/test_replacing.py",
    "tests/newsroom/test_serve.py", "tests/newsroom/test_two_databases.py", "tests/pages/test_costs.py", "tests/pages/test_plans.py",
)  # fmt: skip


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Large groups first, so that no process is left with one when the other has nothing more to do."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for group in TOGETHER if nodeid.startswith(group)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No test knows what another one has counted."""
    from articles.stories import lookup, matching

    lookup.forget()
    matching.forget_totals()


@pytest.fixture(autouse=True)
def media_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Every test has its own folder for pictures."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
