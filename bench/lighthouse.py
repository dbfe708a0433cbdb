"""What Lighthouse thinks of our pages on a telephone: speed, access, good practice, search engines."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bench.figures import figure, ratio
from bench.newsdesk import Newsdesk
from bench.site import main, parser, served, site_of
from bench.tools import Missing

VERSION: Final = "12.8.2"  # the last that Debian's Node.js 18 and 20 run
WANTED: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    program, browser = installed(given.dir / "lighthouse"), chromium()
    with served(site), Newsdesk(site) as desk:
        (article,) = desk.paths(1)
        category = f"/{article.split('/')[1]}/"
        for name, path in {"front page": "/", "category": category, "article": article}.items():
            report = looked_at(program, browser, f"http://127.0.0.1:{site.port}{path}")
            tell(name, report)


def tell(name: str, report: dict[str, Any]) -> None:
    """One line: the four marks of 100, and what was found wanting."""
    marks = {kind: round(100 * report["categories"][kind]["score"]) for kind in WANTED}
    told = ", ".join(f"{kind} {mark}" for kind, mark in marks.items())
    short = [kind for kind, mark in marks.items() if mark < WANTED[kind]]
    lacking = f"; lacking: {', '.join(faults(report, short))}" if short else ""
    figure(ratio(min(marks.values()), 100), f"lowest mark of 100 for the {name} on a telephone: {told}{lacking}")


def faults(report: dict[str, Any], kinds: list[str]) -> list[str]:
    """Audits of these categories that count and were not passed."""
    audits = [entry["id"] for kind in kinds for entry in report["categories"][kind]["auditRefs"] if entry["weight"]]
    scores = {name: report["audits"][name]["score"] for name in audits}
    return [name for name, score in scores.items() if score is not None and score < 1]


def looked_at(program: Path, browser: str, url: str) -> dict[str, Any]:
    command = ["node", str(program), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(WANTED)}"]
    environment = os.environ | {"CHROME_PATH": browser}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Missing(f"Lighthouse could not look at {url}: {ended.stderr.strip()[-300:]}")
    report: dict[str, Any] = json.loads(ended.stdout)
    return report


def installed(folder: Path) -> Path:
    """Lighthouse's program; fetched once, from the npm registry."""
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        if shutil.which("npm") is None:
            raise Missing("«npm» is missing: install it (Debian: apt install npm) and start again.")
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"lighthouse@{VERSION}"]
        if subprocess.run(command, check=False).returncode or not program.is_file():
            raise Missing(f"lighthouse@{VERSION} could not be installed by npm.")
    return program


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        raise Missing("«chromium» is missing: install it (Debian: apt install chromium) and start again.")
    return found


if __name__ == "__main__":
    sys.exit(main(measure, parser("Lighthouse")))
