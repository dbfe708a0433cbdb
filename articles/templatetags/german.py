"""Dates, quotes and numbers as German readers expect them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles.text import dates, typography

register = template.Library()


@register.filter
def stamp(moment: datetime | None, style: str = "minutes") -> str:
    """24.02.2025 - 21:44, or another style of `articles.text.dates.stamp`."""
    return dates.stamp(moment, style=style) if moment else ""


@register.filter
def near(moment: datetime, now: datetime | None) -> str:
    """The time alone on the day the page itself speaks of, else the date with it."""
    today = now is not None and dates.berlin_day(moment) == dates.berlin_day(now)
    return dates.stamp(moment, style="time" if today else "short")


@register.filter
def clock(moment: datetime, now: datetime | None) -> str:
    """14:32, or the day alone where it is not the day of `now`; without one, always the time."""
    today = now is None or dates.berlin_day(moment) == dates.berlin_day(now)
    return dates.stamp(moment, style="clock") if today else dates.stamp(moment)[:6]


@register.filter
def iso(moment: datetime | None) -> str:
    """For `<time datetime>`: with Berlin's offset, to the second."""
    return dates.iso(moment) if moment else ""


@register.filter
def headline(text: str, style: str = "as-delivered") -> str:
    """House quotes and a no-break space before a dash."""
    return typography.headline(typography.quotes(str(text), style=style))


@register.filter
def quotes(text: str, style: str = "as-delivered") -> str:
    """House quotes in plain text."""
    return typography.quotes(str(text), style=style)


@register.filter
def prose(html: str, style: str = "as-delivered") -> SafeString:
    """Clean HTML of an article with house quotes; cleaned when it was stored, never from a reader."""
    return mark_safe(typography.quotes_html(html, style=style))


@register.filter
def thousands(number: int) -> str:
    """12345 becomes 12.345."""
    return f"{number:,}".replace(",", ".")


@register.filter
def after_dateline(html: str, dateline: str) -> SafeString:
    """The dateline opens the first paragraph: «Washington (dpa) –»."""
    if not dateline:
        return mark_safe(html)
    opening = f'<span class="dateline">{conditional_escape(dateline)}&nbsp;–</span> '
    if html.startswith("<p>"):
        return mark_safe(f"<p>{opening}{html[3:]}")
    return mark_safe(f"<p>{opening}</p>{html}")
