"""The work beside the web server: goes on whatever happens, and stops when told."""

from __future__ import annotations

import logging
import os
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.utils import timezone

from articles.models import Announcement, Article, SearchDocument
from articles.wire import expiring
from newsroom import background
from newsroom.pagecache import setup
from newsroom.pagecache.telling import Telling
from tests import make

pytestmark = pytest.mark.django_db


class Job:
    """A task that answers as planned and tells the loop to stop after the last answer."""

    def __init__(self, stop: threading.Event, *answers: int | Exception) -> None:
        self.__name__ = "job"
        self.stop = stop
        self.answers = list(answers)
        self.calls = 0

    def __call__(self) -> int:
        answer = self.answers[self.calls]
        self.calls += 1
        if self.calls == len(self.answers):
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PAUSE", 0.0)
    monkeypatch.setattr(background, "PAUSE_AFTER_FAILURE", 0.0)


def test_it_works_until_told_to_stop() -> None:
    stop = threading.Event()
    job = Job(stop, 3, 0, 1)

    background.work(stop, (job,))

    assert job.calls == 3


@pytest.mark.parametrize("error", [OperationalError("database is locked"), MemoryError(), KeyError("hash")])
def test_a_task_that_fails_is_logged_and_tried_again(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    job = Job(stop, error, 0)

    with caplog.at_level(logging.ERROR):
        background.work(stop, (job,))

    assert job.calls == 2
    assert "Background task job failed" in caplog.text


def test_a_failing_task_does_not_keep_others_from_theirs() -> None:
    stop = threading.Event()
    broken, sound = Job(threading.Event(), RuntimeError(), RuntimeError()), Job(stop, 1, 0)

    background.work(stop, (broken, sound))

    assert (broken.calls, sound.calls) == (2, 2)


def test_told_to_stop_before_it_began_it_does_nothing() -> None:
    stop = threading.Event()
    stop.set()
    job = Job(stop, 1)

    background.work(stop, (job,))

    assert job.calls == 0


def test_it_ends_when_the_process_that_started_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([100, 100, 1])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    job = Job(threading.Event(), 0, 0, 0)

    background.work(threading.Event(), (job,))

    assert job.calls == 1


def test_it_rests_longer_after_a_failure_than_after_an_idle_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    waits: list[float | None] = []
    stop = threading.Event()
    job = Job(stop, 2, 0, RuntimeError())
    monkeypatch.setattr(stop, "wait", waits.append)

    background.work(stop, (job,))

    assert waits == [0.0, background.PAUSE, background.PAUSE_AFTER_FAILURE]


@pytest.mark.django_db
def test_the_search_is_among_its_tasks() -> None:
    make.article("Zirkus kommt")
    SearchDocument.objects.update(analyser="")

    assert background.searched in background.TASKS
    assert (background.searched(), background.searched()) == (1, 0)


def test_pictures_are_among_its_tasks() -> None:
    assert background.pictures in background.TASKS
    assert background.pictures() == 0


def test_it_ends_when_its_parent_died_while_it_was_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def job() -> int:
        done.append(1)
        return 1

    monkeypatch.setattr(os, "getppid", lambda: 1)

    background.work(threading.Event(), (job,), parent=4711)

    assert done == []


def test_what_was_announced_and_told_is_forgotten() -> None:
    Announcement.objects.create(keys=["front"])
    row = Announcement.objects.get()
    counters = setup.counters()
    counters.told(row.pk)

    assert background.announcements(Telling(counters, setup.changed, None)) == 1
    assert not Announcement.objects.exists()


def test_what_a_dead_process_left_behind_is_told() -> None:
    Announcement.objects.create(keys=["article-17"], is_hard=True, created_at=timezone.now() - timedelta(seconds=5), pk=987_654)
    before = setup.counters().generation

    assert background.announcements(Telling(setup.counters(), setup.changed, None)) == 1
    assert setup.counters().generation > before
    assert not Announcement.objects.exists()


def test_some_work_is_done_only_now_and_then() -> None:
    done: list[int] = []

    def job() -> int:
        done.append(1)
        return 1

    task = background.every(60, job)

    assert [task(), task(), task()] == [0, 0, 0]
    assert done == [1]
    assert task.__name__ == "job"


def test_the_threads_beside_end_with_the_rest() -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=job, args=(stop,)) for job in (background.listen,)]
    for thread in threads:
        thread.start()
    stop.set()
    for thread in threads:
        thread.join(5)

    assert not any(thread.is_alive() for thread in threads)


def test_licences_that_end_all_at_once_are_taken_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    by = make.agency(expiry_days=30)
    for number in range(5):
        make.article(f"Lange her {number}", agency=by, at=timezone.now() - timedelta(days=1))
    Article.objects.update(published_at=timezone.now() - timedelta(days=40))
    monkeypatch.setattr("articles.wire.expiring.end_licences", partial(expiring.end_licences, limit=2))

    assert background.licences() == 5
    assert not Article.objects.filter(status="published").exists()
    assert background.licences() == 0


def test_no_more_turns_than_a_stop_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.wire.expiring.end_licences", lambda: 20)

    assert background.licences() == 20 * background.MOST_TURNS


def test_a_search_server_is_told_by_a_thread_of_its_own(settings: LazySettings) -> None:
    stop = threading.Event()
    stop.set()
    background.tell_search(stop)  # none is named: it ends

    settings.SEARCH_URL = "http://127.0.0.1:9/"
    background.tell_search(stop)
