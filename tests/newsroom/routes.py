"""The site's addresses and a few that break, for tests of what readers see then."""

from __future__ import annotations

import time

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


urlpatterns = [
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
