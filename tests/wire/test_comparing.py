"""Editor and wire change the same article: no word of the editor is lost, every word of the agency can be had."""

from __future__ import annotations

from itertools import product

import pytest

from articles import desk
from articles.models import Article, Revision
from articles.wire import comparing, inbox
from tests.wire import delivering

pytestmark = pytest.mark.django_db
NEW = {"headline": "Brücke bleibt gesperrt", "lead": "Neuer Vorspann.", "body": "<p>Neuer Text der Agentur.</p>"}


@pytest.fixture
def article() -> Article:
    """One that an editor has changed, and of which the agency has sent a newer version."""
    by = delivering.feed()
    delivering.take(delivering.sent(1), by)
    found = delivering.article_of()
    desk.revise(found, {"headline": "Zeile der Redaktion", "body": "<p>Text der Redaktion.</p>"})
    assert delivering.take(delivering.sent(2, **NEW), by).code == "flagged"
    return delivering.article_of()


def test_every_differing_field_is_shown_word_by_word(article: Article) -> None:
    fields = {field.name: field for field in comparing.compare(delivering.row())}

    assert set(fields) == {"headline", "lead", "body"}
    assert fields["headline"].label == "Überschrift"
    assert "".join(change.text for change in fields["headline"].changes if change.kind != "gone") == NEW["headline"]
    assert "".join(change.text for change in fields["headline"].changes if change.kind != "new") == article.headline


def test_whole_it_belongs_to_the_wire_again(article: Article) -> None:
    comparing.adopt(delivering.row(), ["headline", "lead", "body"])

    article.refresh_from_db()
    assert {name: getattr(article, name) for name in NEW} == NEW
    assert delivering.row().needs_look is False
    assert Revision.objects.filter(article=article, headline="Zeile der Redaktion").exists()
    assert delivering.take(delivering.sent(3, headline="Dritte Fassung"), delivering.feed()).code == "updated"


def test_by_field_the_rest_stays_the_editors(article: Article) -> None:
    comparing.adopt(delivering.row(), ["lead"])

    article.refresh_from_db()
    assert (article.headline, article.lead) == ("Zeile der Redaktion", NEW["lead"])
    assert delivering.take(delivering.sent(3, headline="Dritte Fassung"), delivering.feed()).code == "flagged"


def test_not_at_all_leaves_every_word(article: Article) -> None:
    inbox.discard(delivering.row())

    article.refresh_from_db()
    assert (article.headline, article.body) == ("Zeile der Redaktion", "<p>Text der Redaktion.</p>")
    assert delivering.row().needs_look is False


def test_nothing_chosen_or_nothing_to_take_is_refused(article: Article) -> None:
    with pytest.raises(desk.Refused, match="mindestens ein Feld"):
        comparing.adopt(delivering.row(), ["published_at"])
    comparing.adopt(delivering.row(), ["headline", "lead", "body"])
    with pytest.raises(desk.Refused, match="nichts zu übernehmen"):
        comparing.adopt(delivering.row(), ["headline"])


@pytest.mark.parametrize(("fields", "order"), list(product([("headline",), ("body",), ("lead", "body"), ("kicker",)], ["before", "between", "after"])))
def test_in_every_combination_no_word_of_the_editor_is_lost(fields: tuple[str, ...], order: str) -> None:
    by = delivering.feed()
    own = {name: f"<p>Eigenes {name}.</p>" if name == "body" else f"Eigenes {name}" for name in fields}
    delivering.take(delivering.sent(1), by)
    if order == "before":
        desk.revise(delivering.article_of(), own)
    delivering.take(delivering.sent(2, **NEW), by)
    if order == "between":
        desk.revise(delivering.article_of(), own)
    delivering.take(delivering.sent(3, headline="Dritte Fassung"), by)
    if order == "after":
        desk.revise(delivering.article_of(), own)

    article = delivering.article_of()
    assert {name: getattr(article, name) for name in fields} == own
    assert len(delivering.raws()) == 3, "every version of the agency lies in the ledger"
