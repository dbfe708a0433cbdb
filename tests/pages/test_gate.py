"""What readers may not see is nowhere: each hidden state against each page, found by a marker word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db
MARKER = "Zwölfkornquark"
DETAILS: dict[str, Any] = {
    "headline": f"Geheim {MARKER}", "kicker": MARKER, "lead": f"Vorspann {MARKER}.", "body": f"<p>Text {MARKER}.</p>", "caption": MARKER,
}  # fmt: skip


def _draft() -> Article:
    return make.draft(**DETAILS, **_ties())


def _in_review() -> Article:
    article = _draft()
    desk.send_to_review(article)
    return article


def _scheduled() -> Article:
    return make.article(at=timezone.now() + timedelta(hours=1), **DETAILS, **_ties())


def _embargoed() -> Article:
    return make.article(embargo_until=timezone.now() + timedelta(hours=1), **DETAILS, **_ties())


def _embargoed_afterwards() -> Article:
    article = make.article(**DETAILS, **_ties())
    desk.revise(article, {"embargo_until": timezone.now() + timedelta(hours=1)})
    return article


def _expired() -> Article:
    return make.article(visible_until=make.MOMENT + timedelta(hours=1), **DETAILS, **_ties())


def _held() -> Article:
    article = make.article(**DETAILS, **_ties())
    desk.hold(article)
    return article


def _withdrawn() -> Article:
    article = make.article(**DETAILS, **_ties())
    desk.withdraw(article)
    return article


def _ties() -> dict[str, Any]:
    return {"tags": ["Russland"], "authors": ["Helene Kramer"], "agency": make.agency("nda"), "picture": make.picture()}


HIDDEN: dict[str, Callable[[], Article]] = {
    "draft": _draft, "review": _in_review, "scheduled": _scheduled, "embargoed": _embargoed, "expired": _expired,
    "embargoed afterwards": _embargoed_afterwards, "held": _held, "withdrawn": _withdrawn,
}  # fmt: skip


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_copy_stands_on_no_page(client: Client, state: str) -> None:
    neighbour = make.article("Öffentlich", **_ties())
    hidden = HIDDEN[state]()
    positions = make.positions()
    make.pin(hidden, positions["lead"])
    make.breaking("Eilmeldung ohne Verweis", article=hidden)
    make.correction(hidden, f"Falsch war {MARKER}.")
    day = timezone.localdate(hidden.published_at) if hidden.published_at else timezone.localdate()
    pages = [
        "/", "/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/", "/archiv/2025/02/24/",
        f"/archiv/{day:%Y/%m/%d}/", "/korrekturen/", "/fehler-melden/", f"/fehler-melden/?artikel={hidden.pk}",
        neighbour.get_absolute_url(), hidden.get_absolute_url(), "/gibt-es-nicht/",
    ]  # fmt: skip

    for path in pages:
        text = client.get(path).content.decode()
        assert MARKER not in text, path
        assert hidden.get_absolute_url() not in text or path == hidden.get_absolute_url(), path


@pytest.mark.parametrize("state", [state for state in HIDDEN if state != "withdrawn"])
def test_hidden_copy_answers_with_the_bytes_of_what_never_existed(client: Client, state: str) -> None:
    hidden = HIDDEN[state]()
    never = f"/ausland/nie-geschrieben-{hidden.pk + 1000}/"

    response, missing = client.get(hidden.get_absolute_url()), client.get(never)

    assert response.status_code == missing.status_code == 404
    assert response.content == missing.content
    assert dict(response.headers) == dict(missing.headers)


def test_withdrawn_copy_answers_410_with_a_neutral_notice(client: Client) -> None:
    article = _withdrawn()

    response = client.get(article.get_absolute_url())

    assert response.status_code == 410
    assert "zurückgezogen" in response.content.decode()


def test_what_was_held_comes_back_as_it_was(client: Client) -> None:
    article = _held()
    first = article.published_at

    desk.publish(article)

    assert client.get(article.get_absolute_url()).status_code == 200
    article.refresh_from_db()
    assert article.published_at == first
