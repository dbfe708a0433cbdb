"""Reads sitemaps as crawlers do, and tells what breaks the rules of sitemaps.org or of Google's extensions."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET

from django.test import Client

from tests.pages.feeds.feedreader import body, texts, tree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ORIGIN = "https://tagblatt.example"
W3C = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00")
INSIDE = {  # in the order of the schemas
    f"{SITEMAP}sitemap": [f"{SITEMAP}loc", f"{SITEMAP}lastmod"],
    f"{SITEMAP}url": [f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{IMAGE}image", f"{NEWS}news"],
    f"{NEWS}news": [f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title"],
    f"{NEWS}publication": [f"{NEWS}name", f"{NEWS}language"],
    f"{IMAGE}image": [f"{IMAGE}loc"],
}
MOST = 50_000


def read(client: Client, path: str) -> ET.Element:
    """The tree, of which no rule is broken."""
    root = tree(body(client, path))
    assert faults(root) == []
    return root


def faults(root: ET.Element) -> list[str]:
    found = [] if root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex") else [root.tag]
    found += [] if 0 < len(root) <= MOST else [f"{len(root)} entries"]
    locs = [element.text or "" for element in root.iter(f"{SITEMAP}loc")]
    found += [] if len(set(locs)) == len(locs) else ["twice the same address"]
    for element in root.iter():
        names = [child.tag for child in element]
        order = INSIDE.get(element.tag, names)
        found += [] if names == [name for name in order if name in names] else [f"{element.tag}: {names}"]
        found += _value_faults(element)
    return found


def _value_faults(element: ET.Element) -> list[str]:
    text, name = element.text or "", element.tag.rsplit("}", 1)[-1]
    if name == "loc":
        return [] if text.startswith(f"{ORIGIN}/") and len(text) < 2048 and re.fullmatch(r"[!-~]+", text) else [text]
    if name in ("lastmod", "publication_date"):
        return [] if W3C.fullmatch(text) and datetime.fromisoformat(text) else [text]
    if name == "language":
        return [] if text == "de" else [text]
    return [] if name not in ("name", "title") or text.strip() else [f"{name} is empty"]


def paths(root: ET.Element) -> list[str]:
    """Of files or pages, in order."""
    return [loc.removeprefix(ORIGIN) for entry in root for loc in texts(entry, f"{SITEMAP}loc")]


def changes(root: ET.Element) -> dict[str, str]:
    """The last change by path, where it is told."""
    told = {path: texts(entry, f"{SITEMAP}lastmod") for path, entry in zip(paths(root), root, strict=True)}
    return {path: stamps[0] for path, stamps in told.items() if stamps}
