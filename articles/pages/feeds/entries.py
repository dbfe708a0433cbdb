"""What a feed says of its articles, whatever the format; five queries beside the list's own name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.front.folding import outdone, tellings
from articles.front.pool import Source, entries
from articles.models import Article, Authorship, Correction, Kind, Picture, Tag, Tagging
from articles.pages.facts import Facts, article_facts
from articles.pages.furniture import Furniture
from articles.pages.teasers import teaser_text
from articles.text import typography
from articles.text.html import drop_repeated_lead

ENTRIES = 30
FORMS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
_OWN_LINK = re.compile('<a href="/')  # in clean HTML a tag is never part of a text


@dataclass(frozen=True)
class Image:
    """A picture in the size that readers' programs get."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """One article. `guid` outlives every change of headline, address and category, and leads to the article.

    `summary` is plain text, `html` is clean and has only absolute addresses.
    """

    guid: str
    title: str
    summary: str
    html: str
    facts: Facts
    image: Image | None

    @property
    def authors(self) -> list[str]:
        """As in the page's JSON-LD: people, else whoever sent it, else the house."""
        return self.facts.by


@dataclass(frozen=True)
class Channel:
    """One feed: a list's name, its page, and the address below it at which this format lies. hub: of WebSub, if any."""

    title: str
    description: str
    page: str
    address: str
    publisher: str
    icon: str
    hub: str
    updated: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ties:
    """What hangs on articles, by article, each in the editors' order."""

    tags: dict[int, list[tuple[int, str]]]
    authors: dict[int, list[tuple[str, str]]]
    corrections: dict[int, list[tuple[str, datetime]]]

    @property
    def keys(self) -> set[str]:
        return {Tag(pk=pk).name_key for tags in self.tags.values() for pk, _name in tags}


def newest_articles(sources: Sequence[Source], *, now: datetime) -> list[Article]:
    """With their bodies, each story once; two queries, and one where any is told more than once."""
    marks = {entry.mark for entry in entries(sources, limit=ENTRIES)}
    found = articles_of([mark.article for mark in sorted(marks, reverse=True)[:ENTRIES]], now=now)
    told = tellings((article.story_id for article in found if article.story_id), now=now)
    silent = outdone(told, {article.pk for article in found})
    return [article for article in found if article.pk not in silent]


def articles_of(ids: Sequence[int], *, now: datetime) -> list[Article]:
    """Those that are still public, with their bodies, the newest first; one query."""
    return list(Article.objects.filter(pk__in=ids).still_public(now).for_teasers().defer(None).newest_first())


def ties_of(articles: Sequence[Article]) -> Ties:
    """Three queries."""
    ids = [article.pk for article in articles]
    tags: Any = Tagging.objects.filter(content_object__in=ids).order_by("position", "tag_id")
    authors = Authorship.objects.filter(article__in=ids).order_by("position", "author_id")
    corrections = Correction.objects.filter(article__in=ids).order_by("pk")
    return Ties(
        _by_article(tags.values_list("content_object_id", "tag_id", "tag__name")),
        _by_article(authors.values_list("article_id", "author__name", "author__slug")),
        _by_article(corrections.values_list("article_id", "text", "created_at")),
    )


def _by_article(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, *rest in rows:
        found[pk].append(tuple(rest))
    return found


def entry_of(article: Any, ties: Ties, around: Furniture) -> Entry:
    """article: of `newest_articles`, which brings its own teaser along."""
    house = around.house
    shown = article.picture if article.picture and article.picture.is_public(around.now) else None
    summary = teaser_text(article.lead, own=article.teaser_text or "", opening=article.opening)
    facts = article_facts(
        article, house, picture=shown, description=summary, tags=[(name, "") for _pk, name in ties.tags.get(article.pk, [])],
        authors=[(name, reverse("articles:author", args=[slug])) for name, slug in ties.authors.get(article.pk, [])],
    )  # fmt: skip
    image = _image(article, shown, facts, house.quote_style) if shown else None
    return Entry(
        guid=f"{settings.SITE_URL}/artikel/id-{article.pk}/",
        title=_title(article, facts, house.quote_style),
        summary=facts.description,
        html=_html(article, facts, image, ties.corrections.get(article.pk, []), around),
        facts=facts,
        image=image,
    )


def _title(article: Any, facts: Facts, style: str) -> str:
    """Advertising is called so wherever it stands."""
    own = article.teaser_headline
    title = typography.headline(typography.quotes(own, style=style)) if own else facts.printed
    return _("Anzeige: %s") % title if article.kind == Kind.ADVERTISEMENT else title


def _image(article: Article, picture: Picture, facts: Facts, style: str) -> Image:
    url, width, height = facts.pictures[0]
    caption = typography.quotes(article.caption or picture.caption, style=style)
    return Image(url, width, height, picture.alt, caption, picture.credit)


def _html(
    article: Article, facts: Facts, image: Image | None, corrections: list[tuple[str, datetime]], around: Furniture,
) -> str:  # fmt: skip
    """The copy as the page prints it, or where the agency's licence wants it so, only what teasers print."""
    is_whole = article.agency is None or article.agency.full_text_in_feeds
    context = {
        "article": article, "facts": facts, "image": image, "house": around.house, "is_whole": is_whole,
        "body": drop_repeated_lead(article.lead, article.body) if is_whole else "", "corrections": corrections,
    }  # fmt: skip
    return _OWN_LINK.sub(f'<a href="{settings.SITE_URL}/', render_to_string("feeds/entry.html", context)).strip()
