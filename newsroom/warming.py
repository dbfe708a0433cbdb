"""A process that has just started answers its first reader as quickly as the next: it has made a page for nobody before."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.renewing import asked

logger = logging.getLogger(__name__)

PATH: Final = "/"  # the page that needs most of what pages need


def begin(application: Any) -> threading.Thread:
    """Beside the first requests, which may come at once: nobody waits for it."""
    site = application.app if isinstance(application, PageCache) else application
    thread = threading.Thread(target=warm, args=(site,), daemon=True, name="warming")
    thread.start()
    return thread


def warm(site: Callable[..., Iterable[bytes]]) -> None:
    """Ask the site itself, past every cache, for a page that is thrown away. A site that cannot answer is none of our business."""
    address = urlsplit(settings.SITE_URL)
    try:
        chunks = site(asked(PATH, "", address.netloc, address.scheme), lambda *_: None)
        b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
    except Exception:
        logger.exception("The first page could not be made")
    finally:
        connections.close_all()
