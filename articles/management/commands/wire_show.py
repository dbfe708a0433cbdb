"""`manage.py wire_show GUID`: how this item came here, and what became of it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from articles.management.wires import WireCommand
from articles.wire import stocktaking


class Command(WireCommand):
    help = "Show what is known about an item of the wire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guid", metavar="GUID")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = stocktaking.show(options["guid"])
        except stocktaking.Unknown as fault:
            self.stop(str(fault))
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for name, value in found.items():
            if name != "deliveries" and value not in ("", None):
                self.stdout.write(f"{name:10}{value}")
        for delivery in found["deliveries"]:
            self.stdout.write(_("Lieferung %(id)s: %(name)s, %(received)s") % delivery)
