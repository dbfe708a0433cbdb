"""Tags that a text speaks of."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles import desk
from articles.desk import recognising
from articles.models import Tag, TagAlias
from tests import make
from tests.wire import delivering
from tests.wire.delivering import sent, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew() -> None:
    recognising.forget()


def tag(name: str, automatic: str = "set", *aliases: str) -> Tag:
    made = make.tag(name, automatic=automatic)
    for alias in aliases:
        TagAlias.objects.create(name=alias, tag=made)
    return made


def set_by(headline: str = "", lead: str = "", body: str = "") -> list[str]:
    return [found.name for found in desk.recognise(headline=headline, lead=lead, body=body).to_set]


def test_once_in_headline_or_lead_or_twice_in_the_text() -> None:
    for name in ("Hafen", "Kanal", "Brücke", "Tunnel"):
        tag(name)

    found = set_by("Streit um den Hafen", "Es geht um den Kanal.", "<p>Die Brücke, die alte Brücke.</p><p>Kein Tunnel.</p>")

    assert found == ["Hafen", "Kanal", "Brücke"]


def test_aliases_mean_their_tag_and_merged_tags_what_they_have_become() -> None:
    tag("Vereinigte Staaten", "set", "USA")
    old = tag("Ozeanhafen")
    old.merged_into = tag("Hafen")
    old.save()

    assert set_by("USA bauen am Ozeanhafen") == ["Vereinigte Staaten", "Hafen"]


def test_what_is_suggested_is_not_set_and_never_is_never() -> None:
    tag("Hafen", "suggest")
    tag("Kanal", "never")

    found = desk.recognise(headline="Hafen und Kanal", lead="", body="")

    assert found.to_set == ()
    assert [one.name for one in found.to_suggest] == ["Hafen"]


def test_at_most_twelve() -> None:
    names = [f"Wort{letter}" for letter in "abcdefghijklmnop"]
    for name in names:
        tag(name)

    assert set_by(" ".join(names)) == names[:12]


def test_new_tags_are_known_when_it_looks_again() -> None:
    assert set_by("Hafen") == []
    tag("Hafen")
    recognising.forget()

    assert set_by("Hafen") == ["Hafen"]


def test_copy_of_the_wire_gets_them_after_the_agencys_own() -> None:
    by = delivering.feed("publish")
    tag("Beton", "set")
    make.tag("Verkehr")

    take(sent(keywords=("Verkehr",), body="<p>Der Beton bröckelt. Beton altert.</p>"), by)

    assert [found.name for found in delivering.article_of().tags.order_by("taggings__position")] == ["Verkehr", "Beton"]


def test_editors_are_offered_what_the_article_does_not_have(client: Client) -> None:
    client.force_login(make.editor("Redakteur"))
    tag("Hafen", "suggest")
    article = make.article("Hafen und Kanal", tags=["Kanal"])
    recognising.forget()

    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert 'data-add-tag="Hafen"' in page
    assert 'data-add-tag="Kanal"' not in page
