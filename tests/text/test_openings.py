"""What agencies put in front of their copy: the lead a second time, and the dateline."""

from __future__ import annotations

import pytest

from articles.text.html import clean, drop_repeated_lead, plain, split_dateline

LEAD = "Der Bundestag hat «das Gesetz» beschlossen."


@pytest.mark.parametrize(
    "first",
    [
        "<p>Der Bundestag hat «das Gesetz» beschlossen.</p>",
        "<p>Der  Bundestag\nhat «das Gesetz» beschlossen. </p>",
        "<p>Der Bundestag hat „das Gesetz“ beschlossen.</p>",
        '<p>Der Bundestag hat "das Gesetz" beschlossen.</p>',
        "<p><strong>Der Bundestag hat das Gesetz beschlossen.</strong></p>",
        "<p>DER BUNDESTAG hat\u00a0das GESETZ beschlossen.</p>",
        "<p>Der Bundestag<br>hat das Gesetz beschlossen.</p>",
    ],
)
def test_a_lead_sent_twice_is_dropped_from_the_body(first: str) -> None:
    assert drop_repeated_lead(LEAD, f"{first}<p>Weiter.</p>") == "<p>Weiter.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Der Bundestag hat das Gesetz nicht beschlossen.</p><p>Weiter.</p>",
        f"<p>Vorher.</p><p>{LEAD}</p>",
        f"<h2>{LEAD}</h2><p>Weiter.</p>",
        f"<ul><li>{LEAD}</li></ul>",
        "",
    ],
)
def test_any_other_opening_stays(html: str) -> None:
    assert drop_repeated_lead(LEAD, html) == html


@pytest.mark.parametrize("lead", ["", "   ", "«»", "\u00a0"])
def test_an_empty_lead_drops_nothing(lead: str) -> None:
    assert drop_repeated_lead(lead, "<p>«»</p><p>Text</p>") == "<p>«»</p><p>Text</p>"


def test_a_body_that_is_nothing_but_the_lead_becomes_empty() -> None:
    assert drop_repeated_lead(LEAD, f"<p>{LEAD}</p>") == ""


def test_only_one_repetition_is_dropped() -> None:
    assert drop_repeated_lead(LEAD, f"<p>{LEAD}</p>" * 2) == f"<p>{LEAD}</p>"


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("Washington (dpa) – ", "Washington (dpa)"),
        ("Washington (dpa) - ", "Washington (dpa)"),
        ("Washington (dpa) — ", "Washington (dpa)"),
        ("Berlin/Paris (dts) - ", "Berlin/Paris (dts)"),
        ("Kiel (wna) - ", "Kiel (wna)"),
        ("Hannover (dpa/lni) – ", "Hannover (dpa/lni)"),
        ("Frankfurt/Main (dpa-AFX) - ", "Frankfurt/Main (dpa-AFX)"),
        ("St. Petersburg (AFP) – ", "St. Petersburg (AFP)"),
        ("Washington, D.C. (Reuters) – ", "Washington, D.C. (Reuters)"),
        ("Ürümqi (dpa) –\u00a0", "Ürümqi (dpa)"),
        ("Frankfurt am Main (dpa) – ", "Frankfurt am Main (dpa)"),
        ("Rothenburg ob der Tauber (dpa) – ", "Rothenburg ob der Tauber (dpa)"),
        ("Berlin(dpa) – ", "Berlin (dpa)"),
        ("Berlin\u00a0(dpa)\u00a0– ", "Berlin (dpa)"),
        ("Berlin (dpa) –", "Berlin (dpa)"),
        ("Rio de Janeiro/Buenos Aires/Santiago (epd) – ", "Rio de Janeiro/Buenos Aires/Santiago (epd)"),
    ],
)
def test_a_dateline_is_parted_from_the_copy(opening: str, dateline: str) -> None:
    found, body = split_dateline(f"<p>{opening}Der Präsident (79) sprach – lange.</p><p>Dann ging er.</p>")

    assert found == dateline
    assert body == "<p>Der Präsident (79) sprach – lange.</p><p>Dann ging er.</p>"


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p><strong>Kiel (wna)</strong> - Das <em>Meer</em>.</p>", "<p>Das <em>Meer</em>.</p>"),
        ("<p><strong>Kiel (wna) - Das</strong> Meer.</p>", "<p><strong>Das</strong> Meer.</p>"),
        ("<p><b>Kiel</b> <i>(wna)</i> - Das Meer.<br>Rauscht.</p>", "<p>Das Meer.<br>Rauscht.</p>"),
        ("<p>Kiel (wna) -<br>Das Meer.</p>", "<p>Das Meer.</p>"),
        ("<p>Kiel<br>(wna) - Das Meer.</p>", "<p>Das Meer.</p>"),
        ('<p>Kiel (wna) - <a href="/x">Das</a> Meer.</p>', '<p><a href="/x">Das</a> Meer.</p>'),
        ("<p>Kiel (wna) -</p><p>Das Meer.</p>", "<p>Das Meer.</p>"),
        ("Kiel (wna) - Das Meer.\n\nRauscht.", "<p>Das Meer.</p><p>Rauscht.</p>"),
    ],
)
def test_tags_around_the_dateline_do_no_harm(html: str, body: str) -> None:
    assert split_dateline(html) == ("Kiel (wna)", body)


@pytest.mark.parametrize(
    "text",
    [
        "Der Präsident sprach (lange) – und ging.",
        "Angela Merkel (CDU) – die Kanzlerin – sprach.",
        "Robert Habeck (Grüne) - der Minister - sprach.",
        "Olaf Scholz (66) – der Kanzler.",
        "Berlin (dpa)-Der Text ohne Blank.",
        "Berlin (dpa) Der Text ohne Strich.",
        "berlin (dpa) – klein geschrieben.",
        "Berlin (d) – zu kurz.",
        "Berlin (Deutschepresseagentur) – zu lang.",
        "Er fragte: Wo? Berlin (dpa) – Text.",
        "Sie haben (Vorkommen von) Gold.",
        "W" * 61 + " (dpa) – zu lang.",
        "(dpa) – ohne Ort.",
        "",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    html = f"<p>{text}</p>"

    assert split_dateline(html) == ("", html)


def test_a_dateline_further_down_stays_where_it_is() -> None:
    html = "<p>Vorspann.</p><p>Kiel (wna) - Das Meer.</p>"

    assert split_dateline(html) == ("", html)
    assert split_dateline("<h2>Kiel (wna) - Das Meer.</h2>") == ("", "<h2>Kiel (wna) - Das Meer.</h2>")


def test_dateline_and_body_together_say_what_was_sent() -> None:
    html = clean("<p>Washington (dpa) – Der Präsident sprach.</p>")

    dateline, body = split_dateline(html)

    assert f"{dateline} – {plain(body)}" == plain(html)
