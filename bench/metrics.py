"""Reads what the server tells of itself at /metrics."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from bench.http1 import Malformed, fetch

RENDERS: Final = "newsroom_pagecache_renders_total"


def total(text: str, name: str) -> float | None:
    """The sum over all labels in a Prometheus text; None where the name does not occur."""
    lines = re.findall(rf"^{re.escape(name)}(?:\{{[^}}]*\}})?\s+([0-9.eE+-]+)", text, flags=re.MULTILINE)
    return sum(float(value) for value in lines) if lines else None


def read(port: int, name: str = RENDERS) -> float | None:
    """None where the server tells nothing: then no figure can be had from it."""
    with suppress(OSError, Malformed):
        reply = fetch(port, "/metrics")
        if reply.status == 200:
            return total(reply.body.decode("utf-8", errors="replace"), name)
    return None


def told(before: float | None, after: float | None) -> str:
    return "renders unknown (no /metrics)" if before is None or after is None else f"{after - before:.0f} renders"
