"""IPTC 7901: copy as teleprinters sent it, kept by agencies for the oldest of their customers' systems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from articles.text import dates, html
from articles.wire import layout, notes, reading
from articles.wire.item import LOWEST_URGENCY, USUAL_URGENCY, FormatError, Item, Signal, Subject

MOST_MESSAGES = 2000
_START, _TEXT, _END = "\x01", "\x02", "\x03"
_HEADER = re.compile(
    r"\s*(?P<service>[a-z]{3})(?P<number>\d{4}) (?P<urgency>\d) (?P<desk>[a-z]{2}) +\d+ +(?P<agency>\S+)(?P<rest>[^\n]*)\n"
)
_CLOSING = re.compile(r"\s*(\d\d)(\d\d)(\d\d) ([A-Za-z]{3}) (\d\d)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_ENGLISH_MONTHS = {"may": "mai", "oct": "okt", "dec": "dez"}
_FOR_EDITORS = re.compile(r"\n(?:# *Notizblock|\* ?\* ?\* ?\*|\(?Achtung:? )")
_NOT_FOR_READERS = re.compile(r"\n\* ?\* ?\* ?\*")
_REMARK = re.compile(r"\s*\((?:Eil|Wiederholung|Berichtigung|Neu|Zusammenfassung|Aktualisiert|Foto)\b[^()]*\)\s*", re.IGNORECASE)
_BELL = re.compile("[\x04-\x08\x0e-\x1f\x7f]")
_STOPPED = re.compile(r"\b(?:KILL|HOLD|ZURÜCKGEZOGEN|SPERRE)\b")
_HEADLINE_END = re.compile(r"\s=[ \t]*(?:\n|\Z)")
_SIGNATURE = re.compile(r"\n[a-z]{3,5}(?:/[a-z]{3,5})? [^\n.]{0,60}\Z")
_HEADING = re.compile(r"#+ *")


@dataclass(frozen=True, slots=True)
class _Message:
    """header: what stands before the text. text: between STX and ETX. closing: behind it."""

    header: re.Match[str]
    slugline: str
    text: str
    closing: str


def parse(raw: bytes) -> list[Item]:
    """Return the items of a file, which may hold several messages. Raises FormatError with those that could be read."""
    text = reading.decode(raw, limit=reading.ITEM_LIMIT).replace("\r\n", "\n").replace("\r", "\n")
    messages = [message for message in text.split(_START) if message.strip("\x00\x04\x7f \n")]
    if not messages:
        raise reading.unreadable(_("Diese Lieferung enthält keine Meldung im Format IPTC 7901."))
    if len(messages) > MOST_MESSAGES:
        raise reading.unreadable(_("Diese Datei enthält mehr als %d Meldungen und wird nicht gelesen.") % MOST_MESSAGES)
    return reading.each(messages, _item)


def without(raw: bytes, guid: str) -> bytes:
    """The other messages, byte for byte."""
    kept = [part for part in raw.split(b"\x01") if part.strip(b"\x00\x04\x7f\r\n ") and not _is(part, guid)]
    return b"".join(b"\x01" + part for part in kept)


def _is(part: bytes, guid: str) -> bool:
    """True also for what nobody can read: a killed text must not stay because its neighbour is broken."""
    try:
        return any(item.guid == guid for item in parse(part))
    except FormatError:
        return True


def _item(message: str) -> Item:
    sent = _message(message)
    header, (headline, remark, lines) = sent.header, _headline(sent.text)
    stamp = _stamp(sent.closing)
    lead, body, told = _copy(lines)
    copy = layout.arrange(headline=headline, lead=lead, body=body)
    note = _note(told, sent.text)
    embargo, embargo_unreadable = reading.embargo([], note=sent.text)
    return Item(
        guid=_guid(header, stamp),
        updated=stamp,
        signal=_signal(remark, header["rest"]),
        embargo=embargo,
        embargo_unreadable=embargo_unreadable,
        urgency=reading.whole(header["urgency"], low=1, high=LOWEST_URGENCY, default=USUAL_URGENCY),
        kicker=sent.slugline.strip("/ "),
        headline=headline,
        lead=copy.lead,
        dateline=copy.dateline,
        body=copy.body,
        subjects=(Subject(f"dpacat:{header['desk']}"),),
        keywords=reading.tags(part.strip() for part in sent.slugline.split("/")),
        source=header["agency"],
        note=note,
    )


def _message(message: str) -> _Message:
    header = _HEADER.match(message)
    before, has_text, rest = message.partition(_TEXT)
    if header is None or not has_text:
        raise reading.unreadable(_("Diese Meldung im Format IPTC 7901 hat keinen lesbaren Kopf. Bitte prüfen Sie die Datei."))
    text, has_end, closing = rest.partition(_END)
    if not has_end:
        raise reading.unreadable(_("Diese Meldung im Format IPTC 7901 bricht mittendrin ab. Bitte fordern Sie sie neu an."))
    return _Message(header, reading.line(before[header.end() :]), _BELL.sub("", text).strip("\n") + "\n", closing)


def _guid(header: re.Match[str], stamp: datetime | None) -> str:
    """The format has no identity: service, number and day together are one, as numbers start again every day."""
    day = stamp.astimezone(dates.BERLIN).date().isoformat() if stamp else "undated"
    return reading.guid(f"iptc7901:{header['agency']}:{header['service']}{header['number']}:{day}")


def _stamp(closing: str) -> datetime | None:
    """«251037 Sep 24»: the 25th, 10.37 in Berlin, September 2024."""
    found = _CLOSING.match(closing)
    if found is None:
        return None
    day, hour, minute, month, year = found.groups()
    month = _ENGLISH_MONTHS.get(month.lower(), month.lower())
    try:
        local = datetime(2000 + int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=dates.BERLIN)
    except ValueError:
        return None
    return local.astimezone(UTC)


def _headline(text: str) -> tuple[str, str, str]:
    """The headline, what the agency says in brackets around it («(Eil)»), and the rest."""
    end = _HEADLINE_END.search(text)
    block, rest = (text[: end.start()], text[end.end() :]) if end else ("", text)
    remarks = " ".join(found[0].strip() for found in _REMARK.finditer(block))
    return reading.line(_REMARK.sub("\n", block).replace("\n", " ")), remarks, rest


def _copy(text: str) -> tuple[str, str, str]:
    """Lead, body as clean HTML, and what is for editors only."""
    found = _FOR_EDITORS.search(f"\n{text}")
    copy, told = (text[: max(found.start() - 1, 0)], text[max(found.start() - 1, 0) :]) if found else (text, "")
    paragraphs = list(_paragraphs(_SIGNATURE.sub("", copy.rstrip())))
    opening = next((place for place, line in enumerate(paragraphs) if html.split_dateline(html.from_text(line))[0]), 0)
    body = "\n\n".join(paragraphs[opening:])
    return " ".join(paragraphs[:opening]), html.from_text(body), told


def _paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n[ \t]*\n", text):
        if line := reading.line(block.replace("\n", " ")):
            yield _HEADING.sub("", line)


def _note(told: str, text: str) -> str:
    """Lines of the notes that a person should read; a word such as KILL is for a person in any case."""
    public = _NOT_FOR_READERS.split(f"\n{told}", maxsplit=1)[0]
    entries = [notes.Note("editorialnote", line, is_public=False) for line in _entries(public)]
    stopped = _STOPPED.search(text)
    warning = _("Achtung: Im Text steht «%s». Bitte prüfen Sie, was die Agentur verlangt.") % stopped[0] if stopped else ""
    return "\n".join(filter(None, [warning, notes.for_editors(entries, signal="")]))


def _entries(told: str) -> Iterator[str]:
    """Points of the section «Redaktionelle Hinweise»; links and places are not for reading."""
    section = re.search(r"## *Redaktionelle Hinweise\n(.*?)(?:\n##|\Z)", told, re.DOTALL)
    for entry in re.split(r"(?:^|\n)- ", section[1] if section else ""):
        if line := reading.line(entry.replace("\n", " ")):
            yield line


def _signal(*places: str) -> Signal:
    said = " ".join(places).lower()
    if "berichtigung" in said or "korrektur" in said:
        return "correction"
    return "update" if "aktualisiert" in said or "neu" in said.split() else ""
