"""A whole small site that real servers can show: migrated, with one article and its static files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILL = """
from articles import desk
from articles.models import Category, Tag, Article
category = Category.objects.create(name="Ausland", slug="ausland", colour="#0d655f")
article = Article.objects.create(headline="Rat", lead="Der Rat entscheidet.", category=category)
desk.set_tags(article, [Tag.objects.create(name="Russland")])
desk.publish(article)
"""


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of its servers."""
    folder = tmp_path_factory.mktemp("small")
    given = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(folder), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1", "WORKERS": "1",
    }  # fmt: skip
    for arguments in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["shell", "-v0", "-c", FILL]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=given, check=True)
    return given


@pytest.fixture
def serve_small(small_site: dict[str, str], tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts a server at that port; what it says goes to a file, for a pipe that nobody reads would stop it."""
    started: list[subprocess.Popen[str]] = []
    with (tmp_path / "server.log").open("w", encoding="utf-8") as log:

        def start(port: int) -> subprocess.Popen[str]:
            command = [sys.executable, "manage.py", "serve", "--port", str(port)]
            started.append(subprocess.Popen(command, cwd=ROOT, env=small_site, text=True, stdout=log, stderr=log))
            return started[-1]

        yield start
        for server in started:
            server.terminate()
        for server in started:
            server.wait(timeout=40)
