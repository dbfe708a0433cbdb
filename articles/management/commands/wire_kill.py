"""`manage.py wire_kill GUID --reason …`: what an agency's kill does, when the agency calls instead of sending one."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from articles.management.wires import WireCommand
from articles.wire import stocktaking


class Command(WireCommand):
    help = "Kill an item: its page answers 410, its text is deleted, a later delivery of it stays dead."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guid", metavar="GUID")
        parser.add_argument("--reason", required=True, help="who asked for it and why; kept for editors")
        parser.add_argument("--feed", default="", metavar="SLUG", help="for an item that has not come yet")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["reason"].strip():
            self.stop(_("Bitte nennen Sie mit --reason den Grund."))
        feed = self.feed(options["feed"]) if options["feed"] else None
        try:
            outcome = stocktaking.kill(options["guid"], reason=options["reason"].strip(), feed=feed)
        except stocktaking.Unknown as fault:
            self.stop(str(fault))
        told = {"guid": options["guid"], "outcome": outcome.code, "sentence": outcome.sentence}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else f"{options['guid']}: {outcome.sentence}")
