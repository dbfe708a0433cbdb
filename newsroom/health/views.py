"""/healthz: this process answers. /readyz: it can also reach its database, so readers may be sent here."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Ask nothing and nobody. `server`: the process that started this one, to tell an old server from a new."""
    return _answer({"status": "ok", "server": os.getppid()})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        logger.error("Not ready, the database does not answer: %s", error)
        return _answer({"status": "unavailable", "database": "down"}, status=503)
    return _answer({"status": "ok", "database": "ok"})


def _answer(content: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
