"""Lead, dateline and body come apart, whatever an agency packs into one text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import html
from articles.wire import layout

BODY = "<p>Die Fähre fährt wieder.</p><p>Der Motor war ausgetauscht worden.</p>"


def test_leaves_copy_alone_that_repeats_nothing() -> None:
    copy = layout.arrange(headline="Fähre", lead="Drei Wochen Pause.", body=BODY, located="Kiel")

    assert copy == ("Kiel", "Drei Wochen Pause.", BODY)


def test_takes_the_dateline_out_of_the_text() -> None:
    copy = layout.arrange(headline="", lead="", body="<p>Kiel (wna) - Die Fähre fährt.</p>")

    assert copy == ("Kiel (wna)", "", "<p>Die Fähre fährt.</p>")


def test_dateline_in_the_text_wins() -> None:
    copy = layout.arrange(headline="", lead="", body="<p>Jena (wna) – Der Ausbau beginnt.</p>", located="Thüringen")

    assert copy.dateline == "Jena (wna)"


def test_takes_the_dateline_out_of_the_lead() -> None:
    copy = layout.arrange(headline="", lead="Kiel (wna) - Drei Wochen Pause.", body=BODY)

    assert copy.lead == "Drei Wochen Pause."


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "p"])
def test_drops_the_headline_repeated_over_the_text(tag: str) -> None:
    body = layout.from_markup(f"<{tag}>Fähre fährt  wieder!</{tag}>{BODY}")

    copy = layout.arrange(headline="Fähre fährt wieder", lead="", body=body)

    assert copy.body == BODY


def test_keeps_a_subheading_that_is_another() -> None:
    body = "<h2>Pause vorbei</h2>" + BODY

    assert layout.arrange(headline="Fähre fährt wieder", lead="", body=body).body == body


def test_drops_the_lead_repeated_as_first_paragraph() -> None:
    copy = layout.arrange(headline="", lead="Die Fähre fährt wieder.", body=BODY)

    assert copy == ("", "Die Fähre fährt wieder.", "<p>Der Motor war ausgetauscht worden.</p>")


def test_drops_the_repeated_lead_behind_a_dateline() -> None:
    body = BODY.replace("Die Fähre", "Kiel (wna) - Die Fähre")

    copy = layout.arrange(headline="", lead="Die Fähre fährt wieder.", body=body)

    assert copy.body == "<p>Der Motor war ausgetauscht worden.</p>"


def test_copy_of_one_paragraph_is_the_body_not_the_lead() -> None:
    copy = layout.arrange(headline="", lead="Die Fähre fährt.", body="<p>Kiel (wna) - Die Fähre fährt.</p>")

    assert copy == ("Kiel (wna)", "", "<p>Die Fähre fährt.</p>")


def test_drops_a_description_cut_off_within_a_sentence() -> None:
    copy = layout.arrange(headline="", lead="Die Fähre fährt wieder. Der Motor war ausge", body=BODY)

    assert (copy.lead, copy.body) == ("", BODY)


def test_keeps_a_lead_without_any_body() -> None:
    assert layout.arrange(headline="", lead="Nur ein Satz.", body="") == ("", "Nur ein Satz.", "")


def test_of_nothing_comes_nothing() -> None:
    assert layout.arrange(headline="", lead="", body="") == ("", "", "")


def test_drops_figures_with_their_captions() -> None:
    markup = "<p>Text</p><figure><img src='x'><div>Karl Muster</div><figcaption>Bild</figcaption></figure><p>Ende</p>"

    assert layout.from_markup(markup) == "<p>Text</p><p>Ende</p>"


def test_drops_the_head_of_a_page() -> None:
    markup = "<html><head><title>Titel</title></head><body><article><p>Text</p></article></body></html>"

    assert layout.from_markup(markup) == "<p>Text</p>"


@pytest.mark.parametrize("tag", ["script", "style"])
def test_drops_programs_with_their_text(tag: str) -> None:
    assert layout.from_markup(f"<p>Text</p><{tag}>x = 1</{tag}>") == "<p>Text</p>"


def test_drops_lines_made_for_a_layout() -> None:
    markup = '<div class="dat"><span>Försvar</span><span>TT</span></div><p>Text</p>'

    assert layout.from_markup(markup) == "<p>Text</p>"


def test_header_is_no_head() -> None:
    assert layout.from_markup("<header><p>Text</p></header>") == "<p>Text</p>"


def test_text_after_an_unclosed_figure_stays() -> None:
    assert "Ende" in layout.from_markup("<p>Text</p><figure><p>Ende</p>")


def test_thousands_of_unclosed_tags_lose_layout_but_no_word() -> None:
    markup = "<div>" * 100_000 + "<p>Erster</p><b>Zweiter</b><p>Dritter</p>"

    body = layout.from_markup(markup)

    assert body.startswith("<p>Erster</p>")
    assert "Zweiter" in body
    assert body.endswith("<p>Dritter</p>")


def test_old_markup_that_never_closes_paragraphs_is_not_too_deep() -> None:
    body = layout.from_markup("<p><b>Satz</b>" * 300)

    assert body.count("<p><strong>Satz</strong></p>") == 300


def test_makes_a_headline_of_the_first_sentence() -> None:
    assert layout.title_from("<p>Es regnet. Morgen auch.</p>") == "Es regnet"


def test_a_question_keeps_its_mark() -> None:
    assert layout.title_from("<p>Regnet es? Ja.</p>") == "Regnet es?"


def test_made_headline_ends_at_a_word_within_ninety_signs() -> None:
    title = layout.title_from(f"<p>{'Donaudampfschiff ' * 12}fährt.</p>")

    assert len(title) <= 91
    assert title == "Donaudampfschiff " * 5 + "…"


def test_no_copy_makes_no_headline() -> None:
    assert layout.title_from("") == ""


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_text_breaks_the_layout(headline: str, lead: str, markup: str) -> None:
    body = layout.from_markup(markup)

    copy = layout.arrange(headline=headline, lead=lead, body=body)

    assert "<script" not in copy.body
    assert copy.dateline == "" or copy.dateline.endswith(")")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abÄß ., -–()<>&;\u00a0\u00ad\u200b\u0308\n'»«€1"), max_size=40))
def test_a_plain_lead_is_what_reading_it_in_full_would_give(lead: str) -> None:
    in_full = html.plain(html.split_dateline(html.from_text(lead))[1]).strip() if lead else ""

    assert layout._without_dateline(lead) == in_full


@pytest.mark.parametrize("headline", ["Fähre fährt wieder", "«Fähre» fährt – wieder!", "FÄHRE FÄHRT WIEDER"])
def test_the_repeated_headline_is_known_in_any_dress(headline: str) -> None:
    assert layout.arrange(headline=headline, lead="", body=f"<h2>Fähre <strong>fährt</strong> wieder</h2>{BODY}").body == BODY
