"""Delivers generated traffic through the wire; imported once Django is set up."""

from __future__ import annotations

import time
from collections import Counter

from articles.models import Agency, Category, Feed
from articles.wire import ledger
from articles.wire.transport.rounds import MOST_WAITING, read_waiting
from bench.traffic import Take


class Feeding:
    """A feed of each agency that publishes at once."""

    def __init__(self, agencies: tuple[str, ...]) -> None:
        category = Category.objects.create(name="Inland", slug="inland", colour="#1b4f91", codes=["medtop:11000000"])
        self._feeds = {}
        for place, name in enumerate(agencies):
            agency = Agency.objects.create(name=name, short_name=name, slug=name, credit_line=f"{name}.example", priority=place)
            self._feeds[name] = Feed.objects.create(agency=agency, name="Basis", slug=name, rule=Feed.Rule.PUBLISH, category=category)

    def take(self, sent: list[tuple[Take, bytes]]) -> tuple[list[float], Counter[str]]:
        """Each kept by itself, as `POST /wire/…/` does, and read a hundred at a time, as the background process does.

        Seconds of each hundred, and what became of how many.
        """
        seconds, codes = [], Counter[str]()
        for start in range(0, len(sent), MOST_WAITING):
            begun = time.perf_counter()
            for take, raw in sent[start : start + MOST_WAITING]:
                ledger.keep(raw, feed=self._feeds[take.agency], name=take.guid, is_held=False)
            codes.update(line.outcome.code for line in read_waiting())
            seconds.append(time.perf_counter() - begun)
        return seconds, codes
