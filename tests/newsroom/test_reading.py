"""From counts in memory to rows: small files between processes, whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError

from articles import desk
from articles.models import ReadCount, ReadHour
from newsroom import adding_up, background, reading
from newsroom.pagecache.reads import Reads
from tests import make

FIREFOX = "Mozilla/5.0 (X11) Gecko/20100101 Firefox/130.0"
NOON = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "reads"


def counted(*paths: str, agent: str = FIREFOX) -> Reads:
    reads = Reads()
    for path in paths:
        reads.note({"PATH_INFO": path, "REQUEST_METHOD": "GET", "HTTP_USER_AGENT": agent})
    return reads


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/ausland/kai-17/", 17), ("/ausland/kai-2026-17/", 17), ("/ausland/17/", None), ("/ausland/", None), ("/", None),
        ("/thema/boeing-737/", None), ("/autor/x-1/", None), ("/quelle/nda-24/", None), ("/archiv/2025/02/24/", None),
        ("/ausland/x-0/", None), ("/ausland/x-" + "9" * 30 + "/", None), ("/ausland/kai-17/fassungen/", None), ("/top-10/", None),
        ("/ausland/x-١/", None),
    ],
)  # fmt: skip
def test_only_articles_are_counted(path: str, number: int | None) -> None:
    assert dict(reading.articles_in({path: 3})) == ({number: 3} if number else {})


def test_what_was_counted_lies_in_one_file_without_a_word_about_anybody(folder: Path) -> None:
    reads = counted("/ausland/kai-17/", "/ausland/kai-17/", "/sport/tor-3/", "/")

    assert reading.write(reads, now=NOON.timestamp() + 100)

    [file] = folder.iterdir()
    assert json.loads(file.read_text()) == {"hour": int(NOON.timestamp()) // 3600, "people": {"17": 2, "3": 1}, "robots": 0}


def test_nothing_counted_is_nothing_written(folder: Path) -> None:
    assert not reading.write(counted("/", "/ausland/"))
    assert not folder.exists()


def test_where_nobody_takes_files_away_no_more_are_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 2)

    assert [reading.write(counted("/a/b-1/")) for _ in range(4)] == [True, True, False, False]
    assert len(list(folder.iterdir())) == 2


@pytest.mark.django_db
def test_several_processes_add_up(folder: Path) -> None:
    first, second = make.article(), make.article()
    paths = [first.get_absolute_url(), second.get_absolute_url()]
    reading.write(counted(paths[0], paths[0]), now=NOON.timestamp())
    reading.write(counted(paths[0], paths[1]), now=NOON.timestamp() + 3599)
    reading.write(counted(paths[0]), now=NOON.timestamp() + 3600)
    reading.write(counted(paths[0], paths[0], agent="curl/8"), now=NOON.timestamp())

    assert adding_up.deliver() == 4

    rows = {(row.article_id, row.hour.hour): row.count for row in ReadCount.objects.all()}
    assert rows == {(first.pk, 12): 3, (second.pk, 12): 1, (first.pk, 13): 1}
    assert list(ReadHour.objects.order_by("hour").values_list("people", "robots")) == [(4, 2), (1, 0)]
    assert list(folder.iterdir()) == []
    assert adding_up.deliver() == 0


@pytest.mark.django_db
def test_a_later_batch_of_the_same_hour_is_added(folder: Path) -> None:
    article = make.article()
    for _ in range(3):
        reading.write(counted(article.get_absolute_url()), now=NOON.timestamp())
        adding_up.deliver()

    assert ReadCount.objects.get().count == 3
    assert ReadHour.objects.get().people == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b'{"hour": 1, "people": [], "robots": 0}', b'{"hour": 1e300, "people": {}, "robots": 0}',
                b'{"hour": "x", "people": {}, "robots": 0}', b'{"hour": 1, "people": {"x": 1}, "robots": 0}', b"\xff\xfe"],
)  # fmt: skip
def test_a_broken_file_is_thrown_away_and_holds_nothing_up(folder: Path, content: bytes) -> None:
    article = make.article()
    folder.mkdir()
    (folder / "1-1.json").write_bytes(content)
    reading.write(counted(article.get_absolute_url()))

    assert adding_up.deliver() == 2
    assert ReadCount.objects.get().count == 1


def test_without_a_database_the_files_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OperationalError("down")

    reading.write(counted("/a/b-1/"))
    monkeypatch.setattr(desk, "record_reads", broken)

    with pytest.raises(OperationalError):
        adding_up.deliver()

    assert len(list(folder.iterdir())) == 1


def test_half_a_file_is_never_seen(folder: Path) -> None:
    folder.mkdir()
    (folder / ".7-1").write_text('{"hour":')

    assert adding_up.deliver() == 0


def test_background_work_adds_up_ranks_and_forgets() -> None:
    assert {"deliver", "ranking", "forget"} <= {task.__name__ for task in background.TASKS}


def test_any_server_may_load_the_entrance(tmp_path: Path) -> None:
    """Without `serve` nobody has set Django up before: the entrance does so before it loads a model."""
    given = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }  # fmt: skip
    command = [sys.executable, "-c", "import newsroom.wsgi; print(callable(newsroom.wsgi.application))"]

    done = subprocess.run(command, cwd=Path(__file__).resolve().parents[2], env=given, capture_output=True, text=True, check=False)

    assert done.stdout == "True\n", done.stderr
