"""/.well-known/security.txt: whom to tell of a weakness (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.pages.furniture import furniture
from articles.pages.response import page, readers

VALID = timedelta(days=184)  # from the first of the month on; the RFC asks for less than a year


@readers
def show(request: HttpRequest) -> HttpResponse:
    """The same all month long, so that it can be kept; without any address there is none."""
    around = furniture()
    contact = around.house.security_email or around.house.email
    if not contact:
        raise Http404
    first, following = month_around(around.now)
    context = {"contact": contact, "expires": f"{first + VALID:%Y-%m-%dT%H:%M:%SZ}", "canonical": reverse("articles:security")}
    response = page(request, "pages/security.txt", context, keys=[], around=around, ends=following)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def month_around(now: datetime) -> tuple[datetime, datetime]:
    """First moments of this month and of the next, in UTC."""
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + timedelta(days=32)).replace(day=1)
