"""Tests of the editors' side."""

from __future__ import annotations
