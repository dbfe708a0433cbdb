"""The real settings without collected static files, for processes that tests start."""

from __future__ import annotations

from newsroom.settings import *  # noqa: F403
from newsroom.settings import MIDDLEWARE, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "newsroom.staticfiles.PlainStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if name != "newsroom.staticfiles.StaticFiles"]
