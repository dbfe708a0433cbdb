"""An announcement stands in the database as soon as its change does, and is sent once that is committed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.models import Announcement
from articles.signals import pages_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    sent: list[dict[str, Any]] = []

    def listen(sender: object, **said: Any) -> None:
        sent.append({name: said[name] for name in ("keys", "hard", "numbers")})

    pages_changed.connect(listen)
    yield sent
    pages_changed.disconnect(listen)


def test_it_is_sent_after_the_commit_and_kept_before(
    heard: list[dict[str, Any]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Announcement.make(["front", "article-17", "front"], hard=True)
        assert heard == []
        row = Announcement.objects.get()

    assert (row.keys, row.is_hard) == (["article-17", "front"], True)
    assert heard == [{"keys": frozenset({"front", "article-17"}), "hard": True, "numbers": (row.pk,)}]


def test_nothing_is_no_announcement(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        Announcement.make([])

    assert waiting == []
    assert not Announcement.objects.exists()


def test_what_is_rolled_back_was_never_announced(
    heard: list[dict[str, Any]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Announcement.make(["front"])
        transaction.set_rollback(True)

    assert heard == []
    assert not Announcement.objects.exists()


def test_it_names_itself_shortly() -> None:
    assert str(Announcement(keys=["a", "b", "c", "d", "e", "f"])) == "a b c d e"
