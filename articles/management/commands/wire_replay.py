"""`manage.py wire_replay --since 2h`: read deliveries of the ledger once more, after a rule or a reader of a format has changed."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.management.wires import REFUSED, WireCommand
from articles.wire import stocktaking


class Command(WireCommand):
    help = "Read deliveries once more. What is known already counts as a repeat and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", required=True, metavar="SPAN", help="90m, 2h, 30d: what has come since then")
        parser.add_argument("--feed", default="", metavar="SLUG", help="only of this feed")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        feed = self.feed(options["feed"]) if options["feed"] else None
        seen: Counter[str] = Counter()
        for line in stocktaking.again(since=timezone.now() - self.span(options["since"]), feed=feed):
            self.say(line, as_json=options["json"])
            seen[line.outcome.code] += 1
        if not seen and not options["json"]:
            self.stderr.write(_("In dieser Zeit ist nichts angekommen."))
        if seen["refused"]:
            sys.exit(REFUSED)
