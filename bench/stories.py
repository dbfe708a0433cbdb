"""Which articles tell the same story, judged by the truth of generated traffic: precision, recall, and what an item costs.

    python -m bench.stories [--items 4000] [--seed 7]

The seed is one that no threshold was chosen by. Near copies and the same event in other words are counted apart: recall is the share of
true pairs in one story; precision the share of pairs in one story that are true.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from bench.figures import figure, median, note, percentile
from bench.traffic import AGENCIES, Take, takes

UNSEEN = 7007


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=UNSEEN)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder, "SECRET_KEY": "b" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1", "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }  # fmt: skip
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        measure(list(takes(given.items, seed=given.seed)))
    return 0


def measure(sent: list[Take]) -> None:
    import django  # noqa: PLC0415 - settings are read at its first import, from the environment made above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bench.placing import place_all  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    stories, seconds = place_all(sent, AGENCIES)
    half = len(seconds) // 2
    note(f"{len(sent)} items of {(sent[-1].at - sent[0].at).days} days in {time.perf_counter() - begun:.0f} s")
    judge("near copy", sent, stories, copies=True)
    judge("same event", sent, stories, copies=False)
    early, late = seconds[half // 4 : half], seconds[half:]
    figure(
        median(seconds) * 1000 / 2.0,
        f"of 2 ms: {median(seconds) * 1000:.2f} ms of processor an item (95 of 100 within {percentile(seconds, 95) * 1000:.2f} ms)",
    )
    figure(median(late) / median(early), "of what an item cost in the first half: in the second")


def judge(name: str, sent: list[Take], stories: dict[str, int | None], *, copies: bool) -> None:
    by_event: dict[str, list[Take]] = defaultdict(list)
    by_story: dict[int, list[Take]] = defaultdict(list)
    for take in sent:
        by_event[take.event].append(take)
        if story := stories[take.guid]:
            by_story[story].append(take)

    def counts(one: Take, other: Take) -> bool:
        return (one.of == other.guid or other.of == one.guid) is copies

    true = [pair for group in by_event.values() for pair in combinations(group, 2) if counts(*pair)]
    hit = sum(1 for one, other in true if stories[one.guid] is not None and stories[one.guid] == stories[other.guid])
    said = [pair for group in by_story.values() for pair in combinations(group, 2) if counts(*pair)]
    right = sum(1 for one, other in said if one.event == other.event)
    figure(hit / len(true) if true else None, f"recall of the {name}: {hit} of {len(true)} pairs")
    figure(right / len(said) if said else None, f"precision of the {name}: {right} of {len(said)} pairs")


if __name__ == "__main__":
    sys.exit(main())
