"""Pictures beside a wire file: which are taken, with whose words, and which are left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles.media import intake
from articles.models import Picture
from articles.wire import inbox, pictures
from articles.wire.item import Item, WirePicture
from tests import make
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID, NOW, sent, take

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def photo(name: str = "bild.jpg", **fields: Any) -> WirePicture:
    return WirePicture(**{"filename": name, **fields})


def laid(folder: Path, name: str = "bild.jpg", *, raw: bytes | None = None) -> Path:
    (folder / name).write_bytes(raw if raw is not None else make.jpeg(64, 48, shade=3))
    return folder


def item(*found: WirePicture, **fields: Any) -> Item:
    return sent(pictures=found, **fields)


def test_file_that_lies_beside_is_shown_with_the_agencys_words(tmp_path: Path) -> None:
    by = delivering.feed()
    found = photo(caption="Einsatzkräfte.", credit="Erika Muster/nda", alt="Leiter an der Brücke", expires=TOMORROW)

    take(item(found), by, folder=laid(tmp_path))

    picture = delivering.article_of().picture
    assert picture is not None
    assert (picture.caption, picture.credit, picture.alt) == ("Einsatzkräfte.", "Erika Muster/nda", "Leiter an der Brücke")
    assert (picture.width, picture.height, picture.rights_until, picture.rendered_at) == (64, 48, TOMORROW, None)
    with picture.file.open() as file:
        assert file.read() == intake.read((tmp_path / "bild.jpg").read_bytes()).data


@pytest.mark.parametrize(
    ("found", "alt", "credit"),
    [
        (photo(), "Brücke gesperrt", "Agentur nda"),
        (photo(caption="Die Brücke."), "Die Brücke.", "Agentur nda"),
        (photo(caption="Die Brücke.", alt="Brücke", credit="Ole"), "Brücke", "Ole"),
    ],
)
def test_missing_words_are_filled_from_the_item(tmp_path: Path, found: WirePicture, alt: str, credit: str) -> None:
    by = delivering.feed()

    take(item(found), by, folder=laid(tmp_path))

    picture = Picture.objects.get()
    assert (picture.alt, picture.credit) == (alt, credit)


def test_words_longer_than_the_library_takes_are_cut(tmp_path: Path) -> None:
    by = delivering.feed()

    take(item(photo(caption="c" * 900, credit="k" * 900, alt="a" * 900)), by, folder=laid(tmp_path))

    picture = Picture.objects.get()
    assert (len(picture.caption), len(picture.credit), len(picture.alt)) == (500, 200, 300)


def test_same_picture_twice_is_one_row(tmp_path: Path) -> None:
    by = delivering.feed()
    folder = laid(tmp_path)

    take(item(photo()), by, folder=folder)
    take(item(photo(), guid="urn:nda:2"), by, folder=folder)

    assert delivering.article_of("urn:nda:2").picture == Picture.objects.get() == delivering.article_of().picture


def test_first_of_several_is_shown_and_all_are_kept(tmp_path: Path) -> None:
    by = delivering.feed()
    for number, name in enumerate(("a.jpg", "b.jpg")):
        laid(tmp_path, name, raw=make.jpeg(64, 64, shade=number))

    take(item(photo("b.jpg", alt="B"), photo("a.jpg", alt="A")), by, folder=tmp_path)

    picture = delivering.article_of().picture
    assert picture is not None
    assert picture.alt == "B"
    assert Picture.objects.count() == 2


def test_unreadable_picture_leaves_the_text_and_says_so(tmp_path: Path) -> None:
    by = delivering.feed()

    outcome = take(item(photo()), by, folder=laid(tmp_path, raw=b"<svg xmlns='http://www.w3.org/2000/svg'/>"))

    assert (outcome.code, delivering.article_of().picture) == ("published", None)
    assert outcome.sentence == "veröffentlicht in Panorama; Bild «bild.jpg» nicht übernommen: nicht lesbar"


def test_picture_whose_rights_are_over_is_not_taken(tmp_path: Path) -> None:
    by = delivering.feed()

    outcome = take(item(photo(expires=NOW)), by, folder=laid(tmp_path))

    assert outcome.sentence.endswith("Bild «bild.jpg» nicht übernommen: Rechte abgelaufen")
    assert not Picture.objects.exists()


def test_picture_that_does_not_lie_there_is_no_fault(tmp_path: Path) -> None:
    by = delivering.feed()

    assert take(item(photo()), by, folder=tmp_path).sentence == "veröffentlicht in Panorama"
    assert take(item(photo(), guid="urn:nda:2"), by).sentence == "veröffentlicht in Panorama"


@pytest.mark.parametrize("name", ["../bild.jpg", "/etc/hostname", "..", "", "unter/bild.jpg"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    laid(tmp_path)
    inner = tmp_path / "innen"
    (inner / "unter").mkdir(parents=True)
    laid(inner / "unter")

    found = pictures.read_beside(item(photo(name)), inner, now=NOW)

    assert (found.originals, found.remarks) == ([], [])


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    laid(tmp_path)
    inner = tmp_path / "innen"
    inner.mkdir()
    (inner / "bild.jpg").symlink_to(tmp_path / "bild.jpg")

    assert pictures.read_beside(item(photo()), inner, now=NOW).originals == []


def test_file_too_heavy_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "bild.jpg").open("wb") as file:
        file.truncate(intake.MEGABYTES * 1024**2 + 1)

    found = pictures.read_beside(item(photo()), tmp_path, now=NOW)

    assert found.remarks == ["Bild «bild.jpg» nicht übernommen: nicht lesbar"]


def test_repeat_reads_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by = delivering.feed()
    folder = laid(tmp_path)
    take(item(photo()), by, folder=folder)
    read: list[bytes] = []
    monkeypatch.setattr(intake, "read", lambda raw, **_named: read.append(raw))

    outcome = take(item(photo()), by, folder=folder)

    assert (outcome.code, read) == ("repeat", [])


def test_rejected_language_brings_no_picture(tmp_path: Path) -> None:
    by = delivering.feed()

    take(item(photo(), language="en"), by, folder=laid(tmp_path))

    assert not Picture.objects.exists()


def test_item_in_the_inbox_keeps_its_picture_for_later(tmp_path: Path) -> None:
    by = delivering.feed("inbox")

    take(item(photo(alt="Brücke")), by, folder=laid(tmp_path))

    from_inbox = inbox.take_over(delivering.row()).picture
    assert from_inbox is not None
    assert from_inbox.alt == "Brücke"


def test_picture_whose_rights_end_in_the_inbox_is_not_taken_over(tmp_path: Path) -> None:
    by = delivering.feed("inbox")
    take(item(photo(expires=TOMORROW)), by, folder=laid(tmp_path))  # that tomorrow is long over

    assert inbox.take_over(delivering.row()).picture is None


def test_sample_file_with_its_picture_beside_it(tmp_path: Path) -> None:
    by = delivering.feed()
    sample = laid(tmp_path, "web.jpg") / "15.json"
    sample.write_bytes((DATA / "ninjs" / "15-with-picture.json").read_bytes())

    [line] = delivering.take_files([sample], by)

    picture = delivering.article_of(f"{GUID}-bildtext").picture
    assert line.outcome.code == "published"
    assert picture is not None
    assert picture.credit == "Erika Muster/nda"
    assert picture.caption == picture.alt == "Einsatzkräfte sichern die Unfallstelle an der Bahnstrecke."
    assert picture.rights_until is not None
    assert picture.rights_until.year == 2026
