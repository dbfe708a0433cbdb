"""A site with two databases in a process of its own: does what each line on its standard input says, and answers with a line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from articles import desk  # noqa: E402
from articles.models import Article  # noqa: E402
from newsroom import replica  # noqa: E402
from newsroom.pagecache.setup import counters  # noqa: E402
from tests import make  # noqa: E402

PATIENCE = 8.0  # seconds
PAUSES = (0.3, 4.5, 1.1)  # seconds between two edits


def fill(headline: str) -> str:
    call_command("migrate", verbosity=0)
    article = make.article(headline)
    User.objects.create_user("chef", is_staff=True, is_superuser=True)
    return article.get_absolute_url()


def page(path: str) -> str:
    """Its heading or its status, and which databases were asked for articles."""
    asked: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.update({context["connection"].alias} if "articles_" in sql else set())
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), connections["replica"].execute_wrapper(note):
        response = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False).get(path)
    heading = response.content.decode().partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()
    return f"{response.status_code} {heading} from {'+'.join(sorted(asked))}"


def admin(headline: str) -> str:
    """Whether an editor sees this headline in the form."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get())
    text = client.get(f"/admin/articles/article/{Article.objects.get().pk}/change/").content.decode()
    return "yes" if headline in text else "no"


def edit(headline: str) -> str:
    desk.revise(Article.objects.get(), {"headline": headline})
    return Article.objects.get().headline


def change(_: str) -> str:
    counters().raise_keys(["front"])
    return "changed"


def wait(_: str) -> str:
    """Until the replica may be asked."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if replica.catching_up.is_current():
            return "current"
        time.sleep(0.02)
    return "never"


def storm(rounds: str) -> str:
    """Edit the article again and again, read its page all the while; how many pages were old, and how many from the replica."""
    path = Article.objects.get().get_absolute_url()
    old = copied = 0
    for number in range(int(rounds)):
        text = edit(f"Fassung {number}")
        end = time.monotonic() + PAUSES[number % len(PAUSES)]
        while time.monotonic() < end:
            seen = page(path)
            old += f"200 {text} " not in seen
            copied += seen.endswith("from replica")
    return f"{old} old, {'some' if copied else 'none'} from the replica"


COMMANDS: dict[str, Callable[[str], str]] = {one.__name__: one for one in (fill, page, admin, edit, change, wait, storm)}


if __name__ == "__main__":
    for line in sys.stdin:
        name, _, rest = line.rstrip("\n").partition(" ")
        answer = COMMANDS[name](rest)
        connections.close_all()  # as at the end of a thread; a file that is replaced is opened anew
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
