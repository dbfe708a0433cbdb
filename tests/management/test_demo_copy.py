"""The copy that the demo ships fits the house: names that exist, lengths that fit, quotation marks of its source."""

from __future__ import annotations

from collections import Counter
from html import unescape

import pytest

from articles.management.demo import front, pictures
from articles.management.demo.newsroom import AGENCIES, AUTHORS, CATEGORIES
from articles.management.demo.reading import Piece, pieces
from articles.models import Article, Kind
from articles.text.html import clean, plain
from articles.text.slugs import slugify

PIECES = pieces()
SLUGS = {slug for _name, slug, _colour, _codes, _description in CATEGORIES}
LIMITS = {field.name: field.max_length or 0 for field in Article._meta.fields}
MARKS = {"nda": "«»", "tnd": '"', "": "„“"}
each_piece = pytest.mark.parametrize("piece", PIECES, ids=[slugify(piece.headline) for piece in PIECES])


def test_there_are_at_least_120_articles_in_all_categories() -> None:
    shares = Counter(piece.category for piece in PIECES)

    assert len(PIECES) >= 120
    assert set(shares) == SLUGS
    assert min(shares.values()) >= 12


def test_no_two_articles_share_an_address() -> None:
    assert len({slugify(piece.headline) for piece in PIECES}) == len(PIECES)


def test_it_reaches_back_eighteen_months_and_up_to_today() -> None:
    days = [piece.age.days for piece in PIECES]

    assert min(days) == 0
    assert max(days) > 365


def test_it_shows_corrections_updates_and_further_categories() -> None:
    assert sum(bool(piece.correction) for piece in PIECES) >= 8
    assert sum(piece.updated is not None for piece in PIECES) >= 8
    assert sum(bool(piece.further) for piece in PIECES) >= 8


def test_headlines_named_by_the_front_page_exist() -> None:
    known = {piece.headline: piece for piece in PIECES}

    assert {front.LEAD, front.BREAKING, *front.OWN_TEASERS, *front.TOPIC_PINNED, *front.TOPIC_STEPS} <= set(known)
    assert known[front.BREAKING].urgency == 1
    assert known[front.LEAD].age.days == known[front.BREAKING].age.days == 0


def test_topics_are_full_enough_to_show() -> None:
    tags = Counter(tag for piece in PIECES for tag in piece.tags)

    assert sum(number >= 5 for number in tags.values()) >= 25


@each_piece
def test_names_exist(piece: Piece) -> None:
    assert set(piece.authors) <= set(AUTHORS)
    assert piece.agency in {"", *AGENCIES}
    assert piece.picture in {"", *pictures.WORDS} - {"kramer", "osei"}
    assert set(piece.further) <= SLUGS - {piece.category}
    assert piece.kind in Kind.values


@each_piece
def test_lengths_fit_the_model(piece: Piece) -> None:
    for name in ("headline", "kicker", "lead"):
        assert 0 < len(getattr(piece, name)) <= LIMITS[name]
    assert 1 <= piece.urgency <= 9
    assert 1 <= len(piece.tags) == len(set(piece.tags)) <= 5
    assert len(piece.correction) <= 1000


@each_piece
def test_the_body_is_clean_and_no_mark_is_left(piece: Piece) -> None:
    assert clean(piece.body) == piece.body
    assert not any(f">{mark}" in unescape(piece.body).replace("<p>– ", "") for mark in ("- ", "-- ", "> ", "## "))
    assert len(plain(piece.body).split()) >= 120


@each_piece
def test_an_update_comes_after_the_article(piece: Piece) -> None:
    if piece.updated:
        assert (-piece.updated.days, piece.updated.clock) > (-piece.age.days, piece.age.clock)


@each_piece
def test_quotation_marks_are_those_of_the_source(piece: Piece) -> None:
    said = unescape(piece.headline + piece.lead + plain(piece.body))

    assert {sign for sign in said if sign in '„“”«»"'} <= set(MARKS[piece.agency])
