"""One server takes another's place at the same port: it starts beside it, and only when it answers the old one leaves."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

PAUSE: Final = 0.05  # seconds between two questions who answers


def pid_file(port: int) -> Path:
    return Path(settings.DATA_DIR) / f"serve-{port}.pid"


def running(port: int) -> int | None:
    """The process that serves this port from this folder, if it lives."""
    try:
        pid = int(pid_file(port).read_text(encoding="ascii"))
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid if pid != os.getpid() else None


def claim(port: int) -> None:
    draft = pid_file(port).with_suffix(f".{os.getpid()}")
    draft.write_text(f"{os.getpid()}", encoding="ascii")
    draft.replace(pid_file(port))


def release(port: int) -> None:
    """Only if it is still ours: whoever replaced us has it now."""
    with suppress(OSError, ValueError):
        if int(pid_file(port).read_text(encoding="ascii")) == os.getpid():
            pid_file(port).unlink()


def who_answers(host: str, port: int) -> int | None:
    """The server process behind one new connection; 0 for one that does not say, None for nobody."""
    client = http.client.HTTPConnection(host, port, timeout=2)
    try:
        client.request("GET", "/healthz", headers={"Host": urlsplit(settings.SITE_URL).netloc})
        said = json.loads(client.getresponse().read())
    except (OSError, http.client.HTTPException):
        return None
    except ValueError:
        return 0
    finally:
        client.close()
    return int(said.get("server", 0)) if isinstance(said, dict) else 0


def answers(host: str, port: int, *, within: float, server: int | None = None) -> bool:
    """Whether somebody (or that server process) answers within so many seconds."""
    known = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - to be avoided, not bound
    until = time.monotonic() + within
    while time.monotonic() < until:
        found = who_answers(known, port)
        if found is not None and server in (None, found):
            return True
        time.sleep(PAUSE)
    return False


def ask_to_leave(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
