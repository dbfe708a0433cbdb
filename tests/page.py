"""Reads a page as tests do: a small tree with text, classes and attributes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Node:
    """One element; `text` joins everything printed inside it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __iter__(self) -> Iterator[Node]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def line(self) -> str:
        """The text with runs of white space (but not no-break spaces) as one blank."""
        return " ".join(part for part in self.text.replace("\u00a0", "\u0000").split() if part).replace("\u0000", "\u00a0")

    def all(self, wanted: str) -> list[Node]:
        """`h3`, `.teaser`, `p.meta`, `#weitere`."""
        tag, _, css = wanted.partition(".")
        if wanted.startswith("#"):
            return [node for node in self if node.attributes.get("id") == wanted[1:]]
        return [node for node in self if (not tag or node.tag == tag) and (not css or css in node.classes)]

    def one(self, wanted: str) -> Node:
        found = self.all(wanted)
        assert len(found) == 1, f"{len(found)} of {wanted}"
        return found[0]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.open
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.open = node.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read(response: Any) -> Node:
    """The page's tree, from a response of the test client."""
    builder = _Builder()
    builder.feed(response.content.decode())
    return builder.root


def json_ld(page: Node) -> dict[str, dict[str, Any]]:
    """What machines are told, by type."""
    graph = json.loads(page.one("script").text)["@graph"]
    return {entry["@type"]: entry for entry in graph}


def close(response: Any) -> None:
    """To close a response ends its request, and with that the connection of the test's own transaction: not here."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
