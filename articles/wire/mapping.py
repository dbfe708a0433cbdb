"""What an agency calls things, in the house's terms: category, tags, authors, kicker, form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from articles import desk
from articles.models import Author, Category, Feed, Kind, Tag, TagAlias
from articles.models.compiled import fetch, fetch_rows
from articles.text.slugs import slugify
from articles.wire.item import Item
from articles.wire.mediatopics import main_topic

HOME, ABROAD = "country:DE", "country:*"
MOST_TAGS = 12
MOST_NEW_TAGS = 6
LONGEST_TAG = 60
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
_TECHNICAL = re.compile(r"[\W\d_]*\Z|(?:eil|korr|neu|zf|update|berichtigung|kurz|vorab)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\s*(?:von\s+)?(.+?)\s*\Z", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|/|;|\bund\b)\s*")
_KINDS = {
    "kommentar": Kind.OPINION, "opinion": Kind.OPINION, "meinung": Kind.OPINION, "leitartikel": Kind.OPINION,
    "interview": Kind.INTERVIEW, "analyse": Kind.ANALYSIS, "analysis": Kind.ANALYSIS,
    "hintergrund": Kind.BACKGROUND, "background": Kind.BACKGROUND,
}  # fmt: skip


class Categories:
    """Every code, name and slug that means a category; where two claim one, the first in order has it. Asked for once, when needed."""

    @cached_property
    def _by_id(self) -> dict[int, Category]:
        return {category.pk: category for category in fetch_rows("categories", Category, Category.objects.in_order)}

    @cached_property
    def by_term(self) -> dict[str, Category]:
        known: dict[str, Category] = {}
        for category in self._by_id.values():
            for term in [category.name, category.slug, *_codes_of(category)]:
                known.setdefault(folded(term), category)
        return known

    def by_id(self, pk: int | None) -> Category | None:
        return self._by_id.get(pk) if pk is not None else None


def _codes_of(category: Category) -> list[str]:
    return [str(code) for code in category.codes] if isinstance(category.codes, list) else []


def category_for(item: Item, *, feed: Feed, categories: Categories | None = None) -> Category | None:
    """By code, then by the code's main topic, then by name; else the feed's own; None if nothing fits.

    A category with the code "country:DE" takes nothing that plays abroad alone: that goes where "country:*" stands.
    """
    known = (categories or Categories()).by_term
    found = _by_terms(item, known)
    if is_abroad(item) and (found is None or folded(HOME) in map(folded, _codes_of(found))):
        found = next((known[term] for term in map(folded, (*item.countries, ABROAD)) if term in known), found)
    return found or feed.category


def _by_terms(item: Item, known: dict[str, Category]) -> Category | None:
    return next((known[term] for term in _category_terms(item) if term in known), None)


def is_abroad(item: Item) -> bool:
    """Whether the agency names countries, and none of them is Germany."""
    return bool(item.countries) and HOME not in item.countries


def unknown_codes(item: Item, *, categories: Categories) -> list[str]:
    """The item's codes, where none of its terms means a category."""
    if _by_terms(item, categories.by_term) is not None:
        return []
    return list(dict.fromkeys(subject.code for subject in item.subjects if subject.code))


def _category_terms(item: Item) -> Iterator[str]:
    codes = [subject.code for subject in item.subjects if subject.code]
    for code in codes:
        yield folded(code)
        yield folded(main_topic(code))
    names = [*(subject.name for subject in item.subjects), *item.keywords, *item.genres]
    yield from (folded(name) for name in names if name)
    yield from map(folded, item.countries)


def tags_for(item: Item, *, feed: Feed, categories: Categories | None = None) -> list[Tag]:
    """Tags for the agency's words, in its order, then those that the text itself speaks of and that may set themselves.

    A feed that publishes by itself may bring new ones.
    """
    departments = (categories or Categories()).by_term
    keywords = [word for word in item.keywords if folded(word) not in departments]
    words = [*(keywords or [subject.name for subject in item.subjects if subject.name]), *item.places]
    known = _known_tags(words)
    new = 0
    found: list[Tag] = []
    for word in dict.fromkeys(words):
        tag = known.get(folded(word))
        if tag is None and word in keywords and _may_create(word, feed) and new < MOST_NEW_TAGS:
            tag = known[folded(word)] = Tag.objects.create(name=word)
            new += 1
        if tag is not None and tag.automatic != Tag.Automatic.NEVER:
            found.append(tag)
    found += desk.recognise(headline=item.headline, lead=item.lead, body=item.body).to_set
    return list(dict.fromkeys(found))[:MOST_TAGS]


def _may_create(word: str, feed: Feed) -> bool:
    return feed.rule == Feed.Rule.PUBLISH and 2 <= len(word) <= LONGEST_TAG and any(map(str.isalpha, word))


def _known_tags(words: Iterable[str]) -> dict[str, Tag]:
    """Tags and aliases written like one of the words, whatever its case and its umlauts; merged tags are followed."""
    spelled = [_forms(word) for word in words]
    forms = {form for found, _ in spelled for form in found}
    slugs = {slug for _, found in spelled for slug in found}
    if not forms:
        return {}
    aliases = fetch("tags under other names", _under_aliases, forms=sorted(forms))
    tags = fetch("tags under names", _under_names, forms=sorted(forms), slugs=sorted(slugs))
    ids = list({pk for pk, _name in (*aliases, *tags)})
    rows = {tag.pk: tag for tag in fetch_rows("tags", Tag, _by_id, ids=ids)} if ids else {}
    return {folded(name): rows[pk].merged_into or rows[pk] for pk, name in (*aliases, *tags)}


def _by_id(*, ids: list[int]) -> QuerySet[Tag]:
    return Tag.objects.filter(pk__in=ids).order_by()


def _under_aliases(*, forms: list[str]) -> QuerySet[TagAlias, Any]:
    return TagAlias.objects.filter(name__in=forms).order_by("pk").values_list("tag_id", "name")


def _under_names(*, forms: list[str], slugs: list[str]) -> QuerySet[Tag, Any]:
    return Tag.objects.filter(Q(name__in=forms) | Q(slug__in=slugs)).order_by("pk").values_list("pk", "name")


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[set[str], set[str]]:
    """The ways in which a name is usually written, and their slugs; an index answers for these, not for a comparison without case."""
    spellings = {word}
    for umlaut, letters in _UMLAUTS:
        spellings |= {spelling.replace(umlaut, letters) for spelling in spellings}
        spellings |= {spelling.replace(letters, umlaut) for spelling in spellings}
    spellings = set(sorted(spellings)[:64])
    forms = spellings | {form for word in spellings for form in (word.lower(), word.upper(), word.capitalize(), word.title())}
    return forms, {slugify(form, limit=100) for form in forms}


def folded(text: str) -> str:
    """As words of agencies and of the house are compared: without case, blanks at the ends, and umlauts."""
    told = " ".join(text.split()).casefold()
    for umlaut, letters in _UMLAUTS[:4]:
        told = told.replace(umlaut, letters)
    return told


def authors_for(item: Item) -> list[Author]:
    """Those of the byline who are known here; nobody is added."""
    stated = _BYLINE.match(item.byline)
    names = _BETWEEN_NAMES.split(stated[1])[:6] if stated else []
    known = {author.name: author for author in Author.objects.filter(name__in=names)} if names else {}
    return [known[name] for name in names if name in known]


def kicker_for(item: Item) -> str:
    """«Brücken» of the slugline «Unfälle/Verkehr/Brücken/KORR»: the last part that readers understand."""
    parts = [part.strip() for part in item.kicker.split("/")]
    return next((part for part in reversed(parts) if len(part) > 2 and not _TECHNICAL.match(part)), "")


def kind_for(item: Item) -> Kind:
    return next((_KINDS[genre.casefold()] for genre in item.genres if genre.casefold() in _KINDS), Kind.REPORT)
