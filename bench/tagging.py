"""Which tags a text speaks of, among 50,000: time for each article, the reading of all names, memory."""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from typing import Final

from articles.text.phrases import Phrases
from bench.figures import figure, median, note
from bench.traffic import takes

TAGS: Final = 50_000
ARTICLES: Final = 500
MOST: Final = 0.3  # milliseconds an article
SYLLABLES: Final = ("ber", "lin", "ham", "burg", "mün", "chen", "stadt", "rat", "hafen", "kai", "werk", "bank", "wald", "see", "berg", "tal", "dorf", "feld")


def main() -> int:
    lot = random.Random(5)  # noqa: S311 - the same names every time
    texts = ["\n".join([take.headline, take.lead, *take.paragraphs * 3]) for take in takes(ARTICLES, seed=8)]
    words = sorted({word.strip(".,:«»") for text in texts for word in text.split() if word[:1].isupper()})
    names = [*words[:2000], *(name(lot) for _ in range(TAGS - min(2000, len(words))))]
    tracemalloc.start()
    begun = time.perf_counter()
    phrases = Phrases((text, number) for number, text in enumerate(names))
    built = time.perf_counter() - begun
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    spent, found = [], 0
    for text in texts:
        begun = time.perf_counter()
        found += len(phrases.find(text))
        spent.append((time.perf_counter() - begun) * 1000)
    signs = sum(map(len, texts)) // len(texts)
    figure(
        median(spent) / MOST,
        f"of {MOST} ms an article: {median(spent):.3f} ms (at most {max(spent):.2f}) for {signs} signs among {len(names):,} tags;"
        f" {found / len(texts):.1f} found in each",
    )
    note(f"read and built in {built * 1000:.0f} ms while memory was traced, {held / 1024**2:.0f} MB")
    return 0


def name(lot: random.Random) -> str:
    """One to three words."""
    return " ".join("".join(lot.choices(SYLLABLES, k=lot.randint(2, 4))).capitalize() for _ in range(lot.choice((1, 2, 2, 3))))


if __name__ == "__main__":
    sys.exit(main())
