"""Reads feeds as programs do: the tree, the rules of each format, and what feedparser makes of it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
from django.test import Client

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"
FORMS = ("rss.xml", "atom.xml", "feed.json")
IRI = re.compile(r"https?://[^\s]+")


def tree(text: str) -> ET.Element:
    """Raises ParseError for what is ill-formed."""
    return ET.fromstring(text.encode())  # noqa: S314 - our own pages


def rss(client: Client, path: str = "/") -> ET.Element:
    """The channel."""
    channel = tree(body(client, f"{path}rss.xml")).find("channel")
    assert channel is not None
    return channel


def atom(client: Client, path: str = "/") -> ET.Element:
    return tree(body(client, f"{path}atom.xml"))


def jsonfeed(client: Client, path: str = "/") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body(client, f"{path}feed.json"))
    return found


def parsed(client: Client, path: str) -> Any:
    """What feedparser makes of it; ill-formed XML would make it «bozo»."""
    response = client.get(path)
    headers = {"content-type": response.headers["Content-Type"], "content-location": f"https://tagblatt.example{path}"}
    found = feedparser.parse(response.content, response_headers=headers, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    text: str = response.content.decode()
    return text


def texts(element: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(name)]


def text(element: ET.Element, name: str) -> str:
    [found] = texts(element, name)
    return found


def rss_faults(channel: ET.Element) -> list[str]:
    """Against the RSS Advisory Board's specification."""
    faults = [f"channel: {name}" for name in ("title", "link", "description") if len(texts(channel, name)) != 1]
    self_links = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    faults += [] if len(self_links) == 1 else ["self link"]
    items = channel.findall("item")
    guids = [text(item, "guid") for item in items]
    faults += [] if len(set(guids)) == len(guids) else ["guids"]
    for item in items:
        once = ("title", "link", "description", "guid", "pubDate", CONTENT)
        faults += [f"item: {name}" for name in once if len(texts(item, name)) != 1]
        faults += [] if parsedate_to_datetime(text(item, "pubDate")).tzinfo else ["pubDate"]
        for enclosure in item.findall("enclosure"):
            sound = IRI.match(enclosure.get("url", "")) and enclosure.get("length", "").isdigit() and enclosure.get("type")
            faults += [] if sound else ["enclosure"]
    return faults


def atom_faults(feed: ET.Element) -> list[str]:
    """Against RFC 4287, section 4."""
    faults = [f"feed: {name}" for name in ("id", "title", "updated") if len(texts(feed, f"{ATOM}{name}")) != 1]
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        faults += [f"{name}" for name in ("id", "title", "updated") if len(texts(element, f"{ATOM}{name}")) != 1]
        faults += [] if datetime.fromisoformat(text(element, f"{ATOM}updated")).tzinfo else ["updated"]
        faults += [] if IRI.fullmatch(text(element, f"{ATOM}id")) else ["id"]
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        faults += [] if len(alternates) == 1 else ["alternate"]
    faults += ["author"] if feed.find(f"{ATOM}author") is None else []
    ids = [text(entry, f"{ATOM}id") for entry in entries]
    return faults + ([] if len(set(ids)) == len(ids) else ["ids"])


def json_faults(feed: dict[str, Any]) -> list[str]:
    """Against JSON Feed 1.1."""
    faults = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["version"]
    faults += [name for name in ("title", "home_page_url", "feed_url") if not isinstance(feed.get(name), str)]
    ids = [item.get("id") for item in feed["items"]]
    faults += [] if all(isinstance(one, str) and one for one in ids) and len(set(ids)) == len(ids) else ["ids"]
    for item in feed["items"]:
        faults += [] if item.get("content_html") or item.get("content_text") else ["content"]
        faults += [] if all(author.get("name") for author in item.get("authors", [])) else ["authors"]
        faults += [name for name in ("url", "image") if name in item and not IRI.fullmatch(item[name])]
        faults += [name for name in ("date_published", "date_modified") if not datetime.fromisoformat(item[name]).tzinfo]
    return faults
