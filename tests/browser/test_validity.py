"""Every kind of page through the Nu HTML checker; left out, and said so, where Java or the checker is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.conftest import ROOT, Site

PLACES = (ROOT / ".venv" / "nu" / "node_modules", ROOT / "node_modules")


def _jar() -> Path | None:
    named = os.environ.get("NU_JAR")
    found = [Path(named)] if named else [place / "vnu-jar" / "build" / "dist" / "vnu.jar" for place in PLACES]
    return next((jar for jar in found if jar.is_file()), None)


@pytest.mark.skipif(
    _jar() is None or shutil.which("java") is None, reason="no Nu checker: needs Java and the npm package vnu-jar (NU_JAR)"
)
def test_the_nu_checker_finds_no_error(site: Site, tmp_path: Path) -> None:
    for kind in site.pages:
        (tmp_path / f"{kind.replace(' ', '-')}.html").write_bytes(_fetched(site.url(kind)))
    for template in ("400", "403", "500", "503"):
        text = (ROOT / "templates" / f"{template}.html").read_text(encoding="utf-8").replace("{{ site_name }}", "Tagblatt")
        (tmp_path / f"{template}.html").write_text(text, encoding="utf-8")

    checked = subprocess.run(
        ["java", "-jar", str(_jar()), "--format", "json", "--errors-only", *map(str, tmp_path.iterdir())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    messages = json.loads(checked.stderr)["messages"]
    assert [(Path(m["url"]).name, m["message"], m.get("extract", "")) for m in messages if m["type"] == "error"] == []


def _fetched(url: str) -> bytes:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())
    except HTTPError as error:
        return error.read()
