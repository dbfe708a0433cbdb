"""The one way out: every request the wire makes to another machine passes here.

Nobody inside may be reached through it: each address is resolved first, every answer of the resolver must be public, and the
connection goes to exactly that one. Redirects are followed by hand and checked again. Time and size are limited.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

MOST_BYTES: Final = 20 * 1024 * 1024
SECONDS: Final = 60.0  # for all of it
PATIENCE: Final = 10.0  # seconds for a connection, and for the next piece of the answer
MOST_REDIRECTS: Final = 5
PIECE: Final = 64 * 1024  # bytes
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
SECRETS: Final = ("authorization", "cookie")  # never told to another host
AGENT: Final = "Newsroom"


class FetchError(Exception):
    """It did not work; the German sentence says why. retry_after: seconds that the other side has asked for, or 0."""

    def __init__(self, sentence: str, *, retry_after: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """headers: names in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""


def fetch(
    address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, most: int = MOST_BYTES, seconds: float = SECONDS,
) -> Answer:  # fmt: skip
    """Return the final answer, whatever its status but a redirect. Raises FetchError."""
    until = time.monotonic() + seconds
    sent = {name.lower(): value for name, value in (headers or {}).items()} | {"user-agent": AGENT, "accept-encoding": "gzip"}
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _asked(address, method, sent, most=most, until=until)
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target:
            return answer
        following = urljoin(address, target)
        sent = _without_secrets(sent, address, following)
        address = following
    raise FetchError(_("Die Adresse leitet im Kreis weiter."))


def _without_secrets(sent: dict[str, str], before: str, after: str) -> dict[str, str]:
    old, new = urlsplit(before), urlsplit(after)
    if old.scheme == "https" and new.scheme != "https":
        raise FetchError(_("Die Adresse leitet auf eine ungesicherte weiter. Das wird nicht mitgemacht."))
    is_same = (old.hostname, old.port) == (new.hostname, new.port)
    return sent if is_same else {name: value for name, value in sent.items() if name not in SECRETS}


def _asked(address: str, method: str, sent: Mapping[str, str], *, most: int, until: float) -> Answer:
    scheme, host, port, target = _parts(address)
    pool = _pool(scheme, host, port)
    try:
        answer = pool.urlopen(
            method, target, headers={**sent, "host": _host_line(scheme, host, port)}, redirect=False, retries=False,
            preload_content=False, decode_content=True, timeout=urllib3.Timeout(connect=PATIENCE, read=PATIENCE),
        )  # fmt: skip
        try:
            body = _body(answer, most=most, until=until)
        finally:
            answer.close()
    except urllib3.exceptions.SSLError as error:
        raise FetchError(_("Das Zertifikat von %s ist nicht gültig.") % host) from error
    except urllib3.exceptions.HTTPError as error:
        raise FetchError(_("%s antwortet nicht oder bricht ab.") % host) from error
    finally:
        pool.close()
    return Answer(answer.status, body, {name.lower(): value for name, value in answer.headers.items()}, address)


def _body(answer: urllib3.BaseHTTPResponse, *, most: int, until: float) -> bytes:
    """Unpacked; never more than one piece above the limit is held."""
    found = bytearray()
    for piece in answer.stream(PIECE, decode_content=True):
        found += piece
        if len(found) > most:
            raise FetchError(_("Die Antwort ist größer als %d MB.") % (most // 1024**2))
        if time.monotonic() > until:
            raise FetchError(_("Die Antwort kam zu langsam."))
    return bytes(found)


def _parts(address: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and what is asked for. Raises FetchError for what is no plain web address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchError(_("«%s» ist keine Webadresse.") % address[:100]) from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise FetchError(_("«%s» ist keine Webadresse.") % address[:100])
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(not 0x21 <= ord(sign) <= 0x7E for sign in target + host):
        raise FetchError(_("Die Adresse enthält Zeichen, die verschlüsselt gehören."))
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target


def _pool(scheme: str, host: str, port: int) -> urllib3.HTTPConnectionPool:
    """Connects to the address that was checked; the name is only for the certificate."""
    number = checked(host, port)
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            number, port, maxsize=1, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )
    return urllib3.HTTPConnectionPool(number, port, maxsize=1)


def _host_line(scheme: str, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == (443 if scheme == "https" else 80) else f"{name}:{port}"


def checked(host: str, port: int) -> str:
    """The number to connect to. Raises FetchError where the host is not among those allowed, or lies inside."""
    allowed = settings.WIRE_HOSTS
    is_named = any(host == name or host.endswith(f".{name}") for name in allowed)
    if allowed and not is_named:
        raise FetchError(_("%s steht nicht unter den erlaubten Rechnern (WIRE_HOSTS).") % host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_("Den Rechner %s gibt es nicht.") % host) from error
    numbers = [str(entry[4][0]) for entry in found]
    if not is_named and not all(is_public(number) for number in numbers):
        raise FetchError(_("%s liegt in einem inneren Netz. Von dort wird nichts geholt.") % host)
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether everybody in the world reaches the same machine by it."""
    address: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if address in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)))
    return address.is_global and not address.is_multicast and not address.is_reserved


NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
