"""The orders of the bench do what an editor's acts do, and tell when."""

from __future__ import annotations

import io
import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Status
from articles.signals import pages_changed
from bench import act
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def given_newsroom() -> None:
    make.house()
    make.category()
    for name in ("Ukraine", "Hafen", "Bahn", "Klima", "Schule"):
        make.tag(name)


def test_what_is_published_can_be_read_at_the_address_that_is_told() -> None:
    given_newsroom()

    told = act.publish({"word": "Q1x"})

    answer = Client().get(told["path"])
    assert answer.status_code == 200
    assert "Rat berät über Q1x" in answer.content.decode()
    assert told["category"] == make.category().get_absolute_url()
    assert Article.objects.get(pk=told["article"]).taggings.count() == 4


def test_moments_are_those_of_the_act_alone() -> None:
    given_newsroom()
    before = time.monotonic()

    told = act.publish({"word": "Q1x"})

    assert before <= told["begun"] <= told["returned"] <= time.monotonic()


def test_a_revised_headline_is_shown_at_the_old_address() -> None:
    given_newsroom()
    done = act.publish({"word": "Q1x"})

    told = act.revise({"article": done["article"], "word": "Q2x"})

    assert told["path"] == done["path"]
    assert "Rat berät neu über Q2x" in Client().get(told["path"]).content.decode()


def test_a_withdrawn_article_is_gone() -> None:
    given_newsroom()
    done = act.publish({"word": "Q1x"})

    act.withdraw({"article": done["article"]})

    assert Article.objects.get(pk=done["article"]).status == Status.WITHDRAWN
    assert Client().get(done["path"]).status_code == 410


def test_expiring_announces_the_article_alone_and_changes_nothing() -> None:
    article = make.article()
    heard: list[tuple[frozenset[str], bool]] = []

    def hear(*, keys: frozenset[str], hard: bool, **_: object) -> None:
        heard.append((keys, hard))

    pages_changed.connect(hear)
    try:
        act.expire({"article": article.pk})
    finally:
        pages_changed.disconnect(hear)

    assert heard == [(frozenset({article.page_key}), False)]
    assert Article.objects.get(pk=article.pk).changed_at == article.changed_at


def test_an_article_can_be_made_to_end_soon() -> None:
    article = make.article()

    act.end_soon({"article": article.pk, "seconds": 60.0})

    ends = Article.objects.get(pk=article.pk).visible_until
    assert ends is not None
    assert timedelta(0) < ends - timezone.now() <= timedelta(seconds=60)


def test_articles_are_drawn_by_lot_and_the_same_seed_draws_the_same() -> None:
    make.articles(30)
    make.draft()

    first = act.paths({"count": 10, "seed": 1})["paths"]

    assert len(set(first)) == 10
    assert act.paths({"count": 10, "seed": 1})["paths"] == first
    assert act.paths({"count": 10, "seed": 2})["paths"] != first
    assert len(act.paths({"count": 99, "seed": 1})["paths"]) == 30


def test_orders_come_and_answers_go_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    make.article()
    orders = [{"do": "paths", "count": 1, "seed": 1}, {"do": "paths", "count": 0, "seed": 1}]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(order) + "\n" for order in orders)))

    act.main()

    assert [len(json.loads(line)["paths"]) for line in capsys.readouterr().out.splitlines()] == [1, 0]
