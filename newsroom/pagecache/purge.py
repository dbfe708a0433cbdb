"""Tells a CDN which keys to drop: any that takes a plain request, Varnish, Fastly or Cloudflare (docs/operate.md)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import parse_qs, urlsplit

from newsroom.pagecache.counters import EVERYTHING
from newsroom.pagecache.telling import Purge

TIMEOUT: Final = 10.0  # seconds
AT_ONCE: Final = {
    "fastly": 256,
    "cloudflare": 30,
}  # keys that one call takes (their manuals, «Purge by surrogate key», «by tags»)
USUAL: Final = 200
FASTLY: Final = "https://api.fastly.com/service/{name}/purge"
CLOUDFLARE: Final = "https://api.cloudflare.com/client/v4/zones/{name}/purge_cache"


class BadAddress(ValueError):
    """CDN_PURGE_URL means nothing we know; the sentence says what would."""


def purger(url: str) -> Purge | None:
    """From CDN_PURGE_URL; None where it is empty. Raises BadAddress.

    https://… and http://…: POST with the header Surrogate-Key. varnish+http://…: method PURGE with the same header.
    fastly://SERVICE?token=…, cloudflare://ZONE?token=…: their own interfaces.
    """
    if not url:
        return None
    parts = urlsplit(url)
    token = parse_qs(parts.query).get("token", [""])[0]
    kind = parts.scheme
    is_complete = bool(parts.netloc and (token or kind not in AT_ONCE))
    if not is_complete or kind not in ("http", "https", "varnish+http", "varnish+https", *AT_ONCE):
        raise BadAddress(
            "CDN_PURGE_URL must be https://…, varnish+http://…, fastly://SERVICE?token=… or cloudflare://ZONE?token=…, "
            f"not {kind}://…"
        )

    def purge(keys: frozenset[str], hard: bool) -> None:
        named = [EVERYTHING] if EVERYTHING in keys else sorted(keys)
        for some in _in_portions(named, AT_ONCE.get(kind, USUAL)):
            _send(_request(kind, url, parts.netloc, token, some, hard))

    return purge


def _request(kind: str, url: str, name: str, token: str, keys: list[str], hard: bool) -> urllib.request.Request:
    joined = " ".join(keys)
    headers = {"Surrogate-Key": joined, "X-Purge": "hard" if hard else "soft"}
    if kind == "fastly":
        headers = {"Surrogate-Key": joined, "Fastly-Key": token} | ({} if hard else {"Fastly-Soft-Purge": "1"})
        return urllib.request.Request(FASTLY.format(name=name), headers=headers, method="POST")  # noqa: S310 - a fixed https address
    if kind == "cloudflare":
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        body = json.dumps({"tags": keys}).encode()
        return urllib.request.Request(CLOUDFLARE.format(name=name), body, headers, method="POST")  # noqa: S310 - as above
    method = "PURGE" if kind.startswith("varnish+") else "POST"
    return urllib.request.Request(url.removeprefix("varnish+"), headers=headers, method=method)  # noqa: S310 - the operator's own


def _send(request: urllib.request.Request) -> None:
    """Raises OSError (HTTPError and URLError are such) for anything but success."""
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see above
        answer.read(1024)


def _in_portions(keys: Iterable[str], most: int) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, most)):
        yield some
