"""The index of sitemaps, a file for each month, for lists and for the news of two days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.front.lists import Rows, Walk, newest, of_agency, of_category
from articles.front.pool import entries
from articles.models import Agency, Page
from articles.models.article import article_path
from articles.models.sitemap import file_parts
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import document, readers
from articles.pages.sitemaps import files, writing
from articles.pages.sitemaps.files import Place
from articles.text import typography

XML = "application/xml; charset=utf-8"


@readers
def show(request: HttpRequest) -> HttpResponse:
    """The index; seven queries, however large the archive."""
    around = furniture()
    months = [(path_of(number), changed) for number, changed in files.files(around.now)]
    lists = [list_path(kind, block) for kind in files.LINKS for block in files.blocks_of(kind, around.now)]
    paths: list[tuple[str, datetime | None]] = [(path, None) for path in (reverse("articles:sitemap_pages"), *lists)]
    made = writing.index([*paths, *months])
    changed = max((at for _, at in months), default=None)
    return document(request, made, keys=["front"], around=around, changed=changed, kind=XML)


@readers
def show_month(request: HttpRequest, year: str, month: str, block: str = "0") -> HttpResponse:
    """Every article that appeared in that month, as far as its id lies in that block; three queries."""
    around = furniture()
    if not 1 <= int(month) <= 12:
        raise Http404
    places = files.articles_of(int(year), int(month), int(block), around.now)
    return _urls(request, places, around, keys=days_of(int(year), int(month)))


@readers
def show_lists(request: HttpRequest, kind: str, block: str = "0") -> HttpResponse:
    """Topics or authors; three queries."""
    around = furniture()
    return _urls(request, files.lists_of(kind, int(block), around.now), around, keys=["front"])


@readers
def show_pages(request: HttpRequest) -> HttpResponse:
    """Front page, categories, sources, and the pages that are no news as far as somebody has written them; five queries."""
    around = furniture()
    agencies = Agency.objects.order_by("pk")
    walks: list[tuple[Callable[..., Rows], dict[str, int], str]] = [(newest, {}, "/")]
    walks += [(of_category, {"category": one.pk}, one.get_absolute_url()) for one in around.categories]
    walks += [(of_agency, {"agency": one.pk}, one.get_absolute_url()) for one in agencies]
    found = entries([Walk(build, {**values, "now": around.now}) for build, values, _ in walks], limit=1)
    newest_of = {entry.source: entry.mark.moment for entry in found}
    sources_from = 1 + len(around.categories)  # those before have a page though nothing stands on it
    listed = [(place, path) for place, (*_, path) in enumerate(walks) if place < sources_from or place in newest_of]
    places = [Place(path, newest_of.get(place)) for place, path in listed]
    places += [Place(reverse(f"articles:{name}"), newest_of.get(0)) for name in ("ticker", "archive", "feeds")]
    places += [Place(page.get_absolute_url(), page.changed_at) for page in Page.objects.order_by("slug")]
    return _urls(request, places, around, keys=["front"])


@readers
def show_news(request: HttpRequest) -> HttpResponse:
    """Of the last 48 hours, a thousand at most; three queries."""
    around = furniture()
    house, found = around.house, files.news(around.now)
    articles = (
        (article_path(category, slug, pk), typography.headline(typography.quotes(headline, style=house.quote_style)), at)
        for pk, slug, category, headline, at, _ in found
    )
    ends = [end for *_, at, until in found for end in (at + files.NEWS, until) if end]
    return document(
        request, writing.news(articles, name=house.name), keys=["ticker"], around=around,
        changed=max((row[4] for row in found), default=None), ends=min(ends, default=None), kind=XML,
    )  # fmt: skip


def _urls(request: HttpRequest, places: Iterable[Place], around: Furniture, *, keys: Iterable[str]) -> HttpResponse:
    """404 where nothing would stand in it. The entries are looked at once, as they come out of the database."""
    seen: list[datetime] = []
    ends: list[datetime] = []
    rest = _noted(places, around.now, seen, ends)
    first = next(rest, None)
    if first is None:
        raise Http404
    made = writing.urls(chain([first], rest), reverse("articles:picture", args=["x"]).removesuffix("x"))
    changed, until = max(seen, default=None), min(ends, default=None)
    return document(request, made, keys=keys, around=around, changed=changed, ends=until, kind=XML)


def _noted(places: Iterable[Place], now: datetime, seen: list[datetime], ends: list[datetime]) -> Iterator[Place]:
    """Notes the last change and the next end of what passes by."""
    for place in places:
        if place.changed and (not seen or place.changed > seen[0]):
            seen[:] = [place.changed]
        if place.ends and place.ends > now and (not ends or place.ends < ends[0]):
            ends[:] = [place.ends]
        yield place


def path_of(number: int) -> str:
    year, month, block = file_parts(number)
    return reverse("articles:sitemap_month", kwargs={"year": f"{year:04d}", "month": f"{month:02d}"} | _block(block))


def list_path(kind: str, block: int) -> str:
    return reverse("articles:sitemap_lists", kwargs={"kind": kind} | _block(block))


def _block(block: int) -> dict[str, str]:
    return {"block": str(block)} if block else {}


def days_of(year: int, month: int) -> list[str]:
    """Keys of the days in Berlin that the month in UTC touches: its own and the first of the next."""
    first = date(year, month, 1)
    days = [first + timedelta(days=number) for number in range(32)]
    return [f"archive-{day.isoformat()}" for day in days if day.month == month or day.day == 1]
