"""Pages that are no news: Impressum, Datenschutz and their like; three queries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Page
from articles.pages.facts import list_json_ld
from articles.pages.response import page, readers


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as edited; while nobody has written it, it says so instead of pretending to be missing."""
    notice = Page.objects.filter(slug=slug).first()
    title = notice.title if notice else str(Page.Slug(slug).label)
    path = reverse(f"articles:{slug}")
    context = {"notice": notice, "title": title, "canonical": path, "json_ld": list_json_ld(title, path)}
    return page(request, "pages/notice.html", context, keys=[f"page-{slug}"], changed=notice.changed_at if notice else None)
