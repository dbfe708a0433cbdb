"""The `body` of NITF: headlines, lead, copy and pictures; NITF delivers it alone, NewsML-G2 may carry it inside."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple
from xml.etree.ElementTree import Element

from articles.wire import elements, layout, reading
from articles.wire.item import WirePicture

_HTML = {"hl1": "h2", "hl2": "h2", "bq": "blockquote", "nitf-table": "table", "fn": "p", "pre": "p", "credit": "p"}
_APART = frozenset({"media", "note", "correction", "nitf-table-metadata", "custom-table", "table-reference"})


class Text(NamedTuple):
    """Every text plain, but `body`, which is clean HTML without pictures and notes."""

    headline: str = ""
    kicker: str = ""
    subhead: str = ""
    lead: str = ""
    byline: str = ""
    dateline: str = ""
    source: str = ""
    body: str = ""
    pictures: tuple[WirePicture, ...] = ()
    note: str = ""


def read(body: Element | None) -> Text:
    head = body.find("body.head") if body is not None else None
    content = body.find("body.content") if body is not None else None
    return Text(
        headline=elements.first(head, "hedline/hl1", "hedline"),
        kicker=_second(head, is_short=True),
        subhead=_second(head, is_short=False),
        lead=elements.first(head, "abstract") or _marked_lead(content),
        byline=elements.first(head, "byline"),
        dateline=reading.dateline(elements.first(head, "dateline/location", "dateline")),
        source=elements.first(head, "distributor/org", "distributor"),
        body=_copy(content),
        pictures=pictures(body),
        note="\n".join(text for path in (".//note",) for note in elements.found(body, path) if (text := elements.words(note))),
    )


def _second(head: Element | None, *, is_short: bool) -> str:
    """dpa sends its kicker as a second headline, of a class of its own."""
    lines = elements.found(head, "hedline/hl2")
    fitting = [line for line in lines if (line.get("class") == "ShortHeadLine") is is_short]
    return next((text for line in fitting if (text := elements.words(line))), "")


def _marked_lead(content: Element | None) -> str:
    paragraphs = [line for line in elements.found(content, "p") if line.get("lede") == "true" or line.get("class") == "lead"]
    return elements.words(paragraphs[0]) if paragraphs else ""


def _copy(content: Element | None) -> str:
    if content is None:
        return ""
    shown = deepcopy(content)
    elements.remove(shown, lambda element: element.tag in _APART)
    for element in shown.iter():
        if isinstance(element.tag, str):
            element.tag = _HTML.get(element.tag, element.tag)
    return layout.from_markup(elements.html(list(shown))) or layout.from_markup(shown.text or "")


def pictures(body: Element | None) -> tuple[WirePicture, ...]:
    found = (_picture(media) for media in elements.found(body, ".//media") if _is_image(media))
    return tuple(dict.fromkeys(picture for picture in found if picture))[: reading.MOST_PICTURES]


def _is_image(media: Element) -> bool:
    kinds = [media.get("media-type", ""), elements.attribute(media, "media-reference", "mime-type")]
    return any(kind.startswith(("image", "photo")) for kind in kinds)


def _picture(media: Element) -> WirePicture | None:
    best = reading.best_rendition(_renditions(media))
    guid = reading.steady(next(_metadata(media, "media-id"), "")) or (best.href or best.filename if best else "")
    if best is None or not guid:
        return None
    return WirePicture(
        guid=guid,
        caption=elements.first(media, "media-caption"),
        credit=elements.first(media, "media-producer"),
        href=best.href,
        filename=best.filename,
        width=best.width,
        height=best.height,
        content_type=best.content_type,
        alt=best.alt,
    )


def _metadata(media: Element, name: str) -> Iterator[str]:
    entries = [entry for entry in elements.found(media, "media-metadata") if entry.get("name") == name]
    yield from filter(None, (reading.line(entry.get("value")) for entry in entries))


def _renditions(media: Element) -> Iterator[WirePicture]:
    for entry in elements.found(media, "media-reference"):
        yield WirePicture(
            href=reading.web_address(entry.get("source")),
            filename=reading.file_name(entry.get("source")),
            width=reading.whole(entry.get("width"), low=0, high=10**6, default=0),
            height=reading.whole(entry.get("height"), low=0, high=10**6, default=0),
            content_type=reading.line(entry.get("mime-type")).lower(),
            alt=reading.line(entry.get("alternate-text")),
        )
