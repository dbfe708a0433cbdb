"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from articles.pages.feeds.entries import Channel, Entry
from articles.text.dates import iso
from articles.text.elements import clean

VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> str:
    feed = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "description": channel.description,
        "icon": channel.icon,
        "authors": [{"name": channel.publisher}],
        "language": "de",
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
        "items": [_item(entry) for entry in channel.entries],
    }
    return json.dumps(_without_empty(feed), ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    facts = entry.facts
    people = [{"name": name, "url": url} for name, url in facts.authors]
    return _without_empty(
        {
            "id": entry.guid,
            "url": facts.url,
            "title": clean(entry.title),
            "content_html": clean(entry.html),
            "summary": clean(entry.summary),
            "image": entry.image.url if entry.image else "",
            "date_published": iso(facts.published),
            "date_modified": iso(facts.modified),
            "authors": people or [{"name": name} for name in entry.authors],
            "tags": list(facts.keywords),
        }
    )


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """What may be left out is left out; `items` may be empty."""
    return {name: value for name, value in values.items() if value or name == "items"}
