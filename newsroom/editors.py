"""Middleware that only the editors' addresses pass: a reader's page knows no session, user or token."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import common, csrf

EDITORS = "/admin/"


def is_editors(request: HttpRequest) -> bool:
    """Whether the address belongs to the editors' side."""
    return request.path_info.startswith(EDITORS) or request.path_info == EDITORS[:-1]


class _EditorsOnly:
    """Placed before one of Django's middleware classes, it lets readers' requests pass by."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_editors(request):
            answer: HttpResponseBase = self.get_response(request)
            return answer
        return super().__call__(request)  # type: ignore[misc, no-any-return]


class SessionMiddleware(_EditorsOnly, sessions.SessionMiddleware):
    """Sessions for editors."""


class CommonMiddleware(_EditorsOnly, common.CommonMiddleware):
    """Host checks and content length for editors; readers' pages set theirs in `page()`."""


class AuthenticationMiddleware(_EditorsOnly, auth.AuthenticationMiddleware):
    """Users for editors."""


class MessageMiddleware(_EditorsOnly, messages.MessageMiddleware):
    """Messages for editors."""


class CsrfViewMiddleware(_EditorsOnly, csrf.CsrfViewMiddleware):
    """Forgery protection for editors; readers' addresses refuse every method that could change anything."""

    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if is_editors(request) else None
