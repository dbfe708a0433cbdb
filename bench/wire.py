"""Agency traffic through the whole of the wire: raw bytes kept, read, judged, published, put into stories, searched for; items a second.

    python -m bench.wire [--items 2000] [--seed 11]

Into SQLite in a folder of its own, or into the database of DATABASE_URL (which must be empty). Repeats of everything come after.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime

from bench.figures import figure, median, note, percentile
from bench.traffic import AGENCIES, Take, takes

LEAST = 200.0  # items a second


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder, "SECRET_KEY": "b" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1", "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }  # fmt: skip
        measure(_of_today(list(takes(given.items, seed=given.seed))))
    return 0


def _of_today(sent: list[Take]) -> list[Take]:
    """The last of them is sent now: what is older than some days is put into no story."""
    later = datetime.now(UTC) - sent[-1].at
    return [replace(take, at=take.at + later) for take in sent]


def measure(sent: list[Take]) -> None:
    import django  # noqa: PLC0415 - settings are read at its first import, from the environment made above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench.feeding import Feeding  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    feeding = Feeding(AGENCIES)
    raws = [(take, as_ninjs(take)) for take in sent]
    for name in ("first takes", "repeats of all of them"):
        begun = time.perf_counter()
        seconds, codes = feeding.take(raws)
        rate = len(sent) / (time.perf_counter() - begun)
        figure(
            rate / LEAST,
            f"of {LEAST:.0f} items a second into {connection.vendor}, {name}: {rate:.0f} (a hundred in {median(seconds) * 1000:.0f} ms, 95 of 100 such within"
            f" {percentile(seconds, 95) * 1000:.0f} ms)",
        )
        note(", ".join(f"{code} {number}" for code, number in codes.most_common()))


def as_ninjs(take: Take) -> bytes:
    told = {
        "uri": take.guid, "version": "1", "pubstatus": "usable", "language": "de", "versioncreated": take.at.isoformat(), "urgency": 4,
        "headlines": [{"role": "main", "value": take.headline}], "descriptions": [{"value": take.lead}],
        "bodies": [{"contenttype": "text/html", "value": take.body}], "subjects": [{"uri": "medtop:11000000", "name": "Politik"}],
        "keywords": [{"name": take.facts["town"]}], "infoSources": [{"name": take.agency}],
    }  # fmt: skip
    return json.dumps(told).encode()


if __name__ == "__main__":
    sys.exit(main())
