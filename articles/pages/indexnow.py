"""The file by which search engines that take IndexNow see that the key is ours."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from articles.pages.furniture import furniture
from articles.pages.response import document, readers


@readers
def show(request: HttpRequest, key: str) -> HttpResponse:
    if key != settings.INDEXNOW_KEY:
        raise Http404
    return document(request, key, keys=[], around=furniture(), kind="text/plain; charset=utf-8")
