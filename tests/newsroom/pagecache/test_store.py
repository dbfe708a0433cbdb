"""The second level on disk: whole or not at all, and never a reason for a reader to see an error."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.entry import Entry
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.packing import pack, unpack
from newsroom.pagecache.store import Files
from tests.newsroom.pagecache.conftest import PUBLIC, Reader, Site


def entry(text: str = "Text", **fields: object) -> Entry:
    given_fields: dict[str, object] = {
        "status": "200 OK", "headers": [("Content-Type", "text/html"), ("ETag", 'W/"1"'), ("Cache-Control", PUBLIC)],
        "body": (text * 200).encode(), "born": 7, "made": time.time(), "fresh_until": time.time() + 300, "slots": (1, 2, 3), **fields,
    }  # fmt: skip
    return Entry(**given_fields)  # type: ignore[arg-type]


def page_files(store: Files) -> list[Path]:
    return sorted(store.root.rglob("*.page"))


def test_what_was_packed_comes_out_the_same() -> None:
    made = entry("Größe «ja»", until=time.time() + 5.25)

    found = unpack(pack(made, key="/x/"))

    assert found is not None
    again, said = found
    assert (again.status, again.headers, again.body, again.born) == (made.status, made.headers, made.body, 7)
    assert (again.made, again.until, again.slots) == (made.made, made.until, (1, 2, 3))
    assert again.in_encoding("br") == made.in_encoding("br")
    assert said["key"] == "/x/"


@given(st.integers(min_value=0, max_value=2000), st.integers(min_value=1, max_value=255))
def test_one_wrong_byte_anywhere_is_noticed(place: int, by: int) -> None:
    raw = bytearray(pack(entry(made=1.0, fresh_until=2.0), key="/"))
    place %= len(raw)
    raw[place] ^= by

    assert unpack(bytes(raw)) is None


@given(st.binary(max_size=200))
def test_noise_is_no_page(raw: bytes) -> None:
    assert unpack(raw) is None


@pytest.mark.parametrize("length", [0, 1, 11, 12, 100, -1])
def test_a_torn_file_is_no_page_and_is_put_away(store: Files, length: int) -> None:
    assert store.put("/x/", entry(), None)
    file = page_files(store)[0]
    file.write_bytes(file.read_bytes()[:length])

    assert store.get("/x/", 0) is None
    assert not file.exists()


def test_a_torn_file_that_cannot_be_put_away_is_no_readers_concern(
    site: Site, make_cache: Callable[..., PageCache], store: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("/", entry(), None)
    page_files(store)[0].write_bytes(b"torn")

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)

    assert Reader(make_cache()).get().text == "erste Fassung"


def test_a_page_under_another_address_is_not_mine(store: Files) -> None:
    store.put("/x/", entry(), None)
    moved = store._file("/y/")
    moved.parent.mkdir(parents=True, exist_ok=True)
    page_files(store)[0].rename(moved)

    assert store.get("/y/", 0) is None


def test_nothing_half_written_is_left(store: Files) -> None:
    for number in range(20):
        store.put("/x/", entry(f"{number}"), None)

    assert [file.suffix for file in store.root.rglob("*.*") if file.is_file()] == [".page"]


def test_without_a_folder_one_is_made(store: Files) -> None:
    store.put("/x/", entry(), None)
    shutil.rmtree(store.root)

    assert store.get("/x/", 0) is None
    assert store.put("/x/", entry(), None)
    assert store.get("/x/", 0) is not None


def test_where_the_folder_cannot_be_made_readers_notice_nothing(
    make_cache: Callable[..., PageCache], tmp_path: Path, site: Site
) -> None:
    (tmp_path / "file").write_text("no folder")
    reader = Reader(make_cache(kept=Files(tmp_path / "file", "release", 1000)))

    assert reader.get().text == "erste Fassung"
    assert reader.get().text == "erste Fassung"
    assert len(site.asked) == 1


def test_a_full_disk_is_asked_again_only_after_a_pause(store: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def full(self: Path, data: bytes) -> int:
        tries.append(self.name)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    assert [store.put(f"/{number}/", entry(), None) for number in range(5)] == [False] * 5
    assert len(tries) == 1


def test_pages_survive_a_restart(site: Site, make_cache: Callable[..., PageCache]) -> None:
    before = make_cache()
    Reader(before).get()
    before.writer.flush()

    assert Reader(make_cache()).get().text == "erste Fassung"
    assert len(site.asked) == 1


def test_what_changed_in_between_does_not(site: Site, make_cache: Callable[..., PageCache], counters: Counters) -> None:
    before = make_cache()
    Reader(before).get()
    before.writer.flush()
    site.text = "zweite Fassung"
    Counters(counters.file).raise_keys(["front"])

    assert Reader(make_cache()).get().text == "zweite Fassung"


def test_another_release_starts_afresh(site: Site, make_cache: Callable[..., PageCache], store: Files) -> None:
    before = make_cache()
    Reader(before).get()
    before.writer.flush()

    Reader(make_cache(kept=Files(store.root, "next", 1000_000))).get()

    assert len(site.asked) == 2


def test_a_sweep_makes_room_oldest_first(store: Files) -> None:
    for number in range(10):
        store.put(f"/{number}/", entry(str(number)), None)
        os.utime(store._file(f"/{number}/"), (1000 + number, 1000 + number))
    size = page_files(store)[0].stat().st_size
    store.limit = size * 5

    gone = store.sweep()

    assert 5 <= gone <= 7
    assert store.get("/0/", 0) is None
    assert store.get("/9/", 0) is not None


def test_a_sweep_puts_out_old_releases_and_drafts(store: Files) -> None:
    other = Files(store.root, "before", 1_000_000)
    other.put("/x/", entry(), None)
    store.put("/x/", entry(), None)
    draft = store._file("/x/").with_suffix(".99-1")
    draft.write_bytes(b"half")
    for file in (other._file("/x/"), draft):
        os.utime(file, (time.time() - 100_000, time.time() - 100_000))

    assert store.sweep() == 2
    assert page_files(store) == [store._file("/x/")]


def test_a_sweep_of_nothing_is_no_error(tmp_path: Path) -> None:
    assert Files(tmp_path / "nowhere", "release", 10).sweep() == 0
