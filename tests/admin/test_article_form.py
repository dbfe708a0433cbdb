"""Writing, publishing, changing and withdrawing an article through the form."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from articles.models import Article, Author, Revision, Status, Tag, TagAlias
from tests import make
from tests.admin import forms

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def tags_of(article: Article) -> list[str]:
    return list(article.taggings.order_by("position").values_list("tag__name", flat=True))


def test_a_new_article_is_a_draft_until_somebody_publishes_it(writer: Client) -> None:
    writer.post(ADD, forms.article(category=make.category().pk, _save="1"))

    article = Article.objects.get()
    assert (article.status, article.published_at, article.slug) == (Status.DRAFT, None, "kai-wird-gebaut")


def test_a_headline_is_one_line_however_it_was_typed(writer: Client) -> None:
    writer.post(ADD, forms.article(category=make.category().pk, headline=" Kai \r\n wird  gebaut ", _save="1"))

    assert Article.objects.get().headline == "Kai wird gebaut"


def test_one_click_saves_and_publishes(writer: Client) -> None:
    answer = writer.post(ADD, forms.article(category=make.category().pk, _publish="1"), follow=True)

    assert Article.objects.get().is_public()
    assert "ist öffentlich" in answer.content.decode()


def test_the_order_typed_is_the_order_of_tags_and_authors(writer: Client) -> None:
    make.author("Kofi Osei")
    make.author("Helene Kramer")
    make.tag("Seehandel")

    names = {"tag_names": "Häfen, seehandel,  Ahrensmünde , Häfen", "author_names": "Kofi Osei, Helene Kramer"}
    writer.post(ADD, forms.article(category=make.category().pk, _save="1", **names))

    article = Article.objects.get()
    assert tags_of(article) == ["Häfen", "Seehandel", "Ahrensmünde"]
    authors = article.authorships.order_by("position").values_list("author__name", flat=True)
    assert list(authors) == ["Kofi Osei", "Helene Kramer"]


def test_the_form_shows_tags_in_their_order_and_keeps_it(writer: Client) -> None:
    article = make.draft(tags=["Zoll", "Anleihen", "Märkte"])
    filled = forms.shown(writer, change(article))
    assert filled["tag_names"] == "Zoll, Anleihen, Märkte"

    writer.post(change(article), {**filled, "tag_names": "Märkte, Zoll", "_save": "1"})

    assert tags_of(article) == ["Märkte", "Zoll"]


def test_another_spelling_finds_the_tag_it_belongs_to(writer: Client) -> None:
    TagAlias.objects.create(name="EZB", tag=make.tag("Europäische Zentralbank"))

    writer.post(ADD, forms.article(category=make.category().pk, tag_names="ezb", _save="1"))

    assert tags_of(Article.objects.get()) == ["Europäische Zentralbank"]


def test_a_tag_with_the_same_address_but_another_name_is_another_tag(writer: Client) -> None:
    make.tag("C")

    writer.post(ADD, forms.article(category=make.category().pk, tag_names="C++", _save="1"))

    assert tags_of(Article.objects.get()) == ["C++"]


def test_an_unknown_author_is_named_and_nothing_is_made(writer: Client) -> None:
    data = forms.article(category=make.category().pk, author_names="Niemand", tag_names="Neu", _save="1")

    page = writer.post(ADD, data).content.decode()

    assert "«Niemand» steht nicht unter den Autoren" in page
    assert "Kai wird gebaut" in page
    assert not Article.objects.exists()
    assert not Tag.objects.filter(name="Neu").exists()


def test_two_people_of_one_name_are_told_apart_by_their_address(writer: Client) -> None:
    Author.objects.create(name="Jan Meyer", slug="jan-meyer")
    second = Author.objects.create(name="Jan Meyer", slug="jan-meyer-sport")
    data = forms.article(category=make.category().pk, _save="1")
    assert "jan-meyer, jan-meyer-sport" in writer.post(ADD, {**data, "author_names": "Jan Meyer"}).content.decode()

    writer.post(ADD, {**data, "author_names": "jan-meyer-sport"})

    article = Article.objects.get()
    assert article.authorships.get().author == second
    assert forms.shown(writer, change(article))["author_names"] == "jan-meyer-sport"


def test_plain_text_with_blank_lines_becomes_paragraphs(writer: Client) -> None:
    writer.post(ADD, forms.article(category=make.category().pk, body="Eins.\n\n5 < 6 & mehr.", _save="1"))

    assert Article.objects.get().body == "<p>Eins.</p><p>5 &lt; 6 &amp; mehr.</p>"


def test_foreign_html_is_cleaned(writer: Client) -> None:
    body = '<h1 style="color:red">Ton</h1><script>alert(1)</script><p onclick="x()">Wort <b>fett</b></p>'

    writer.post(ADD, forms.article(category=make.category().pk, body=body, _save="1"))

    assert Article.objects.get().body == "<h2>Ton</h2><p>Wort <strong>fett</strong></p>"


def test_a_teaser_of_its_own_is_written_with_the_article(writer: Client) -> None:
    article = make.article()
    filled = forms.shown(writer, change(article))

    writer.post(change(article), {**filled, "teasers-0-headline": "Kürzer", "_save": "1"})

    teaser = article.teasers.get()
    assert (teaser.headline, teaser.position) == ("Kürzer", None)


def test_a_teaser_at_a_place_is_not_touched_by_the_article(writer: Client) -> None:
    article = make.article()
    pinned = make.pin(article, make.positions()["lead"], headline="Am Platz")

    filled = forms.shown(writer, change(article))

    assert "teasers-0-id" not in filled or filled["teasers-0-id"] in ("", None)
    writer.post(change(article), {**filled, "_save": "1"})
    pinned.refresh_from_db()
    assert pinned.headline == "Am Platz"


def test_saving_nothing_keeps_everything(writer: Client) -> None:
    article = make.article(
        tags=["Zoll"], authors=["Helene Kramer"], picture=make.picture(), agency=make.agency(),
        kicker="Hafen", dateline="Kiel (nda)",
    )  # fmt: skip
    before = Article.objects.filter(pk=article.pk).values().get()

    writer.post(change(article), {**forms.shown(writer, change(article)), "_save": "1"})

    after = Article.objects.filter(pk=article.pk).values().get()
    assert after == before
    assert Revision.objects.count() == 0


def test_what_stood_there_before_can_be_read_again(writer: Client) -> None:
    article = make.article("Alte Zeile", body="<p>Altes Wort.</p>")

    data = {**forms.shown(writer, change(article)), "headline": "Neue Zeile", "body": "<p>Neues Wort.</p>", "_save": "1"}
    writer.post(change(article), data)

    article.refresh_from_db()
    revision = article.revisions.get()
    assert article.headline == "Neue Zeile"
    page = writer.get(reverse("admin:articles_article_revision", args=[article.pk, revision.version])).content.decode()
    assert "Alte Zeile" in page
    assert "Altes Wort." in page
