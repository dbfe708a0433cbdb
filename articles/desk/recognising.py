"""Tags that a text speaks of, by their names and by the other forms that editors have entered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, Sum

from articles.models import Tag, TagAlias
from articles.models.tag import ends_of
from articles.text import html
from articles.text.phrases import Phrases

MOST: Final = 12
IN_TEXT: Final = 2  # times; in headline and lead once is enough
FRESH: Final = 30.0  # seconds for which nobody looks whether tags have changed
LONGEST: Final = 600.0  # seconds after which all of them are read again in any case


@dataclass(frozen=True, slots=True)
class Recognised:
    """to_set: tags that are set by themselves. to_suggest: those that an editor is asked about. The most telling first."""

    to_set: tuple[Tag, ...]
    to_suggest: tuple[Tag, ...]


class _Dictionary:
    """Every process has one; 50,000 names take some seconds to read and a fraction of a millisecond to ask."""

    def __init__(self) -> None:
        self.phrases = Phrases(())
        self._state: Any = None
        self._looked_at = self._built_at = float("-inf")
        self._lock = threading.Lock()

    def current(self) -> Phrases:
        with self._lock:
            now = time.monotonic()
            if now - self._looked_at > FRESH:
                state = _state()
                if state != self._state or now - self._built_at > LONGEST:
                    self.phrases, self._state, self._built_at = Phrases(_entries()), state, now
                self._looked_at = now
            return self.phrases

    def forget(self) -> None:
        with self._lock:
            self._looked_at = float("-inf")
            self._state = None


_known = _Dictionary()
forget = _known.forget  # for tests, and for whoever cannot wait


def _state() -> Any:
    tags = Tag.objects.aggregate(Count("pk"), Max("pk"), Sum("version"))
    return tags, TagAlias.objects.aggregate(Count("pk"), Max("pk"))


def _entries() -> list[tuple[str, int]]:
    asked = Tag.objects.exclude(automatic=Tag.Automatic.NEVER)
    names = list(asked.values_list("name", "pk"))
    return names + list(TagAlias.objects.filter(tag__in=asked).values_list("name", "tag"))


def recognise(*, headline: str, lead: str, body: str) -> Recognised:
    """body: clean HTML. A tag has to stand in headline or lead, or twice in the text, as a word of its own."""
    phrases = _known.current()
    if not len(phrases):
        return Recognised((), ())
    top, told = phrases.find(f"{headline}\n{lead}"), phrases.find("\n".join(html.paragraphs(body)))
    weights = Counter({pk: 100 * top[pk] + told[pk] for pk in {*top, *told} if top[pk] or told[pk] >= IN_TEXT})
    ranked = sorted(weights, key=lambda pk: (-weights[pk], pk))
    rows = Tag.objects.in_bulk(ranked[: 4 * MOST])
    found = list(dict.fromkeys(ends_of(rows[pk] for pk in ranked if pk in rows)))
    to_set = [tag for tag in found if tag.automatic == Tag.Automatic.SET][:MOST]
    return Recognised(tuple(to_set), tuple([tag for tag in found if tag.automatic == Tag.Automatic.SUGGEST][:MOST]))
