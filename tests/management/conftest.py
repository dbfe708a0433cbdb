"""A demo small enough for many tests: five pieces of copy, three pictures, a folder of its own for the logins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from articles.management.demo import pictures, reading
from articles.management.demo.copydesk import Cast
from articles.management.demo.loading import load
from tests.management.texts import BOERSE, INLAND

NOW = datetime(2025, 2, 24, 20, 44, 10, tzinfo=UTC)  # 21:44:10 in Berlin
FEW = ("hafen", "parlament", "kramer")


@pytest.fixture
def data_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, data_dir: Path, db: None) -> None:
    """Instead of 128 articles and twelve pictures, which take seconds."""
    pieces = reading.parse(INLAND, category="inland") + reading.parse(BOERSE, category="boerse")
    monkeypatch.setattr(reading, "pieces", lambda: pieces)
    monkeypatch.setattr(pictures, "WORDS", {name: pictures.WORDS[name] for name in FEW})


@pytest.fixture
def cast(small: None) -> Cast:
    """The loaded small demo."""
    return load(now=NOW).cast


@pytest.fixture
def uncut(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nothing is cut to size; the list tells how many pictures each call was given."""
    calls: list[int] = []

    def note(given: dict[str, Any]) -> int:
        calls.append(len(given))
        return 0

    monkeypatch.setattr(pictures, "render_waiting", note)
    return calls
