"""`POST /wire/<feed>/`: an agency hands a delivery over. Accepted means committed; it is read a moment later."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from articles.models import Feed
from articles.wire import ledger, reading
from articles.wire.transport import keys

SCHEME = "bearer "


@csrf_exempt
def take(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":
        return _answer({"error": _("Hier wird nur angenommen: bitte mit POST.")}, status=405, Allow="POST")
    feed = Feed.objects.filter(slug=slug, is_active=True).first()
    if feed is None or not keys.is_right(feed, _token(request)):
        return _answer({"error": _("Dienst oder Zustellschlüssel stimmen nicht.")}, status=401, **{"WWW-Authenticate": "Bearer"})
    try:
        raw = _body(request)
    except OverflowError:
        sentence = _("Eine Lieferung darf höchstens %d MB haben.") % (reading.FEED_LIMIT // 1024**2)
        return _answer({"error": sentence}, status=413)
    except ValueError:
        return _answer({"error": _("Bitte nennen Sie mit Content-Length die Länge.")}, status=411)
    except OSError:
        return _answer({"error": _("Die Lieferung ist nicht ganz angekommen. Bitte schicken Sie sie noch einmal.")}, status=400)
    if not raw.strip():
        return _answer({"error": _("Die Lieferung ist leer.")}, status=400)
    try:
        delivery = ledger.keep(raw, feed=feed, name=_name(request), is_held=False)
    except DatabaseError:
        return _answer({"error": _("Gerade nicht zu speichern. Bitte schicken Sie sie noch einmal.")}, status=503, **{"Retry-After": "5"})
    return _answer({"delivery": delivery.pk, "sha256": delivery.hash}, status=202)


def _token(request: HttpRequest) -> str:
    stated = request.headers.get("Authorization", "")
    return stated[len(SCHEME) :].strip() if stated.lower().startswith(SCHEME) else ""


def _body(request: HttpRequest) -> bytes:
    """At most one byte more than is taken is read. Raises ValueError without a length, OverflowError, and OSError if cut off."""
    stated = request.headers.get("Content-Length", "")
    if not stated.isascii() or not stated.isdigit():
        raise ValueError(stated)
    length = int(stated)
    if length > reading.FEED_LIMIT:
        raise OverflowError
    found: bytes = request.read(length + 1)
    if len(found) != length:
        raise OSError("cut off")
    return found


def _name(request: HttpRequest) -> str:
    stated = request.headers.get("X-File-Name", "")
    return "".join(sign for sign in stated if sign.isprintable())[: ledger.LONGEST_NAME] or _("zugestellt")


def _answer(content: dict[str, Any], *, status: int, **headers: str) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store", **headers})
