"""What the wire's commands share: lines for people and programs, feeds by name, sentences when a call is unusable."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.models import Feed
from articles.wire import stocktaking
from articles.wire.receiving import Line

REFUSED, UNUSABLE = 1, 2  # exit codes


class WireCommand(BaseCommand):
    """A command of the wire; one that cannot be carried out says why and ends with 2."""

    def add_json(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def stop(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(UNUSABLE)

    def feed(self, slug: str) -> Feed:
        found = Feed.objects.select_related("agency", "category").filter(slug=slug).first()
        if found is None:
            known = ", ".join(Feed.objects.order_by("slug").values_list("slug", flat=True))
            sentence = _("Einen Dienst «%s» gibt es nicht.") % slug if slug else _("Bitte nennen Sie mit --feed den Dienst.")
            self.stop(f"{sentence} " + (_("Vorhanden: %s.") % known if known else _("Es ist noch keiner angelegt.")))
        return found

    def span(self, text: str) -> timedelta:
        found = stocktaking.span(text)
        if found is None:
            self.stop(_("«%s» ist keine Dauer. Bitte schreiben Sie etwa 90m, 2h oder 30d.") % text)
        return found

    def say(self, line: Line, *, as_json: bool) -> None:
        self.stdout.write(to_json(line) if as_json else to_text(line))


def printable(name: str) -> str:
    """A file name as it may be stored and printed: bytes that are no UTF-8, and control signs, become question marks."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def to_text(line: Line) -> str:
    if not line.guid:
        return f"{line.name}  {line.outcome.sentence}"
    return f"{line.name}  {line.guid}  " + _("Fassung %d") % line.version + f": {line.outcome.sentence}"


def to_json(line: Line) -> str:
    article = line.outcome.article
    fields = {
        "file": line.name, "guid": line.guid, "version": line.version, "outcome": line.outcome.code,
        "sentence": line.outcome.sentence, "reason": line.reason, "kept": line.is_kept,
        "article": article.pk if article else None,
    }  # fmt: skip
    return json.dumps(fields, ensure_ascii=False)
