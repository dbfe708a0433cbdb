"""The fields of the editors' forms, one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.deletion import users_of
from articles.admin.forms.codes import CodesField
from articles.admin.forms.moment import MomentField, MomentInput, typed
from articles.admin.forms.names import NamesField, authors_named, byline_names, tags_named
from articles.admin.forms.prose import ProseField, cleaned
from articles.admin.paginator import BoundedPaginator
from articles.models import Article, Author, Tag, TagAlias
from articles.text import html
from tests import make


@pytest.mark.parametrize(
    "text", ["24.02.2025 21:44", "24.02.2025 - 21:44", "2025-02-24T21:44", "2025-02-24 21:44:00", "24.2.2025, 21:44 Uhr"],
)  # fmt: skip
def test_a_moment_may_be_typed_in_many_ways(text: str) -> None:
    assert MomentField().clean(text) == datetime(2025, 2, 24, 20, 44, tzinfo=UTC)


def test_a_moment_shows_berlin_time() -> None:
    assert MomentInput().format_value(make.MOMENT) == "24.02.2025 21:44:10"


def test_what_was_typed_is_shown_again_as_it_was() -> None:
    assert MomentInput().format_value("gestern abend") == "gestern abend"


@given(st.integers(min_value=-750_000_000, max_value=4_000_000_000))
def test_every_moment_comes_back_from_the_form(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, tz=UTC)

    assert MomentField().clean(typed(moment)) == moment
    assert not MomentField().has_changed(moment, typed(moment))


def test_a_moment_that_is_needed_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="Bitte geben Sie einen Zeitpunkt an"):
        MomentField().clean("  ")


def test_an_empty_moment_is_none() -> None:
    assert MomentField(required=False).clean("  ") is None
    assert not MomentField(required=False).has_changed(None, "")
    assert MomentField(required=False).has_changed(None, "24.02.2025 21:44")


def test_a_default_that_is_computed_is_no_change() -> None:
    assert not MomentField().has_changed(lambda: make.MOMENT, typed(make.MOMENT))
    assert MomentField().has_changed(lambda: make.MOMENT, "")


def test_a_moment_in_hand_stays_what_it_is() -> None:
    assert MomentField().clean(make.MOMENT) == make.MOMENT


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" , ;, ", []),
        ("Zoll", ["Zoll"]),
        ("Zoll, Handel; Kai\nHafen", ["Zoll", "Handel", "Kai", "Hafen"]),
        ("  Neuer   Kai ", ["Neuer Kai"]),
        ("Zoll, ZOLL, zoll", ["Zoll"]),
        ("Straße, STRASSE", ["Straße"]),
    ],
)
def test_names_are_parted_tidied_and_kept_once(text: str, names: list[str]) -> None:
    assert NamesField().clean(text) == names


def test_names_are_shown_as_they_are_typed() -> None:
    field = NamesField()

    assert field.prepare_value(["Zoll", "Kai"]) == "Zoll, Kai"
    assert field.prepare_value("Zoll,Kai") == "Zoll,Kai"
    assert not field.has_changed(["Zoll", "Kai"], "Zoll, Kai ")
    assert field.has_changed(["Zoll", "Kai"], "Kai, Zoll")
    assert not field.has_changed(None, "")


def test_tags_keep_their_order_and_only_new_ones_are_made(db: None) -> None:
    known = make.tag("Hafen")

    tags = tags_named(["Neu", "hafen", "Öl"])

    assert [tag.name for tag in tags] == ["Neu", "Hafen", "Öl"]
    assert tags[1] == known
    assert Tag.objects.count() == 3
    assert tags_named(["öl"]) == [tags[2]]


def test_no_names_need_no_query(django_assert_num_queries: object, db: None) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert tags_named([]) == []


def test_an_alias_never_hides_a_tag_of_that_very_name(db: None) -> None:
    own = make.tag("EZB")
    TagAlias.objects.create(name="ezb", tag=make.tag("Europäische Zentralbank"))

    assert tags_named(["EZB"]) == [own]


def test_authors_are_found_whatever_their_case(db: None) -> None:
    helene = make.author("Helene Kramer")

    assert authors_named(["helene kramer"]) == [helene]
    assert authors_named(["helene-kramer"]) == [helene]
    assert authors_named([]) == []


def test_a_byline_names_people_and_doubled_names_by_address(db: None) -> None:
    people = [make.author("Helene Kramer"), *(Author.objects.create(name="Jan Meyer", slug=f"jan-{n}") for n in (1, 2))]

    assert byline_names(people) == ["Helene Kramer", "jan-1", "jan-2"]
    assert authors_named(byline_names(people)) == people
    assert byline_names([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("   \n ", ""),
        ("Ein Absatz", "<p>Ein Absatz</p>"),
        ("Eins\nzwei\n\ndrei", "<p>Eins zwei</p><p>drei</p>"),
        ("1 < 2 > 0", "<p>1 &lt; 2 &gt; 0</p>"),
        ("<p></p>", ""),
        ("<p>Ja</p>", "<p>Ja</p>"),
        ("Ein <b>Wort</b>", "<p>Ein <strong>Wort</strong></p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
    ],
)
def test_text_becomes_clean_paragraphs(text: str, expected: str) -> None:
    assert cleaned(text) == expected
    assert cleaned(html.clean(cleaned(text))) == expected


def test_a_text_has_its_limit() -> None:
    assert ProseField(limit=20).clean("x" * 20) == f"<p>{'x' * 20}</p>"

    with pytest.raises(ValidationError, match="Der Text hat 21 Zeichen"):
        ProseField(limit=20).clean("x" * 21)


def test_the_text_area_carries_what_its_editor_may_do() -> None:
    page = ProseField().widget.render("body", "<p>x</p>", {"id": "id_body"})

    assert "data-django-prose-editor-configurable" in page
    assert "&lt;p&gt;x&lt;/p&gt;" in page
    assert "Underline" not in page


def test_codes_stand_one_a_line() -> None:
    field = CodesField()

    assert field.clean(" medtop:04000000 \r\n\nWirtschaft\nWirtschaft") == ["medtop:04000000", "Wirtschaft"]
    assert field.prepare_value(["a", "b"]) == "a\nb"
    assert field.prepare_value("a\nb") == "a\nb"
    assert not field.has_changed(["a", "b"], "a\n\nb ")
    assert field.has_changed([], "a")
    assert field.clean("") == []


def test_a_bounded_list_counts_lists_and_rows(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.admin.paginator.MOST", 5)
    make.articles(7)

    assert BoundedPaginator(Article.objects.order_by("pk"), 2).count == 5
    assert BoundedPaginator(Article.objects.order_by("pk"), 2).num_pages == 3
    assert BoundedPaginator([1, 2, 3], 2).count == 3
    assert len(BoundedPaginator(Article.objects.order_by("pk"), 2).page(3).object_list) == 1


def test_who_needs_a_row_is_named(db: None) -> None:
    article = make.article("Kai wird gebaut", tags=["Hafen"], agency=make.agency())
    make.feed(agency=make.agency())

    assert users_of([make.tag("Hafen")]) == ["Artikel: Kai wird gebaut"]
    assert sorted(users_of([make.agency()])) == ["Artikel: Kai wird gebaut", "Dienst: nda · Basisdienst"]
    assert users_of([article]) == []
    assert users_of([]) == []


def test_a_tag_others_became_part_of_is_needed(db: None) -> None:
    whole = make.tag("Ganz")
    make.tag("Teil", merged_into=whole)

    assert users_of([whole]) == ["Schlagwort: Teil"]
