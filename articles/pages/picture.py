"""Renditions of pictures: files made beforehand, never in a request; one query for their rights."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

from articles.media.renditions import parse_filename
from articles.media.shelf import shelf
from articles.models import Picture
from articles.pages.response import readers, until

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
DAY = 86_400  # seconds


@readers
def show(request: HttpRequest, name: str) -> HttpResponseBase:
    parts = parse_filename(name)
    shown = list(Picture.objects.public().of_rendition(parts[0])[:1]) if parts else []
    if parts is None or not shown:
        raise Http404
    try:
        file = shelf().open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    until(request, shown[0].rights_until)
    etag = f'"{name}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        file.close()
        return _kept(HttpResponseNotModified(), etag, shown[0])
    return _kept(FileResponse(file, content_type=TYPES[parts[3]]), etag, shown[0])


def _kept(response: HttpResponseBase, etag: str, picture: Picture) -> HttpResponseBase:
    # The name carries the content's hash: another picture has another name. A day, for rights run out.
    left = (picture.rights_until - timezone.now()).total_seconds() if picture.rights_until else DAY
    response.headers["Cache-Control"] = f"public, max-age={int(min(DAY, left))}, immutable"
    response.headers["Surrogate-Key"] = picture.page_key
    response.headers["ETag"] = etag
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # feeds name it, and some are read in a browser
    return response
