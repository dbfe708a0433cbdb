"""The article: six queries, whatever hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from articles.front.related import Related, related
from articles.models import Article, Authorship, Correction, Kind, Status, Tagging
from articles.models.article import OPENING
from articles.pages.facts import article_facts
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import page, readers
from articles.pages.teasers import teaser_text, teasers
from articles.text.html import drop_repeated_lead, reading_minutes

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Label:
    """Something small that hangs on an article: a tag, an author, a correction."""

    what: str
    pk: int
    name: str
    slug: str
    at: datetime | None

    @property
    def url(self) -> str:
        return reverse(f"articles:{'topic' if self.what == 'tag' else 'author'}", args=[self.slug])


@readers
def show(request: HttpRequest, category: str, slug: str, number: int | str) -> HttpResponse:
    article = fetch(min(int(number), LARGEST_ID))
    if article.status == Status.WITHDRAWN:
        return gone(request, article)
    if not article.is_public():
        raise Http404
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    return render(request, article)


def fetch(pk: int) -> Article:
    """The row in whatever state; 404 where there is none."""
    found = Article.objects.select_related("category", "agency", "picture").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def render(request: HttpRequest, article: Article, **extra: Any) -> HttpResponse:
    """The article's page; `extra` goes to the template (the preview's banner)."""
    around = furniture()
    hanging = labels(article)
    tags = [label for label in hanging if label.what == "tag"]
    below = related(article, tags=[tag.pk for tag in tags], count=around.house.related_count)
    context = article_context(article, around, hanging, below) | extra
    keys = [article.page_key, article.category.page_key, *(f"tag-{tag.pk}" for tag in tags)]
    if len(below.newest) < around.house.related_count or not tags:
        keys.append("front")
    return page(
        request, "pages/article.html", context, keys=keys, around=around, shown=[article, *below.newest, *below.then],
    )  # fmt: skip


def article_context(article: Article, around: Furniture, hanging: list[Label], below: Related) -> dict[str, Any]:
    tags = [label for label in hanging if label.what == "tag"]
    authors = [label for label in hanging if label.what == "author"]
    shown = article.picture if article.picture and article.picture.is_public() else None
    facts = article_facts(
        article, around.house, picture=shown, description=teaser_text(article.lead, opening=article.body[:OPENING]),
        tags=[(tag.name, tag.url) for tag in tags], authors=[(author.name, author.url) for author in authors],
    )  # fmt: skip
    return {
        "article": article,
        "facts": facts,
        "tags": tags,
        "authors": authors,
        "corrections": [label for label in hanging if label.what == "correction"],
        "picture": shown,
        "caption": article.caption or (shown.caption if shown else ""),
        "body": drop_repeated_lead(article.lead, article.body),
        "minutes": reading_minutes(article.body),
        "is_opinion": article.kind == Kind.OPINION,
        "kind_label": "" if article.kind == Kind.REPORT else article.get_kind_display(),
        "newest": teasers(below.newest),
        "then": teasers(below.then),
        "section": article.category.slug,
    }


def labels(article: Article) -> list[Label]:
    """Tags, authors and corrections in one query, each in the editors' order."""
    corrections = _rows(
        Correction.objects.filter(article=article), "correction", "pk", F("text"), Value(""), F("created_at"), Value(0)
    )
    tags = _rows(Tagging.objects.filter(content_object=article), "tag", "tag_id", F("tag__name"), F("tag__slug"))
    authors = _rows(Authorship.objects.filter(article=article), "author", "author_id", F("author__name"), F("author__slug"))
    rows = corrections.union(tags, authors, all=True)
    return [Label(*row[:5]) for row in sorted(rows, key=lambda row: (row[0], row[5], row[1]))]


def _rows(
    rows: QuerySet[Any, Any], what: str, pk: str, name: Any, slug: Any, at: Any = None, place: Any = None,
) -> QuerySet[Any, Any]:  # fmt: skip
    """Six columns of the same types from each table, as a union needs them; without the model's own order."""
    columns = {
        "l_what": Value(what, output_field=CharField()),
        "l_pk": F(pk),
        "l_name": Cast(name, TextField()),
        "l_slug": Cast(slug, TextField()),
        "l_at": Cast(at or Value(None), DateTimeField()),
        "l_place": Cast(place or F("position"), IntegerField()),
    }
    named: QuerySet[Any, Any] = rows.order_by().annotate(**columns)
    return named.values_list(*columns)


def gone(request: HttpRequest, article: Article) -> HttpResponse:
    """410 with a neutral notice: the address was right, the article is no longer there."""
    return page(request, "410.html", {}, keys=[article.page_key], status=410)
