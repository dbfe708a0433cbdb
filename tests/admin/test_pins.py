"""A pin that nobody sees is never a surprise: the form says who stands there, the answer who wins, the list who is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin import pins
from articles.front.arrangement import pins_showing
from articles.models import Article, Position, Teaser
from tests import make
from tests.admin import forms

ADD, LIST = "/admin/articles/teaser/add/", "/admin/articles/teaser/"


@pytest.fixture(name="lead")
def _lead(db: None) -> Position:
    make.category()
    return make.positions()["lead"]


def pin(client: Client, article: Article, lead: Position, **typed: Any) -> str:
    data = {"article": article.pk, "position": lead.pk, "pinned": "on", **typed}
    return client.post(ADD, data, follow=True).content.decode()


def test_a_full_place_says_who_wins(writer: Client, lead: Position) -> None:
    make.pin(make.article("Alt"), lead)

    page = pin(writer, make.article("Neu"), lead)

    assert "Am Platz «Aufmacher» ist Raum für 1. Zu sehen: «Neu». Nicht zu sehen: «Alt»." in page


def test_an_empty_place_needs_no_words(writer: Client, lead: Position) -> None:
    assert "Nicht zu sehen" not in pin(writer, make.article("Neu"), lead)


def test_an_article_pinned_twice_is_seen_once_and_said_so(writer: Client, lead: Position) -> None:
    article = make.article("Neu")
    make.pin(article, lead)

    page = pin(writer, article, make.positions()["second"])

    assert "jeder Artikel steht nur einmal" in page
    assert "Zu sehen: keiner davon" in page


def test_a_change_is_answered_too(writer: Client, lead: Position) -> None:
    old = make.pin(make.article("Alt"), lead)
    make.pin(make.article("Neu"), lead)
    address = f"/admin/articles/teaser/{old.pk}/change/"

    page = writer.post(address, {**forms.shown(writer, address), "headline": "Älter", "_save": "1"}, follow=True)

    assert "Nicht zu sehen: «Älter»" in page.content.decode()


def test_the_form_says_who_stands_where(writer: Client, lead: Position) -> None:
    assert "Alle Plätze füllen sich von selbst" in writer.get(ADD).content.decode()

    make.pin(make.article("Alt"), lead)

    assert "Aufmacher (1): «Alt»" in writer.get(ADD).content.decode()


def test_the_list_says_who_is_seen(writer: Client, lead: Position) -> None:
    old, new = make.pin(make.article("Alt"), lead), make.pin(make.article("Neu"), lead)

    page = writer.get(LIST).content.decode()

    assert pins_showing() == {new.pk}
    assert page.count('<td class="field-seen">ja</td>') == 1
    assert page.count("nein: Ein neuerer steht am Platz") == 1
    assert old.pk not in pins_showing()


def test_each_reason_has_its_words(lead: Position) -> None:
    now, day = timezone.now(), timedelta(days=1)
    article = make.article()
    reasons = {
        "in Listen": Teaser(article=article),
        "nein: nicht festgehalten": Teaser(article=article, position=lead, pinned=False),
        "nein: abgelaufen": Teaser(article=article, position=lead, visible_until=now - day),
        "nein: Der Artikel ist nicht öffentlich": Teaser(article=make.draft(), position=lead),
    }

    assert {pins.why_not(teaser) for teaser in reasons.values()} == set(reasons)
    assert pins.why_not(Teaser(article=article, position=lead, visible_from=now + day)).startswith("ab ")


def test_the_list_asks_no_more_for_more_pins(writer: Client, lead: Position, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        make.pin(make.article(f"Meldung {number}"), lead)

    with django_assert_max_num_queries(14):
        writer.get(LIST)
