"""Reads the environment; every secret may also stand in a file named by NAME_FILE."""

from __future__ import annotations

import os
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import environ

env = environ.FileAwareEnv()

ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?", re.IGNORECASE)
HUB = re.compile(r"https?://[^\s/]+(?:/[^\s]*)?", re.IGNORECASE)
SEARCH_SERVER = re.compile(
    r"https?://(?:[^\s/@]+@)?(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?(?:/[^\s?#]*)?(?:\?index=[a-z0-9][a-z0-9_-]{0,99})?", re.IGNORECASE
)
INDEXNOW = re.compile(r"[A-Za-z0-9-]{8,128}")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
PICTURES_AT = "s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-central-1"

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


def hub_url() -> str:
    """The WebSub hub that feeds name; empty where there is none."""
    url = str(env.str("WEBSUB_HUB_URL", default="")).strip()
    if url and not HUB.fullmatch(url):
        raise UnsafeStart(f"WEBSUB_HUB_URL must be an address such as https://hub.example.org/, not {url!r}.")
    return url


def search_url() -> str:
    """The search server that is asked instead of the database; empty where there is none."""
    url = str(env.str("SEARCH_URL", default="")).strip()
    if url and not SEARCH_SERVER.fullmatch(url):  # not repeated: it may hold a password
        raise UnsafeStart("SEARCH_URL must be an address such as https://user:password@search.example.org:9200/?index=newsroom.")
    if url and find_spec("opensearchpy") is None:
        raise UnsafeStart("SEARCH_URL names a search server, which needs opensearch-py: pip install -r deploy/requirements.txt.")
    return url


def indexnow_key() -> str:
    """The key for IndexNow, which anybody may read at /KEY.txt; empty where it is not used."""
    key = str(env.str("INDEXNOW_KEY", default="")).strip()
    if key and not INDEXNOW.fullmatch(key):
        raise UnsafeStart("INDEXNOW_KEY must be 8 to 128 letters, digits and hyphens.")
    return key


def whole(name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`."""
    text = str(env.str(name, default="")).strip() or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise UnsafeStart(f"{name} must be a whole number from 1 to {most}, not {text!r}.")
    return int(text)


def picture_storages() -> dict[str, dict[str, Any]]:
    """Where pictures and their renditions lie: below MEDIA_ROOT, or in the bucket that MEDIA_STORAGE_URL names."""
    url = env.str("MEDIA_STORAGE_URL", default="").strip()
    if not url:
        return {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "renditions": {"BACKEND": "articles.media.shelf.Folder"},
        }
    options = _bucket(url)
    cut = options | {"location": f"{options['location']}/renditions".lstrip("/"), "file_overwrite": True}
    return {name: {"BACKEND": "newsroom.bucket.Bucket", "OPTIONS": one} for name, one in (("default", options), ("renditions", cut))}


def _bucket(url: str) -> dict[str, Any]:
    if "@" in url:  # not repeated: it may hold a secret
        raise UnsafeStart(f"MEDIA_STORAGE_URL holds a user or a key; keys belong in {' and '.join(KEYS)}.")
    refusal = UnsafeStart(f"MEDIA_STORAGE_URL must look like {PICTURES_AT} (endpoint and region may be left out), not {url!r}.")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise refusal from error
    told = dict(parse_qsl(parts.query, keep_blank_values=True))
    endpoint, region = told.pop("endpoint", None), told.pop("region", None)
    is_sound = parts.scheme == "s3" and BUCKET.fullmatch(parts.netloc) and not told and not parts.fragment and ".." not in parts.path
    if not is_sound or not (endpoint is None or ORIGIN.fullmatch(endpoint)) or region == "":
        raise refusal
    if any(find_spec(name) is None for name in ("storages", "boto3")):
        raise UnsafeStart("MEDIA_STORAGE_URL names a bucket, which needs django-storages: pip install -r deploy/requirements.txt.")
    return {
        "bucket_name": parts.netloc, "location": parts.path.strip("/"), "endpoint_url": endpoint, "region_name": region,
        "file_overwrite": False, **_bucket_keys(),
    }  # fmt: skip


def _bucket_keys() -> dict[str, str]:
    """Without any the machine itself may have been given the right."""
    given = {name: env.str(name, default="").strip() for name in KEYS}
    missing = [name for name, value in given.items() if not value]
    if len(missing) == 1:
        raise UnsafeStart(f"Not set: {missing[0]}. A bucket needs both {' and '.join(KEYS)}, or neither.")
    return {} if missing else {"access_key": given[KEYS[0]], "secret_key": given[KEYS[1]]}


def local_secret(folder: Path) -> str:
    """The key that `make run` makes once and keeps in DATA_DIR."""
    file = folder / "secret_key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as sink:
            sink.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="ascii").strip()
