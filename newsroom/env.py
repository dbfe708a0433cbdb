"""Reads the environment; every secret may also stand in a file named by NAME_FILE."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

import environ

env = environ.FileAwareEnv()

ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL")


class UnsafeStart(Exception):
    """Production lacks a setting it cannot do without; the sentence names it."""


def data_dir(base: Path) -> Path:
    """Folder for database, media and page cache; made when absent."""
    folder = Path(env.str("DATA_DIR", default=str(base / "data"))).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds embargoed copy and password hashes
    return folder


def required(name: str, *, debug: bool, fallback: str) -> str:
    """A setting that only a developer's machine may leave out."""
    value = str(env.str(name, default="")).strip()
    if value:
        return value
    if debug:
        return fallback
    missing = [one for one in REQUIRED if not env.str(one, default="").strip()]
    raise UnsafeStart(f"Not set: {', '.join(missing)}. Production does not start without: see docs/operate.md, «Settings».")


def site_url(*, debug: bool) -> str:
    """The canonical origin, without a slash at the end."""
    url = required("SITE_URL", debug=debug, fallback="http://127.0.0.1:8000").rstrip("/")
    if not ORIGIN.fullmatch(url):
        raise UnsafeStart(f"SITE_URL must be an origin such as https://www.example.org, not {url!r}.")
    return url


def whole(name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`."""
    text = str(env.str(name, default="")).strip() or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise UnsafeStart(f"{name} must be a whole number from 1 to {most}, not {text!r}.")
    return int(text)


def local_secret(folder: Path) -> str:
    """The key that `make run` makes once and keeps in DATA_DIR."""
    file = folder / "secret_key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as sink:
            sink.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="ascii").strip()
