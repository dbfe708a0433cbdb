"""`manage.py wire_purge --older 30d`: forget raw deliveries and files that were taken long ago."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.management.wires import WireCommand
from articles.wire import stocktaking
from articles.wire.transport import folders


class Command(WireCommand):
    help = "Delete raw deliveries older than a span. Articles, items and tombstones stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older", required=True, metavar="SPAN", help="30d: what came before then")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - self.span(options["older"])
        done, files = stocktaking.purge(before=before), folders.purge(before=before)
        told = {"deleted": done.deleted, "emptied": done.emptied, "files": files}
        sentence = _("%(deleted)d Lieferungen gelöscht, %(emptied)d geleert, %(files)d Dateien gelöscht.") % told
        self.stdout.write(json.dumps(told) if options["json"] else sentence)
