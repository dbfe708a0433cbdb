"""What was announced is noted for those services that the operator has named, for the moment at which readers see it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from articles import desk
from articles.models import Announcement, Ping
from newsroom import background
from newsroom.pagecache import setup
from newsroom.pagecache.telling import Telling
from newsroom.pings import noting
from newsroom.pings.noting import Service, note, wanted
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(settings: LazySettings) -> None:
    settings.WEBSUB_HUB_URL, settings.INDEXNOW_KEY = "https://hub.example/", "abcdef-123456"


def noted(service: Ping.Service) -> dict[str, datetime]:
    return dict(Ping.objects.filter(service=service).values_list("key", "due_at"))


def announced(act: Any) -> list[Announcement]:
    Announcement.objects.all().delete()
    act()
    return list(Announcement.objects.all())


def test_without_a_service_nothing_is_noted() -> None:
    article = make.draft()

    note(announced(lambda: desk.publish(article)))

    assert wanted() == []
    assert not Ping.objects.exists()


@pytest.mark.usefixtures("named")
def test_feeds_and_article_of_a_publication_are_noted() -> None:
    article = make.draft(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))

    note(announced(lambda: desk.publish(article)))

    tag, author = make.tag("Russland"), make.author("Helene Kramer")
    lists = {"ticker", article.category.page_key, tag.page_key, author.page_key, f"agency-{article.agency_id}"}
    assert set(noted(Service.WEBSUB)) == lists
    assert set(noted(Service.INDEXNOW)) == {article.page_key}
    assert all(at <= timezone.now() for at in noted(Service.WEBSUB).values())


def test_only_the_named_service_is_noted(settings: LazySettings) -> None:
    settings.INDEXNOW_KEY = "abcdef-123456"
    article = make.draft()

    note(announced(lambda: desk.publish(article)))

    assert set(Ping.objects.values_list("service", flat=True)) == {"indexnow"}


@pytest.mark.usefixtures("named")
def test_what_is_planned_is_told_when_it_appears() -> None:
    article, soon = make.draft(), timezone.now() + timedelta(hours=1)

    note(announced(lambda: desk.publish(article, at=soon)))

    assert noted(Service.INDEXNOW) == {article.page_key: soon}
    assert soon in set(Ping.objects.filter(key="ticker").values_list("due_at", flat=True))


@pytest.mark.usefixtures("named")
def test_an_embargo_counts_as_its_moment() -> None:
    article, soon = make.article(), timezone.now() + timedelta(hours=1)

    note(announced(lambda: desk.revise(article, {"embargo_until": soon})))

    assert noted(Service.INDEXNOW) == {article.page_key: soon}


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("key", ["all", "front", "archive-2025-02-24", "tagname-3", "page-impressum", "picture-0123456789ab", "article-x"])
def test_other_keys_concern_nobody_outside(key: str) -> None:
    note([Announcement(keys=[key])])

    assert not Ping.objects.exists()


@pytest.mark.usefixtures("named")
def test_several_announcements_of_a_key_are_one_ping() -> None:
    note([Announcement(keys=["ticker", "article-1"]), Announcement(keys=["ticker", "article-1"])])

    assert Ping.objects.count() == 2


@pytest.mark.usefixtures("named")
def test_a_failure_is_logged_and_goes_no_further(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(noting, "_pings", broken)

    with caplog.at_level(logging.ERROR):
        note([Announcement(keys=["ticker"])])

    assert "Pings could not be noted" in caplog.text


@pytest.mark.usefixtures("named")
def test_the_background_notes_what_it_has_carried_out_and_forgets_the_announcement() -> None:
    article = make.draft()
    [row] = announced(lambda: desk.publish(article))
    setup.counters().told(row.pk)

    assert background.announcements(Telling(setup.counters(), setup.changed, None)) == 1
    assert not Announcement.objects.exists()
    assert article.page_key in noted(Service.INDEXNOW)


@pytest.mark.usefixtures("named")
def test_what_is_not_carried_out_yet_is_not_noted() -> None:
    Announcement.objects.create(keys=["ticker"], pk=987_655)  # its process is about to say so

    assert background.announcements(Telling(setup.counters(), setup.changed, None)) == 0
    assert not Ping.objects.exists()
