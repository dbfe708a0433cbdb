"""/healthz: this process answers. /readyz: it can also reach its database, so readers may be sent here.

Feeds are told beside it and turn nobody away: a silent agency is no reason to show readers nothing.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.wire.transport import health as wire

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
        feeds = {one.feed.slug: one.condition for one in wire.all_feeds()}
    except (DatabaseError, InterfaceError) as error:
        logger.error("Not ready, the database does not answer: %s", error)
        return _answer({"status": "unavailable", "database": "down"}, status=503)
    return _answer({"status": "ok", "database": "ok", "wire": feeds})


def _answer(content: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
