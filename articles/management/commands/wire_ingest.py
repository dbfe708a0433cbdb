"""`manage.py wire_ingest PATH… --feed SLUG`: take wire files, folders of them, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.management.wires import REFUSED, WireCommand, printable
from articles.models import Feed
from articles.wire import files
from articles.wire.outcomes import Outcome
from articles.wire.receiving import Line, deliver


class Command(WireCommand):
    help = "Take wire files in any known format. Prints one line per item: what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder, or - for standard input")
        parser.add_argument("--feed", default="", metavar="SLUG", help="the feed they came by")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of them, write nothing")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        feed = self._active(options["feed"])
        named, ignored = self._files(options["paths"])
        refused: list[Line] = []
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for line in self._lines(named, feed, is_rehearsal=options["dry_run"]):
                self.say(line, as_json=options["json"])
                refused += [line] if line.outcome.code == "refused" else []
            if options["dry_run"]:
                transaction.set_rollback(True)
        if not options["json"]:
            self._close(refused, ignored, is_rehearsal=options["dry_run"])
        if refused:
            sys.exit(REFUSED)

    def _active(self, slug: str) -> Feed:
        feed = self.feed(slug)
        if not feed.is_active:
            self.stop(_("Der Dienst «%s» ist abgeschaltet (Agenturen → Dienste → In Betrieb).") % feed)
        return feed

    def _files(self, paths: list[str]) -> tuple[list[Path | None], int]:
        """The files in order, None for standard input, and how many in folders were left aside."""
        if not paths:
            self.stop(_("Bitte nennen Sie mindestens eine Datei, einen Ordner oder - für die Standardeingabe."))
        for path in paths:
            if path != "-" and not files.exists(Path(path)):
                self.stop(_("«%s» gibt es nicht.") % printable(path))
        named: list[Path | None] = []
        ignored = 0
        for path in paths:
            if path == "-":
                named.append(None)
                continue
            found = files.find(Path(path))
            named += found.files
            ignored += found.ignored
        return named, ignored

    def _lines(self, named: list[Path | None], feed: Feed, *, is_rehearsal: bool) -> Iterator[Line]:
        for file in named:
            name, folder = (printable(str(file)), file.parent) if file else ("-", None)
            try:
                raw = files.read(file) if file else standard_input()
            except files.Unreadable as fault:
                yield Line(name, Outcome("refused", str(fault)), reason="unreadable", is_kept=False)
                continue
            yield from deliver(raw, feed=feed, name=name, folder=None if is_rehearsal else folder)

    def _close(self, refused: list[Line], ignored: int, *, is_rehearsal: bool) -> None:
        if ignored:
            sentence = ngettext("%d andere Datei wurde nicht gelesen.", "%d andere Dateien wurden nicht gelesen.", ignored)
            self.stderr.write(sentence % ignored)
        if is_rehearsal:
            self.stderr.write(_("Das war eine Probe: Es ist nichts geschrieben worden."))
            return
        for sentence in about_refused(kept=sum(line.is_kept for line in refused), lost=sum(not line.is_kept for line in refused)):
            self.stderr.write(sentence)


def standard_input() -> bytes:
    if sys.stdin is None:
        raise files.Unreadable(_("nicht lesbar: Die Standardeingabe ist geschlossen."))
    try:
        return files.bounded(sys.stdin.buffer)
    except OSError as error:
        raise files.Unreadable(_("nicht lesbar: %s.") % error.strerror) from error


def about_refused(*, kept: int, lost: int) -> Iterator[str]:
    """Where the originals are of what was not taken."""
    if kept:
        yield ngettext(
            "%d wurde abgelehnt und ist im Original aufbewahrt.", "%d wurden abgelehnt und sind im Original aufbewahrt.", kept,
        ) % kept  # fmt: skip
    if lost:
        yield (
            ngettext(
                "%d wurde abgelehnt und ist nicht aufbewahrt: Das Original liegt weiter an seinem Ort.",
                "%d wurden abgelehnt und sind nicht aufbewahrt: Die Originale liegen weiter an ihrem Ort.",
                lost,
            )
            % lost
        )
