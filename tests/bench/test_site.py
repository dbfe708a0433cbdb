"""The measured site: its settings, waiting for it, and what a program says that cannot run."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import PROGRAMS, is_there, machine, shared
from bench.newsdesk import Done
from bench.site import ROOT, Site, is_answered, main, parser, start, wait_for
from bench.tools import Missing, free_port

STOPPED = """
import sys, time
from bench.site import main, parser
def measure(given):
    try:
        print("there", flush=True)
        time.sleep(60)
    finally:
        print("tidied", flush=True)
sys.exit(main(measure, parser("x")))
"""


def site(folder: Path, **extra: str) -> Site:
    return Site(folder, 8120, 10, extra=extra)


def test_a_site_has_settings_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody.else/theirs")
    monkeypatch.setenv("SECRET_KEY", "theirs")

    given = site(tmp_path).environment()

    assert "DATABASE_URL" not in given
    assert given["SECRET_KEY"] != "theirs"
    assert len(given["SECRET_KEY"]) >= 50
    assert given["DATA_DIR"] == str(tmp_path / "data")
    assert given["SITE_URL"] == "http://127.0.0.1:8120"


def test_what_is_given_to_a_site_wins(tmp_path: Path) -> None:
    assert site(tmp_path, REDIS_URL="redis://x/0", DEBUG="1").environment()["DEBUG"] == "1"
    assert Site(tmp_path, 8120, 10, "http://127.0.0.1:9").environment()["SITE_URL"] == "http://127.0.0.1:9"


def test_a_command_that_fails_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"manage.py no_such_command.*Unknown command"):
        site(tmp_path).manage("no_such_command")


def test_waiting_ends_when_the_server_has_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])

    with pytest.raises(Missing, match="ended with 3"):
        wait_for(lambda: False, process=process)


def test_waiting_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.site.START_WITHIN", 0.05)

    with pytest.raises(Missing, match="did not answer"):
        wait_for(lambda: False)


def test_nobody_there_has_not_answered() -> None:
    assert not is_answered(free_port(), "/")


def test_a_server_is_not_started_where_another_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.site.is_free", lambda _: False)

    with pytest.raises(Missing, match="choose another with --port"):
        start(site(tmp_path))


def test_a_program_that_cannot_run_says_why_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["hot"])
    monkeypatch.setattr("bench.site.signal.signal", lambda *_: None)  # the test runner's own stays

    def measure(given: argparse.Namespace) -> None:
        raise Missing("No hay.")

    assert main(measure, parser("x")) == 1
    assert main(lambda _: None, parser("x")) == 0
    assert main(lambda _: None, parser("x"), needs=("surely-not-there",)) == 1
    assert capsys.readouterr().err.splitlines()[0].endswith(": No hay.")


def test_a_program_that_is_stopped_tidies_up() -> None:
    process = subprocess.Popen([sys.executable, "-c", STOPPED], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()

    process.terminate()
    told, _ = process.communicate(timeout=20)

    assert told == b"tidied\n"
    assert process.returncode == 143


def test_every_program_is_there() -> None:
    assert [name for name in PROGRAMS if not is_there(name)] == []
    assert not is_there("forgotten")


def test_what_all_are_told_is_what_all_understand(tmp_path: Path) -> None:
    given = parser("x").parse_args(["--dir", str(tmp_path), "--articles", "7", "--seconds", "2", "--port", "9"])

    again = parser("x").parse_args(shared(given))

    assert vars(again) == vars(given)


def test_the_machine_is_named() -> None:
    assert "Python 3." in machine()


def test_an_act_took_from_its_begin_to_its_return() -> None:
    assert Done(1, "/a-1/", "/a/", begun=10.0, returned=10.25).ms == 250
