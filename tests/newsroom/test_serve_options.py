"""What `serve` takes, refuses and prepares, without a server."""

from __future__ import annotations

import os
import socket
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from newsroom import replacing
from newsroom.management.commands import serve


@pytest.mark.parametrize("text", ["0", "-1", "65536", "achtzig", "8000.0", "²", "", " 80"])
def test_a_port_that_cannot_be_is_refused_in_german(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"Zahl"):
        serve.port(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("8000", 8000), ("65535", 65_535)])
def test_a_port_is_a_number(text: str, number: int) -> None:
    assert serve.port(text) == number


@pytest.mark.parametrize("host", ["gibt-es-nicht.invalid", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_named_with_the_reason(host: str) -> None:
    with pytest.raises(CommandError, match=f"Unter {host}, Port 8123, lässt sich nichts anbieten: "):
        serve.refuse_taken(host, 8123)


def test_a_free_port_is_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    serve.refuse_taken("127.0.0.1", port)
    serve.refuse_taken("127.0.0.1", port)


@pytest.mark.django_db
def test_a_migrated_database_is_fit() -> None:
    serve.refuse_old_database()


def test_a_database_that_is_away_does_not_keep_the_site_from_starting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(serve, "MigrationExecutor", away)

    serve.refuse_old_database()

    assert "no route to host" in caplog.text


@pytest.fixture(name="calls")
def _calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Commands that would have been called."""
    calls: list[str] = []
    monkeypatch.setattr(serve, "call_command", lambda name, **_: calls.append(name))
    return calls


def manifest(folder: Path, *, age: float) -> None:
    """age: seconds older than the youngest static file; negative: younger."""
    file = folder / "staticfiles.json"
    file.write_text('{"paths": {}}', encoding="ascii")
    moment = serve.newest_source() - age
    os.utime(file, (moment, moment))


def test_static_files_are_collected_when_there_are_none(settings: LazySettings, tmp_path: Path, calls: list[str]) -> None:
    settings.STATIC_ROOT = tmp_path / "nothing"

    serve.collect_static()

    assert calls == ["collectstatic"]


@pytest.mark.parametrize(("age", "expected"), [(5, ["collectstatic"]), (-5, [])])
def test_static_files_are_collected_only_when_one_is_younger(
    settings: LazySettings, tmp_path: Path, calls: list[str], age: float, expected: list[str]
) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest(tmp_path, age=age)

    serve.collect_static()

    assert calls == expected


def test_nobody_waits_for_a_server_that_never_answers() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))

        assert not replacing.answers("127.0.0.1", probe.getsockname()[1], within=0.3)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"paths": []}', '{"paths": {"a.css": "a.1.css", "b.css": "b.1.css"}}'])
def test_a_manifest_whose_files_are_gone_is_not_trusted(
    settings: LazySettings, tmp_path: Path, calls: list[str], text: str
) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest(tmp_path, age=-5)
    (tmp_path / "staticfiles.json").write_text(text, encoding="ascii")
    (tmp_path / "a.1.css").write_text("", encoding="ascii")

    serve.collect_static()

    assert calls == ["collectstatic"]


def test_a_manifest_whose_files_are_there_is_trusted(settings: LazySettings, tmp_path: Path, calls: list[str]) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest(tmp_path, age=-5)
    (tmp_path / "staticfiles.json").write_text('{"paths": {"css/a.css": "css/a.1.css"}}', encoding="ascii")
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.1.css").write_text("", encoding="ascii")

    serve.collect_static()

    assert calls == []


def test_the_port_alone_can_be_asked_for(calls: list[str]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} ist schon belegt"):
            call_command("serve", "--only-check-port", "--port", str(port))

    call_command("serve", "--only-check-port", "--port", str(port))

    assert calls == []


def test_make_run_asks_for_the_port_before_it_touches_the_database() -> None:
    recipe = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8").split("\nrun: $(VENV)")[1].split("\n\n")[0]

    assert recipe.index("serve --only-check-port") < recipe.index("manage.py migrate") < recipe.index("manage.py demo")


def test_workers_inherit_neither_connections_nor_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []

    class File:
        """A database that knows no pools."""

    class Server:
        def close_pool(self) -> None:
            left.append("pool")

    class Connections:
        def close_all(self) -> None:
            left.append("connections")

        def all(self, *, initialized_only: bool) -> list[object]:
            return [File(), Server()] if initialized_only else []

    monkeypatch.setattr(serve, "connections", Connections())

    serve.disconnect()

    assert left == ["connections", "pool"]
