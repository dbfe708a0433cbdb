"""The site's mark: the first letter of its name on ink, in the sizes devices ask for."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from articles.media import drawing
from articles.models import House
from articles.pages.response import readers

SIZES = (180, 192, 512)


@readers
def show(request: HttpRequest, size: int) -> HttpResponse:
    if size not in SIZES:
        raise Http404
    return _answer(_mark(_letter(), size), "image/png")


@readers
def show_ico(request: HttpRequest) -> HttpResponse:
    return _answer(_ico(_letter()), "image/x-icon")


def _letter() -> str:
    name = House.objects.filter(pk=1).values_list("name", flat=True).first() or "N"
    return name[0].upper()


@lru_cache(maxsize=16)
def _mark(letter: str, size: int) -> bytes:
    return drawing.mark(letter, size)


@lru_cache(maxsize=4)
def _ico(letter: str) -> bytes:
    return drawing.ico(letter)


def _answer(body: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
