"""Finds the programs a measurement needs, and says in one sentence what is missing."""

from __future__ import annotations

import os
import shutil
import socket
from typing import Final

PACKAGES: Final = {"nginx": "nginx", "wrk": "wrk", "redis-server": "redis-server", "redis-cli": "redis-tools"}
PLACES: Final = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])


class Missing(Exception):
    """This measurement cannot run here; the sentence says why and what to do."""


def program(name: str) -> str:
    """Where the program lies; raises Missing."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        raise Missing(f"«{name}» is missing: install it (Debian: apt install {PACKAGES.get(name, name)}) and start again.")
    return found


def require(*names: str) -> None:
    """Raise Missing with all that is not there, in one sentence."""
    absent = [name for name in names if shutil.which(name, path=PLACES) is None]
    if absent:
        packages = " ".join(sorted({PACKAGES.get(name, name) for name in absent}))
        raise Missing(f"Missing for this measurement: {', '.join(absent)}. Install with: apt install {packages} (Debian).")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
