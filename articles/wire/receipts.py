"""The receipt of a kill: every surface on which copy stood is asked until it is clean, and how long that took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.media import renditions
from articles.models import Announcement, Article, KillReceipt, Picture, WireItem
from articles.text.dates import berlin_day

Ask = Callable[[str], tuple[int, bytes]]  # address → status and body, as a reader would get them
Surface = dict[str, Any]
CACHES: Final = ""  # the address of what has none: what every cache and the CDN were told
GIVEN_UP: Final = timedelta(hours=1)  # by then somebody has to look; nobody asks for ever
NEIGHBOURS: Final = 3
PICTURES: Final = "/bild/"
FEEDS: Final = ("rss.xml", "atom.xml", "feed.json")


def prepare(wire_item: WireItem, made: Iterable[int]) -> KillReceipt:
    """Note where the article, which is still whole, can be seen; not saved. made: ids of pictures that may go with it."""
    article = wire_item.article
    pictures = Picture.objects.filter(pk__in=list(made))
    surfaces = list(_surfaces(article, pictures)) if article is not None and article.published_at else []
    return KillReceipt(wire_item=wire_item, article=article, surfaces=surfaces)


def hand_out(receipt: KillReceipt) -> None:
    """Save what was prepared, without pictures that something else still shows; the proof comes after commit.

    The order counts from here: by now everything is announced that caches have to hear of.
    """
    gone = [one for one in receipt.surfaces if PICTURES not in one["address"] or not _is_kept(one["address"])]
    if gone:
        receipt.surfaces, receipt.ordered_at = gone, timezone.now()
        receipt.save()


def _is_kept(address: str) -> bool:
    parsed = renditions.parse_filename(address.rpartition("/")[2])
    return parsed is not None and Picture.objects.of_rendition(parsed[0]).exists()


def _surfaces(article: Article, pictures: Iterable[Picture]) -> Iterator[Surface]:
    own, at = article.get_absolute_url(), article.published_at or timezone.now()
    yield _surface(_("Artikelseite"), own)
    yield _surface(_("Fassungen"), f"{own}fassungen/")
    yield _surface(_("Startseite"), reverse("articles:front"))
    yield _surface(_("Ticker"), reverse("articles:ticker"))
    for name in FEEDS:
        yield _surface(_("Feed der Website"), f"/{name}")
    for place in [article.category, *article.further_categories.all(), *article.tags.all(), *article.authors.all(), article.agency]:
        if place is not None:
            yield _surface(str(place), place.get_absolute_url())
            yield _surface(_("Feed «%s»") % place, f"{place.get_absolute_url()}rss.xml")
    day = berlin_day(at)
    yield _surface(_("Archiv"), reverse("articles:archive_day", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}"]))
    yield _surface(_("Sitemap"), f"/sitemap-{day:%Y-%m}.xml")
    yield _surface(_("Sitemap der Nachrichten"), reverse("articles:sitemap_news"))
    yield _surface(_("Suche"), f"{reverse('articles:search')}?{urlencode({'q': article.headline[:100]})}")
    for other in _neighbours(article):
        yield _surface(_("Weitere Meldungen: %s") % other.headline, other.get_absolute_url())
    for picture in pictures:
        name = renditions.filename(picture.rendition_key, *renditions.plan(picture.width, picture.height)[-1])
        yield _surface(_("Bild: %s") % (picture.title or picture.alt), reverse("articles:picture", args=[name]))
    yield _surface(_("Zwischenspeicher und CDN"), CACHES)


def _surface(name: str, address: str) -> Surface:
    return {"name": name[:200], "address": address, "seconds": None}


def _neighbours(article: Article) -> Iterable[Article]:
    """Some of those below which it may have stood."""
    tags = list(article.tags.values_list("pk", flat=True))
    same = Article.objects.public().filter(taggings__tag__in=tags).exclude(pk=article.pk) if tags else Article.objects.none()
    return same.select_related("category").defer("body").order_by("-published_at").distinct()[:NEIGHBOURS]


def prove(receipt: KillReceipt, ask: Ask) -> bool:
    """Ask each surface that was not clean the last time; True when all of them are."""
    if ask(reverse("articles:front"))[0] != 200:
        return False  # a site that does not answer proves nothing
    for surface in receipt.surfaces:
        if surface["seconds"] is None and _is_clean(surface["address"], receipt, ask):
            surface["seconds"] = round((timezone.now() - receipt.ordered_at).total_seconds(), 2)
    if all(surface["seconds"] is not None for surface in receipt.surfaces):
        receipt.done_at = timezone.now()
    receipt.save(update_fields=["surfaces", "done_at"])
    return receipt.done_at is not None


def _is_clean(address: str, receipt: KillReceipt, ask: Ask) -> bool:
    """Gone itself, or without any way to the article."""
    if address == CACHES:
        return not Announcement.objects.filter(is_hard=True, created_at__lte=receipt.ordered_at).exists()
    status, body = ask(address)
    if status in {404, 410}:
        return True
    slug = receipt.article.slug if receipt.article else ""
    ends = f"{slug}-{receipt.article_id}/"  # of every address of the article; with its slug, for «covid-19» is no article's
    return status == 200 and ends not in address and PICTURES not in address and ends.encode() not in body


def still_open() -> list[KillReceipt]:
    """Receipts whose surfaces are not all clean yet, the oldest first."""
    young = KillReceipt.objects.filter(done_at=None, ordered_at__gt=timezone.now() - GIVEN_UP)
    return list(young.select_related("wire_item", "article").order_by("pk")[:20])
