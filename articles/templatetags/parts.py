"""The tag that prints a part, and prints it once for all pages on which it says the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MOST = 3000  # parts kept in a process; a teaser with its picture is the largest, about 2 kB


@register.simple_tag
def part(part_file: str, **needs: Any) -> SafeString:
    """Like `include … only`, for parts that depend on nothing but values: text, numbers, moments, frozen dataclasses.

    What was printed for the same values is printed again, so the head of a section or a teaser that stands in a hundred
    lists is rendered once. Nothing here can grow old: another value is another entry.
    """
    make = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return make(part_file, tuple(needs.items()))


@lru_cache(maxsize=MOST)
def _rendered(name: str, needs: tuple[tuple[str, Any], ...]) -> SafeString:
    return mark_safe(Engine.get_default().get_template(name).render(Context(dict(needs))))
