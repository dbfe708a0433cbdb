"""Fixtures for all rooms."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def media_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Every test has its own folder for pictures."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
