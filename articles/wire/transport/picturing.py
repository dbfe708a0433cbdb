"""Pictures that an item names by their web addresses: fetched after the copy, which waits for none of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.media import intake
from articles.models import Feed, WireItem
from articles.wire import payload, pictures, writing
from articles.wire.item import Item, WirePicture
from articles.wire.transport.fetch import Answer, FetchError, fetch

logger = logging.getLogger(__name__)
Get = Callable[..., Answer]
MOST: Final = 5  # of one item; editors find further ones at the agency
AT_ONCE: Final = 3  # items a round
HELD: Final = timedelta(minutes=5)  # who dies while fetching leaves it to others after this time
SECONDS: Final = 30.0  # for one picture
PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))  # between tries; then it is given up


def want(wire_item: WireItem, item: Item, *, now: datetime) -> None:
    """Note that pictures are to be fetched, where the item names other ones than the last time; not saved."""
    named = addresses(item)
    house = payload.notes(wire_item)
    if named and named != house.get("asked_for"):
        house["asked_for"], house["tries"] = named, 0
        wire_item.pictures_due = now


def addresses(item: Item) -> list[str]:
    return list(dict.fromkeys(picture.href for picture in item.pictures if picture.href))[:MOST]


def fetch_due(*, now: datetime | None = None, get: Get = fetch) -> int:
    """Fetch for items whose turn it is; how many."""
    moment = now or timezone.now()
    waiting = WireItem.objects.filter(pictures_due__lte=moment).order_by("pictures_due", "pk")
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
        if waiting.filter(pk=pk).update(pictures_due=moment + HELD):
            _fetch(WireItem.objects.select_related("feed__agency").get(pk=pk), now=moment, get=get)
            done += 1
    return done


def _fetch(wire_item: WireItem, *, now: datetime, get: Get) -> None:
    """Outside of any transaction: others publish meanwhile."""
    told = wire_item.payload
    item = payload.load(told) if told.get("guid") and wire_item.state != WireItem.State.CANCELED else None
    found, failed = pictures.Found(), False
    for picture in _wanted(item, now=now) if item else []:
        try:
            found.originals.append((picture, intake.read(_body(picture, wire_item.feed, get), name=picture.filename)))
        except FetchError as fault:
            failed = True
            found.remarks.append(_("Bild nicht geholt: %s") % fault.sentence)
        except intake.PictureError as fault:
            found.remarks.append(_("Bild nicht übernommen: %s") % fault)
    _keep(wire_item.pk, item, found, failed=failed, now=now)


def _wanted(item: Item, *, now: datetime) -> list[WirePicture]:
    named = [picture for picture in item.pictures if picture.href and not (picture.expires and picture.expires <= now)]
    return list({picture.href: picture for picture in named}.values())[:MOST]


def _body(picture: WirePicture, feed: Feed, get: Get) -> bytes:
    """The feed's key is told to nobody but the feed's own host."""
    parts, home = urlsplit(picture.href), urlsplit(feed.address)
    is_home = bool(feed.authorization) and (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
    headers = {"authorization": feed.authorization} if is_home else {}
    answer = get(picture.href, headers=headers, most=intake.MEGABYTES * 1024 * 1024, seconds=SECONDS)
    if answer.status != 200:
        raise FetchError(_("%(host)s antwortet mit %(status)d.") % {"host": parts.hostname, "status": answer.status})
    return answer.body


@transaction.atomic
def _keep(pk: int, asked: Item | None, found: pictures.Found, *, failed: bool, now: datetime) -> None:
    """Take what came, unless the agency has killed the item or sent other pictures meanwhile."""
    row = WireItem.objects.select_related("feed__agency", "article__category").select_for_update(of=("self",)).get(pk=pk)
    house = payload.notes(row)
    now_named = addresses(payload.load(row.payload)) if row.payload.get("guid") and row.state != WireItem.State.CANCELED else []
    if asked is None or not now_named or now_named != addresses(asked):
        row.pictures_due = now if now_named else None  # others were sent meanwhile, or none
        row.save(update_fields=["pictures_due"])
        return
    if found.originals:
        taken, made = pictures.store(found, item=asked, credit=row.feed.agency.name)
        house["pictures"] = list(dict.fromkeys([*taken, *house.get("pictures", ())]))
        house["made"] = sorted({*house.get("made", ()), *made})
    house["picture_remarks"] = found.remarks
    tries = house["tries"] = house.get("tries", 0) + 1
    row.pictures_due = now + PAUSES[tries - 1] if failed and tries <= len(PAUSES) else None
    if found.originals and row.article is not None and not writing.is_touched(row.article, row):
        writing.rewrite_about(row.article, row, now=now)
    for remark in found.remarks:
        logger.info("Wire item %s: %s", row.guid, remark)
    row.save()
