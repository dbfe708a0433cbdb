"""Reports of readers as editors see them: a number on the start page, a list, and done."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Report
from tests import make
from tests.admin import forms

LIST = "/admin/articles/report/"


def test_the_start_page_says_how_many_are_open(writer: Client) -> None:
    assert "Leserhinweis<" not in writer.get("/admin/").content.decode()
    make.report()
    assert "1 offener Leserhinweis" in writer.get("/admin/").content.decode()
    make.report()
    make.report(state="done", done_at=make.MOMENT)
    assert "2 offene Leserhinweise" in writer.get("/admin/").content.decode()


def test_many_are_not_counted_to_the_end(writer: Client) -> None:
    Report.objects.bulk_create(Report(text="x", form=f"f{number}") for number in range(150))

    assert "Mehr als 100 offene Leserhinweise" in writer.get("/admin/").content.decode()


@pytest.mark.parametrize(("state", "seen"), [("open", "Noch offen"), ("done", "Schon erledigt")])
def test_the_list_is_narrowed_to_open_or_done(writer: Client, state: str, seen: str) -> None:
    make.report(text="Noch offen")
    make.report(text="Schon erledigt", state="done", done_at=make.MOMENT)

    rows = writer.get(LIST, {"state__exact": state}).context["cl"].result_list

    assert [row.text for row in rows] == [seen]


def test_list_and_form_lead_to_the_article(writer: Client) -> None:
    article = make.article("Kai wird gebaut")
    one = make.report(article, email="leser@example.org")
    address = reverse("admin:articles_article_change", args=[article.pk])

    assert address in writer.get(LIST).content.decode()
    form = writer.get(f"{LIST}{one.pk}/change/").content.decode()
    assert address in form
    assert "mailto:leser@example.org" in form


def test_several_are_done_at_once_and_opened_again(writer: Client) -> None:
    rows = [make.report() for _ in range(3)]
    ticked = {"_selected_action": [row.pk for row in rows[:2]]}

    writer.post(LIST, {"action": "settle_selected", **ticked})
    assert sorted(Report.objects.values_list("state", flat=True)) == ["done", "done", "open"]
    assert Report.objects.filter(done_at=None).count() == 1

    writer.post(LIST, {"action": "reopen_selected", **ticked})
    assert set(Report.objects.values_list("state", flat=True)) == {"open"}


def test_one_is_done_in_its_form_and_its_words_cannot_be_changed(writer: Client) -> None:
    one = make.report(text="So stand es da.")
    address = f"{LIST}{one.pk}/change/"

    answer = writer.post(address, {**forms.shown(writer, address), "state": "done", "text": "Anders", "email": "x@example.org"})

    assert answer.status_code == 302
    stored = Report.objects.get()
    assert (stored.state, stored.text, stored.email) == ("done", "So stand es da.", "")
    assert stored.done_at is not None


def test_what_a_reader_wrote_is_shown_as_text(writer: Client) -> None:
    one = make.report(text="<script>alert(1)</script>")

    for address in (LIST, f"{LIST}{one.pk}/change/"):
        assert b"<script>alert(1)" not in writer.get(address).content


def test_only_the_chief_deletes(writer: Client, chief: Client) -> None:
    one = make.report()
    address = reverse("admin:articles_report_delete", args=[one.pk])

    assert writer.get(address).status_code == 403
    assert chief.post(address, {"post": "yes"}).status_code == 302
    assert not Report.objects.exists()


def test_an_empty_impressum_is_told_to_who_can_fill_it(writer: Client, chief: Client, boss: Client) -> None:
    make.house()
    words = "Im Impressum fehlen Angaben"

    assert words not in writer.get("/admin/").content.decode()
    for who in (chief, boss):
        assert words in who.get("/admin/").content.decode()


def test_the_sample_is_told_as_well(boss: Client) -> None:
    make.house(publisher="X (Muster)", address="a", email="a@b.example", responsible="c")

    assert "erfundenen Angaben" in boss.get("/admin/").content.decode()
