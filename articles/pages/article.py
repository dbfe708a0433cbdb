"""The article: six queries, whatever hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, DateTimeField, F, IntegerField, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from articles.front.folding import Telling, tellings
from articles.front.lists import Rows
from articles.front.related import BY_TAGS, FROM_ALL, Related, old_from, related
from articles.media.cards import HEIGHT, WIDTH
from articles.models import Agency, Article, Authorship, Category, Correction, House, Kind, Picture, Status, Tagging
from articles.models.article import OPENING
from articles.models.compiled import moment, run, statement
from articles.pages.cards import card_of, path_of
from articles.pages.facts import absolute, article_facts
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import page, readers, until
from articles.pages.teasers import teaser_text, teasers
from articles.text.dates import berlin_day
from articles.text.html import drop_repeated_lead, reading_minutes, sponsored

PARTS: dict[str, Any] = {"": Article, "category__": Category, "agency__": Agency, "picture__": Picture}
WHOLE = tuple(
    f"{path}{field.attname}"
    for path, model in PARTS.items()
    for field in model._meta.concrete_fields
    if not isinstance(field, JSONField)  # as text it would be of no use, and no page prints it
)
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
        return _label_path(self.what, self.slug)


@lru_cache(maxsize=2000)
def _label_path(what: str, slug: str) -> str:
    return reverse(f"articles:{'topic' if what == 'tag' else 'author'}", args=[slug])


@readers
def show(request: HttpRequest, category: str, slug: str, number: int | str) -> HttpResponse:
    article = fetch(min(int(number), LARGEST_ID))
    if article.status == Status.WITHDRAWN:
        return gone(request, article)
    if not article.is_public():
        raise Http404
    if request.path != article.get_absolute_url():
        until(request, article.visible_until)
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    return render(request, article)


def fetch(pk: int) -> Article:
    """The row in whatever state; 404 where there is none."""
    rows = run(statement("article", _whole, {"pk": pk}), {"pk": pk})
    if not rows:
        raise Http404
    values = dict(zip(WHOLE, rows[0], strict=True))
    article: Article = _made(Article, "", values)
    article.category = _made(Category, "category__", values)
    article.agency = _made(Agency, "agency__", values)
    article.picture = _made(Picture, "picture__", values)
    return article


def _whole(*, pk: int) -> Rows:
    return Article.objects.filter(pk=pk).order_by().values_list(*WHOLE)


def _made(model: Any, path: str, values: dict[str, Any]) -> Any:
    """The row of one table as its model, as the database's own loading would make it."""
    names = [field.attname for field in model._meta.concrete_fields if f"{path}{field.attname}" in values]
    if values[f"{path}{model._meta.pk.attname}"] is None:
        return None
    moments = {field.attname for field in model._meta.concrete_fields if isinstance(field, DateTimeField)}
    given = [moment(values[f"{path}{name}"]) if name in moments else values[f"{path}{name}"] for name in names]
    return model.from_db(connection.alias, names, given)


def render(request: HttpRequest, article: Article, **extra: Any) -> HttpResponse:
    """The article's page; `extra` goes to the template (the preview's banner)."""
    around = furniture()
    hanging = labels(article)
    tags = [label for label in hanging if label.what == "tag"]
    below = related(article, tags=[tag.pk for tag in tags], count=around.house.related_count, changes=around.changes_at)
    context = article_context(article, around, hanging, below) | extra
    return page(
        request, "pages/article.html", context, keys=_keys(article, tags, below), around=around,
        shown=[article, *below.newest, *below.then], ends=_ends(article, context), is_reserved=is_reserved(article, around.house),
    )  # fmt: skip


def is_reserved(article: Article, house: House) -> bool:
    """An agency's copy is reserved where the agency says so, whatever the house allows with its own."""
    return bool(house.tdm_reservation or (article.agency and article.agency.tdm_reservation))


def _keys(article: Article, tags: list[Label], below: Related) -> set[str]:
    """A new story drops the pages of its tags; those of its category only where too few stories share a tag."""
    keys = {article.page_key, *(f"tag-{tag.pk}" for tag in tags), *(f"article-{row.pk}" for row in [*below.newest, *below.then])}
    if below.filled > BY_TAGS or below.then:
        keys.add(article.category.page_key)
    return keys | ({"front"} if below.filled == FROM_ALL else set())


def article_context(article: Article, around: Furniture, hanging: list[Label], below: Related) -> dict[str, Any]:
    tags = [label for label in hanging if label.what == "tag"]
    authors = [label for label in hanging if label.what == "author"]
    shown = article.picture if article.picture and article.picture.is_public() else None
    facts = article_facts(
        article, around.house, picture=shown, description=teaser_text(article.lead, opening=article.body[:OPENING]),
        tags=[(tag.name, tag.url) for tag in tags], authors=[(author.name, author.url) for author in authors],
    )  # fmt: skip
    if not shown:
        facts = replace(facts, pictures=((absolute(path_of(article, card_of(article, around.house))), WIDTH, HEIGHT),))
    return {
        "article": article,
        "facts": facts,
        "tags": tags,
        "authors": authors,
        "corrections": [label for label in hanging if label.what == "correction"],
        "picture": shown,
        "caption": article.caption or (shown.caption if shown else ""),
        "body": marked_links(article) if article.kind == Kind.ADVERTISEMENT else drop_repeated_lead(article.lead, article.body),
        "minutes": reading_minutes(article.body),
        "is_opinion": article.kind == Kind.OPINION,
        "kind_label": "" if article.kind == Kind.REPORT else article.get_kind_display(),
        "newest": teasers(below.newest),
        "then": teasers(below.then),
        "section": article.category.slug,
        **newer_telling(article, around.now),
    }


def _ends(article: Article, context: dict[str, Any]) -> datetime | None:
    """When it gets its second list, or what it points to ends."""
    newer: Telling | None = context.get("newer")
    return min((moment for moment in (old_from(article), newer.visible_until if newer else None) if moment), default=None)


def newer_telling(article: Article, now: datetime) -> dict[str, Any]:
    """A better telling of the same story that is newer than this one; of the same day its hour is enough."""
    if not article.story_id or article.published_at is None:
        return {}
    best: Telling | None = next(iter(tellings([article.story_id], now=now).get(article.story_id, [])), None)
    if best is None or best.pk == article.pk or best.published_at <= article.published_at:
        return {}
    is_of_the_day = berlin_day(best.published_at) == berlin_day(article.published_at)
    return {"newer": best, "newer_style": "time" if is_of_the_day else "short"}


def marked_links(article: Article) -> str:
    """The text of an advertisement: search engines are told that its links were paid for."""
    return sponsored(drop_repeated_lead(article.lead, article.body))


def labels(article: Article) -> list[Label]:
    """Tags, authors and corrections in one query, each in the editors' order."""
    rows = run(statement("labels", _labels, {"article": article.pk}), {"article": article.pk})
    ordered = sorted(rows, key=lambda row: (row[0], row[5], row[1]))
    return [Label(row[0], row[1], row[2], row[3], moment(row[4])) for row in ordered]


def _labels(*, article: int) -> Any:
    corrections = _rows(
        Correction.objects.filter(article=article), "correction", "pk", F("text"), Value(""), F("created_at"), Value(0)
    )
    tags = _rows(Tagging.objects.filter(content_object=article), "tag", "tag_id", F("tag__name"), F("tag__slug"))
    authors = _rows(Authorship.objects.filter(article=article), "author", "author_id", F("author__name"), F("author__slug"))
    return corrections.union(tags, authors, all=True)


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
    """410 with a neutral notice: the address was right, the article is no longer there; its headline, where only a licence has ended."""
    return page(request, "410.html", {"ended": article if article.licence_ended_at else None}, keys=[article.page_key], status=410)
