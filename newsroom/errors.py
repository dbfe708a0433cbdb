"""What readers see when something is missing or broken: words, never a stack trace."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from articles.pages import missing
from newsroom.editors import is_editors
from newsroom.headers import LAST_RESORT_POLICY

logger = logging.getLogger(__name__)

MISSING = "newsroom.missing"  # as newsroom/pagecache/layer.py

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same bytes for what never existed and what is not public (yet)."""
    if MISSING in request.META:
        return HttpResponse(status=404)  # the page cache holds the page for it
    try:
        return missing.show(request)
    except (DatabaseError, InterfaceError):
        logger.exception("The page for 404 could not be made")
        return unavailable(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for requests that no reader's browser sends."""
    return _last_resort("400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: only editors can meet it, with a way back to their text."""
    return _last_resort("403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs no database, no static file and no template of ours that could be broken too."""
    return _last_resort("500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 while the database cannot be reached; readers and caches are told to come back soon."""
    response = _last_resort("503.html", status=503)
    response.headers["Retry-After"] = "60"
    return response


def _last_resort(template: str, *, status: int) -> HttpResponse:
    body = render_to_string(template, {"site_name": settings.SITE_NAME, "code": status})
    style = STYLE.search(body)
    digest = hashlib.sha256(style[1].encode()).digest() if style else b""
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = LAST_RESORT_POLICY.format(style=f"'sha256-{base64.b64encode(digest).decode()}'")
    return response


class DatabaseGuard:
    """Turns a database, or a storage of pictures, that cannot be reached into 503 instead of 500."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, InterfaceError, ConnectionError)) or is_editors(request):
            return None
        logger.error("%s cannot be reached: %s", "Storage" if isinstance(exception, ConnectionError) else "Database", exception)
        return unavailable(request)
