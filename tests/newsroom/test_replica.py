"""Who asks the replica, and when: readers' pages alone, and only what it is known to hold."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from articles.models import Article
from newsroom import replica
from newsroom.pagecache.shared import LOST_AFTER
from newsroom.replica import CatchingUp, NoReplica, Readers, Router

START = 1_000_000.0  # seconds


class Site:
    """A clock, counters and two databases that do as they are told."""

    def __init__(self) -> None:
        self.now = START
        self.generation = int(START * 1e9)
        self.last_word = START
        self.place = "0/1"
        self.has_it: bool | Exception = True
        self.asked: list[str] = []

    def heard(self) -> float:
        return self.last_word

    def change(self) -> None:
        self.generation = int(self.now * 1e9)

    def place_of_primary(self) -> str:
        self.asked.append("primary")
        return self.place

    def replica_has(self, place: str) -> bool:
        self.asked.append(place)
        if isinstance(self.has_it, Exception):
            raise self.has_it
        return self.has_it


@pytest.fixture(name="site")
def _site(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Site:
    """A site on which nothing has changed for a minute."""
    made = Site()
    settings.DATABASE_REPLICA_AFTER, settings.REDIS_URL = 5, ""
    monkeypatch.setattr(replica, "counters", lambda: made)
    monkeypatch.setattr(replica, "place_of_primary", made.place_of_primary)
    monkeypatch.setattr(replica, "replica_has", made.replica_has)
    monkeypatch.setattr(replica, "time", SimpleNamespace(time=lambda: made.now, monotonic=lambda: made.now))
    monkeypatch.setattr(replica, "catching_up", CatchingUp())
    made.now += 60
    return made


def page(*steps: Callable[[], Any], path: str = "/ausland/", method: str = "GET") -> list[str]:
    """The databases that the queries of one request are sent to, with something done before each but the first."""
    sent: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        sent.append(Router().db_for_read(Article))
        for step in steps:
            step()
            sent.append(Router().db_for_read(Article))
        return HttpResponse()

    Readers(view)(RequestFactory().generic(method, path))
    return sent


@pytest.mark.parametrize("path", ["/", "/ausland/", "/ausland/der-kai-17/", "/bild/x.jpg", "/gibt-es-nicht", "/administration/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_readers_pages_ask_the_replica(site: Site, path: str, method: str) -> None:
    assert page(path=path, method=method) == ["replica"]


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin", "/admin/articles/", "/vorschau/x/", "/wire/nda/", "/healthz", "/readyz", "/metrics"]
)
def test_everybody_else_asks_the_primary(site: Site, path: str) -> None:
    assert page(path=path) == ["default"]
    assert site.asked == []


def test_forms_commands_and_background_work_ask_the_primary(site: Site) -> None:
    assert [*page(method="POST"), Router().db_for_read(Article)] == ["default", "default"]


def test_a_page_within_an_editors_request_asks_the_primary(site: Site) -> None:
    sent: list[list[str]] = []

    def view(request: HttpRequest) -> HttpResponse:
        sent.append([Router().db_for_read(Article)])
        return HttpResponse()

    def outer(request: HttpRequest) -> HttpResponse:
        Readers(view)(RequestFactory().get("/admin/"))
        sent.append([Router().db_for_read(Article)])
        return HttpResponse()

    Readers(outer)(RequestFactory().get("/"))

    assert sent == [["default"], ["replica"]]


def test_after_a_readers_page_nothing_of_it_is_left(site: Site) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError

    with pytest.raises(ValueError):
        Readers(broken)(RequestFactory().get("/"))

    assert Router().db_for_read(Article) == "default"


@pytest.mark.parametrize(
    ("since", "expected"), [(0.0, "default"), (1.0, "default"), (4.9, "default"), (5.1, "replica"), (60.0, "replica")]
)
def test_after_a_change_readers_ask_the_primary_for_a_while(site: Site, since: float, expected: str) -> None:
    site.change()
    site.now += since

    assert page() == [expected]


def test_how_long_is_a_setting(site: Site, settings: LazySettings) -> None:
    settings.DATABASE_REPLICA_AFTER = 30
    site.change()
    site.now += 29

    assert page() == ["default"]


def test_a_change_while_a_page_is_made_sends_the_rest_of_it_to_the_primary(site: Site) -> None:
    assert page(lambda: None, site.change, lambda: None) == ["replica", "replica", "default", "default"]


def test_a_page_that_began_with_the_primary_stays_there(site: Site) -> None:
    site.change()

    def long_after() -> None:
        site.now += 60

    assert page(long_after) == ["default", "default"]
    assert page() == ["replica"]


def test_whoever_has_written_reads_what_was_written(site: Site) -> None:
    assert page(lambda: Router().db_for_write(Article)) == ["replica", "default"]


@pytest.mark.parametrize("generation", [0, int((START + 3600) * 1e9)])
def test_counters_that_cannot_be_read_or_run_ahead_of_the_clock_mean_the_primary(site: Site, generation: int) -> None:
    site.generation = generation

    assert page() == ["default"]


def test_a_replica_that_lags_is_not_asked_however_long_it_takes(site: Site) -> None:
    site.has_it = False
    seen = []
    for _ in range(10):
        site.now += 60
        seen += page()
    site.has_it = True
    site.now += 1

    assert seen == ["default"] * 10
    assert page() == ["replica"]


def test_the_primary_is_asked_once_a_change_how_far_it_is(site: Site) -> None:
    for place in ("0/1", "0/2"):
        site.place = place
        site.change()
        for _ in range(10):
            site.now += 6
            page()

    assert site.asked.count("primary") == 2
    assert [place for place in site.asked if place != "primary"] == ["0/1"] * 10 + ["0/2"] * 10


def test_the_replica_is_not_asked_for_its_place_with_every_page(site: Site) -> None:
    for _ in range(100):
        page()

    assert site.asked == ["primary", "0/1"]


def test_an_older_replica_in_its_place_is_noticed_within_seconds(site: Site) -> None:
    assert page() == ["replica"]
    site.has_it = False
    site.now += replica.HOLDS_FOR + 0.1

    assert page() == ["default"]


@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("closed"), NoReplica("promoted")])
def test_a_replica_that_fails_is_left_alone_for_a_while(site: Site, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    site.has_it = error
    first = page()
    site.has_it = True
    site.now += replica.REST - 0.1
    second, asked = page(), len(site.asked)
    site.now += 0.2

    assert (first, second, asked) == (["default"], ["default"], 2)
    assert page() == ["replica"]
    assert caplog.text.count("The replica of the database is not used") == 1


def test_while_one_asks_nobody_waits_for_the_answer(site: Site) -> None:
    with replica.catching_up._lock:
        assert page() == ["default"]
    assert site.asked == []


def test_a_machine_out_of_touch_with_the_others_asks_the_primary(site: Site, settings: LazySettings) -> None:
    settings.REDIS_URL = "redis://elsewhere/"
    site.last_word = site.now - LOST_AFTER - 0.1
    alone = page()
    site.last_word = site.now

    assert alone == ["default"]
    assert page() == ["replica"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_whose_query_the_replica_refuses_is_made_once_more(site: Site, error: type[Exception]) -> None:
    sent: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        sent.append(Router().db_for_read(Article))
        try:
            if sent[-1] == "replica":
                raise error("terminating connection")
        except error as caught:
            answer = middleware.process_exception(request, caught)
            assert isinstance(answer, HttpResponse)
            return answer
        return HttpResponse("made")

    middleware = Readers(view)
    response = middleware(RequestFactory().get("/"))

    assert (sent, response.content) == (["replica", "default"], b"made")  # type: ignore[attr-defined]
    assert page() == ["default"]


def told_of(error: Exception) -> object:
    """What the middleware answers to an error after a page's first query."""
    answers: list[object] = []

    def view(request: HttpRequest) -> HttpResponse:
        Router().db_for_read(Article)
        answers.append(middleware.process_exception(request, error))
        return HttpResponse()

    middleware = Readers(view)
    middleware(RequestFactory().get("/"))
    return answers[0]


@pytest.mark.parametrize("error", [ValueError("other"), DatabaseError("syntax")])
def test_other_errors_are_not_the_replicas(site: Site, error: Exception) -> None:
    assert told_of(error) is None
    assert page() == ["replica"]


def test_an_error_of_the_primary_is_not_tried_again(site: Site) -> None:
    site.change()

    assert told_of(OperationalError("away")) is None


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_not_split(site: Site) -> None:
    sent: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            sent.append(Router().db_for_read(Article))
        return HttpResponse()

    Readers(view)(RequestFactory().get("/"))

    assert sent == ["default"]
