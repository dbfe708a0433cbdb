"""Reading clean copy: blocks, plain text, words, minutes."""

from __future__ import annotations

import pytest

from articles.text.html import clean, paragraphs, plain, reading_minutes, words


def test_each_block_is_one_text() -> None:
    html = (
        "<h2>Titel</h2><p>Ein <em>schräger</em> Satz.</p><ul><li>eins</li><li>zwei<ul><li>drei</li></ul></li></ul>"
        "<blockquote><p>Zitat</p></blockquote><table><caption>Tabelle</caption><tr><th>Land</th><td>A</td></tr></table>"
    )

    assert paragraphs(html) == ["Titel", "Ein schräger Satz.", "eins", "zwei", "drei", "Zitat", "Tabelle", "Land", "A"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Erster Satz.</p><p>Zweiter Satz.</p>", "Erster Satz. Zweiter Satz."),
        ('<p>Er sagte "nein."</p><p>Sie ging.</p>', 'Er sagte "nein." Sie ging.'),
        ("<p>eins </p> <p> zwei</p>", "eins zwei"),
        ("<p>eins<br>zwei</p>", "eins zwei"),
        ("<p>A &amp; B &lt; C</p>", "A & B < C"),
        ("<p>100\u00a0000</p>", "100\u00a0000"),
        ("<p>Wort<b>teil</b></p>", "Wortteil"),
        ("bloßer Text", "bloßer Text"),
        ("<p>&amp;lt;</p>", "&lt;"),
        ("", ""),
        ("<script>x</script>", ""),
    ],
)
def test_blocks_are_joined_by_exactly_one_blank(html: str, text: str) -> None:
    assert plain(html) == text


def test_reading_needs_no_cleaning_first() -> None:
    html = "<div onclick=x>eins\n\n<b>zwei</b><script>drei</script></div>"

    assert plain(html) == plain(clean(html)) == "eins zwei"


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>Drei kleine Wörter</p>", 3),
        ("<p>Wort – und – Wort</p>", 3),
        ("<p>Ende.</p><p>Anfang</p>", 2),
        ("<p>2 Euro-Münzen</p>", 2),
        ("<p>100\u00a0000 Menschen</p>", 3),
        ("<p>... !</p>", 0),
        ("", 0),
    ],
)
def test_words_are_counted_without_dashes(html: str, count: int) -> None:
    assert words(html) == count


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (220, 1), (329, 1), (331, 2), (440, 2), (2200, 10)])
def test_two_hundred_and_twenty_words_take_a_minute(count: int, minutes: int) -> None:
    assert reading_minutes(f"<p>{'Wort ' * count}</p>") == minutes
