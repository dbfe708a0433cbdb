"""The tag that prints a part, and prints it once for all pages on which it says the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

Needs = tuple[tuple[str, Any], ...]
MOST = 1000  # parts kept in a process; a teaser with its picture is the largest, about 2 kB


@register.simple_tag
def part(part_file: str, **needs: Any) -> SafeString:
    """Like `include … only`, for parts that depend on nothing but values: text, numbers, moments, frozen dataclasses.

    What was printed for the same values is printed again, so the head of a section or a teaser that stands in a hundred
    lists is rendered once. Nothing here can grow old: another value is another entry.
    """
    return _printed(part_file, tuple(needs.items()))


@register.simple_tag
def items(part_file: str, teasers: Iterable[Any], **needs: Any) -> SafeString:
    """The part for each teaser, as items of a list: thirty tags in a template take longer than what they print."""
    rest = tuple(needs.items())
    return mark_safe("".join([f"<li>{_printed(part_file, (('teaser', teaser), *rest))}</li>" for teaser in teasers]))


def _printed(part_file: str, needs: Needs) -> SafeString:
    """While templates are being written (DEBUG), always anew."""
    return _rendered.__wrapped__(part_file, needs) if settings.DEBUG else _rendered(part_file, needs)


@lru_cache(maxsize=MOST)
def _rendered(name: str, needs: Needs) -> SafeString:
    return mark_safe(Engine.get_default().get_template(name).render(Context(dict(needs))))
