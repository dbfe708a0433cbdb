"""One address for one thing: untidy spellings lead there in one hop, impossible ones end at 404."""

from __future__ import annotations

import re

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from newsroom import errors
from newsroom.editors import is_editors
from newsroom.headers import Answer

LONGEST = 1000  # signs; the longest real address has about 150
IMPOSSIBLE = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff\\]|/\.\.?(?:/|$)")
SLASHES = re.compile(r"/{2,}")


class CleanAddresses:
    """Asks the site what the tidy spelling answers before sending anybody there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if len(path) > LONGEST or IMPOSSIBLE.search(path) or not _is_known_host(request):
            return errors.not_found(request)
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or is_editors(request):
            return response
        return self._tidied(request, response)

    def _tidied(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        wanted = tidy(request.path_info)
        if wanted == request.path_info:
            return response
        request.path = request.path_info = wanted
        answer = self.get_response(request)
        if answer.status_code == 301:
            return answer
        if answer.status_code == 410:
            return answer
        return _moved(wanted, request) if answer.status_code == 200 else response


def tidy(path: str) -> str:
    """Lower case, single slashes, a slash at the end of everything that is no file."""
    path = SLASHES.sub("/", path).lower()
    last = path.rsplit("/", 1)[-1]
    return f"{path}/" if last and "." not in last else path


def _moved(path: str, request: HttpRequest) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _is_known_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True
