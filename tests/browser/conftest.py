"""One real server and one Chromium for all browser tests; left out, and said so, where no Chromium is found."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and leave it out where it cannot run."""
    missing = pytest.mark.skip(reason="no Chromium: install Debian's «chromium» or set CHROMIUM to its path")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if _chromium() is None:
                item.add_marker(missing)


@dataclass(frozen=True)
class Site:
    """A running server: its origin, the path of each kind of page, its folder, and the file with all it has said."""

    origin: str
    pages: dict[str, str]
    data: Path
    log: Path

    def url(self, kind: str) -> str:
        return self.origin + self.pages[kind]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port = _free_port()
    origin = f"http://127.0.0.1:{port}"
    data, log = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("said") / "log"
    environment = os.environ | {
        "DATA_DIR": str(data), "SECRET_KEY": secrets.token_hex(32), "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": origin, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATABASE_URL": "",
    }  # fmt: skip
    environment.pop("DATABASE_URL")
    filled = subprocess.run(
        [sys.executable, "-m", "tests.browser.fill"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert filled.returncode == 0, filled.stderr
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with log.open("wb") as sink:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    try:
        _wait(origin, server)
        yield Site(origin, json.loads(filled.stdout), data, log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(origin: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended by itself"
        try:
            with urlopen(f"{origin}/ticker/", timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 30 seconds")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield launched
        launched.close()


Open = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, site: Site) -> Iterator[Open]:
    """`show("article", width=360, dark=True)` opens a page in a context of its own; more options go to the context."""
    contexts: list[BrowserContext] = []

    def opened(kind: str, *, width: int = 1280, height: int = 900, dark: bool = False, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="de-DE", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(site.url(kind), wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """Logged in; every complaint of the browser (a script the policy stopped, say) fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site.origin}/admin/")
    page.get_by_label("Benutzername").fill("cvd")
    page.get_by_label("Passwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("heading", name="Schreibtisch").wait_for()
    yield page
    context.close()
    assert [text for text in complaints if "410" not in text] == []
