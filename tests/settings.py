"""Settings under test: the real ones, with a folder of their own and no secrets."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "https://tagblatt.example")
if "DATA_DIR" not in os.environ:  # whoever makes the folder takes it away; processes started later share it
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES, MIDDLEWARE, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "newsroom.staticfiles.PlainStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if name != "newsroom.staticfiles.StaticFiles"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {"version": 1, "disable_existing_loggers": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"].update(CONN_MAX_AGE=0)
