"""Pictures of feed entries: each with its own caption and credit, whatever order they stand in."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

import pytest

from articles.wire import media_rss
from articles.wire.item import FormatError, WirePicture

CONTENT = '<m:content url="https://b.example/{0}.jpg" type="image/jpeg" width="{1}" height="80">{2}</m:content>'


def _feed(*entries: str, kind: str = "item") -> str:
    inner = "".join(f"<{kind}>{entry}</{kind}>" for entry in entries)
    return f'<rss xmlns:m="http://search.yahoo.com/mrss/"><channel>{inner}</channel></rss>'


def _content(name: str = "a", width: int = 120, inner: str = "") -> str:
    return CONTENT.format(name, width, inner)


def _pictures(entry: str, *, kind: str = "item") -> tuple[WirePicture, ...]:
    return media_rss.taken_out(_feed(entry, kind=kind))[1][0]


def test_reads_a_picture_with_all_it_says() -> None:
    inner = "<m:credit>über tnd</m:credit><m:description>Brücke</m:description>"

    (picture,) = _pictures(_content("a", 120, inner))

    assert picture == WirePicture(
        guid="https://b.example/a.jpg",
        href="https://b.example/a.jpg",
        filename="a.jpg",
        caption="Brücke",
        credit="über tnd",
        content_type="image/jpeg",
        width=120,
        height=80,
    )


@pytest.mark.parametrize("kind", ["item", "entry"])
def test_reads_pictures_of_both_kinds_of_feeds(kind: str) -> None:
    assert [picture.filename for picture in _pictures(_content("a"), kind=kind)] == ["a.jpg"]


def test_each_picture_keeps_its_own_caption() -> None:
    one = _content("a", inner="<m:description>Erstes</m:description>")
    two = _content("b", inner="<m:description>Zweites</m:description>")

    assert [picture.caption for picture in _pictures(one + two)] == ["Erstes", "Zweites"]


def test_a_caption_of_the_entry_is_for_pictures_without_one() -> None:
    entry = "<m:description>Allgemein</m:description>" + _content("a")

    assert [picture.caption for picture in _pictures(entry)] == ["Allgemein"]


def test_of_a_group_the_widest_is_taken_once() -> None:
    group = f"<m:group>{_content('s', 240)}{_content('l', 1200)}{_content('xl', 9000)}<m:credit>tnd</m:credit></m:group>"

    (picture,) = _pictures(group)

    assert (picture.filename, picture.credit) == ("l.jpg", "tnd")


def test_a_group_of_films_has_no_picture() -> None:
    film = '<m:content url="https://b.example/f.mp4" type="video/mp4"/>'

    assert _pictures(f"<m:group>{film}</m:group>{film}") == ()


@pytest.mark.parametrize(
    ("attributes", "count"),
    [
        ('url="https://b.example/a" medium="image"', 1),
        ('url="https://b.example/a.webp"', 1),
        ('url="https://b.example/a.jpg" medium="video"', 0),
        ('url="https://b.example/a"', 0),
        ('url="a.jpg" medium="image"', 0),
        ('medium="image"', 0),
    ],
)
def test_tells_pictures_from_other_media(attributes: str, count: int) -> None:
    assert len(_pictures(f"<m:content {attributes}/>")) == count


def test_a_thumbnail_serves_only_where_nothing_else_does() -> None:
    thumbnail = '<m:thumbnail url="https://b.example/t.jpg" width="75" height="50"/>'

    assert [picture.filename for picture in _pictures(thumbnail + thumbnail)] == ["t.jpg"]
    assert [picture.filename for picture in _pictures(thumbnail + _content("a"))] == ["a.jpg"]


@pytest.mark.parametrize("inner", ["<url>https://b.example/i.jpg</url>", "https://b.example/i.jpg"])
def test_reads_a_plain_image_element(inner: str) -> None:
    assert [picture.filename for picture in _pictures(f"<image>{inner}</image>")] == ["i.jpg"]


def test_each_address_counts_once() -> None:
    twice = [media_rss.picture("https://b.example/a.jpg", caption="Erstes"), media_rss.picture("https://b.example/a.jpg")]

    assert [picture.caption for picture in media_rss.unique(twice)] == ["Erstes"]


def test_takes_no_more_than_fifty() -> None:
    many = (media_rss.picture(f"https://b.example/{number}.jpg") for number in range(80))

    assert len(media_rss.unique(many)) == 50


def test_entries_and_pictures_keep_their_order() -> None:
    _text, pictures = media_rss.taken_out(_feed(_content("a"), "<title>Ohne</title>", _content("c")))

    assert [[picture.filename for picture in found] for found in pictures] == [["a.jpg"], [], ["c.jpg"]]


def test_hands_the_feed_back_without_media() -> None:
    entry = f"<title>Brücke</title>{_content('a', inner='<m:description>Bild</m:description>')}<description>Text</description>"

    text, _found = media_rss.taken_out(_feed(entry))

    assert "<title>Brücke</title>" in text
    assert "<description>Text</description>" in text
    assert "Bild" not in text


def test_a_feed_without_media_comes_back_letter_by_letter() -> None:
    feed = _feed("<title>Brücke &amp; mehr</title>")

    assert media_rss.taken_out(feed) == (feed, [()])


def test_a_feed_that_is_not_well_formed_is_not_guessed_at() -> None:
    with pytest.raises(ParseError):
        media_rss.taken_out(_feed("<title>A & B</title>"))


def test_refuses_nesting_beyond_reason() -> None:
    with pytest.raises(FormatError) as fault:
        media_rss.taken_out(_feed("<a>" * 10_000 + "</a>" * 10_000))
    assert fault.value.code == "too-deep"


@pytest.mark.parametrize("width", ["breit", "-5", "1e9", "99999999999", None])
def test_strange_widths_are_unknown(width: object) -> None:
    assert media_rss.picture("https://b.example/a.jpg", width=width, height=width).width == 0
