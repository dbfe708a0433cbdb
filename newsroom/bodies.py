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
WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class FewBodies:
    """A body is read while its thread waits. Readers' addresses read none; the editors' read only so many at once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in WITHOUT_BODY or not is_editors(request):
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return errors.unavailable(request)
        try:
            return self.get_response(request)
        finally:
            self.places.release()
