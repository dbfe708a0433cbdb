"""Sitemaps as sitemaps.org and Google's extensions for pictures and news want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.conf import settings

from articles.pages.sitemaps.files import Place
from articles.text.elements import DECLARATION, Xml, element

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def index(files: Iterable[tuple[str, datetime | None]]) -> str:
    """files: paths, and the last change in each where it is known."""
    return DECLARATION + element("sitemapindex", *(element("sitemap", *_where(path, at)) for path, at in files), xmlns=SITEMAP)


def urls(places: Iterable[Place], pictures: str) -> str:
    """pictures: the path of their folder. Written by hand: a file may hold fifty thousand."""
    return "".join(_urls(places, f"{settings.SITE_URL}{pictures}"))


def _urls(places: Iterable[Place], pictures: str) -> Iterator[str]:
    origin = settings.SITE_URL
    yield f'{DECLARATION}<urlset xmlns="{SITEMAP}" xmlns:image="{IMAGE}">'
    for place in places:
        changed = f"<lastmod>{w3c(place.changed)}</lastmod>" if place.changed else ""
        image = f"<image:image><image:loc>{pictures}{place.picture}</image:loc></image:image>" if place.picture else ""
        yield f"\n<url><loc>{escape(origin + place.path)}</loc>{changed}{image}</url>"
    yield "\n</urlset>"


def news(articles: Iterable[tuple[str, str, datetime]], *, name: str) -> str:
    """articles: path, headline and moment of publication. name: of the publication, as its readers know it."""
    publication = element("news:publication", element("news:name", name), element("news:language", "de"))
    return DECLARATION + element(
        "urlset", *(_news(path, headline, at, publication) for path, headline, at in articles),
        xmlns=SITEMAP, xmlns_news=NEWS,
    )  # fmt: skip


def _news(path: str, headline: str, at: datetime, publication: Xml) -> Xml:
    said = element("news:news", publication, element("news:publication_date", w3c(at)), element("news:title", headline))
    return element("url", *_where(path, None), said)


def _where(path: str, at: datetime | None) -> list[Xml]:
    return [element("loc", f"{settings.SITE_URL}{path}"), *([element("lastmod", w3c(at))] if at else [])]


def w3c(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
