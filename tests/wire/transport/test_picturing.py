"""Pictures behind web addresses: fetched after the copy, once, safely, and never against the agency's or an editor's word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import desk
from articles.models import Feed, Picture, WireRule
from articles.wire import inbox, routing
from articles.wire.item import WirePicture
from articles.wire.transport import picturing
from articles.wire.transport.fetch import fetch
from tests import make
from tests.wire import delivering
from tests.wire.delivering import article_of, row, sent, take
from tests.wire.transport.agency import Agency

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def by(agency: Agency) -> Feed:
    agency.answers["/kai.jpg"] = (200, {}, make.jpeg(shade=90))
    return delivering.feed("publish")


def named(agency: Agency, path: str = "/kai.jpg", **fields: Any) -> tuple[WirePicture, ...]:
    return (WirePicture(guid=path, href=agency.address(path), filename="kai.jpg", caption="Kräne am Kai", credit="nda/Muster", **fields),)


def fetched(**later: Any) -> int:
    return picturing.fetch_due(now=NOW + timedelta(**later))


def test_copy_is_online_at_once_and_gets_its_picture_when_that_has_come(agency: Agency, by: Feed) -> None:
    assert take(sent(pictures=named(agency)), by, now=NOW).code == "published"
    assert article_of().picture is None
    assert agency.asked == []

    assert fetched() == 1

    picture = article_of().picture
    assert picture is not None
    assert (picture.caption, picture.credit) == ("Kräne am Kai", "nda/Muster")
    assert fetched(days=1) == 0
    assert len(agency.asked) == 1


def test_item_in_the_inbox_has_it_when_an_editor_takes_it(agency: Agency) -> None:
    agency.answers["/kai.jpg"] = (200, {}, make.jpeg(shade=91))
    take(sent(pictures=named(agency)), delivering.feed("inbox"), now=NOW)
    fetched()

    assert inbox.take_over(row()).picture is not None


def test_repeat_and_new_text_fetch_nothing_again(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency)), by, now=NOW)
    fetched()

    take(sent(pictures=named(agency)), by, now=NOW)
    take(sent(2, headline="Neue Zeile", pictures=named(agency)), by, now=NOW)
    fetched(hours=1)

    assert len(agency.asked) == 1
    assert article_of().picture is not None


def test_other_picture_in_a_new_version_takes_its_place(agency: Agency, by: Feed) -> None:
    agency.answers["/neu.jpg"] = (200, {}, make.jpeg(shade=140))
    take(sent(pictures=named(agency)), by, now=NOW)
    fetched()
    first = article_of().picture

    take(sent(2, pictures=named(agency, "/neu.jpg")), by, now=NOW)
    fetched(minutes=1)

    assert article_of().picture not in {None, first}


def test_it_is_tried_again_and_then_given_up_with_a_sentence(agency: Agency, by: Feed) -> None:
    agency.answers["/kai.jpg"] = (503, {}, b"")
    take(sent(pictures=named(agency)), by, now=NOW)

    assert [fetched(minutes=minutes) for minutes in (0, 0.5, 1.1, 12, 80, 999)] == [1, 0, 1, 1, 1, 0]

    assert row().payload["house"]["picture_remarks"] == ["Bild nicht geholt: 127.0.0.1 antwortet mit 503."]
    assert article_of().picture is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xd8\xff\xe0 kaputt", b"GIF89a" + b"\0" * 50])
def test_what_is_no_picture_is_left_at_once(agency: Agency, by: Feed, body: bytes) -> None:
    agency.answers["/kai.jpg"] = (200, {}, body)
    take(sent(pictures=named(agency)), by, now=NOW)

    fetched()

    assert row().pictures_due is None
    assert row().payload["house"]["picture_remarks"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("address", ["http://169.254.169.254/latest/meta-data", "http://localhost:6379/", "ftp://127.0.0.1/x", "file:///etc/passwd"])
def test_nothing_inside_is_asked(by: Feed, address: str, settings: Any) -> None:
    settings.WIRE_HOSTS = ()
    take(sent(pictures=(WirePicture(guid="x", href=address),)), by, now=NOW)

    fetched()

    assert not Picture.objects.exists()


def test_killed_copy_gets_no_picture_any_more(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency)), by, now=NOW)
    take(sent(2, status="canceled"), by, now=NOW)

    assert fetched(hours=1) == 0
    assert agency.asked == []


def test_kill_that_comes_while_it_is_fetched_wins(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency)), by, now=NOW)

    def slowly(*args: Any, **options: Any) -> Any:
        take(sent(2, status="canceled"), by, now=NOW)
        return fetch(*args, **options)

    picturing.fetch_due(now=NOW, get=slowly)

    assert not Picture.objects.exists()
    assert row().pictures_due is None


def test_picture_goes_with_a_kill_that_comes_later(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency)), by, now=NOW)
    fetched()

    take(sent(2, status="canceled"), by, now=NOW)

    assert not Picture.objects.exists()


def test_article_that_an_editor_has_changed_keeps_what_he_chose(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency)), by, now=NOW)
    desk.revise(article_of(), {"picture": make.picture(), "headline": "Von uns"})
    chosen = article_of().picture

    fetched()

    assert article_of().picture == chosen


def test_expired_rights_are_not_even_asked_for(agency: Agency, by: Feed) -> None:
    take(sent(pictures=named(agency, expires=NOW - timedelta(days=1))), by, now=NOW)

    fetched()

    assert agency.asked == []


def test_key_of_the_feed_is_told_to_its_own_host_only(agency: Agency, by: Feed) -> None:
    Feed.objects.filter(pk=by.pk).update(authorization="Bearer geheim", address="http://andere.example/feed")
    take(sent(pictures=named(agency)), by, now=NOW)
    fetched()
    Feed.objects.filter(pk=by.pk).update(address=agency.address("/feed"))
    take(sent(guid="urn:x:2", pictures=named(agency)), by, now=NOW)
    fetched()

    assert [headers.get("authorization") for _method, _path, headers in agency.asked] == [None, "Bearer geheim"]


def test_pictures_that_a_new_version_names_no_more_are_not_asked_for_again_and_again(agency: Agency, by: Feed) -> None:
    agency.answers["/kai.jpg"] = (503, {}, b"")
    take(sent(pictures=named(agency)), by, now=NOW)
    fetched()
    take(sent(2, headline="Ohne Bild", pictures=()), by, now=NOW)

    assert [fetched(minutes=minutes) for minutes in (2, 3, 30, 300)] == [1, 0, 0, 0]
    assert len(agency.asked) == 1


def test_other_pictures_that_come_while_one_is_fetched_are_fetched_next(agency: Agency, by: Feed) -> None:
    agency.answers["/neu.jpg"] = (200, {}, make.jpeg(shade=150))
    take(sent(pictures=named(agency)), by, now=NOW)

    def slowly(*args: Any, **options: Any) -> Any:
        if row().version == 1:
            take(sent(2, pictures=named(agency, "/neu.jpg")), by, now=NOW)
        return fetch(*args, **options)

    assert [picturing.fetch_due(now=NOW, get=slowly) for _round in range(3)] == [1, 1, 0]

    assert [path for _method, path, _headers in agency.asked] == ["/kai.jpg", "/neu.jpg"]
    assert article_of().picture is not None


def test_nothing_is_fetched_for_what_a_rule_puts_aside(agency: Agency, by: Feed) -> None:
    rule = WireRule.objects.create(feed=by, name="Weg", act="discard")
    routing.put_in_force(rule)

    assert take(sent(pictures=named(agency)), by, now=NOW).code == "discarded"
    assert fetched(hours=1) == 0
