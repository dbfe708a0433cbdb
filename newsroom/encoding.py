"""Brotli and gzip for readers' pages; editors' pages hold secrets and go uncompressed."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

from newsroom.compressing import COMPRESSIBLE, SMALLEST, encode, preferred
from newsroom.editors import is_editors
from newsroom.headers import Answer


class Compression:
    """Encodes what `page()` made; its weak ETag speaks for all variants."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or is_editors(request) or not _is_compressible(response):
            return response
        response.headers["Vary"] = "Accept-Encoding"
        encoding = preferred(request.headers.get("Accept-Encoding", ""))
        if encoding and len(response.content) >= SMALLEST:
            response.content = encode(response.content, encoding)
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_compressible(response: HttpResponse) -> bool:
    if "Content-Encoding" in response.headers or response.status_code in (204, 304):
        return False
    return COMPRESSIBLE.match(response.headers.get("Content-Type", "")) is not None
