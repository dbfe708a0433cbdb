"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from articles.pages.feeds.entries import FORMS, Channel, Entry
from articles.pages.feeds.rss import JPEG
from articles.text.dates import iso
from articles.text.elements import DECLARATION, Xml, element

NAMESPACE = "http://www.w3.org/2005/Atom"


def write(channel: Channel) -> str:
    head = [
        element("id", channel.address),
        element("title", channel.title),
        *([element("subtitle", channel.description)] if channel.description else []),
        element("link", rel="self", type=FORMS["atom.xml"], href=channel.address),
        element("link", rel="alternate", type="text/html", href=channel.page),
        *([element("link", rel="hub", href=channel.hub)] if channel.hub else []),
        element("updated", iso(channel.updated)),
        element("author", element("name", channel.publisher)),
        element("icon", channel.icon),
        element("rights", channel.publisher),
    ]
    return DECLARATION + element("feed", *head, *map(_entry, channel.entries), xmlns=NAMESPACE, xml_lang="de")


def _entry(entry: Entry) -> Xml:
    facts, image = entry.facts, entry.image
    parts = [
        element("id", entry.guid),
        element("title", entry.title),
        element("link", rel="alternate", type="text/html", href=facts.url),
        *([element("link", rel="enclosure", type=JPEG, href=image.url, title=image.alt)] if image else []),
        element("published", iso(facts.published)),
        element("updated", iso(facts.modified)),
        *(element("author", element("name", name)) for name in entry.authors),
        *(element("category", term=word) for word in facts.keywords),
        element("summary", entry.summary),
        element("content", entry.html, type="html"),
    ]
    return element("entry", *parts)
