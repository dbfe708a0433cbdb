"""Copy nobody would write: cleaning and reading never fail, never grow without bound, never let a script through."""

from __future__ import annotations

import re
import unicodedata

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.html import clean, drop_repeated_lead, from_text, paragraphs, plain, reading_minutes, split_dateline, words

HOUSE_TAGS = "p h2 h3 ul ol li blockquote strong em a br table thead tbody tr th td caption sub sup code"
TAGS = set(HOUSE_TAGS.split())
KILOBYTES = 100_000
BAR_LIST = (
    "<p>|</p>|<b>|</b>|<strong>|<em>|</em>|<i>|<a href=/x>|<a href='https://x.de'>|<a href=javascript:x>|</a>|<ul>|</ul>|<ol>|"
    "<li>|</li>|<table>|<tr>|<td>|</td>|<th scope=row>|<caption>|</table>|<tfoot>|<thead>|<blockquote>|</blockquote>|<div>|"
    "</div>|<h1>|<h2>|</h2>|<h5>|<br>|<hr>|<sub>|</sub>|<sup>|<code>|</code>|<button>|</button>|<select>|<option>|<pre>|"
    "<script>|</script>|<style>|<svg>|</svg>|<math>|<title>|<textarea>|<template>|<form>|<!--|-->|<![CDATA[|]]>|<?|"
    "&amp;|&lt;|&gt;|&nbsp;|&#0;|&#x202e;|&#x338;|&quot|<|>|x|&|\"|'|=|/|Wort|(|)|„|“| |\n|\n\n|\t|\u00a0|\x00|\u202e|\ud800|"
    "\u0308|\u0338|\r|ö|o"
)
PIECES = st.sampled_from(BAR_LIST.split("|"))
HOSTILE = st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters(exclude_categories=()), max_size=60)

LONG = {
    "open paragraphs": "<p>x",
    "open lists": "<ul><li>x",
    "open quotes": "<blockquote>x",
    "open tables": "<table><tr><td>x",
    "open formatting": "<b><i><em><strong><code><p>x",
    "open links": "<a href=/x>y",
    "less-than signs": "<",
    "half tags": "<a ",
    "half attributes": "<a href='",
    "ampersands": "&",
    "line breaks": "<br>x",
    "blank lines": "\n\nx",
    "blanks": " ",
    "no-break spaces": "\u00a0",
    "zeros": "\x00",
    "comments": "<!--",
    "loose accents": "\u0308",
    "words": "Wort ",
}


def is_allowed(html: str) -> bool:
    """Whether an independent allow-list finds nothing to take away."""
    kept = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}, "th": {"scope"}}, link_rel=None)
    return kept.replace("&nbsp;", "\u00a0").replace("&#824;", "\u0338") == html.replace("&#824;", "\u0338").replace("&#x27;", "'")


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html)

    assert clean(once) == once


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_only_allowed_tags_and_attributes_come_out(html: str) -> None:
    cleaned = clean(html)

    assert is_allowed(cleaned)
    assert set(re.findall(r"</?([a-z0-9]+)", cleaned)) <= TAGS
    assert not re.findall(r'href="(?!https?://|mailto:|/)', cleaned)


@settings(deadline=None)
@given(HOSTILE)
def test_clean_copy_survives_composing_and_encoding(html: str) -> None:
    cleaned = clean(html)

    assert clean(unicodedata.normalize("NFC", cleaned)) == cleaned
    assert cleaned.encode().decode() == cleaned


@settings(deadline=None)
@given(HOSTILE)
def test_paragraphs_are_neither_empty_nor_ragged(html: str) -> None:
    for paragraph in paragraphs(html):
        assert paragraph
        assert paragraph == paragraph.strip(" \t\n\u00a0")
        assert "  " not in paragraph
        assert "\n" not in paragraph


@settings(deadline=None)
@given(HOSTILE)
def test_cleaning_does_not_change_what_is_read(html: str) -> None:
    assert plain(clean(html)) == plain(html)
    assert words(clean(html)) == words(html)


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_no_reader_of_copy_ever_fails(lead: str, html: str) -> None:
    dateline, rest = split_dateline(html)

    assert dateline or rest == html
    assert len(plain(drop_repeated_lead(lead, html))) <= len(plain(html))
    assert reading_minutes(html) >= 1


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_plain_text_comes_back_word_for_word(text: str) -> None:
    html = from_text(text)

    assert is_allowed(html)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p"}
    assert plain(html) == plain(from_text(plain(html)))


@pytest.mark.parametrize("name", LONG)
def test_a_hundred_kilobytes_of_nonsense_stay_within_bounds(name: str) -> None:
    html = (LONG[name] * KILOBYTES)[:KILOBYTES]

    cleaned = clean(html)

    assert len(cleaned) <= 8 * KILOBYTES
    assert clean(cleaned) == cleaned


def test_formatting_tags_with_ever_new_attributes_do_not_multiply() -> None:
    html = "".join(f"<b id={number}><p>{number}" for number in range(5_000))

    cleaned = clean(html)

    assert len(cleaned) <= 5 * len(html)
    assert cleaned.endswith("<p><strong>4999</strong></p>")


def test_a_few_dressed_formatting_tags_are_read_with_care() -> None:
    assert clean('<p><b title="a > b">fett</b></p>') == "<p><strong>fett</strong></p>"


def test_nesting_ends_somewhere_and_no_word_is_lost() -> None:
    html = "".join(f"<blockquote>{number} " for number in range(60))

    cleaned = clean(html)

    assert cleaned.count("<blockquote>") == 20
    assert plain(cleaned).split() == [str(number) for number in range(60)]
    assert clean(cleaned) == cleaned


def test_deep_lists_keep_their_items_and_their_shape() -> None:
    html = "".join(f"<ul><li>{number} " for number in range(60))

    cleaned = clean(html)

    assert plain(cleaned).split() == [str(number) for number in range(60)]
    assert clean(cleaned) == cleaned
