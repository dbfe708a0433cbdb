"""As much of HTTP/1.1 as a reader needs: one request out, one whole answer in."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass

NO_BODY = (204, 304)


class Malformed(Exception):
    """What came back is no HTTP answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes
    length: int  # bytes it took on the line
    is_last: bool = False  # the other side closes the connection


def request(path: str, host: str, headers: Mapping[str, str] | None = None) -> bytes:
    named = {"Host": host, **(headers or {})}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def parse(buffer: bytes) -> Reply | None:
    """The first answer in the buffer, or None while it is not whole."""
    head, end, rest = buffer.partition(b"\r\n\r\n")
    if not end:
        return None
    status, headers = _head(head)
    begin = len(head) + 4
    is_last = headers.get("connection", "").lower() == "close"
    if status in NO_BODY:
        return Reply(status, headers, b"", begin, is_last)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        found = _chunks(rest)
        return None if found is None else Reply(status, headers, found[0], begin + found[1], is_last)
    size = int(headers.get("content-length", "0"))
    return None if len(rest) < size else Reply(status, headers, rest[:size], begin + size, is_last)


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    protocol, _, rest = first.partition(" ")
    if not protocol.startswith("HTTP/1.") or not rest[:3].isdigit():
        raise Malformed(first[:80])
    pairs = (line.partition(":") for line in lines)
    return int(rest[:3]), {name.strip().lower(): value.strip() for name, _, value in pairs}


def _chunks(rest: bytes) -> tuple[bytes, int] | None:
    """Body and length on the line of a chunked answer."""
    body, at = b"", 0
    while True:
        line_end = rest.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(rest[at:line_end].split(b";")[0], 16)
        at = line_end + 2
        if len(rest) < at + size + 2:
            return None
        body += rest[at : at + size]
        at += size + 2
        if size == 0:
            return body, at


def fetch(port: int, path: str, headers: Mapping[str, str] | None = None, *, timeout: float = 30.0) -> Reply:
    """One answer over a connection of its own; raises OSError or Malformed."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as line:
        line.sendall(request(path, f"127.0.0.1:{port}", headers))
        buffer = b""
        while (reply := parse(buffer)) is None:
            received = line.recv(65_536)
            if not received:
                raise Malformed(f"closed after {len(buffer)} bytes")
            buffer += received
    return reply
