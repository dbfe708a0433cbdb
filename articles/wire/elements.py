"""XML of deliveries: read without trusting it, repaired once where an agency has been careless, and turned into HTML."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from django.utils.translation import gettext as _

from articles.wire import reading
from articles.wire.item import FormatError

DEEPEST: int = 120
MOST_ATTRIBUTES: int = 200  # of one tag
MOST_TAGS: int = 400_000  # opening and closing ones; an item has a few hundred

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_STATED_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding=["']([\w.-]+)["']""")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\b[^<>\[]*(\[)?[^<>]*>", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_PREFIX = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Document:
    """root: its tags without namespaces. is_repaired: it was not well-formed as delivered."""

    root: Element
    is_repaired: bool


def read(raw: bytes, *, limit: int) -> Document:
    """Parse a delivery. Raises FormatError on too many bytes, levels or tags, on a DOCTYPE of its own, and on broken XML."""
    stated = _STATED_ENCODING.match(raw[:300])
    text = reading.decode(raw, limit=limit, declared=stated[1].decode("ascii") if stated else "")
    text = _without_doctype(_DECLARATION.sub("", text, count=1))
    if text.count("<") > MOST_TAGS:
        raise _absurd()
    root, is_repaired = _parsed(text)
    check_depth(root)
    for element in root.iter():
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise _absurd()
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return Document(root, is_repaired)


def _absurd() -> FormatError:
    return reading.unreadable(_("Diese Lieferung hat unsinnig viele Bestandteile und wird nicht gelesen."))


def _parsed(text: str) -> tuple[Element, bool]:
    try:
        return fromstring(text), False  # noqa: S314 - without a DOCTYPE there are no entities to grow
    except (ParseError, UnicodeEncodeError):
        pass
    try:
        return fromstring(_repaired(text)), True  # noqa: S314
    except (ParseError, UnicodeEncodeError):
        sentence = _("Diese Lieferung ist beschädigtes XML und ließ sich auch nicht reparieren. Bitte fordern Sie sie neu an.")
        raise reading.unreadable(sentence) from None


def _repaired(text: str) -> str:
    """The usual slips: «&» standing for itself, HTML's names for signs, controls, something in front of the root."""
    text = _ILLEGAL_REFERENCE.sub("", _ILLEGAL.sub("", text))
    return _AMPERSAND.sub(_spelled_out, text[max(text.find("<"), 0) :])


def _spelled_out(found: re.Match[str]) -> str:
    sign = entities.unescape(f"&{found[1]};") if found[1] else ""
    return sign if sign and not sign.startswith("&") else f"&amp;{found[0][1:]}"


def _without_doctype(text: str) -> str:
    """A reference to the format's DTD is harmless, as nobody fetches it; declarations of its own are refused."""
    position = 0
    while found := _BEFORE_ROOT.match(text, position):
        position = found.end()
    declared = _DOCTYPE.match(text, position)
    if declared is None and not text[position:].lstrip().startswith("<!"):
        return text
    if declared is None or declared[1]:
        raise reading.unreadable(_("Diese Lieferung bringt eigene XML-Vereinbarungen (DOCTYPE) mit und wird abgelehnt."))
    return text[declared.end() :]


def check_depth(root: Element) -> None:
    """Raises FormatError where it is nested beyond reason."""
    level = [root]
    for _depth in range(DEEPEST):
        level = [child for parent in level for child in parent]
        if not level:
            return
    raise reading.too_deep()


def first(parent: Element | None, *paths: str) -> str:
    """The text of the first of these paths that says anything, on one line."""
    return next((text for path in paths for element in found(parent, path) if (text := words(element))), "")


def found(parent: Element | None, path: str) -> list[Element]:
    return parent.findall(path) if parent is not None else []


def words(element: Element | None) -> str:
    """All text of an element on one line."""
    return reading.line(" ".join(element.itertext())) if element is not None else ""


def attribute(parent: Element | None, path: str, *names: str) -> str:
    """The first attribute of these names that says anything, of any element at the path; "." is the element itself."""
    elements = [parent] if path == "." and parent is not None else found(parent, path)
    return next((text for element in elements for name in names if (text := reading.line(element.get(name)))), "")


def language(*elements: Element | None) -> str:
    """The first xml:lang among them."""
    tags = (element.get(f"{_XML_PREFIX}lang") for element in elements if element is not None)
    return next((tag for given in tags if (tag := reading.line(given))), "")


def remove(parent: Element, is_unwanted: Callable[[Element], bool]) -> None:
    """Take elements out, wherever they stand; the text behind them stays."""
    unwanted = [(owner, child) for owner in parent.iter() for child in owner if is_unwanted(child)]
    for owner, child in unwanted:
        _keep_tail(owner, child)
        owner.remove(child)


def _keep_tail(owner: Element, child: Element) -> None:
    if not (child.tail or "").strip():
        return
    place = list(owner).index(child)
    if place:
        owner[place - 1].tail = (owner[place - 1].tail or "") + (child.tail or "")
    else:
        owner.text = (owner.text or "") + (child.tail or "")


def html(elements: list[Element]) -> str:
    """The elements as HTML; what may stay of it is the allow-list's business."""
    return "".join(tostring(element, encoding="unicode", method="html") for element in elements)
