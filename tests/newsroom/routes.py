"""The site's addresses and a few that break, for tests of what readers see then."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret that no reader may see")


def lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to 10.0.0.7 refused")


def lose_connection(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("connection already closed")


def take_long(request: HttpRequest) -> HttpResponse:
    time.sleep(2)
    return HttpResponse("done at last")


def say_much(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Viel Text, der sich gut packen lässt.</p>" * 100)


def say_little(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Kurz.</p>")


def send_picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"\xff\xd8\xff" * 1000, content_type="image/jpeg")


def say_what_stands_there(request: HttpRequest) -> HttpResponse:
    """A page that the cache keeps. A test writes beside the database what it says, and after how many seconds; each
    rendering leaves the process's id there."""
    folder = Path(os.environ["SAYS"])
    with (folder / "renders").open("a") as renders:
        renders.write(f"{os.getpid()}\n")
    said = json.loads((folder / "says").read_text())
    time.sleep(said["pause"])
    response = HttpResponse(f"<p>{said['text']}</p>", status=said["status"])
    response.headers["Cache-Control"] = "public, max-age=60, s-maxage=300"
    response.headers["Surrogate-Key"] = "all article-17"
    return response


urlpatterns = [
    path("test/says/", say_what_stands_there),
    path("test/broken/", break_down),
    path("admin/broken/", break_down),
    path("test/no-database/", lose_database),
    path("test/no-connection/", lose_connection),
    path("admin/no-database/", lose_database),
    path("test/slow/", take_long),
    path("test/much/", say_much),
    path("admin/much/", say_much),
    path("test/little/", say_little),
    path("test/picture/", send_picture),
    path("", include("newsroom.urls")),
]

handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"
