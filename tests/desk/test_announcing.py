"""One transaction makes one announcement, of everything in it that was not taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from articles import desk
from articles.desk import announce, announcing
from articles.signals import pages_changed
from tests import make

Told = list[tuple[set[str], bool]]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told() -> Iterator[Told]:
    heard: Told = []

    def listen(*, keys: frozenset[str], hard: bool, **rest: Any) -> None:
        heard.append((set(keys), hard))

    pages_changed.connect(listen)
    yield heard
    pages_changed.disconnect(listen)


def test_outside_a_transaction_it_is_told_at_once(told: Told) -> None:
    announce(["front"])
    announce(["tag-1"], hard=True)

    assert told == [({"front"}, False), ({"tag-1"}, True)]


def test_many_become_one_after_the_commit(told: Told) -> None:
    with transaction.atomic():
        announce(["front", "tag-1"])
        announce(["front", "tag-2"])
        with transaction.atomic():
            announce(["tag-3"])
        assert told == []

    assert told == [({"front", "tag-1", "tag-2", "tag-3"}, False)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_hard_key_makes_all_hard(told: Told, place: int) -> None:
    with transaction.atomic():
        for number in range(3):
            announce([f"tag-{number}"], hard=number == place)

    assert told == [({"tag-0", "tag-1", "tag-2"}, True)]


def test_what_is_rolled_back_is_not_told(told: Told) -> None:
    with transaction.atomic():
        announce(["front"])
        transaction.set_rollback(True)
    with transaction.atomic():
        announce(["tag-1"])

    assert told == [({"tag-1"}, False)]


def test_a_savepoint_taken_back_leaves_the_rest_to_be_told(told: Told) -> None:
    with transaction.atomic():
        with transaction.atomic():
            announce(["tag-1"])
            transaction.set_rollback(True)
        announce(["tag-2"])

    assert told == [({"tag-2"}, False)]


def test_the_first_being_taken_back_does_not_silence_the_second(told: Told) -> None:
    with transaction.atomic():
        announce(["tag-1"])
        with transaction.atomic():
            announce(["tag-2"])
            transaction.set_rollback(True)

    assert len(told) == 1
    assert "tag-1" in told[0][0]


def test_transactions_do_not_mix(told: Told) -> None:
    for number in range(3):
        with transaction.atomic():
            announce([f"tag-{number}"])

    assert told == [({f"tag-{number}"}, False) for number in range(3)]


def test_what_a_listener_announces_is_told_as_well(told: Told) -> None:
    def answer(*, keys: frozenset[str], **rest: Any) -> None:
        if "tag-1" in keys:
            announce(["tag-2"])

    pages_changed.connect(answer)
    with transaction.atomic():
        announce(["tag-1"])
    pages_changed.disconnect(answer)

    assert sorted(told, key=str) == [({"tag-1"}, False), ({"tag-2"}, False)]


def test_a_night_of_work_in_one_transaction_is_one_announcement(told: Told) -> None:
    with transaction.atomic():
        published = make.article("Eins", tags=["Ukraine"], authors=["Helene Kramer"])
        desk.correct(published, "Falsche Zahl.")
        desk.revise(published, {"headline": "Zwei"}, kind="update")
        desk.withdraw(published)

    [(keys, hard)] = told
    assert hard
    assert {published.page_key, "front", "ticker", published.category.page_key} <= keys


def test_keys_of_many_are_those_of_each() -> None:
    articles = [
        make.article("Eins", tags=["Hafen", "Bahn"], at=make.MOMENT),
        make.article("Zwei", category="Sport", at=make.MOMENT + timedelta(days=2)),
        make.article("Drei", agency=make.agency(), at=make.MOMENT - timedelta(days=9)),
        make.draft("Vier"),
    ]

    for number in range(1, len(articles) + 1):
        some = articles[:number]
        assert announcing.keys_of_all([article.pk for article in some]) == frozenset().union(*(announcing.page_keys(one) for one in some))
    assert announcing.keys_of_all([]) == announcing.keys_of_all([999_999]) == frozenset()
