"""Loads the demo newsroom whole or not at all: what is there stays as it is, what is missing is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from articles import desk
from articles.management.demo import copydesk, front, logins, newsroom, pictures, reading, topics
from articles.management.demo.copydesk import Cast
from articles.management.demo.logins import Login


@dataclass(frozen=True)
class Loaded:
    """What the demo consists of now; published: how many articles this run has added."""

    cast: Cast
    logins: list[Login]
    published: int


@transaction.atomic
def load(*, now: datetime, password: str = "") -> Loaded:
    """Make what is missing. password: for editors who are made now; random where it is empty."""
    pieces = reading.pieces()
    cast = _cast([tag for piece in pieces for tag in piece.tags])
    published = copydesk.publish_missing(pieces, cast, now=now)
    if published:
        front.arrange(cast.pictures, now=now)
    desk.announce(["all"])
    return Loaded(cast, logins.ensure_logins(password=password), published)


def _cast(tags: list[str]) -> Cast:
    newsroom.ensure_house(name=settings.SITE_NAME)
    taken = pictures.ensure_pictures()
    return Cast(
        categories=newsroom.ensure_categories(),
        agencies=newsroom.ensure_agencies(),
        authors=newsroom.ensure_authors(taken),
        pictures=taken,
        tags=topics.ensure_tags(tags),
    )
