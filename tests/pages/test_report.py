"""«Fehler melden»: takes what people write, keeps machines away, remembers nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles import desk
from articles.desk import reporting
from articles.models import Article, Report
from tests import make
from tests.page import read

pytestmark = pytest.mark.django_db
PATH = "/fehler-melden/"
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _room() -> Iterator[None]:
    make.house(email="redaktion@tagblatt.example")
    reporting.bound.clear()
    yield
    reporting.bound.clear()


def token(client: Client, article: Article | None = None) -> str:
    """As it stands in a form that was drawn a minute ago."""
    with time_machine.travel(NOW, tick=False):
        page = read(client.get(PATH, {"artikel": article.pk} if article else {}))
    return next(field["value"] for field in page.all("input") if field["name"] == "marke")


def send(client: Client, mark: str, *, after: int = 60, **typed: Any) -> Any:
    with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
        return client.post(PATH, {"marke": mark, "text": "Der Kai hat 420 Meter.", **typed})


def test_a_report_reaches_the_editors_and_its_reader_is_thanked(client: Client) -> None:
    article = make.article()

    answer = send(client, token(client, article), email="leser@example.org")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/fehler-melden/danke/")
    assert "no-store" in answer.headers["Cache-Control"]
    one = Report.objects.get()
    assert (one.article, one.text, one.email, one.state) == (article, "Der Kai hat 420 Meter.", "leser@example.org", "open")
    assert client.get("/fehler-melden/danke/").status_code == 200


def test_no_cookie_is_set_or_needed(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    mark = token(strict)

    assert send(strict, mark).status_code == 303
    assert not strict.cookies


def test_nothing_about_the_reader_is_kept(client: Client) -> None:
    mark = token(client)
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        client.post(PATH, {"marke": mark, "text": "Falsch."}, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "Merkmal"})

    kept = " ".join(str(value) for value in Report.objects.values().get().values())

    assert "203.0.113.7" not in kept
    assert "Merkmal" not in kept
    assert Report.objects.get().email == ""


def test_the_form_names_its_article_and_no_cache_keeps_it(client: Client) -> None:
    article = make.article("Kai wird gebaut")

    answer = client.get(PATH, {"artikel": article.pk})

    assert "Kai wird gebaut" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not {"ETag", "Surrogate-Key", "Last-Modified"} & set(answer.headers)
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "1%00", "١", "1.5"])
def test_an_article_that_cannot_be_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"{PATH}?artikel={number}").status_code == 404


def test_hidden_copy_is_as_unknown_as_what_never_was(client: Client) -> None:
    draft = make.draft("Geheim")

    assert client.get(PATH, {"artikel": draft.pk}).content == client.get(PATH, {"artikel": draft.pk + 1000}).content


def test_an_article_withdrawn_meanwhile_is_not_named_again(client: Client) -> None:
    article = make.article("Bald weg")
    mark = token(client, article)
    desk.withdraw(article)

    again = send(client, mark, text=" ")
    taken = send(client, mark)

    assert "Bald weg" not in again.content.decode()
    assert taken.status_code == 303
    assert Report.objects.get().article == article


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "was falsch ist"), ({"text": " \n\u200b"}, "was falsch ist"), ({"text": "x" * 3001}, "3000 Zeichen"),
        ({"email": "keine"}, "E-Mail-Adresse"), ({"email": "a@b.example\nBcc: c@d.example"}, "E-Mail-Adresse"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_the_reason(client: Client, typed: dict[str, Any], words: str) -> None:
    answer = send(client, token(client), **{"text": "Ein langer Hinweis.", **typed})

    assert answer.status_code == 400
    assert words in read(answer).one("#fehler").line
    assert not Report.objects.exists()
    if "text" not in typed:
        assert "Ein langer Hinweis." in answer.content.decode()


@pytest.mark.parametrize("after", [0, 2, reporting.VALID + 60])
def test_too_soon_or_too_late_the_text_waits_in_a_new_form(client: Client, after: int) -> None:
    mark = token(client)

    answer = send(client, mark, after=after)

    assert answer.status_code == 400
    assert "Der Kai hat 420 Meter." in answer.content.decode()
    renewed = next(field["value"] for field in read(answer).all("input") if field["name"] == "marke")
    assert renewed != mark
    assert send(client, renewed, after=after + 60).status_code == 303


@pytest.mark.parametrize("mark", ["", "x", "0.abc:1:2", "a" * 5000, "\x00", "0.abc:zzz:ü"])
def test_a_token_that_is_not_ours_makes_no_report(client: Client, mark: str) -> None:
    assert send(client, mark).status_code == 400
    assert not Report.objects.exists()


def test_a_token_of_another_kind_makes_no_report(client: Client) -> None:
    signed = desk.preview_path(make.draft()).split("/")[2]

    assert send(client, signed).status_code == 400


def test_a_form_sent_twice_makes_one_report(client: Client) -> None:
    mark = token(client)

    codes = [send(client, mark).status_code for _ in range(2)]

    assert codes == [303, 303]
    assert Report.objects.count() == 1


def test_a_machine_that_fills_every_field_is_thanked_and_forgotten(client: Client) -> None:
    assert send(client, token(client), betreff="Casino").status_code == 303
    assert not Report.objects.exists()


def test_a_flood_is_bounded_and_told_another_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "bound", reporting.Bound(2, 600.0))

    answers = [send(client, token(client)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 400]
    assert "redaktion@tagblatt.example" in answers[2].content.decode()
    assert Report.objects.count() == 2


def test_a_body_without_bounds_is_not_read(client: Client) -> None:
    answer = send(client, token(client), text="x" * 50_000)

    assert answer.status_code == 400
    assert "zu lang" in answer.content.decode()


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=x", ""])
def test_other_bodies_are_refused_without_an_error_of_ours(client: Client, kind: str) -> None:
    assert client.post(PATH, data=b"marke=1&text=\xff\xfe", content_type=kind).status_code == 400


def test_control_signs_do_not_reach_the_editors(client: Client) -> None:
    send(client, token(client), text="Falsch\x00\u202e ist\r\ndas.")

    assert Report.objects.get().text == "Falsch ist\ndas."


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = getattr(client, method)(PATH)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_every_article_leads_to_its_form_and_a_preview_to_none(client: Client) -> None:
    article = make.article()
    preview = client.get(desk.preview_path(make.draft())).content.decode()

    links = [link["href"] for link in read(client.get(article.get_absolute_url())).all("a")]

    assert f"/fehler-melden/?artikel={article.pk}" in links
    assert "/fehler-melden/" not in preview


def test_what_was_typed_is_printed_as_text(client: Client) -> None:
    answer = send(client, token(client), text="</textarea><script>alert(1)</script>", email="x")

    assert b"<script>alert" not in answer.content
