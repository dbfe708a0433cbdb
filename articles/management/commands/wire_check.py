"""`manage.py wire_check`: how each feed is; for people, and for whatever watches the machine."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from articles.management.wires import REFUSED, WireCommand
from articles.wire.transport import health


class Command(WireCommand):
    help = "Say how each feed is. Exit code 1 where one is conspicuously silent or cannot be fetched."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        found = health.all_feeds()
        if not found:
            self.stop(_("Es ist noch kein Dienst angelegt."))
        for one in found:
            told = {
                "feed": one.feed.slug, "condition": one.condition, "last": one.last.isoformat() if one.last else None,
                "expected": round(one.expected, 1), "waiting": one.waiting, "error": one.error,
            }  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else f"{one.feed.slug}: {one.sentence}")
        if any(one.is_alarming for one in found):
            sys.exit(REFUSED)
