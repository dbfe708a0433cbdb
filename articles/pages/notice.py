"""Pages that are no news: Impressum, Datenschutz and their like; three queries."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles import desk
from articles.models import Page
from articles.pages.facts import list_json_ld
from articles.pages.furniture import furniture
from articles.pages.response import page, readers


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What an editor wrote; while nobody has, the text that the house brings along, filled with the house's fields."""
    around = furniture()
    notice = Page.objects.filter(slug=slug).first()
    title = notice.title if notice else str(Page.Slug(slug).label)
    path = reverse(f"articles:{slug}")
    context = {
        "notice": notice, "title": title, "canonical": path, "json_ld": list_json_ld(title, path),
        "lacks": desk.lacking(around.house), "report_days": desk.REPORT_DAYS, "reads_days": settings.READS_DAYS,
    }  # fmt: skip
    template = "pages/notice.html" if notice and notice.body else f"notices/{slug}.html"
    changed = notice.changed_at if notice else None
    return page(request, template, context, keys=[f"page-{slug}"], around=around, changed=changed)
