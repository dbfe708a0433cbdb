"""`manage.py search_rebuild`: put into the search what it lacks, or everything again."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.search.rebuilding import Rebuilt, rebuild


class Command(BaseCommand):
    help = "Bring the search up to date while it is in use. May be stopped and run again: it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="every article again, also those that are up to date")
        parser.add_argument("--json", action="store_true", help="say what was done as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild(again=bool(options["all"]), progress=self._progress)
        told = self._tell_server(again=bool(options["all"])) if settings.SEARCH_URL else None
        self.stdout.write(json.dumps(asdict(done) | ({} if told is None else {"told": told})) if options["json"] else closing(done, told=told))

    def _tell_server(self, *, again: bool) -> int:
        telling: Any = import_module("articles.search.telling")  # needs a package that is there only where a server is named
        try:
            return int(telling.fill(again=again, progress=self._progress))
        except telling.Silent as error:
            sentence = _(
                "Der Suchserver antwortet nicht: %s. Die Website sucht solange in ihrer Datenbank, und der Hintergrundprozess versucht es weiter."
                " Bitte prüfen Sie SEARCH_URL und den Server; danach genügt es, den Befehl noch einmal aufzurufen."
            )
            raise CommandError(sentence % error) from error

    def _progress(self, number: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{number}/{total}", ending="\n" if number >= total else "")


def closing(done: Rebuilt, *, told: int | None = None) -> str:
    """The sentences that the command ends with. told: how much the search server has heard of, if there is one."""
    if done.put:
        first = ngettext("%d Artikel ist in die Suche aufgenommen.", "%d Artikel sind in die Suche aufgenommen.", done.put) % done.put
    else:
        first = _("Die Suche kennt alle veröffentlichten Artikel.")
    gone = ngettext("%d ist daraus entfernt.", "%d sind daraus entfernt.", done.removed) % done.removed if done.removed else ""
    words = ngettext("Sie kennt %d Wort.", "Sie kennt %d Wörter.", done.words) % done.words
    server = ngettext("Der Suchserver hat %d Änderung erfahren.", "Der Suchserver hat %d Änderungen erfahren.", told) % told if told is not None else ""
    return " ".join(filter(None, [first, gone, words, server]))
