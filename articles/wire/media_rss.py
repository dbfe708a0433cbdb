"""Media RSS and other pictures of feed entries, read apart: feedparser loses which caption belongs to which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, fromstring, tostring

from articles.wire import elements, reading
from articles.wire.item import WirePicture

_MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
_ENTRY = ("item", "entry")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


def picture(
    address: object, *, caption: str = "", credit: str = "", content_type: str = "", width: object = 0, height: object = 0
) -> WirePicture:
    href = reading.web_address(address)
    return WirePicture(
        guid=href,
        href=href,
        filename=reading.file_name(address),
        caption=caption,
        credit=credit,
        content_type=content_type.lower(),
        width=reading.whole(width, low=0, high=10**6, default=0),
        height=reading.whole(height, low=0, high=10**6, default=0),
    )


def unique(pictures: Iterable[WirePicture]) -> tuple[WirePicture, ...]:
    """Each address once, the first mention counts; without an address there is no picture."""
    found: dict[str, WirePicture] = {}
    for candidate in pictures:
        if candidate.href:
            found.setdefault(candidate.href, candidate)
    return tuple(found.values())[: reading.MOST_PICTURES]


def taken_out(text: str) -> tuple[str, list[tuple[WirePicture, ...]]]:
    """Return the feed without its media elements, and for each of its entries the pictures.

    text: without a DOCTYPE, which the caller refuses. Raises ParseError where it is not well-formed, FormatError
    where it is nested beyond reason.
    """
    root = fromstring(text)  # noqa: S314 - without a DOCTYPE there are no entities to grow
    elements.check_depth(root)
    entries = [element for element in root.iter() if _local(element) in _ENTRY]
    pictures = [unique(_pictures(entry)) for entry in entries]
    if not _remove_media(root):
        return text, pictures
    return tostring(root, encoding="unicode"), pictures


def _remove_media(root: Element) -> bool:
    doomed = [(parent, child) for parent in root.iter() for child in parent if _media_name(child)]
    for parent, child in doomed:
        parent.remove(child)
    return bool(doomed)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _media_name(element: Element) -> str:
    """The name of a Media RSS element, such as "content"; of any other element nothing."""
    return _local(element) if isinstance(element.tag, str) and element.tag.startswith(_MEDIA) else ""


def _pictures(entry: Element) -> Iterator[WirePicture]:
    spare = []
    for child in entry:
        name = _media_name(child)
        if name == "content":
            yield from _shapes([child], around=[child, entry])
        elif name == "group":
            best = reading.best_rendition(_shapes(child, around=[child, entry]))
            yield from [best] if best else []
        elif name == "thumbnail":
            spare.append(picture(child.get("url"), width=child.get("width"), height=child.get("height")))
        elif _local(child) == "image":
            yield picture(child.findtext("url") or child.text or child.get("href"))
    yield from spare[:1] if not any(_media_name(child) in {"content", "group"} for child in entry) else []


def _shapes(shapes: Iterable[Element], *, around: list[Element]) -> Iterator[WirePicture]:
    """Pictures among these media:content; caption and credit stand in one itself or in what is around it."""
    for element in shapes:
        if _media_name(element) == "content" and _is_image(element):
            yield picture(
                element.get("url"),
                caption=_words("description", [element, *around]),
                credit=_words("credit", [element, *around]),
                content_type=reading.line(element.get("type")),
                width=element.get("width"),
                height=element.get("height"),
            )


def _is_image(element: Element) -> bool:
    kind, medium = element.get("type", ""), element.get("medium", "")
    if kind or medium:
        return kind.startswith("image/") or medium == "image"
    return reading.file_name(element.get("url")).lower().endswith(_SUFFIXES)


def _words(name: str, places: list[Element]) -> str:
    texts = (reading.line(child.text) for place in places for child in place if _media_name(child) == name)
    return next((text for text in texts if text), "")
