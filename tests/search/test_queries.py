"""A hundred searches: what each of them has to find, and what not, on either database and from a search server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from articles import search
from articles.models import Article
from articles.search.telling import Telling
from tests.search import corpus
from tests.search.server import running

# What is typed > what it finds, nothing else.
EXACTLY = """
    Nachtragshaushalt > haushalt
    Haushalt > haushalt kasse
    Haushalte > haushalt kasse
    HAUSHALT > haushalt kasse
    Nachtrag > haushalt
    Nachträge > haushalt
    Haushalt Gemeinden > kasse
    Haushalt -Gemeinden > haushalt
    Haushalt -Nachtrag > kasse
    Hafen > hafen gleis
    Häfen > hafen gleis
    Haefen > hafen gleis
    Hafen -Bahn > hafen
    Hafenbahn > gleis
    "Hafen" > hafen
    Bahn > gleis reise
    "Bahn" > gleis reise
    Börse > boerse boersianer
    Boerse > boerse boersianer
    börse > boerse boersianer
    BOERSE > boerse boersianer
    Börsen > boerse boersianer
    Borse > boerse boersianer
    Börsengang > boerse
    Gang > boerse
    Straße > haushalt boersianer
    Strasse > haushalt boersianer
    Straßen > haushalt boersianer
    STRAẞE > haushalt boersianer
    Maß > boersianer klima
    Mass > boersianer klima
    groß > boersianer
    gross > boersianer
    Angriff > angriff
    Angriffe > angriff
    Angriffs > angriff
    russisch > angriff
    russische Angriffe > angriff
    Verhandlung > gipfel
    Verhandlungen > gipfel
    "erste Verhandlung" > gipfel
    "Verhandlung erste" >
    "Schritt zum Frieden" > gipfel
    „Schritt zum Frieden“ > gipfel
    »Schritt zum Frieden« > gipfel
    "Schritt Frieden" >
    Erdogan > gipfel
    Erdoğan > gipfel
    Ukraine > angriff gipfel
    Ukraine -Russland > gipfel
    Russland > angriff
    Krieg > angriff
    USA > angriff zoll
    USA Stahl > zoll
    Zoll > zoll boersianer
    Zölle > zoll boersianer
    "US-Präsident Trump" > zoll
    Präsident > angriff zoll
    Corona > virus
    Coronakrise > virus
    Corona-Krise > virus
    Krise > virus
    Virus > virus
    Arzt > klinik
    Ärzte > klinik
    Ärztin > virus
    Mueller > virus
    Müller > virus
    Muller > virus
    Krankenhaus > klinik
    Krankenhäuser > klinik
    Haus > klinik museum
    "Haus am See" > klinik
    "Haus am Ufer" > museum
    "am See" > klinik
    Kranke > klinik
    Museum > museum
    Museen > museum
    Sao Paulo > museum
    "São Paulo" > museum
    Café > museum
    Göthe > museum
    3:1 > fussball
    Köln > fussball
    "1. FC Köln" > fussball
    Fussball > fussball
    Endspiel > tennis
    Finale -Endspiel >
    Klimawandel > klima
    Klima > klima
    Wandel > klima
    "7,2 Prozent" > klima
    Stadtrat > rat
    Rat > rat
    Räte > rat
    Stadt > rat museum kasse
    Heirat > heirat
    Preis > preis
    Strom > angriff preis
    Strompreis > preis
    Reise > reise
    Dienst > reise
    Lodz > reise
    Zug > reise
    E-Mail > mail
    Email > mail
    Mail > mail
    geht's > mail hafen
    geht’s > mail hafen
    Москва > mail
    Lehrer > wahl
    Lehrerin > wahl
    Grüne > wahl
    neun > wahl
    Regierung > haushalt bund
    Regierungserklärung > bund
    Erklärung > bund
    Bund > kasse bund
    24.02.2025 > bund
    2029 > gleis
    der Hafen > hafen gleis
    die USA und der Stahl > zoll
    Forscherin > klima
    Tor Trainer Stürmer > fussball
    Tor Trainer Tennis >
    Quark >
    "" >
    - >
    -Hafen >
"""
# A search for nothing but what nobody means is one for those words.
AMONG = """
    der > hafen gleis boerse
    "auf der Stelle" > boerse
    neu > angriff museum wahl
    Land > klinik
    Millionen > kasse gleis
    Hilfe > kasse angriff
"""


def cases(table: str) -> list[tuple[str, list[str]]]:
    lines = [line.strip() for line in table.strip().split("\n")]
    return [(typed.strip(), names.split()) for typed, _, names in (line.rpartition(">") for line in lines)]


@pytest.fixture(scope="module", params=["database", "server"])
def paper(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Article]]:
    """Published once for all; rolled back when the module is done. With a server, the database may not answer."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if request.param == "server":
            stack.enter_context(override_settings(SEARCH_URL=stack.enter_context(running())))
            stack.enter_context(pytest.MonkeyPatch.context()).setattr("articles.search.asking.backend", None)
        connection.ensure_connection()
        stack.enter_context(transaction.atomic())
        published = corpus.publish()
        if request.param == "server":
            Telling().due()
        yield published
        transaction.set_rollback(True)


def found(typed: str, paper: dict[str, Article]) -> list[str]:
    wish = search.read(typed)
    if not wish:
        return []
    names = {article.pk: name for name, article in paper.items()}
    hits = search.newest(search.ask(wish), now=timezone.now(), most=100).hits
    return [names[hit.article] for hit in hits]


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "names"), cases(EXACTLY), ids=lambda value: value if isinstance(value, str) else "")
def test_it_finds_these_and_no_others(paper: dict[str, Article], typed: str, names: list[str]) -> None:
    assert sorted(found(typed, paper)) == sorted(names)


@pytest.mark.parametrize(("typed", "names"), cases(AMONG), ids=lambda value: value if isinstance(value, str) else "")
def test_these_are_among_what_it_finds(paper: dict[str, Article], typed: str, names: list[str]) -> None:
    assert set(names) <= set(found(typed, paper))


def test_there_are_enough_of_them() -> None:
    assert len(cases(EXACTLY)) >= 120


@pytest.mark.parametrize("typed", ["Haushalt", "Ukraine", "der", "Stadt"])
def test_the_newest_comes_first(paper: dict[str, Article], typed: str) -> None:
    order = list(paper)

    assert found(typed, paper) == sorted(found(typed, paper), key=order.index)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Haushalt", "haushalt"), ("Zölle", "zoll"), ("Endspiel", "tennis"), ("Stadt", "kasse"), ("Bund", "bund"), ("Strom", "preis")],
)
def test_the_best_comes_first(paper: dict[str, Article], typed: str, first: str) -> None:
    best = search.best(search.ask(search.read(typed)), now=timezone.now(), most=10).hits

    assert best[0].article == paper[first].pk
    assert {hit.article for hit in best} == {paper[name].pk for name in found(typed, paper)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ukarine", "Ukraine"), ("Verhandlngen", "Verhandlungen"), ("Nachtragshaushallt", "Nachtragshaushalt"), ("Ukrane Krieg", "Ukraine Krieg"),
        ("Gletschr", "Gletscher"), ("Istambul", "Istanbul"), ("Selensky", "Selenskyj"), ("Bundesregirung", "Bundesregierung"),
        ("Ukarine Krig", "Ukraine Krieg"), ("Ukarine Quarkkuchenxyz", ""), ("Gletschr Endspeil", ""),
        ("Ukarine Ukarina Ukrane Ukraien Verhandlngen", ""), ("Hafen", ""), ("Quarkkuchenxyz", ""), ("", ""), ("Xy", ""), ('"Ukarine"', ""),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_is_noticed(paper: dict[str, Article], typed: str, meant: str) -> None:
    assert search.suggestion(typed, search.read(typed), now=timezone.now()) == meant
