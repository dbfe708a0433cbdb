"""What an agency calls things, in the house's terms: category, tags, authors, kicker, form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db.models import Q

from articles.models import Author, Category, Feed, Kind, Tag, TagAlias
from articles.text.slugs import slugify
from articles.wire.item import Item
from articles.wire.mediatopics import main_topic

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


def category_for(item: Item, *, feed: Feed) -> Category | None:
    """By code, then by the code's main topic, then by name; else the feed's own; None if nothing fits."""
    known = _known_categories()
    found = (known[term] for term in _category_terms(item) if term in known)
    return next(found, None) or feed.category


def _known_categories() -> dict[str, Category]:
    """Every code, name and slug that means a category; where two claim one, the first in order has it."""
    known: dict[str, Category] = {}
    for category in Category.objects.in_order():
        codes = category.codes if isinstance(category.codes, list) else []
        for term in [category.name, category.slug, *map(str, codes)]:
            known.setdefault(_folded(term), category)
    return known


def _category_terms(item: Item) -> Iterator[str]:
    codes = [subject.code for subject in item.subjects if subject.code]
    for code in codes:
        yield _folded(code)
        yield _folded(main_topic(code))
    names = [*(subject.name for subject in item.subjects), *item.keywords, *item.genres]
    yield from (_folded(name) for name in names if name)


def tags_for(item: Item, *, feed: Feed) -> list[Tag]:
    """Tags for the agency's words, in its order; a feed that publishes by itself may bring new ones."""
    departments = _known_categories()
    keywords = [word for word in item.keywords if _folded(word) not in departments]
    words = [*(keywords or [subject.name for subject in item.subjects if subject.name]), *item.places]
    known = _known_tags(words)
    new = 0
    found: list[Tag] = []
    for word in dict.fromkeys(words):
        tag = known.get(_folded(word))
        if tag is None and word in keywords and _may_create(word, feed) and new < MOST_NEW_TAGS:
            tag = known[_folded(word)] = Tag.objects.create(name=word)
            new += 1
        if tag is not None and tag.automatic != Tag.Automatic.NEVER:
            found.append(tag)
    return list(dict.fromkeys(found))[:MOST_TAGS]


def _may_create(word: str, feed: Feed) -> bool:
    return feed.rule == Feed.Rule.PUBLISH and 2 <= len(word) <= LONGEST_TAG and any(map(str.isalpha, word))


def _known_tags(words: Iterable[str]) -> dict[str, Tag]:
    """Tags and aliases written like one of the words, whatever its case and its umlauts; merged tags are followed."""
    forms = {form for word in words for form in _forms(word)}
    slugs = {slugify(form, limit=100) for form in forms}
    aliases = TagAlias.objects.filter(name__in=forms).select_related("tag__merged_into").order_by("pk")
    known = {_folded(alias.name): alias.tag.merged_into or alias.tag for alias in aliases}
    tags = Tag.objects.filter(Q(name__in=forms) | Q(slug__in=slugs)).select_related("merged_into").order_by("pk")
    return known | {_folded(tag.name): tag.merged_into or tag for tag in tags}


def _forms(word: str) -> set[str]:
    """The ways in which a name is usually written; an index answers for these, not for a comparison without case."""
    spellings = {word}
    for umlaut, letters in _UMLAUTS:
        spellings |= {spelling.replace(umlaut, letters) for spelling in spellings}
        spellings |= {spelling.replace(letters, umlaut) for spelling in spellings}
    spellings = set(sorted(spellings)[:64])
    return spellings | {form for word in spellings for form in (word.lower(), word.upper(), word.capitalize(), word.title())}


def _folded(text: str) -> str:
    folded = " ".join(text.split()).casefold()
    for umlaut, letters in _UMLAUTS[:4]:
        folded = folded.replace(umlaut, letters)
    return folded


def authors_for(item: Item) -> list[Author]:
    """Those of the byline who are known here; nobody is added."""
    stated = _BYLINE.match(item.byline)
    names = _BETWEEN_NAMES.split(stated[1])[:6] if stated else []
    known = {author.name: author for author in Author.objects.filter(name__in=names)}
    return [known[name] for name in names if name in known]


def kicker_for(item: Item) -> str:
    """«Brücken» of the slugline «Unfälle/Verkehr/Brücken/KORR»: the last part that readers understand."""
    parts = [part.strip() for part in item.kicker.split("/")]
    return next((part for part in reversed(parts) if len(part) > 2 and not _TECHNICAL.match(part)), "")


def kind_for(item: Item) -> Kind:
    return next((_KINDS[genre.casefold()] for genre in item.genres if genre.casefold() in _KINDS), Kind.REPORT)
