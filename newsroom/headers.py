"""Security headers of every answer, in one place: pages, static files, errors."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.functional import SimpleLazyObject

from newsroom.editors import is_editors

Answer = Callable[[HttpRequest], HttpResponseBase]

READERS_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
EDITORS_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; "
    "base-uri 'none'; object-src 'none'"
)
# The error page of last resort carries its style inside, for it must work when static files do not.
LAST_RESORT_POLICY = READERS_POLICY.replace("style-src 'self'", "style-src 'self' {style}")
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "usb", "browsing-topics",
    )
)  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = 63_072_000  # seconds


class SecurityHeaders:
    """Outermost middleware: nothing leaves without these headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = SimpleLazyObject(lambda: secrets.token_urlsafe(16))
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy(request, nonce))
        # What says nothing about being kept (a redirect, a refusal) is asked for again soon: addresses may change back.
        response.headers.setdefault("Cache-Control", "no-cache" if is_editors(request) else "public, max-age=60")
        if settings.CDN_PURGE_URL.startswith("cloudflare:") and "Surrogate-Key" in response.headers:
            response.headers["Cache-Tag"] = response.headers["Surrogate-Key"].replace(" ", ",")  # its word for the same
        if settings.IS_HTTPS:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
        return response


def _policy(request: HttpRequest, nonce: object) -> str:
    if not is_editors(request):
        return READERS_POLICY
    return EDITORS_POLICY.format(nonce=f" 'nonce-{nonce}'")


class HeadRequests:
    """HEAD answers what GET would, without the body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        elif request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
            # Not closed here: closing ends the request, and that is the server's to say. It closes the file too.
            response.streaming_content = iter(())
        return response
