"""Forms of the editors' side: their fields, and what they check before anything is written."""

from __future__ import annotations
