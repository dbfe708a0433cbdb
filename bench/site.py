"""The site that is measured: built once in a folder, then served by `manage.py serve` as an operator would."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench.figures import note
from bench.http1 import Malformed, fetch
from bench.processes import PROC, end, serving
from bench.processes import workers as web_processes
from bench.tools import Missing, is_free, require
from bench.wrk import NoFigures

ROOT: Final = Path(__file__).resolve().parents[1]
PORT: Final = 8120
SECRET: Final = "bench-only-" + "k" * 45  # of a site that holds nothing but generated copy
START_WITHIN: Final = 60.0  # seconds
ALL_WITHIN: Final = 15.0
KEPT: Final = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")  # of our own environment


@dataclass(frozen=True, eq=False)
class Site:
    """Folder and settings of one site (one node of it)."""

    folder: Path
    port: int
    articles: int
    origin: str = ""  # SITE_URL; default: the address of this node
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self) -> dict[str, str]:
        own = {name: os.environ[name] for name in KEPT if name in os.environ}
        return own | {
            "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": self.origin or f"http://127.0.0.1:{self.port}",
            "DATA_DIR": str(self.data), "PORT": str(self.port), "DEBUG": "0", "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings", **self.extra,
        }  # fmt: skip

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        ended = subprocess.run(command, env=self.environment(), cwd=ROOT, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise Missing(f"«manage.py {' '.join(arguments)}» has failed: {ended.stderr.strip()[-600:]}")
        return ended.stdout


@dataclass(frozen=True)
class Server:
    """A running `serve`."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float  # from start to the first answer of a page

    @property
    def pid(self) -> int:
        return self.process.pid


def build(site: Site) -> Site:
    """Make database, pictures and static files; does nothing where that is done."""
    done = site.folder / "built"
    wanted = f"{site.articles} {site.extra.get('DATABASE_URL', '')}"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        site.manage("migrate", "--verbosity", "0")
        return site
    site.data.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    site.manage("migrate", "--verbosity", "0")
    site.manage("demo", "--articles", str(site.articles))
    site.manage("media_render")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    done.write_text(wanted, encoding="utf-8")
    note(f"built a site of {site.articles:,} articles in {time.monotonic() - begun:.0f} s: {site.folder}")
    return site


def start(site: Site, *, workers: int = 2, path: str = "/", replace: bool = False) -> Server:
    """`manage.py serve`, waited for until this page is answered: by it, or where it replaces another by one of the two."""
    if not replace and not is_free(site.port):
        raise Missing(f"Port {site.port} is taken: choose another with --port.")
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(site.port), "--workers", str(workers)]
    command += ["--replace"] if replace else []
    begun = time.monotonic()
    with (site.folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, env=site.environment(), cwd=ROOT, stdout=log, stderr=log)
    host = {"Host": urlsplit(site.environment()["SITE_URL"]).netloc}
    try:
        wait_for(lambda: is_answered(site.port, path, headers=host), process=process)
    except Missing:
        end(process)
        raise
    return Server(process, site.port, time.monotonic() - begun)


@contextmanager
def served(site: Site, *, workers: int = 2) -> Iterator[Server]:
    server = start(site, workers=workers)
    try:
        all_there(server, workers=workers)
        yield server
    finally:
        end(server.process)


def all_there(server: Server, *, workers: int) -> None:
    """The first answer comes from whichever web process is up first; figures need all of them."""
    until = time.monotonic() + ALL_WITHIN
    while PROC.exists() and sum(map(serving, web_processes(server.pid))) < workers:
        if time.monotonic() > until:
            note(f"not all of {workers} web processes serve after {ALL_WITHIN:.0f} s")
            return
        time.sleep(0.05)


def is_answered(port: int, path: str, *, headers: dict[str, str] | None = None) -> bool:
    with suppress(OSError, Malformed):
        return fetch(port, path, headers, timeout=5.0).status == 200
    return False


def wait_for(condition: Callable[[], bool], *, process: subprocess.Popen[bytes] | None = None) -> None:
    """Raise Missing when it does not come true in time, or when the process ends first."""
    until = time.monotonic() + START_WITHIN
    while not condition():
        if process is not None and process.poll() is not None:
            raise Missing(f"A server ended with {process.returncode} before it answered: {process.args!r}.")
        if time.monotonic() > until:
            raise Missing(f"A server did not answer within {START_WITHIN:.0f} s.")
        time.sleep(0.01)


def parser(description: str) -> argparse.ArgumentParser:
    """What all programs may be told."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "newsroom-bench", help="default: %(default)s")
    made.add_argument("--articles", type=int, default=10_000, help="default: %(default)s")
    made.add_argument("--port", type=int, default=PORT, help="first of ten ports (default: %(default)s)")
    made.add_argument("--seconds", type=int, default=5, help="of one measurement (default: %(default)s)")
    return made


def site_of(given: argparse.Namespace) -> Site:
    return build(Site(given.dir / f"site-{given.articles}", given.port, given.articles))


def main(measure: Callable[[argparse.Namespace], None], given: argparse.ArgumentParser, *, needs: tuple[str, ...] = ()) -> int:
    """Run one program; what cannot run here ends it with one sentence and 1. Stopped, it ends what it has started."""
    arguments = given.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        require(*needs)
        measure(arguments)
    except (Missing, NoFigures) as error:
        print(f"{given.prog}: {error}", file=sys.stderr)
        return 1
    return 0
