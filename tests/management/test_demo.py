"""`manage.py demo`: what it says, what it answers to a program, and when it keeps its hands off."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.management.commands.demo import Command, check_password, contents, count, line_of, opening
from articles.management.demo import reading
from articles.management.demo.logins import Login, file
from articles.models import Article, Category, Teaser
from tests import make


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def answer(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(demo("--json", *arguments))
    return found


def test_it_says_what_is_there_and_how_to_log_in(small: None, uncut: list[int]) -> None:
    lines = demo("--password", "weissmeer-2025").splitlines()

    assert lines[0] == "5 Artikel der Probe-Redaktion sind geladen."
    assert lines[1].startswith("Jetzt da: 5 veröffentlichte Artikel in 8 Ressorts, ")
    assert lines[1].endswith(" 2 Agenturen, 7 Autoren, 3 Bilder, 5 Seiten.")
    assert lines[2] == "Zur Redaktion: https://tagblatt.example/admin/"
    assert [line.split()[:2] for line in lines[3:]] == [
        ["redaktion", "weissmeer-2025"], ["cvd", "weissmeer-2025"], ["admin", "weissmeer-2025"],
    ]  # fmt: skip


def test_a_second_run_says_that_nothing_was_to_do_and_tells_the_logins_again(small: None, uncut: list[int]) -> None:
    first = demo().splitlines()

    second = demo().splitlines()

    assert second[0] == "Es war schon alles da, nichts wurde geändert."
    assert second[1:] == first[1:]


def test_pictures_are_cut_after_all_is_stored(small: None, uncut: list[int]) -> None:
    demo()

    assert uncut == [3]


def test_a_program_gets_one_object(small: None, uncut: list[int]) -> None:
    told = answer("--articles", "20")

    assert (told["loaded"], told["filled"]) == (5, 15)
    assert told["counts"]["articles"] == 20
    assert told["admin"] == "https://tagblatt.example/admin/"
    assert [set(login) for login in told["logins"]] == [{"name", "role", "password"}] * 3


def test_filling_is_told(small: None, uncut: list[int]) -> None:
    demo()

    assert demo("--articles", "6").startswith("1 Artikel ist dazu erzeugt.\n")


def test_if_empty_loads_into_an_empty_house(small: None, uncut: list[int]) -> None:
    assert answer("--if-empty")["loaded"] == 5


def test_if_empty_keeps_its_hands_off_where_there_is_any_article(small: None, uncut: list[int]) -> None:
    make.draft("Der einzige Entwurf")

    told = answer("--if-empty", "--articles", "50")

    assert (told["loaded"], told["filled"], told["logins"]) == (0, 0, [])
    assert Article.objects.count() == 1
    assert Category.objects.count() == 1
    assert uncut == []
    assert not file().exists()


def test_if_empty_tells_the_logins_of_the_demo_that_is_there(small: None, uncut: list[int]) -> None:
    first = answer()

    again = answer("--if-empty")

    assert again["logins"] == first["logins"]
    assert again["loaded"] == 0


@pytest.mark.parametrize("password", ["kurz", "password", "12345678"])
def test_a_weak_password_is_refused_before_anything_is_made(small: None, password: str) -> None:
    with pytest.raises(CommandError, match="Passwort"):
        demo("--password", password)

    assert not Article.objects.exists()


def test_no_password_is_no_weak_password() -> None:
    check_password("")


def test_one_article_is_not_several() -> None:
    assert opening(1, 0) == "1 Artikel der Probe-Redaktion ist geladen."
    assert opening(128, 1) == "128 Artikel der Probe-Redaktion sind geladen. 1 Artikel ist dazu erzeugt."
    assert opening(0, 9872) == "9872 Artikel sind dazu erzeugt."


def test_a_lost_password_comes_with_the_way_to_a_new_one() -> None:
    line = line_of(Login("cvd", "Chef vom Dienst", ""))

    assert "(Passwort unbekannt; neu setzen mit: manage.py changepassword cvd)" in line
    assert line_of(Login("cvd", "Chef vom Dienst", "weissmeer-2025")).split() == [
        "cvd",
        "weissmeer-2025",
        "Chef",
        "vom",
        "Dienst",
    ]


def test_drafts_are_not_counted_as_published(db: None) -> None:
    make.draft("Noch nicht")
    make.article("Schon da")

    assert count()["articles"] == 1
    assert "1 veröffentlichte Artikel in 1 Ressorts" in contents(count())


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_alone() -> None:
    terminal, pipe = Terminal(), StringIO()

    for stream in (terminal, pipe):
        command = Command(stdout=StringIO(), stderr=stream, no_color=True)
        command._progress(500, 1000)
        command._progress(1000, 1000)

    assert terminal.getvalue() == "\r500/1000\r1000/1000\n"
    assert pipe.getvalue() == ""


def test_the_whole_demo_is_a_newspaper(db: None, data_dir: Path, uncut: list[int], client: Client) -> None:
    told = answer()

    addresses = [
        "/",
        "/inland/",
        "/boerse/",
        "/thema/haefen/",
        "/autor/leyla-aydin/",
        "/quelle/tnd/",
        "/archiv/",
        "/ticker/",
        "/impressum/",
    ]
    pinned = Teaser.objects.get(position__slug="lead")
    front = client.get("/").content.decode()

    assert told["loaded"] == len(reading.pieces()) >= 120
    assert told["counts"]["pictures"] == 12
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert pinned.headline in front
    assert Teaser.objects.filter(position=None).count() >= 3
    assert Article.objects.exclude(updated_at=None).count() >= 16
    assert client.get(pinned.article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "text", ["--articles=-5", "--articles=1.5", "--articles=viele", "--articles=", "--articles=²", "--articles=99999999"]
)
def test_a_number_of_articles_that_cannot_be_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(CommandError, match="Bitte geben Sie eine ganze Zahl von 0 bis 9999999 an"):
        demo(text)


@pytest.mark.django_db
def test_a_negative_number_from_a_program_is_refused_before_anything_is_made() -> None:
    with pytest.raises(CommandError, match="ganze Zahl von 0"):
        call_command("demo", articles=-5, stdout=StringIO())

    assert not Article.objects.exists()
