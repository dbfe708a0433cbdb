"""One stretch of a walk through the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Batch:
    """places: of matching documents, newest first. looked: how many were looked at for them. down_to: all from here on are done."""

    places: Sequence[int]
    looked: int
    down_to: int
