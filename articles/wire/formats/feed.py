"""RSS 2.0, Atom and JSON Feed: what agencies offer on their web sites."""

from __future__ import annotations

import hashlib
import html as entities
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import feedparser
from django.utils.translation import gettext as _

from articles.text import html
from articles.wire import layout, media_rss, reading
from articles.wire.item import Item, Subject, WirePicture

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_STATED_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding=["']([\w.-]+)["']""")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FEED_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s*>")
_PHOTO_LINE = re.compile(r"\s*<p>\s*((?:Foto|Fotos|Bild|Symbolfoto|Archivfoto)\s*:[^<>]{1,300})</p>\s*\Z")
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b")
MOST_ENTRIES = 2000
_JSON_FEED = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry of a feed, before the house's layout. body: clean HTML; summary: plain text."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    body: str = ""
    updated: datetime | None = None
    issued: datetime | None = None
    author: str = ""
    language: str = ""
    rights: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    pictures: tuple[WirePicture, ...] = ()
    is_repaired: bool = False


def parse(raw: bytes) -> list[Item]:
    """Return the items of a feed in its order, version 0: their content decides what is new. Raises FormatError."""
    stated = _STATED_ENCODING.match(raw[:300])
    text = reading.decode(raw, limit=reading.FEED_LIMIT, declared=stated[1].decode("ascii") if stated else "").strip()
    entries = _json_entries(text) if text.startswith("{") else _xml_entries(text)
    return [_item(entry) for entry in entries]


def _item(entry: _Entry) -> Item:
    body, photo_line = _without_photo_line(entry.body)
    copy = layout.arrange(headline=entry.title, lead=entry.summary, body=body)
    return Item(
        guid=reading.guid(entry.guid or entry.link or _made_guid(entry)),
        updated=entry.updated or entry.issued,
        issued=entry.issued,
        headline=entry.title or layout.title_from(copy.body or html.from_text(copy.lead)),
        lead=copy.lead,
        byline=entry.author,
        dateline=copy.dateline,
        body=copy.body,
        language=entry.language,
        subjects=entry.subjects,
        keywords=entry.keywords,
        rights=entry.rights,
        pictures=_credited(entry.pictures, photo_line),
        note=photo_line if not entry.pictures else "",
        is_repaired=entry.is_repaired,
    )


def _made_guid(entry: _Entry) -> str:
    """The same entry without any identity gets the same one at every poll."""
    identity = f"{entry.title or html.plain(entry.body)}|{entry.issued or entry.updated}"
    return "made:" + hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:40]


def _without_photo_line(body: str) -> tuple[str, str]:
    start = body.rfind("<p>")
    found = _PHOTO_LINE.match(body, start) if start >= 0 else None
    return (body[:start].rstrip(), html.plain(found[1]).strip()) if found else (body, "")


def _credited(pictures: tuple[WirePicture, ...], photo_line: str) -> tuple[WirePicture, ...]:
    """The copy's last line "Foto: Brücke, über tnd" speaks for the first picture where that says nothing itself."""
    if not pictures or not photo_line:
        return pictures
    caption, _comma, credit = photo_line.partition(":")[2].strip().rpartition(", ")
    first = pictures[0]
    return (replace(first, caption=first.caption or caption, credit=first.credit or credit), *pictures[1:])


def _chosen_texts(full: str, short: str) -> tuple[str, str]:
    """Body and summary of two fragments of clean HTML: the short one introduces only a longer, different text."""
    summary, content = html.plain(short).strip(), html.plain(full).strip()
    if not content:
        return short, ""
    return full, summary if len(summary) < len(content) else ""


# JSON Feed 1.0, 1.1


def _json_entries(text: str) -> list[_Entry]:
    feed = reading.load_json(text)
    if not isinstance(feed, dict) or not str(feed.get("version")).startswith(_JSON_FEED):
        raise reading.unreadable(_("Diese Lieferung ist kein JSON Feed."))
    return [_json_entry(entry, feed) for entry in reading.objects(feed.get("items"))]


def _json_entry(entry: dict[str, Any], feed: dict[str, Any]) -> _Entry:
    markup, plain = reading.block(entry.get("content_html")), reading.block(entry.get("content_text"))
    summary = html.from_text(reading.block(entry.get("summary")))
    body, summary = _chosen_texts(layout.from_markup(markup) or html.from_text(plain), summary)
    tags = entry.get("tags")
    return _Entry(
        guid=reading.line(entry.get("id")),
        link=reading.line(entry.get("url")),
        title=reading.line(entry.get("title")),
        summary=summary,
        body=body,
        updated=reading.moment(entry.get("date_modified")),
        issued=reading.moment(entry.get("date_published")),
        author=_json_authors(entry) or _json_authors(feed),
        language=reading.line(entry.get("language")) or reading.line(feed.get("language")),
        keywords=reading.tags(reading.line(tag) for tag in tags) if isinstance(tags, list) else (),
        pictures=_json_pictures(entry),
    )


def _json_authors(node: dict[str, Any]) -> str:
    authors = reading.objects(node.get("authors")) or reading.objects([node.get("author")])
    return ", ".join(name for author in authors if (name := reading.line(author.get("name"))))


def _json_pictures(entry: dict[str, Any]) -> tuple[WirePicture, ...]:
    attachments = reading.objects(entry.get("attachments"))
    enclosed = [(node.get("url"), reading.line(node.get("mime_type"))) for node in attachments]
    addresses = [(entry.get("image") or entry.get("banner_image"), ""), *enclosed]
    kept = [(address, kind) for address, kind in addresses if not kind or kind.startswith("image/")]
    return media_rss.unique(media_rss.picture(address, content_type=kind) for address, kind in kept)


# RSS, Atom


def _xml_entries(text: str) -> list[_Entry]:
    text = _ILLEGAL.sub("", _DECLARATION.sub("", text, count=1))
    _refuse_document_type(text)
    if len(_ENTRY.findall(text)) > MOST_ENTRIES:
        raise reading.unreadable(_("Dieser Feed hat mehr als %d Einträge und wird nicht gelesen.") % MOST_ENTRIES)
    media: list[tuple[WirePicture, ...]] = []
    is_broken = False
    try:
        text, media = media_rss.taken_out(text)
    except ParseError:
        is_broken = True
        _refuse_cut_off(text)  # feedparser reads on over a bare "&"; nobody can read on over a missing end
    parsed = feedparser.parse(io.BytesIO(text.encode("utf-8", "ignore")), sanitize_html=False)
    if not parsed.version:
        raise reading.unreadable(_("Diese Lieferung ist weder RSS noch Atom."))
    media = media if len(media) == len(parsed.entries) else [()] * len(parsed.entries)
    entries = (_xml_entry(entry, parsed.feed, found) for entry, found in zip(parsed.entries, media, strict=True))
    return [replace(entry, is_repaired=is_broken) for entry in entries]


def _refuse_document_type(text: str) -> None:
    """A feed needs none, and entities declared in one can fill all memory."""
    position = 0
    while found := _BEFORE_ROOT.match(text, position):
        position = found.end()
    if text[position:].lstrip().startswith("<!"):
        raise reading.unreadable(_("Dieser Feed bringt eigene XML-Vereinbarungen (DOCTYPE) mit und wird abgelehnt."))


def _refuse_cut_off(text: str) -> None:
    if not _FEED_END.search(text[-1000:]):
        raise reading.unreadable(_("Dieser Feed bricht mittendrin ab. Er wird beim nächsten Abruf neu gelesen."))


def _xml_entry(entry: Any, feed: Any, media: tuple[WirePicture, ...]) -> _Entry:
    contents = sorted(entry.get("content", []), key=lambda content: "html" not in content.get("type", ""))
    full = next((text for content in contents if (text := _fragment(content))), "")
    summary = {"type": entry.get("summary_detail", {}).get("type"), "value": entry.get("summary", "")}
    body, summary_text = _chosen_texts(full, _fragment(summary))
    subjects = _categories(entry)
    return _Entry(
        guid=reading.line(entry.get("id")),
        link=reading.line(entry.get("link")),
        title=_title(entry),
        summary=summary_text,
        body=body,
        updated=reading.moment(entry.get("updated")) if "updated" in entry else None,
        issued=reading.moment(entry.get("published")),
        author=", ".join(name for author in entry.get("authors", []) if (name := reading.line(author.get("name")))),
        language=reading.line(entry.get("language")) or reading.line(feed.get("language")),
        rights=reading.line(entry.get("rights")) or reading.line(feed.get("rights")),
        subjects=subjects,
        keywords=reading.tags(subject.name for subject in subjects),
        pictures=media_rss.unique([*media, *_enclosures(entry)]),
    )


def _fragment(content: dict[str, Any]) -> str:
    value = reading.block(content.get("value"))
    return html.from_text(value) if content.get("type") == "text/plain" else layout.from_markup(value)


def _title(entry: Any) -> str:
    title = reading.block(entry.get("title"))
    if "html" in entry.get("title_detail", {}).get("type", ""):
        return reading.line(html.plain(layout.from_markup(title)))
    return reading.line(entities.unescape(title))


def _categories(entry: Any) -> tuple[Subject, ...]:
    terms = [(reading.line(tag.get("term")), reading.line(tag.get("label"))) for tag in entry.get("tags", [])]
    found = [_subject(reading.topic(term), label) for term, label in terms if term or label]
    return tuple(dict.fromkeys(found))[: reading.MOST_TAGS]


def _subject(term: str, label: str) -> Subject:
    return Subject(term, label) if term.startswith("medtop:") else Subject("", label or term)


def _enclosures(entry: Any) -> Iterable[WirePicture]:
    for enclosure in entry.get("enclosures", []):
        if str(enclosure.get("type", "")).startswith("image/"):
            yield media_rss.picture(enclosure.get("href"), content_type=reading.line(enclosure.get("type")))
