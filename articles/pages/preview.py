"""A draft as its readers would see it, for whoever holds the signed address; no cache may keep it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.desk.preview import article_id
from articles.pages.article import fetch, render
from articles.pages.response import readers


@readers
def show(request: HttpRequest, signed: str) -> HttpResponse:
    pk = article_id(signed)
    if pk is None:
        raise Http404
    article = fetch(pk)
    article.published_at = article.published_at or timezone.now().replace(microsecond=0)
    response = render(request, article, is_preview=True, state=article.get_status_display())
    for name in ("ETag", "Last-Modified", "Surrogate-Key"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
