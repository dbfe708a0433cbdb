"""`manage.py wire_run`: folders, fetching and what waits, again and again. `serve` does it by itself; this is for a machine of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from articles.management.wires import WireCommand
from articles.wire.receiving import Line
from articles.wire.transport import picturing
from articles.wire.transport.rounds import PAUSE, Rounds


class Command(WireCommand):
    help = "Keep taking what arrives until stopped. Prints one line per item."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if not options["json"]:
            self.stderr.write(_("Nimmt Meldungen an, bis Sie es beenden (Strg-C)."))
        rounds = Rounds()
        fetching = threading.Thread(target=self._repeat, args=(rounds.fetched, stop, options["json"]), daemon=True)
        fetching.start()
        threading.Thread(target=self._fetch_pictures, args=(stop,), daemon=True).start()
        self._repeat(rounds.arrived, stop, options["json"])

    def _repeat(self, task: Callable[[], list[Line]], stop: threading.Event, as_json: bool) -> None:
        while not stop.is_set():
            close_old_connections()
            for line in task():
                self.say(line, as_json=as_json)
            stop.wait(PAUSE)

    def _fetch_pictures(self, stop: threading.Event) -> None:
        while not stop.is_set():
            close_old_connections()
            stop.wait(0.0 if picturing.fetch_due() else PAUSE)
