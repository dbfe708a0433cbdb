"""RSS 2.0 with the whole text, pictures and the moment of the last change.

Sources: the RSS Advisory Board's specification and best practices; Yahoo's Media RSS.
"""

from __future__ import annotations

from email.utils import format_datetime
from html import escape

from articles.pages.feeds.entries import FORMS, Channel, Entry, Image
from articles.text.dates import BERLIN, iso
from articles.text.elements import DECLARATION, Xml, element, elements

NAMESPACES = {
    "xmlns_atom": "http://www.w3.org/2005/Atom", "xmlns_content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns_dc": "http://purl.org/dc/elements/1.1/", "xmlns_media": "http://search.yahoo.com/mrss/",
}  # fmt: skip
JPEG = "image/jpeg"
LENGTH_UNKNOWN = "0"  # best practices: nobody opens thirty files to write a feed


def write(channel: Channel) -> str:
    head = [
        element("title", channel.title),
        element("link", channel.page),
        element("description", channel.description or channel.title),
        element("language", "de"),
        element("copyright", channel.publisher),
        element("lastBuildDate", format_datetime(channel.updated.astimezone(BERLIN))),
        element("ttl", "5"),  # minutes, as long as caches keep it
        element("image", element("url", channel.icon), element("title", channel.title), element("link", channel.page)),
        element("atom:link", href=channel.address, rel="self", type=FORMS["rss.xml"]),
        *([element("atom:link", href=channel.hub, rel="hub")] if channel.hub else []),
    ]
    return DECLARATION + element("rss", element("channel", *head, *map(_item, channel.entries)), version="2.0", **NAMESPACES)


def _item(entry: Entry) -> Xml:
    facts = entry.facts
    parts = [
        element("title", entry.title),
        element("link", facts.url),
        element("description", escape(entry.summary)),  # readers take it for HTML
        element("content:encoded", entry.html),
        elements("dc:creator", entry.authors),
        elements("category", facts.keywords),
        element("guid", entry.guid, isPermaLink="false"),
        element("pubDate", format_datetime(facts.published.astimezone(BERLIN))),
        element("atom:updated", iso(facts.modified)),
    ]
    return element("item", *parts, *(_picture(entry.image) if entry.image else ()))


def _picture(image: Image) -> tuple[Xml, Xml]:
    parts = [element("media:description", image.caption or image.alt), element("media:credit", image.credit)]
    size = {"width": str(image.width), "height": str(image.height)}
    return (
        element("enclosure", url=image.url, length=LENGTH_UNKNOWN, type=JPEG),
        element("media:content", *parts, url=image.url, type=JPEG, medium="image", **size),
    )
