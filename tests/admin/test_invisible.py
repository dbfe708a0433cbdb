"""Signs nobody sees: refused where they harm, allowed where typography needs them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import Article
from articles.models.base import validate_printable
from articles.text.signs import is_seen
from articles.text.typography import one_line
from tests import make
from tests.admin import forms

ADD = "/admin/articles/article/add/"
NOTHING_TO_SEE = ["\u200b", "\ufeff", "\u00ad", "\u200b\u200d", "\u2060", "\u3164", "\u2800", "\u00a0\u200b"]


@pytest.mark.parametrize("sign", ["\u061c", "\u2028", "\u2029", "\x80", "\x85", "\x9f", "\x00", "\u202e"])
def test_a_harmful_sign_is_named_with_its_place(sign: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_printable(f"Wort{sign}Wort")

    assert f"an Stelle 5 ein unsichtbares Steuerzeichen (U+{ord(sign):04X})" in refused.value.messages[0]


@pytest.mark.parametrize(
    "text", ["Donau\u00addampfer", "👩\u200d🚒 im Einsatz", "می\u200cخواهم", "10\u00a0Uhr", "Wort\u200bWort", "👍", "–", "\n"]
)
def test_typography_stays_allowed(text: str) -> None:
    validate_printable(text)


@pytest.mark.parametrize("text", NOTHING_TO_SEE)
def test_words_that_nobody_sees_are_refused_everywhere(text: str) -> None:
    with pytest.raises(ValidationError, match="nur Zeichen, die niemand sieht"):
        validate_printable(text)


@pytest.mark.parametrize("text", NOTHING_TO_SEE)
@pytest.mark.parametrize(
    ("room", "field"), [("article", "headline"), ("category", "name"), ("tag", "name"), ("position", "label")]
)
def test_a_name_that_nobody_sees_is_refused_in_the_form(boss: Client, room: str, field: str, text: str) -> None:
    address = f"/admin/articles/{room}/add/"

    page = boss.post(address, {**forms.shown(boss, address), field: text}).content.decode()

    assert "nur Zeichen, die niemand sieht" in page or "Dieses Feld ist zwingend erforderlich" in page


def test_such_words_never_become_an_article_or_a_tag(writer: Client) -> None:
    category = make.category().pk

    writer.post(ADD, forms.article(category=category, headline="\u200b\ufeff"))
    writer.post(ADD, forms.article(category=category, tag_names="\u200b"))

    assert not Article.objects.exists()


@pytest.mark.parametrize("text", NOTHING_TO_SEE)
def test_the_wire_takes_such_a_line_for_empty(text: str) -> None:
    assert one_line(text) == ""


@pytest.mark.parametrize("sign", ["\u061c", "\u2028", "\x80", "\x85", "\ufeff"])
def test_the_wire_cleans_what_an_editor_must_delete(sign: str) -> None:
    line = one_line(f"Der{sign} Rat stimmt zu")

    validate_printable(line)
    assert line == "Der Rat stimmt zu"


@pytest.mark.parametrize("text", ["a", "\u200ba", "1", "«", "€", "é"])
def test_one_sign_is_enough_to_be_seen(text: str) -> None:
    assert is_seen(text)
