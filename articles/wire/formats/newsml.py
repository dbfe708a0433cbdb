"""NewsML-G2: items alone, in messages, in packages; their text as XHTML, NITF or plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.utils.translation import gettext as _

from articles.text import html
from articles.wire import elements, layout, nitf_text, notes, reading
from articles.wire.item import LOWEST_URGENCY, USUAL_URGENCY, Item, Signal, Status, Subject, WirePicture
from articles.wire.nitf_text import Text
from articles.wire.notes import Note

ITEMS = ("newsItem", "packageItem", "planningItem", "conceptItem", "knowledgeItem", "catalogItem")
_STATUS: dict[str, Status] = {"": "usable", "usable": "usable", "withheld": "withheld"}
_STATUS |= {"canceled": "canceled", "cancelled": "canceled", "withdrawn": "canceled"}
_SIGNALS: dict[str, Signal] = {"correction": "correction", "update": "update"}
_PICTURE_KINDS = frozenset({"picture", "graphic", "photo"})
_NOT_COPY = frozenset({"head", "header", "footer", "figure", "aside", "script", "style"})
_NOT_COPY_CLASSES = ("np-nonpublic", "notepad", "np-public", "teaser")


def parse(raw: bytes) -> list[Item]:
    """Return the items of a delivery, also of a message of several. Raises FormatError with those that could be read."""
    document = elements.read(raw, limit=reading.FEED_LIMIT)
    found = _item_elements(document.root)
    if not found:
        raise reading.unreadable(_("Diese Lieferung enthält keine Meldung im Format NewsML-G2."))
    beside = {guid: element for element in found if (guid := element.get("guid")) and _kind(element) == "picture"}
    return reading.each(found, lambda element: _item(element, beside, is_repaired=document.is_repaired))


def without(raw: bytes, guid: str) -> bytes:
    """The message without the item of that identity, written anew; nothing where no other item is left."""
    root = elements.read(raw, limit=reading.FEED_LIMIT).root
    elements.remove(root, lambda element: element.tag in ITEMS and reading.line(element.get("guid")) == guid)
    if not _item_elements(root) or reading.line(root.get("guid")) == guid:
        return b""
    return tostring(root, encoding="unicode").encode("utf-8")


def _item_elements(root: Element) -> list[Element]:
    if root.tag in ITEMS or root.tag == "contentSet":
        return [root]
    return [element for element in root.iter() if element.tag in ITEMS]


def _item(element: Element, beside: dict[str, Element], *, is_repaired: bool) -> Item:
    meta, about = element.find("itemMeta"), element.find("contentMeta")
    sent, told, signal = _content(element), list(_notes(meta)), _signal(meta)
    note = "\n".join(filter(None, [notes.for_editors(told, signal=signal), sent.note]))
    signal = signal or ("correction" if notes.is_correction(note) else "")
    headline = _headlines(about, 0) or sent.headline
    stated = reading.dateline(elements.first(about, "dateline")) or sent.dateline or elements.first(about, "located/name")
    copy = layout.arrange(headline=headline, lead=_lead(about) or sent.lead, body=sent.body, located=stated)
    embargo, embargo_unreadable = _embargo(meta, note)
    return Item(
        signal=signal,
        embargo=embargo,
        embargo_unreadable=embargo_unreadable,
        headline=headline,
        subhead=_headlines(about, 1) or sent.subhead,
        lead=copy.lead,
        byline=elements.first(about, "by") or sent.byline,
        dateline=copy.dateline,
        body=copy.body,
        note=note,
        correction_note=notes.correction(told) if signal == "correction" else "",
        pictures=_pictures(element, sent, beside),
        is_repaired=is_repaired,
        **_order(element, meta),
        **_about(element, meta, about),
    )


def _order(element: Element, meta: Element | None) -> dict[str, Any]:
    """What it is among deliveries."""
    return {
        "guid": reading.guid(element.get("guid")),
        "version": reading.version(element.get("version")),
        "updated": reading.moment(elements.first(meta, "versionCreated")),
        "issued": reading.moment(elements.first(meta, "firstCreated")),
        "status": _status(meta),
        "expires": reading.moment(elements.attribute(element, "rightsInfo", "validto")),
        "kind": _kind(element),
    }


def _about(element: Element, meta: Element | None, about: Element | None) -> dict[str, Any]:
    """What is said about the copy."""
    return {
        "urgency": reading.whole(elements.first(about, "urgency"), low=1, high=LOWEST_URGENCY, default=USUAL_URGENCY),
        "kicker": elements.first(about, "slugline") or _headlines(about, 2),
        "language": elements.attribute(about, "language", "tag") or elements.language(element),
        "subjects": _subjects(about),
        "keywords": reading.tags(elements.words(keyword) for keyword in elements.found(about, "keyword")),
        "places": reading.tags(filter(None, (_name(subject) for subject in _of_places(about)))),
        "countries": reading.countries(_countries(about)),
        "genres": reading.tags(_name(genre) for genre in elements.found(about, "genre")),
        "source": _source(meta, about),
        "rights": _rights(element),
    }


def _kind(element: Element) -> str:
    """The class of the item: text, picture, video, …; a list of other items is a package."""
    if element.tag not in {"newsItem", "contentSet"}:
        return element.tag.removesuffix("Item")
    stated = elements.attribute(element, "itemMeta/itemClass", "qcode", "uri").lower().replace("/", ":").rpartition(":")[2]
    if stated in _PICTURE_KINDS:
        return "picture"
    return "text" if stated in {"", "text", "composite"} else stated


def _status(meta: Element | None) -> Status:
    """Missing means usable; a word nobody knows means: not for readers until somebody has looked."""
    stated = elements.attribute(meta, "pubStatus", "qcode", "uri", "literal").lower()
    return _STATUS.get(stated.replace("/", ":").rpartition(":")[2], "withheld")


def _signal(meta: Element | None) -> Signal:
    said = {element.get("qcode", "").lower().rpartition(":")[2] for element in elements.found(meta, "signal")}
    return next((_SIGNALS[word] for word in ("correction", "update") if word in said), "")


def _embargo(meta: Element | None, note: str) -> tuple[reading.Moment, bool]:
    """An empty element means: until further notice."""
    stated = [elements.words(element) or "until further notice" for element in elements.found(meta, "embargoed")]
    return reading.embargo(stated, note=note)


def _notes(meta: Element | None) -> Iterator[Note]:
    for element in elements.found(meta, "edNote"):
        role = element.get("role", "").lower().rpartition(":")[2]
        is_public = "nonpublic" not in element.get("pubconstraint", "")
        if text := elements.words(element):
            yield Note(role, text, is_public)


def _headlines(about: Element | None, place: int) -> str:
    """0: the headline, 1: the one below it, 2: what dpa ranks third, its kicker."""
    lines = elements.found(about, "headline")
    ranks = [reading.whole(line.get("rank"), low=1, high=99, default=position) for position, line in enumerate(lines, 1)]
    by_rank = sorted(zip(ranks, lines, strict=True), key=lambda pair: pair[0])
    if place and by_rank:
        by_rank = [(rank, line) for rank, line in by_rank[1:] if min(rank, 3) == place + 1]
    return elements.words(by_rank[0][1]) if by_rank else ""


def _lead(about: Element | None) -> str:
    texts = elements.found(about, "description")
    return next((words for text in texts if "caption" not in text.get("role", "") and (words := elements.words(text))), "")


def _name(element: Element) -> str:
    """In German where the agency names it in several languages."""
    names = elements.found(element, "name")
    german = [name for name in names if elements.language(name).startswith("de")]
    return next(map(elements.words, [*german, *names]), "")


def _of_places(about: Element | None) -> list[Element]:
    kinds = ("geoarea", "poi")
    return [subject for subject in elements.found(about, "subject") if _type(subject) in kinds]


def _countries(about: Element | None) -> Iterator[str]:
    """Named themselves, or as what holds a place that is; dpa's numbers say nothing, its names do."""
    for place in _of_places(about):
        for element in (place, *elements.found(place, "broader")):
            code = elements.attribute(element, ".", "qcode", "uri").lower()
            if "iso3166-1a" in code and "-" not in code.rpartition(":")[2]:
                yield re.split("[:/]", code)[-1]
            elif "country:" in code:
                yield _name(element)


def _type(element: Element) -> str:
    return element.get("type", "").lower().rpartition(":")[2]


def _subjects(about: Element | None) -> tuple[Subject, ...]:
    """Without places, people and events: what it is about, and the desk."""
    apart = {"geoarea", "poi", "person", "event", "organisation"}
    found = []
    for element in elements.found(about, "subject"):
        code = reading.topic(elements.attribute(element, ".", "qcode", "uri"))
        name = "" if _type(element) == "category" else _name(element)
        found += [Subject(code, name)] if _type(element) not in apart and (code or name) else []
    return tuple(dict.fromkeys(found))[: reading.MOST_TAGS]


def _source(meta: Element | None, about: Element | None) -> str:
    named = [elements.first(about, "creditline", "infoSource/name"), elements.first(meta, "provider/name")]
    return next(filter(None, named), "") or elements.attribute(meta, "provider", "literal", "qcode").rpartition(":")[2]


def _rights(element: Element) -> str:
    paths = ("rightsInfo/copyrightNotice", "rightsInfo/usageTerms")
    stated = [elements.words(found) for path in paths for found in elements.found(element, path)]
    return " – ".join(dict.fromkeys(text for text in stated if text and text != "None"))


def _content(element: Element) -> Text:
    content = element if element.tag == "contentSet" else element.find("contentSet")
    nitf = content.find("inlineXML/nitf/body") if content is not None else None
    if nitf is not None:
        return nitf_text.read(nitf)
    page = content.find("inlineXML/html/body") if content is not None else None
    if page is not None:
        lead = next((words for line in page.iter("p") if _has_class(line, "teaser") and (words := elements.words(line))), "")
        return Text(headline=elements.first(page, ".//h1"), lead=lead, body=_from_page(page))
    return Text(body=_from_inline(content))


def _from_page(body: Element) -> str:
    shown = deepcopy(body)
    elements.remove(shown, _is_no_copy)
    return layout.from_markup(elements.html(list(shown))) or layout.from_markup(shown.text or "")


def _is_no_copy(element: Element) -> bool:
    return element.tag in _NOT_COPY or _has_class(element, *_NOT_COPY_CLASSES)


def _has_class(element: Element, *names: str) -> bool:
    return not set(names).isdisjoint(element.get("class", "").split())


def _from_inline(content: Element | None) -> str:
    """Text as it stands, plain or as markup that the agency has written into it."""
    for data in elements.found(content, "inlineData"):
        text, kind = "".join(data.itertext()), data.get("contenttype", "").lower()
        if text.strip() and kind in {"", "text/plain"}:
            return html.from_text(reading.block(text))
        if text.strip() and "html" in kind:
            return layout.from_markup(reading.block(text))
    return ""


def _pictures(element: Element, sent: Text, beside: dict[str, Element]) -> tuple[WirePicture, ...]:
    """Its own renditions, those inside its text, and pictures of the same message that it links to."""
    own = [_picture(element)] if _kind(element) == "picture" or not sent.body else []
    linked = [_picture(beside[guid]) for guid in _linked(element) if guid in beside and beside[guid] is not element]
    return tuple(dict.fromkeys(picture for picture in [*own, *sent.pictures, *linked] if picture))[: reading.MOST_PICTURES]


def _linked(element: Element) -> Iterator[str]:
    for link in [*elements.found(element, "itemMeta/link"), *elements.found(element, ".//itemRef")]:
        if guid := link.get("residref", ""):
            yield guid


def _picture(element: Element) -> WirePicture | None:
    if _status(element.find("itemMeta")) != "usable":
        return None
    about = element.find("contentMeta")
    best = reading.best_rendition(_renditions(element))
    if best is None:
        return None
    captions = (elements.words(text) for text in elements.found(about, "description"))
    return WirePicture(
        guid=reading.line(element.get("guid")) or best.href,
        caption=next(filter(None, captions), "") or _headlines(about, 0),
        credit=elements.first(about, "creditline", "creator/name"),
        href=best.href,
        filename=best.filename,
        width=best.width,
        height=best.height,
        content_type=best.content_type,
        expires=reading.moment(elements.attribute(element, "rightsInfo", "validto")),
    )


def _renditions(element: Element) -> Iterator[WirePicture]:
    for remote in elements.found(element, "contentSet/remoteContent"):
        kind = reading.line(remote.get("contenttype")).lower()
        if not kind or kind.startswith("image/"):
            yield WirePicture(
                href=reading.web_address(remote.get("href")),
                filename=reading.file_name(remote.get("href")),
                width=reading.whole(remote.get("width"), low=0, high=10**6, default=0),
                height=reading.whole(remote.get("height"), low=0, high=10**6, default=0),
                content_type=kind,
            )
