"""Two processes take the same unknown items at once: each is there once, and nobody has to send it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from articles.models import Article, WireItem
from articles.wire import inbox, recording
from tests.wire import delivering
from tests.wire.delivering import DATA, sent, take

ROOT = Path(__file__).resolve().parents[2]
EIL = json.loads((DATA / "ninjs" / "01-eil-v1.json").read_bytes())
ITEMS = 30


@pytest.mark.django_db
def test_guid_that_somebody_else_stored_meanwhile_is_a_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    by = delivering.feed()
    take(sent(), by)
    stored, looks = recording.stored, []

    def too_early(arrival: Any, *, lock: bool = True) -> WireItem | None:
        looks.append(lock)
        return None if len(looks) == 1 else stored(arrival, lock=lock)

    monkeypatch.setattr(recording, "stored", too_early)

    outcome = take(sent(), by)

    assert outcome.code == "repeat"
    assert Article.objects.count() == WireItem.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [IntegrityError, OperationalError])
def test_a_second_fault_is_no_accident_and_is_raised(monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    calls = []

    def failing(*_arguments: object) -> None:
        calls.append(1)
        raise fault("no")

    monkeypatch.setattr(inbox, "_decide", failing)

    with pytest.raises(fault):
        take(sent(), delivering.feed())
    assert len(calls) == 2


def environment(folder: Path) -> dict[str, str]:
    """For a process of its own: the tests' database where others can reach it, else one in a file."""
    given = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(folder), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1", "PYTHONUTF8": "1",
    }  # fmt: skip
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        account = f"{own['USER']}:{own['PASSWORD']}".rstrip(":")
        given["DATABASE_URL"] = f"postgres://{account}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"
    return given


def manage(given: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=given,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def done(process: subprocess.Popen[bytes]) -> str:
    printed, complained = process.communicate(timeout=120)
    assert process.returncode == 0, complained.decode()
    return printed.decode()


PREPARE = """
from articles.models import Agency, Category, Feed
agency = Agency.objects.create(name="Agentur", short_name="nda", slug="nda", credit_line="nda.example")
category = Category.objects.create(name="Panorama", slug="panorama", colour="#0d655f")
Feed.objects.create(agency=agency, name="Basis", slug="nda", rule="publish", category=category)
"""
COUNT = "from articles.models import *; print('counted', Article.objects.count(), WireItem.objects.count(), Tag.objects.count())"


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_take_each_item_once(tmp_path: Path) -> None:
    given = environment(tmp_path)
    if "DATABASE_URL" not in given:
        done(manage(given, "migrate", "-v0"))
    done(manage(given, "shell", "-v0", "-c", PREPARE))
    subjects = [{"name": f"Wort {number}"} for number in range(6)]
    raw = json.dumps([{**EIL, "uri": f"urn:nda:{number}", "subjects": subjects} for number in range(ITEMS)]).encode()
    both = [manage(given, "wire_ingest", "-", "--feed", "nda", "--json") for _process in range(2)]
    reports: list[str] = []

    # Both wait for their input, so that they begin together.
    threads = [threading.Thread(target=lambda one=one: reports.append(report(one, raw))) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = [json.loads(line) for printed in reports for line in printed.splitlines()]
    assert [line["sentence"] for line in lines if line["outcome"] == "refused"] == []
    for number in range(ITEMS):
        outcomes = sorted(line["outcome"] for line in lines if line["guid"] == f"urn:nda:{number}")
        assert outcomes in (["published", "repeat"], ["inbox", "repeat"]), number
    assert f"counted {ITEMS} {ITEMS}" in done(manage(given, "shell", "-v0", "-c", COUNT))


def report(process: subprocess.Popen[bytes], raw: bytes) -> str:
    printed, complained = process.communicate(raw, timeout=120)
    assert process.returncode == 0, complained.decode()
    return printed.decode()


@pytest.mark.django_db
def test_what_failed_half_way_leaves_no_article_behind_when_it_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    by = delivering.feed()
    decide, calls = inbox._decide, []

    def half(*arguments: Any) -> Any:
        outcome = decide(*arguments)
        calls.append(1)
        if len(calls) == 1:
            raise IntegrityError("somebody was faster")
        return outcome

    monkeypatch.setattr(inbox, "_decide", half)

    assert take(sent(), by).code == "published"
    assert Article.objects.count() == 1
