"""`make bench`: every program in turn, each in a process of its own; fails when one could not run."""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bench.figures import note
from bench.site import ROOT, parser
from bench.tools import Missing, require

PROGRAMS: Final = (
    "hot", "counting", "many", "stampede", "visible", "delivered", "writing", "memory", "start", "kills", "damage", "cluster", "lighthouse", "search",
    "uncached", "sitemaps", "wire", "stories", "tagging", "hostile", "wirekills",
)  # fmt: skip


WITHOUT_SITE: Final = frozenset({"wire", "stories", "tagging", "hostile", "wirekills"})  # they bring what they need


def main() -> int:
    made = parser("Print every figure")
    made.add_argument("--only", nargs="*", metavar="NAME", default=PROGRAMS, help=f"some of: {', '.join(PROGRAMS)}")
    given = made.parse_args()
    try:
        require("nginx", "wrk", "redis-server")
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    note(f"{machine()}; {time.strftime('%Y-%m-%d %H:%M')}")
    unable = [name for name in given.only if is_there(name) and not run(name, given)]
    if unable:
        print(f"Could not run: {', '.join(unable)}.", file=sys.stderr)
    return 1 if unable else 0


def is_there(name: str) -> bool:
    return importlib.util.find_spec(f"bench.{name}") is not None


def shared(given: argparse.Namespace) -> list[str]:
    return [
        "--dir",
        str(given.dir),
        "--port",
        str(given.port),
        "--seconds",
        str(given.seconds),
        "--articles",
        str(given.articles),
    ]


def run(name: str, given: argparse.Namespace) -> bool:
    """search and uncached build sites of their own; they come last."""
    print(f"\n{name}", flush=True)
    own = {"uncached": ["--port", str(given.port)], "search": ["--articles", str(given.articles)]}
    options = ["--dir", str(given.dir / name), *own[name]] if name in own else [] if name in WITHOUT_SITE else shared(given)
    return subprocess.run([sys.executable, "-m", f"bench.{name}", *options], cwd=ROOT, check=False).returncode == 0


def machine() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {models[0] if models else platform.machine()}, Python {platform.python_version()}, load {load:.1f} before"


if __name__ == "__main__":
    sys.exit(main())
