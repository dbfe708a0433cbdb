"""Renditions of pictures: files made beforehand, never in a request; one query for their rights."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from articles.media.renditions import parse_filename
from articles.models import Picture
from articles.pages.response import readers

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FOLDER = "renditions"


@readers
def show(request: HttpRequest, name: str) -> HttpResponseBase:
    parts = parse_filename(name)
    file = Path(settings.MEDIA_ROOT) / FOLDER / name
    if parts is None or not Picture.objects.public().of_rendition(parts[0]).exists() or not file.is_file():
        raise Http404
    etag = f'"{name}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), etag, parts[0])
    return _kept(FileResponse(file.open("rb"), content_type=TYPES[parts[3]]), etag, parts[0])


def _kept(response: HttpResponseBase, etag: str, key: str) -> HttpResponseBase:
    # The name carries the content's hash: another picture has another name. A day, for rights run out.
    response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    response.headers["Surrogate-Key"] = f"picture-{key}"
    response.headers["ETag"] = etag
    return response
