"""Renditions of pictures: files made beforehand, never in a request; one query for their rights."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

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
    response = FileResponse(file.open("rb"), content_type=TYPES[parts[3]])
    # The name carries the content's hash: another picture has another name. A day, for rights run out.
    response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    response.headers["Surrogate-Key"] = f"picture-{parts[0]}"
    return response
