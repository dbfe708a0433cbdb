"""From a delivery that is handed over to the moment its copy stands on its category's page, while readers load the site."""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

from bench import wrk
from bench.figures import figure, median, note, percentile, whole
from bench.http1 import fetch
from bench.newsdesk import Newsdesk, word
from bench.site import main, parser, served, site_of
from bench.tools import Missing

MOST: Final = 2.0  # seconds for 95 of 100
LONGEST: Final = 30.0
LOOK: Final = 0.02
WARM: Final = 3.0  # seconds
PAUSE: Final = 4  # milliseconds that each reader waits before asking again
FIRST_WAIT: Final = 20.0  # seconds in which the background process may still be starting


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with served(site), Newsdesk(site) as desk:
        told = desk.ask("feed")
        paths = ["/", told["category"], *desk.paths(200)]
        one(site.port, told, longest=FIRST_WAIT)
        calm = [one(site.port, told) for _ in range(given.number)]
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(wrk.run, site.port, paths=paths, connections=given.readers, seconds=given.length, pause=PAUSE)
            time.sleep(WARM)
            busy = []
            while not reading.done():
                busy.append(one(site.port, told))
            load = reading.result()
    for name, seconds in (("nobody reads", calm), (f"{given.readers} readers load it", busy)):
        figure(
            percentile(seconds, 95) / MOST,
            f"of {MOST:.0f} s from the delivery to the page, 95 of 100, while {name}: {percentile(seconds, 95):.2f} s (median {median(seconds):.2f} s)",
        )
    note(f"{len(calm)} and {len(busy)} deliveries, one after the other; readers made {whole(load.per_second)} requests/s, {load.errors} errors")


def one(port: int, told: dict[str, str], *, longest: float = LONGEST) -> float:
    """Hand over a report and wait until the category names it; seconds."""
    name = word(0)
    now = datetime.now(UTC).isoformat()
    report = {
        "uri": f"urn:bench:{name}", "version": "1", "pubstatus": "usable", "language": "de", "type": "text", "versioncreated": now,
        "headline": f"Rat berät über {name}", "description_text": "Die Stadt hat entschieden.", "body_xhtml": "<p>Der Rat hat entschieden.</p>" * 12,
        "subject": [{"code": told["code"]}],
    }  # fmt: skip
    begun = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    line.request("POST", told["address"], json.dumps(report).encode(), {"Authorization": f"Bearer {told['token']}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 202:
        raise Missing(f"The delivery was answered with {answer.status}.")
    while name.encode() not in fetch(port, told["category"]).body:
        if time.monotonic() - begun > longest:
            raise Missing(f"A delivery was not online after {longest:.0f} s.")
        time.sleep(LOOK)
    return time.monotonic() - begun


if __name__ == "__main__":
    made = parser("From a delivery to the page")
    made.add_argument("--number", type=int, default=30, help="deliveries without readers (default: %(default)s)")
    made.add_argument("--length", type=int, default=60, help="seconds with readers (default: %(default)s)")
    made.add_argument("--readers", type=int, default=100, help="(default: %(default)s)")
    sys.exit(main(measure, made, needs=("wrk",)))
