"""Reads any HTML into a small tree of blocks that can only hold what the house prints, and prints it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from articles.text import inline
from articles.text.signs import BLANKS, visible

Attributes = list[tuple[str, str | None]]

_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "tfoot": "tbody"}
_WRAPPER_TAGS = (
    "div section article main header footer aside nav address pre figure figcaption dl dt dd center details summary fieldset form"
)
_WRAPPERS = set(_WRAPPER_TAGS.split())
_LEAVES = {"p", "h2", "h3"}
_OPENERS = {"ul", "ol", "blockquote", "table"}
_PARENTS = {
    "li": {"ul", "ol"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tr": {"table", "thead", "tbody"},
    "th": {"tr"},
    "td": {"tr"},
}
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
_IMPLIED = {"ul": "li", "ol": "li", "table": "tbody", "thead": "tr", "tbody": "tr", "tr": "td"}
_TIGHT = {"li", "th", "td", "caption"}  # a single paragraph stands in them without its tag
_SCOPES = {"col", "row", "colgroup", "rowgroup"}
_DEEPEST = 20  # containers within containers; what lies deeper is unwrapped

_READ_TAGS = _WRAPPERS | _LEAVES | _OPENERS | set(_PARENTS) | set(inline.MARK_ORDER) | set(_RENAMED) | {"br", "hr"}
_DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}
_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n")
_DRESSED = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]{0,1000}>", re.IGNORECASE | re.ASCII)
_MANY_DRESSED = 200


@dataclass(slots=True)
class Block:
    """A container with children, or a paragraph or heading with lines."""

    tag: str
    depth: int = 0
    scope: str = ""
    children: list[Block] = field(default_factory=list)
    lines: list[inline.Line] = field(default_factory=list)


def read(html: str) -> Block:
    """The copy as a tree of blocks, whatever the delivered HTML looks like."""
    builder = _Builder()
    builder.feed(_parsed(visible(html)))
    builder.close()
    builder.end_leaf()
    _is_filled(builder.root)
    return builder.root


def write(block: Block) -> str:
    if block.lines:
        return f"<{block.tag}>{inline.markup_of(block.lines)}</{block.tag}>"
    inner = "".join(_inner(block))
    scope = f' scope="{block.scope}"' if block.scope else ""
    return f"<{block.tag}{scope}>{inner}</{block.tag}>" if block.tag else inner


def leaves(block: Block) -> Iterator[Block]:
    """Paragraphs and headings in reading order, also those inside lists and tables."""
    if block.lines:
        yield block
    for child in block.children:
        yield from leaves(child)


def _parsed(html: str) -> str:
    """Well-formed HTML with known tags only, as a browser would read it.

    Browsers repeat every open formatting tag in every new paragraph unless it is the same tag more than three
    times, attributes included: 100 kB of tags with differing attributes grow to 180 MB. So many are undressed.
    """
    if len(_DRESSED.findall(html)) > _MANY_DRESSED:
        html = _DRESSED.sub(r"<\1>", html)
    return nh3.clean(
        html,
        tags=_READ_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={"a": {"href"}, "th": {"scope"}},
        link_rel=None,
    )


def _is_filled(block: Block) -> bool:
    """Drop what is empty below; cells stay while their row has one with text."""
    if block.lines:
        return True
    filled = [child for child in block.children if _is_filled(child)]
    if block.tag != "tr":
        block.children = filled
    return bool(filled)


def _inner(block: Block) -> Iterator[str]:
    paragraphs = sum(child.tag == "p" for child in block.children)
    for child in block.children:
        if child.tag == "p" and block.tag in _TIGHT and paragraphs == 1:
            yield inline.markup_of(child.lines)
        else:
            yield write(child)


class _Builder(HTMLParser):
    """Takes well-formed HTML only: every start tag but `br` and `hr` has its end tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Block("")
        self._containers = [self.root]
        self._opened: list[bool] = []  # per open block tag: did it open a container
        self._marks: dict[str, list[str]] = {tag: [] for tag in inline.MARK_ORDER}
        self._leaf = ""
        self._run: list[inline.Piece] = []
        self._is_explicit = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        name = _RENAMED.get(tag, tag)
        values = {key: value or "" for key, value in attrs}
        if name == "br":
            self._break()
        elif name == "hr":
            self.end_leaf()
        elif name in self._marks:
            self._marks[name].append(inline.address(values.get("href", "")))
        else:
            self._open(name, scope=values.get("scope", "").lower())

    def handle_endtag(self, tag: str) -> None:
        name = _RENAMED.get(tag, tag)
        if name in self._marks:
            self._marks[name].pop()
        elif self._opened:
            self.end_leaf()
            if self._opened.pop():
                self._containers.pop()

    def handle_data(self, data: str) -> None:
        data = visible(data)
        if self._is_explicit:
            self._add(data)
            return
        for number, part in enumerate(_BLANK_LINE.split(data)):
            if number:
                self.end_leaf()
            self._add(part)

    def end_leaf(self) -> None:
        tag, run, self._leaf, self._run, self._is_explicit = self._leaf, self._run, "", [], False
        if not run:
            return
        lines = inline.lines_of(run)
        groups = inline.paragraphs_of(lines) if tag == "p" else [[line for line in lines if line]]
        for group in filter(None, groups):
            parent = self._parent(tag)
            parent.children.append(Block(tag, parent.depth + 1, lines=group))

    def _open(self, name: str, *, scope: str) -> None:
        self.end_leaf()
        is_container = name in _OPENERS or self._containers[-1].tag in _PARENTS.get(name, ())
        if is_container:
            parent = self._parent(name)
            is_container = name not in _OPENERS or parent.depth < _DEEPEST
        if is_container:
            block = Block(name, parent.depth + 1, scope if name == "th" and scope in _SCOPES else "")
            parent.children.append(block)
            self._containers.append(block)
        elif name in _LEAVES:
            self._leaf, self._is_explicit = name, True
        self._opened.append(is_container)

    def _parent(self, tag: str) -> Block:
        """Where a child of that kind belongs; between a list and a paragraph an item is implied."""
        parent = self._containers[-1]
        while parent.tag in _CHILDREN and tag not in _CHILDREN[parent.tag]:
            implied = _IMPLIED[parent.tag]
            if not parent.children or parent.children[-1].tag != implied:
                parent.children.append(Block(implied, parent.depth + 1))
            parent = parent.children[-1]
        return parent

    def _break(self) -> None:
        if self._leaf:
            self._run.append(inline.LINE_BREAK)

    def _add(self, text: str) -> None:
        if not self._leaf and not text.strip(BLANKS):
            return
        self._leaf = self._leaf or "p"
        marks = tuple((tag, hrefs[-1]) for tag, hrefs in self._marks.items() if hrefs and (tag != "a" or hrefs[-1]))
        # A line feed is kept for line breaks: in copy it is a blank.
        self._run.append((text.replace("\n", " "), marks))
