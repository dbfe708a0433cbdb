"""Keeps the index in step with what is published, in the transaction of whoever changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value

from articles.models import Article, Authorship, FurtherCategory, SearchDocument, SearchWord, Status, Tagging
from articles.models.compiled import fetch, moment
from articles.search import errands, postgres, sqlite
from articles.search.documents import Document, Source, document, is_word
from articles.text.stems import ANALYSER

SEARCHED = frozenset({"kicker", "headline", "lead", "dateline", "body", "category", "category_id", "agency", "agency_id", "kind"})
COLUMNS = ("pk", "status", "published_at", "kicker", "headline", "lead", "dateline", "body", "kind", "category_id", "agency_id")
TOGETHER = 2_000  # values in one statement


def backend(vendor: str = "") -> ModuleType:
    return postgres if (vendor or connection.vendor) == "postgresql" else sqlite


def ensure() -> None:
    """Bring the index in line with its table, whatever happened to that."""
    backend().ensure()


def follow(article: Article) -> None:
    """Bring the index in line with what is stored of the article. What was never published is not in it."""
    if article.published_at is not None:
        follow_all([article.pk])


def follow_all(articles: Sequence[int]) -> int:
    """The same for several, named by id; how many of them are in the index now.

    Locked before their tags are read: whoever comes second sees all that the first has written.
    """
    with transaction.atomic(savepoint=False):
        sources = _sources(articles)
        put([document(source) for source in sources], instead_of=articles)
    return len(sources)


def current(articles: Iterable[int]) -> list[Document]:
    """What the index holds of these articles; of those that are not in it, nothing."""
    wanted = sorted(articles)
    with transaction.atomic():
        made = [document(source) for source in _sources(wanted)]
        places = dict(SearchDocument.objects.filter(article__in=wanted).values_list("article_id", "place"))
    return [replace(one, place=places[one.article]) for one in made if one.article in places]


def put(documents: Sequence[Document], *, instead_of: Sequence[int] = ()) -> None:
    """Write documents and remember their words; what stands there for these articles goes. Inside a transaction."""
    places = {one.place for one in documents}
    old = fetch("documents near", _near, articles=list(instead_of) or [0], places=list(places) or [-1])
    own = set(instead_of)
    _part(documents, taken={place for article, place, *_ in old if article not in own}, own=own)
    backend().remove([row for row in old if row[0] in own])
    errands.note({*own, *(one.article for one in documents)})
    if documents:
        backend().add(documents, analyser=ANALYSER)
        _remember(documents)


def _near(*, articles: list[int], places: list[int]) -> QuerySet[SearchDocument, Any]:
    return SearchDocument.objects.filter(Q(article__in=articles) | Q(place__in=places)).order_by().values_list(*backend().OLD)


def grow_old(articles: Any) -> None:
    """What the search knows of these articles (a queryset of ids) has changed; background work follows it soon."""
    SearchDocument.objects.filter(article__in=articles).update(analyser="")


def renew(*, limit: int) -> int:
    """Follow articles of which something has changed for many at once; how many that were."""
    old = list(SearchDocument.objects.filter(analyser="").order_by("article").values_list("article_id", flat=True)[:limit])
    if old:
        follow_all(old)
    return len(old)


def _sources(articles: Sequence[int]) -> list[Source]:
    found = fetch("to be searched", _rows, ids=list(articles)) if articles else []
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in found]
    shown = [row for row in rows if row["status"] == Status.PUBLISHED and row["published_at"]]
    links = _links([row["pk"] for row in shown])
    return [
        Source(
            row["pk"], moment(row["published_at"]), row["kicker"], row["headline"], row["lead"], row["dateline"], row["body"], row["kind"],
            categories={row["category_id"], *(pk for pk, _ in links[row["pk"], "c"])}, agency=row["agency_id"],
            tags=links[row["pk"], "t"], authors=[pk for pk, _ in links[row["pk"], "u"]],
        )
        for row in shown
    ]  # fmt: skip


def _rows(*, ids: list[int]) -> QuerySet[Article, Any]:
    return Article.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list(*COLUMNS)


def _links(articles: list[int]) -> defaultdict[tuple[int, str], list[tuple[int, str]]]:
    """Tags with their names, authors and further categories of each article; one query for all."""
    rows = set(fetch("links to be searched", _linked, ids=articles)) if articles else set()
    found: defaultdict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for article, pk, name, _, letter in sorted(rows, key=lambda row: (row[3], row[1])):
        found[article, letter].append((pk, name))
    return found


def _linked(*, ids: list[int]) -> QuerySet[Any, Any]:
    tags = Tagging.objects.filter(content_object__in=ids).order_by()
    others = [
        Authorship.objects.filter(article__in=ids).order_by().values_list("article_id", "author_id", Value(""), Value(0), Value("u")),
        FurtherCategory.objects.filter(article__in=ids).values_list("article_id", "category_id", Value(""), Value(0), Value("c")),
    ]  # fmt: skip
    return tags.values_list("content_object_id", "tag_id", "tag__name", "position", Value("t")).union(*others, all=True)


def _known(*, stems: list[str]) -> QuerySet[SearchWord, Any]:
    return SearchWord.objects.filter(stem__in=stems).order_by().values_list("stem")


def _at(places: Iterable[int]) -> Any:
    return SearchDocument.objects.filter(place__in=places)


def _part(documents: Sequence[Document], *, taken: set[int], own: set[int]) -> None:
    """No two articles may stand at the same place: of a second's 65,536 the next free one is taken."""
    for one in documents:
        while one.place in taken:
            one.place += 1
            if _at([one.place]).exclude(article__in=own).exists():
                taken.add(one.place)
        taken.add(one.place)


def _remember(documents: Iterable[Document]) -> None:
    """Words that no article has used yet; in the alphabet's order, so that two writers wait for each other but once."""
    words: dict[str, str] = {}
    for one in documents:
        words |= one.words
    stems = sorted(filter(is_word, words))
    for start in range(0, len(stems), TOGETHER):
        part = stems[start : start + TOGETHER]
        known = {stem for (stem,) in fetch("known words", _known, stems=part)}
        new = [SearchWord(stem=stem, backwards=stem[::-1], word=words[stem][:80]) for stem in part if stem not in known]
        SearchWord.objects.bulk_create(new, ignore_conflicts=True)
