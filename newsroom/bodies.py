"""Keeps most threads free for readers while editors' forms, or somebody who plays slow, send their bodies."""

from __future__ import annotations

import threading
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from newsroom import errors
from newsroom.editors import is_editors
from newsroom.headers import Answer

AT_ONCE: Final = 8  # of the 16 threads that a worker has
READERS_AT_ONCE: Final = 2
AGENCIES_AT_ONCE: Final = 4
AGENCIES: Final = "/wire/"
READERS_FORMS: Final = frozenset({"/fehler-melden/"})
WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class FewBodies:
    """A body is read while its thread waits: only so many at once, and readers' forms and agencies have places of their own.

    Readers' other addresses read none.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(AT_ONCE)
        self.readers_places = threading.BoundedSemaphore(READERS_AT_ONCE)
        self.agencies_places = threading.BoundedSemaphore(AGENCIES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        places = self._places(request)
        if places is None:
            return self.get_response(request)
        if not places.acquire(blocking=False):
            return errors.unavailable(request)
        try:
            return self.get_response(request)
        finally:
            places.release()

    def _places(self, request: HttpRequest) -> threading.BoundedSemaphore | None:
        if request.method in WITHOUT_BODY:
            return None
        if is_editors(request):
            return self.places
        if request.path_info.startswith(AGENCIES):
            return self.agencies_places
        return self.readers_places if request.path_info in READERS_FORMS else None
