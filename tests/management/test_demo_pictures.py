"""The demo's pictures are described, taken in once, and cut to size when they wait for it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from articles.management.demo import pictures
from articles.management.demo.pictures import FOLDER, WORDS, Words, ensure_pictures, render_waiting
from articles.media.intake import PictureError
from articles.models import Picture


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """One small picture: quickly cut."""
    stream = BytesIO()
    Image.new("RGB", (320, 320), "#336699").save(stream, "WEBP")
    (tmp_path / "kai.webp").write_bytes(stream.getvalue())
    monkeypatch.setattr(pictures, "WORDS", {"kai": Words("Kai", "Ein Kai.", "Am Kai.", (68, 40))})
    return tmp_path


def test_every_file_has_words_and_every_word_a_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.webp")} == set(WORDS)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_fit_the_model_and_the_focal_point_lies_inside(name: str) -> None:
    words = WORDS[name]

    assert all((words.title, words.caption))
    assert len(words.alt) <= 300
    assert words.alt.endswith("."), "read aloud as a sentence"
    assert all(0 <= percent <= 100 for percent in words.focal)


def test_a_picture_is_taken_in_with_its_words(folder: Path) -> None:
    picture = ensure_pictures(folder)["kai"]

    assert (picture.title, picture.alt, picture.caption) == ("Kai", "Ein Kai.", "Am Kai.")
    assert (picture.credit, picture.focal_x, picture.focal_y) == ("Illustration: Tagblatt", 68, 40)
    assert (picture.width, picture.height) == (320, 320)
    assert picture.rendered_at is None
    with picture.file.open("rb") as stream:
        assert stream.read(3) == b"\xff\xd8\xff"


def test_it_is_taken_in_once(folder: Path) -> None:
    first = ensure_pictures(folder)

    assert ensure_pictures(folder) == first
    assert Picture.objects.count() == 1


def test_words_of_an_editor_stay(folder: Path) -> None:
    ensure_pictures(folder)
    Picture.objects.update(title="Neuer Kai", caption="")

    assert ensure_pictures(folder)["kai"].title == "Neuer Kai"


def test_what_waits_is_cut_once(folder: Path, media_folder: Path) -> None:
    assert render_waiting(ensure_pictures(folder)) == 1

    files = list((media_folder / "renditions").iterdir())
    again = ensure_pictures(folder)

    assert {path.suffix for path in files} == {".avif", ".webp", ".jpg"}
    assert all(path.name.startswith(again["kai"].rendition_key) for path in files)
    assert again["kai"].rendered_at is not None
    assert render_waiting(again) == 0


def test_a_broken_file_stops_the_demo(folder: Path) -> None:
    (folder / "kai.webp").write_bytes(b"RIFF0000WEBPkaputt")

    with pytest.raises(PictureError, match=r"kai\.webp"):
        ensure_pictures(folder)
