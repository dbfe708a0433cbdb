"""`manage.py wire_pull [FEED…]`: fetch feeds once, whether their time has come or not."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from articles.management.wires import REFUSED, WireCommand
from articles.models import Feed
from articles.wire.transport import pulling
from articles.wire.transport.fetch import FetchError


class Command(WireCommand):
    help = "Fetch feeds once. Prints one line per item: what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("feeds", nargs="*", metavar="FEED", help="slugs; default: every feed that has an address")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        has_failed = False
        for feed in self._feeds(options["feeds"]):
            try:
                lines = pulling.pull(feed)
            except FetchError as fault:
                self.stderr.write(f"{feed.slug}: {fault.sentence}")
                has_failed = True
                continue
            for line in lines:
                self.say(line, as_json=options["json"])
                has_failed |= line.outcome.code == "refused"
        if has_failed:
            sys.exit(REFUSED)

    def _feeds(self, slugs: list[str]) -> list[Feed]:
        named = [self.feed(slug) for slug in slugs]
        found = named or list(Feed.objects.filter(is_active=True).exclude(address="").select_related("agency", "category"))
        if not found:
            self.stop(_("Kein Dienst hat eine Adresse zum Abruf (Agenturen → Dienste → Abruf von)."))
        for feed in found:
            if not feed.address or not feed.is_active:
                self.stop(_("Der Dienst «%s» wird nicht abgerufen: abgeschaltet oder ohne Adresse.") % feed)
        return found
