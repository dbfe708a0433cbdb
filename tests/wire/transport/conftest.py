"""An agency next door, which this machine may ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.wire.transport.agency import Agency, served


@pytest.fixture
def agency(settings: LazySettings) -> Iterator[Agency]:
    settings.WIRE_HOSTS = ("127.0.0.1",)
    with served() as found:
        yield found


@pytest.fixture
def data_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path
