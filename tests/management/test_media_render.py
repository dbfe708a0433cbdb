"""`manage.py media_render`: cuts what waits, or everything, and says how that went."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.management.commands.media_render import closing
from articles.media import renditions
from articles.models import Picture
from tests import make

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """A place to write to that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _few_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "WIDTHS", {"16x9": (320,), "4x3": (240,), "1x1": (112,)})


def render(*arguments: str, errors: StringIO | None = None) -> str:
    out = StringIO()
    call_command("media_render", *arguments, stdout=out, stderr=errors or StringIO())
    return out.getvalue().strip()


def waiting(number: int = 1) -> list[Picture]:
    return [make.picture(raw=make.jpeg(400, 300), rendered=False) for _ in range(number)]


def test_it_cuts_what_waits_and_a_second_run_finds_nothing() -> None:
    waiting(2)

    assert render() == "2 Bilder sind zugeschnitten."
    assert render() == "Es wartet kein Bild darauf, zugeschnitten zu werden."
    assert not Picture.objects.to_render().exists()


def test_all_cuts_those_that_are_ready_as_well(media_folder: Path) -> None:
    picture = make.picture(raw=make.jpeg(400, 300), rendered=True)

    assert render() == "Es wartet kein Bild darauf, zugeschnitten zu werden."
    assert render("--all") == "1 Bild ist zugeschnitten."
    assert (media_folder / "renditions" / renditions.filename(picture.rendition_key, "1x1", 112, "avif")).is_file()


def test_a_broken_file_is_counted_and_the_others_are_cut() -> None:
    broken, _sound = waiting(2)
    Path(broken.file.path).write_bytes(b"")

    assert render() == "1 Bild ist zugeschnitten. 1 Bild ließ sich nicht lesen; den Grund nennt das Protokoll."
    assert list(Picture.objects.to_render()) == [broken]


def test_progress_is_shown_on_a_terminal_only() -> None:
    terminal, file = Terminal(), StringIO()
    waiting(2)

    render("--all", errors=terminal)
    render("--all", errors=file)

    assert "1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("2/2\n")
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    ("ready", "broken", "expected"),
    [
        (0, 0, "Es wartet kein Bild darauf, zugeschnitten zu werden."),
        (1, 0, "1 Bild ist zugeschnitten."),
        (12, 0, "12 Bilder sind zugeschnitten."),
        (0, 2, "0 Bilder sind zugeschnitten. 2 Bilder ließen sich nicht lesen; den Grund nennt das Protokoll."),
    ],
)
def test_the_last_sentence_says_how_it_went(ready: int, broken: int, expected: str) -> None:
    assert closing(ready, broken) == expected
