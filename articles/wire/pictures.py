"""Pictures that lie beside a wire file: taken into the library, and removed again after a kill."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from articles import desk
from articles.media import intake, renditions
from articles.media.shelf import shelf
from articles.models import Picture
from articles.wire.item import Item, WirePicture

logger = logging.getLogger(__name__)
MOST = 20  # files looked at for one item


@dataclass(frozen=True, slots=True)
class Found:
    """Pictures read and converted, and sentences about those that could not be."""

    originals: list[tuple[WirePicture, intake.Original]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_beside(item: Item, folder: Path | None, *, now: datetime) -> Found:
    """Read the files that the item names and that lie in its folder; slow, so outside of any transaction."""
    found = Found()
    for picture in item.pictures[:MOST]:
        path = _path(picture, folder)
        if path is None:
            continue
        if picture.expires and picture.expires <= now:
            found.remarks.append(_("Bild «%s» nicht übernommen: Rechte abgelaufen") % path.name)
            continue
        try:
            found.originals.append((picture, _read(path)))
        except (intake.PictureError, OSError) as error:
            logger.info("Picture %s was not taken: %s", path.name, error)
            found.remarks.append(_("Bild «%s» nicht übernommen: nicht lesbar") % path.name)
    return found


def _path(picture: WirePicture, folder: Path | None) -> Path | None:
    """A plain file in that very folder, never a link out of it."""
    if folder is None or not picture.filename or Path(picture.filename).name != picture.filename:
        return None
    path = folder / picture.filename
    return path if path.is_file() and not path.is_symlink() else None


def _read(path: Path) -> intake.Original:
    if path.stat().st_size > intake.MEGABYTES * 1024**2:
        raise intake.PictureError("heavy", name=path.name)
    return intake.read(path.read_bytes(), name=path.name)


def store(found: Found, *, item: Item, credit: str) -> tuple[list[int], list[int]]:
    """Return the ids of all pictures, and of those that were not in the library before.

    credit: whose they are if neither the agency nor the file says so.
    """
    taken, made = [], []
    for picture, original in found.originals:
        known = Picture.objects.filter(hash=original.hash).first()
        row = known or _create(picture, original, item=item, credit=credit)
        taken.append(row.pk)
        if known is None:
            made.append(row.pk)
    return taken, made


def _create(picture: WirePicture, original: intake.Original, *, item: Item, credit: str) -> Picture:
    caption = picture.caption or original.caption
    row = Picture(
        hash=original.hash, width=original.width, height=original.height, title=item.headline[:200],
        caption=caption[:500], alt=(picture.alt or caption or item.headline or picture.filename)[:300],
        credit=(picture.credit or original.credit or item.source or credit)[:200], rights_until=picture.expires,
    )  # fmt: skip
    row.file.save(f"{original.hash}.jpg", ContentFile(original.data))
    return row


def first_usable(taken: Iterable[int], *, now: datetime) -> Picture | None:
    """The first of these that still exists and whose rights have not run out."""
    rows = Picture.objects.in_bulk(list(taken))
    usable = (row for pk in taken if (row := rows.get(pk)) and (not row.rights_until or row.rights_until > now))
    return next(usable, None)


def remove_unused(made: Iterable[int]) -> None:
    """Delete those that nothing shows any more, their files after commit."""
    for row in Picture.objects.filter(pk__in=list(made)):
        removal = _removal(row)
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            continue
        transaction.on_commit(removal)
        desk.announce([row.page_key], hard=True)


def _removal(row: Picture) -> Callable[[], None]:
    names = [renditions.filename(row.rendition_key, *wanted) for wanted in renditions.plan(row.width, row.height)]
    return partial(_remove_files, row.file.storage.delete, str(row.file.name), names)


def _remove_files(delete: Callable[[str], None], name: str, cut: list[str]) -> None:
    delete(name)
    for rendition in cut:
        shelf().delete(rendition)
