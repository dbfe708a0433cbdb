"""The only door through which a page leaves: headers, keys, the next moment it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _

from articles.front.rows import Row
from articles.models import Article
from articles.pages.furniture import Furniture, furniture

FRESH, SHARED, STALE, ON_ERROR = 60, 300, 600, 86_400  # seconds
READ = ("GET", "HEAD")
HTML = "text/html; charset=utf-8"

Given = ParamSpec("Given")
Viewed = TypeVar("Viewed", bound=HttpResponseBase)


def readers(
    view: Callable[Concatenate[HttpRequest, Given], Viewed],
) -> Callable[Concatenate[HttpRequest, Given], Viewed | HttpResponse]:
    """For every reader's view: it only speaks; any other method is told so (405), before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Given.args, **options: Given.kwargs) -> Viewed | HttpResponse:
        if request.method in READ:
            return view(request, *args, **options)
        response = HttpResponse(_("Diese Seite lässt sich nur lesen."), status=405, content_type="text/plain; charset=utf-8")
        response.headers["Allow"] = ", ".join(READ)
        return response

    return cast("Callable[Concatenate[HttpRequest, Given], Viewed | HttpResponse]", guarded)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    keys: Iterable[str],
    shown: Iterable[Article | Row] = (),
    around: Furniture | None = None,
    changed: datetime | None = None,
    ends: datetime | None = None,
    status: int = 200,
    is_reserved: bool | None = None,
) -> HttpResponse:
    """Render a reader's page, the same bytes for everyone; the rest as of `document`."""
    around = around or furniture()
    mining = reservation(around, is_reserved)
    given = {"around": around, "house": around.house, "origin": settings.SITE_URL, "mining": mining, **context}
    made = render_to_string(template, given)
    return document(
        request, made, keys=keys, shown=shown, around=around, changed=changed, ends=ends, status=status, is_reserved=is_reserved,
    )  # fmt: skip


def document(
    request: HttpRequest,
    made: str,
    *,
    keys: Iterable[str],
    shown: Iterable[Article | Row] = (),
    around: Furniture,
    changed: datetime | None = None,
    ends: datetime | None = None,
    status: int = 200,
    kind: str = HTML,
    is_reserved: bool | None = None,
) -> HttpResponse:
    """What readers or their programs get, written by whatever template or function.

    keys: names by which caches drop it. shown: articles on it, for Last-Modified and the moments at which one ends.
    ends: a further moment from which it would be wrong. kind: its media type.
    is_reserved: whether text and data mining is; default: as soon as anybody whose copy may stand on it reserves it.
    """
    articles, hangs_on, body = list(shown), {"all", *keys}, made.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    response = HttpResponse(status=304) if _is_known(request, etag, status) else HttpResponse(body, kind, status)
    if status == 200:
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(_last_change(around, articles, changed).timestamp())
    wrong_from = _wrong_from(_begun(request, around), around.changes_for(hangs_on), articles, ends)
    until(request, wrong_from)
    response.headers["Cache-Control"] = cache_control(_seconds_left(around, wrong_from))
    response.headers["Surrogate-Key"] = " ".join(sorted(hangs_on))
    response.headers["Vary"] = "Accept-Encoding"
    for name, value in reservation(around, is_reserved).items():
        response.headers[name] = value
    if response.status_code != 304:
        response.headers["Content-Length"] = str(len(body))
    return response


def reservation(around: Furniture, is_reserved: bool | None = None) -> dict[str, str]:
    """The TDM Reservation Protocol's words, for headers and for `meta` (W3C Community Group, 2024)."""
    said = {"tdm-reservation": str(int(around.is_reserved if is_reserved is None else is_reserved))}
    return said | ({"tdm-policy": around.house.tdm_policy} if around.house.tdm_policy else {})


def until(request: HttpRequest, moment: datetime | None) -> None:
    """Tell the cache in front of us, to the fraction of a second, from when on the answer would be wrong."""
    request.META["newsroom.until"] = moment.timestamp() if moment else None


def cache_control(left: int | None) -> str:
    """left: seconds until something on the page appears or ends; no cache keeps it longer than that."""
    if left is None:
        left = SHARED + STALE + ON_ERROR
    shared = min(SHARED, left)
    stale = min(STALE, left - shared)
    on_error = min(ON_ERROR, left - shared)
    return f"public, max-age={min(FRESH, left)}, s-maxage={shared}, stale-while-revalidate={stale}, stale-if-error={on_error}"


def _is_known(request: HttpRequest, etag: str, status: int) -> bool:
    """Only the ETag is believed: a list from which something was taken has no newer date to show for it."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return status == 200 and (etag in known or known == ["*"])


def _last_change(around: Furniture, articles: Iterable[Article | Row], changed: datetime | None) -> datetime:
    moments = [around.house.changed_at, changed, *(article.changed_at for article in articles)]
    moments += [article.published_at for article in articles]
    return min(max(moment for moment in moments if moment), around.now)


def _begun(request: HttpRequest, around: Furniture) -> datetime:
    """When the cache in front of us asked; what ended while the page was made may still stand on it."""
    begun = request.META.get("newsroom.begun")
    return min(datetime.fromtimestamp(begun, tz=UTC), around.now) if begun else around.now


def _wrong_from(
    begun: datetime, changes: datetime | None, articles: Iterable[Article | Row], ends: datetime | None,
) -> datetime | None:  # fmt: skip
    """The next moment at which something on the page appears or ends."""
    moments = [changes, ends]
    for article in articles:
        moments += article.ends if isinstance(article, Row) else [article.visible_until]
        moments += [article.picture.rights_until if article.picture else None]
    return min((moment for moment in moments if moment and moment > begun), default=None)


def _seconds_left(around: Furniture, wrong_from: datetime | None) -> int | None:
    return max(0, int((wrong_from - around.now).total_seconds())) if wrong_from else None
