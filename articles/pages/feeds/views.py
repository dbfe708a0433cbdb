"""The feeds below every list; `feed` makes any further one, of whatever list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.front.lists import Walk, further, newest, of_agency, of_author, of_category, of_tag
from articles.front.pool import Source
from articles.models import Agency, Article, Author, Tag, Tagging
from articles.models.tag import ends_of
from articles.pages.facts import absolute
from articles.pages.feeds import atom, jsonfeed, rss
from articles.pages.feeds.entries import FORMS, Channel, entry_of, newest_articles, ties_of
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import document, readers

WRITERS: dict[str, Callable[[Channel], str]] = {"rss.xml": rss.write, "atom.xml": atom.write, "feed.json": jsonfeed.write}
ICON = 192  # pixels


def feed(
    request: HttpRequest, form: str, *,
    sources: Sequence[Source], around: Furniture, keys: Sequence[str], path: str, name: str, description: str, may_be_empty: bool = True,
) -> HttpResponse:  # fmt: skip
    """The newest of a list as the page at `path` shows it, in one of the FORMS. 404 for nothing, unless it may be empty."""
    articles = newest_articles(sources, now=around.now)
    if not articles and not may_be_empty:
        raise Http404
    return feed_of(request, form, articles=articles, around=around, keys=keys, path=path, name=name, description=description)


def feed_of(
    request: HttpRequest, form: str, *,
    articles: Sequence[Article], around: Furniture, keys: Sequence[str], path: str, name: str, description: str,
    query: str = "", ends: datetime | None = None,
) -> HttpResponse:  # fmt: skip
    """Of these articles. query: what stands after the addresses of page and feed. ends: from when on it would be wrong."""
    house, ties = around.house, ties_of(articles)
    made = tuple(entry_of(article, ties, around) for article in articles)
    channel = Channel(
        title=house.name if name == house.name else f"{house.name} – {name}",
        description=description,
        page=absolute(f"{path}{query}"),
        address=absolute(f"{path}{form}{query}"),
        publisher=house.publisher or house.name,
        hub=settings.WEBSUB_HUB_URL,
        icon=absolute(reverse("articles:icon", args=[ICON])),
        updated=max((entry.facts.modified for entry in made), default=house.changed_at),
        entries=made,
    )
    hangs_on = {*keys, *ties.keys, *(article.page_key for article in articles)}  # its tags may be merged into others
    kind = f"{FORMS[form]}; charset=utf-8"
    answer = document(request, WRITERS[form](channel), keys=hangs_on, shown=articles, around=around, ends=ends, kind=kind)
    if channel.hub:
        answer.headers["Link"] = f'<{channel.hub}>; rel="hub", <{channel.address}>; rel="self"'
    return answer


@readers
def show(request: HttpRequest, form: str) -> HttpResponse:
    """Everything, as the ticker lists it."""
    around = furniture()
    house = around.house
    return feed(
        request, form, sources=[Walk(newest, {"now": around.now})], around=around, keys=["ticker"],
        path="/", name=house.name, description=house.description,
    )  # fmt: skip


@readers
def show_category(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    around = furniture()
    category = next((category for category in around.categories if category.slug == slug), None)
    if category is None:
        raise Http404
    values = {"category": category.pk, "now": around.now}
    return feed(
        request, form, sources=[Walk(of_category, values), Walk(further, values)], around=around, keys=[category.page_key],
        path=category.get_absolute_url(), name=category.name, description=category.description,
    )  # fmt: skip


@readers
def show_topic(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    around = furniture()
    end = ends_of([tag])[0]
    if end != tag:
        if not Tagging.objects.filter(tag=end).public(around.now).exists():
            raise Http404
        return HttpResponsePermanentRedirect(f"{end.get_absolute_url()}{form}")
    listed = Walk(of_tag, {"tag": tag.pk, "now": around.now})
    return _of_one(request, form, around, tag, listed, name=tag.name, description=tag.description)


@readers
def show_author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    author = get_object_or_404(Author, slug=slug)
    around = furniture()
    listed = Walk(of_author, {"author": author.pk, "now": around.now})
    return _of_one(request, form, around, author, listed, name=author.name, description=author.about)


@readers
def show_source(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    agency = get_object_or_404(Agency, slug=slug)
    around = furniture()
    listed = Walk(of_agency, {"agency": agency.pk, "now": around.now})
    return _of_one(request, form, around, agency, listed, name=agency.name, description=agency.description)


def _of_one(
    request: HttpRequest, form: str, around: Furniture, one: Tag | Author | Agency, listed: Walk, *, name: str, description: str,
) -> HttpResponse:  # fmt: skip
    """Of something that may be known from copy alone that is still held: then there is no feed."""
    return feed(
        request, form, sources=[listed], around=around, keys=[one.page_key],
        path=one.get_absolute_url(), name=name, description=description, may_be_empty=False,
    )  # fmt: skip
