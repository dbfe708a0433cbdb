"""Colours of sections: contrast as WCAG counts it, and a readable pair for light and dark pages."""

from __future__ import annotations

import re

READABLE = 4.5
LIGHT_GROUNDS = ("#fdfcfa", "#f3f1ec")
DARK_GROUNDS = ("#141517", "#1e2023")

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 50


def is_colour(text: str) -> bool:
    return _COLOUR.fullmatch(text) is not None


def contrast(a: str, b: str) -> float:
    """From 1.0 (same) to 21.0 (black on white). Source: WCAG 2.2, «contrast ratio»."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def pair_for(colour: str) -> tuple[str, str]:
    """The colour for light and for dark pages, as near to the given one as letters of that colour stay readable."""
    return (
        _readable(colour, towards="#000000", grounds=LIGHT_GROUNDS),
        _readable(colour, towards="#ffffff", grounds=DARK_GROUNDS),
    )


def _readable(colour: str, *, towards: str, grounds: tuple[str, ...]) -> str:
    mixed = colour.lower()
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, towards, share=step / _STEPS)
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            break
    return mixed


def _mixed(colour: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    if not is_colour(colour):
        raise ValueError(f"not a colour like #1a2b3c: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
