"""Which requests may be answered from the cache, and the one name each address has there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote, unquote_plus

from django.http.request import split_domain_port, validate_host

from newsroom.compressing import preferred

LONGEST_PATH: Final = 1_000  # as newsroom/addresses.py
LONGEST_VALUE: Final = 200  # signs of a parameter that mean something (of a search); more leads nowhere
MOST_KNOWN: Final = 1_000  # hosts and encodings remembered; beyond, each is looked at again
ASIDE: Final = ("/admin/", "/vorschau/", "/wire/")
ASIDE_EXACTLY: Final = frozenset({"/admin", "/healthz", "/readyz", "/metrics", "/fehler-melden/", "/fehler-melden"})
STATIC: Final = "/static/"
FILES: Final = (STATIC, "/bild/")  # of these a reader may ask for a part
Environ = dict[str, Any]


class Addresses:
    """Names requests. parameters: patterns of paths with the parameters that matter there; all others do not."""

    def __init__(self, hosts: Sequence[str], parameters: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._allowed = list(hosts)
        self._parameters = [(re.compile(pattern), frozenset(names)) for pattern, names in parameters]
        self._hosts: set[str] = set()
        self._encodings: dict[str, str] = {"": ""}

    def is_ours(self, host: str | None) -> bool:
        if host in self._hosts:
            return True
        domain = split_domain_port(host or "")[0]
        if not domain or not validate_host(domain, self._allowed):
            return False
        if len(self._hosts) < MOST_KNOWN:
            self._hosts.add(str(host))
        return True

    def encoding(self, accepted: str) -> str:
        """`br`, `gzip` or nothing."""
        known = self._encodings.get(accepted)
        if known is None:
            known = preferred(accepted)
            if len(self._encodings) < MOST_KNOWN:
                self._encodings[accepted] = known
        return known

    def query(self, path: str, query: str) -> str:
        """The query string as far as it matters, in one spelling."""
        wanted = self._wanted(path)
        if not wanted:
            return ""
        found: dict[str, str] = {}
        for part in query.split("&"):
            name, _, value = part.partition("=")
            if name in wanted:
                found[name] = unquote_plus(value)
        return "&".join(f"{name}={_spelled(found[name])}" for name in sorted(found))

    def _wanted(self, path: str) -> frozenset[str]:
        return next((names for pattern, names in self._parameters if pattern.match(path)), frozenset())

    def key(self, path: str, query: str, encoding: str) -> str:
        """The name of an address; a static file has one for each encoding it lies ready in.

        The query stands in front: a path begins with a slash and may hold any sign after it, a question mark too.
        """
        if path.startswith(STATIC):
            return f"{path}#{encoding}"
        return f"?{query}{path}" if query else path

    @staticmethod
    def is_aside(path: str) -> bool:
        """Editors', operators' and agencies' addresses, and the form that is drawn for one reader: never kept."""
        return path.startswith(ASIDE) or path in ASIDE_EXACTLY or len(path) > LONGEST_PATH or path[:1] != "/"

    @staticmethod
    def is_part(path: str, environ: Environ) -> bool:
        """Whether only a part of a file is asked for; pages are sent whole, whatever part is asked for."""
        return "HTTP_RANGE" in environ and path.startswith(FILES)


def _spelled(value: str) -> str:
    # A value too long to mean anything is one and the same to us: nobody fills the cache with spellings of nothing.
    return quote(value, safe="") if len(value) <= LONGEST_VALUE else "-"


def bare(environ: Environ, *, path: str, query: str, encoding: str) -> Environ:
    """The request as any reader's would be: no cookie, language, condition, range or forwarded header."""
    kept = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    kept |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": environ.get("HTTP_HOST", "")}
    if path.startswith(STATIC):
        kept["HTTP_ACCEPT_ENCODING"] = encoding
    return kept
