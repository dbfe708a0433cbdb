"""Delivers generated traffic through the wire; imported once Django is set up."""

from __future__ import annotations

import time
from collections import Counter

from articles.models import Agency, Category, Feed
from articles.wire.receiving import deliver
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
        """Seconds of each delivery, and what became of how many."""
        seconds, codes = [], Counter[str]()
        for take, raw in sent:
            begun = time.perf_counter()
            codes.update(line.outcome.code for line in deliver(raw, feed=self._feeds[take.agency], name=take.guid))
            seconds.append(time.perf_counter() - begun)
        return seconds, codes
