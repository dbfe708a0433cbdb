"""Waiting pictures are cut, broken ones rest, editors' changes win, and pages hear of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.media import rendering, renditions
from articles.models import Picture
from articles.signals import pages_changed
from tests import make

pytestmark = pytest.mark.django_db
SMALL = {"16x9": (320,), "4x3": (240,), "1x1": (112,)}


@pytest.fixture(autouse=True)
def _few_sizes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One width a ratio, and no memory of failures of other tests."""
    monkeypatch.setattr(renditions, "WIDTHS", SMALL)
    rendering._failures.clear()
    yield
    rendering._failures.clear()


@pytest.fixture(name="announced")
def _announced() -> Iterator[list[dict[str, Any]]]:
    """What was announced, one entry each."""
    heard: list[dict[str, Any]] = []

    def listen(sender: object, *, keys: frozenset[str], hard: bool, **_: Any) -> None:
        heard.append({"keys": keys, "hard": hard})

    pages_changed.connect(listen)
    yield heard
    pages_changed.disconnect(listen)


def waiting(**fields: Any) -> Picture:
    return make.picture(raw=make.jpeg(400, 300), rendered=False, **fields)


def broken() -> Picture:
    picture = waiting()
    Path(picture.file.path).write_bytes(b"no picture at all")
    return picture


def files(folder: Path) -> set[str]:
    return {file.name for file in (folder / "renditions").iterdir()}


def test_a_waiting_picture_gets_every_rendition_and_is_ready(media_folder: Path) -> None:
    picture = waiting()

    done = rendering.render_waiting()

    picture.refresh_from_db()
    assert done == 1
    assert picture.is_public()
    assert files(media_folder) == {renditions.filename(picture.rendition_key, *item) for item in renditions.plan(400, 300)}


def test_when_nothing_waits_nothing_is_done(media_folder: Path) -> None:
    make.picture(rendered=True)

    assert rendering.render_waiting() == 0
    assert not (media_folder / "renditions").exists()


def test_no_more_are_cut_than_asked_for_and_the_oldest_come_first() -> None:
    first, second, third = waiting(), waiting(), waiting()

    assert rendering.render_waiting(limit=2) == 2

    assert list(Picture.objects.to_render()) == [third]
    assert set(Picture.objects.public()) == {first, second}


def test_a_broken_file_is_logged_once_and_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    lost = broken()
    sound = waiting()

    with caplog.at_level(logging.ERROR):
        counts = [rendering.render_waiting(), rendering.render_waiting()]

    lost.refresh_from_db()
    sound.refresh_from_db()
    assert counts == [1, 0]
    assert lost.rendered_at is None
    assert sound.rendered_at is not None
    assert caplog.text.count(f"Picture {lost.pk} could not be rendered") == 1


def test_a_file_that_is_gone_is_a_broken_file() -> None:
    Path(waiting().file.path).unlink()

    assert rendering.render_waiting() == 0


def test_after_an_hour_a_mended_file_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = broken()
    rendering.render_waiting()
    Path(lost.file.path).write_bytes(make.jpeg(400, 300))

    assert rendering.render_waiting() == 0
    monkeypatch.setattr(rendering, "REST", 0.0)

    assert rendering.render_waiting() == 1
    assert rendering._failures == {}


def test_editors_forms_do_not_notice_a_rendering() -> None:
    picture = waiting()
    before = picture.version

    rendering.render_waiting()

    picture.refresh_from_db()
    assert picture.version == before


def test_a_focal_point_moved_in_the_meantime_keeps_the_picture_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = waiting()

    def moved_meanwhile(*_: Any, **__: Any) -> int:
        Picture.objects.filter(pk=picture.pk).update(focal_x=10)
        return 0

    monkeypatch.setattr(renditions, "render_all", moved_meanwhile)

    rendering.render_waiting()

    assert list(Picture.objects.to_render()) == [picture]


def test_a_moved_focal_point_gives_other_files(media_folder: Path) -> None:
    picture = waiting()
    rendering.render_waiting()
    first = files(media_folder)
    Picture.objects.filter(pk=picture.pk).update(focal_x=10, rendered_at=None)

    rendering.render_waiting()

    assert len(files(media_folder) - first) == len(first)


def test_pages_that_show_the_picture_hear_of_it_after_commit(
    announced: list[dict[str, Any]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    picture = waiting()
    shown = [make.article(picture=picture), make.article("Noch einer", picture=picture)]
    make.article("Ohne Bild")
    make.settle()

    with django_capture_on_commit_callbacks(execute=True):
        rendering.render_waiting()

    [told] = announced
    assert told["hard"] is False
    assert {key for key in told["keys"] if key.startswith(("picture-", "article-"))} == {
        picture.page_key, *(article.page_key for article in shown),
    }  # fmt: skip
    assert {"front", "ticker", shown[0].category.page_key, "archive-2025-02-24"} <= told["keys"]


def test_a_failure_is_announced_to_nobody(
    announced: list[dict[str, Any]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    broken()

    with django_capture_on_commit_callbacks(execute=True):
        rendering.render_waiting()

    assert announced == []


def test_a_picture_may_be_cut_again_over_its_old_files(media_folder: Path) -> None:
    picture = waiting()
    rendering.render(picture)
    damaged = media_folder / "renditions" / renditions.filename(picture.rendition_key, "16x9", 320, "jpg")
    damaged.write_bytes(b"")

    assert rendering.render(picture)
    assert damaged.stat().st_size == 0
    assert rendering.render(picture, overwrite=True)
    assert damaged.stat().st_size > 0


def test_a_rendering_says_when_it_was_done() -> None:
    picture = waiting()
    begun = timezone.now()
    picture.file.save("again.jpg", ContentFile(make.jpeg(400, 300)))

    rendering.render(picture)

    picture.refresh_from_db()
    assert picture.rendered_at is not None
    assert begun <= picture.rendered_at <= timezone.now()


def test_while_the_storage_is_out_of_reach_no_picture_has_to_rest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    picture = waiting()

    def away(*_: Any, **__: Any) -> int:
        raise ConnectionError("nobody there")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(renditions, "render_all", away)
        assert rendering.render_waiting() == 0
    assert f"Picture {picture.pk} waits, the storage cannot be reached: nobody there" in caplog.text

    assert rendering.render_waiting() == 1
