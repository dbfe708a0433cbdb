"""What is loaded before web processes are forked: a worker that is started later must be of the same release."""

from __future__ import annotations

import gc

import pytest
from django.conf import settings
from django.template.loader import get_template

from newsroom.management.commands import serve
from newsroom.pagecache.setup import release


def test_the_release_is_named_and_every_readers_template_read_before_anybody_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(name: str) -> object:
        read.append(name)
        return get_template(name)

    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(serve, "get_template", noted)
    release.cache_clear()

    serve.share_memory()

    assert release.cache_info().currsize == 1
    rooms = ("pages", "parts", "feeds")
    assert set(read) == {
        str(file.relative_to(settings.BASE_DIR / "templates"))
        for room in rooms
        for file in (settings.BASE_DIR / "templates" / room).rglob("*")
        if file.is_file()
    }
