"""Cuts pictures that wait for it, outside of any request; a broken file waits an hour and holds up nobody."""

from __future__ import annotations

import logging
import time
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.media import renditions
from articles.media.intake import BROKEN
from articles.media.shelf import shelf
from articles.models import Announcement, Article, Authorship, FurtherCategory, Picture, Tagging
from articles.text.dates import berlin_day

logger = logging.getLogger(__name__)

MOST_ARTICLES: Final = 50  # with more of them, every page is dropped from the caches instead
REST: Final = 3600.0  # seconds before a broken file is tried again
_failures: dict[int, float] = {}  # picture -> moment of its last failure in this process


def render_waiting(*, limit: int = 20) -> int:
    """Cut the pictures that wait, oldest first; return how many are ready now."""
    waiting = Picture.objects.to_render().exclude(pk__in=_resting())
    return sum(render(picture) for picture in waiting[:limit])


def render(picture: Picture, *, overwrite: bool = False) -> bool:
    """Write the renditions of one picture and say whether that worked; a failure is logged, never raised."""
    try:
        data = _original(picture)
        renditions.render_all(
            data, focal_x=picture.focal_x, focal_y=picture.focal_y, hash=picture.rendition_key,
            into=shelf(), overwrite=overwrite,
        )  # fmt: skip
    except ConnectionError as error:  # no fault of this picture: it need not rest
        logger.error("Picture %s waits, the storage cannot be reached: %s", picture.pk, error)
        return False
    except BROKEN:
        _failures[picture.pk] = time.monotonic()
        logger.exception("Picture %s could not be rendered; next try in an hour", picture.pk)
        return False
    _failures.pop(picture.pk, None)
    _mark_ready(picture)
    return True


def _original(picture: Picture) -> bytes:
    with picture.file.open("rb") as stream:
        data: bytes = stream.read()
    return data


def _resting() -> list[int]:
    now = time.monotonic()
    return [pk for pk, moment in _failures.items() if now - moment < REST]


@transaction.atomic
def _mark_ready(picture: Picture) -> None:
    """By `update`: the version belongs to editors. Nothing happens if the focal point moved in the meantime."""
    same = Picture.objects.filter(pk=picture.pk, hash=picture.hash, focal_x=picture.focal_x, focal_y=picture.focal_y)
    if same.update(rendered_at=timezone.now()):
        Announcement.make({picture.page_key, *_keys(picture)})


def _keys(picture: Picture) -> set[str]:
    """Keys of every page on which the picture now appears: the articles, and the lists that point to them."""
    if picture.authors.exists():
        return {"all"}  # a portrait stands in bylines anywhere
    shown = Article.objects.filter(Q(picture=picture) | Q(teasers__picture=picture))
    ids = list(shown.order_by().values_list("pk", flat=True).distinct()[: MOST_ARTICLES + 1])
    if len(ids) > MOST_ARTICLES:
        return {"all"}
    keys = {"front", "ticker"} if ids else set()
    for pk, category, agency, published_at in Article.objects.filter(pk__in=ids).values_list(
        "pk", "category_id", "agency_id", "published_at"
    ):
        keys |= {f"article-{pk}", f"category-{category}"} | ({f"agency-{agency}"} if agency else set())
        keys |= {f"archive-{berlin_day(published_at).isoformat()}"} if published_at else set()
    for name, links in (("tag", Tagging), ("author", Authorship), ("category", FurtherCategory)):
        path = "content_object__in" if links is Tagging else "article__in"
        keys |= {f"{name}-{pk}" for pk in links.objects.filter(**{path: ids}).values_list(f"{name}_id", flat=True)}
    return keys
