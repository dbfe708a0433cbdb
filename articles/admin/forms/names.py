"""Tags and authors by name, separated by commas; the order typed is the order shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.models import Author, Tag, TagAlias
from articles.models.base import validate_printable
from articles.text.slugs import folded, slugify

SEPARATOR = re.compile(r"[,;\n]")
MOST, LONGEST = 30, 100


class NamesInput(forms.TextInput):
    """A line of names; script completes the last one from the admin's own search."""

    class Media:
        js = (Script("js/desk/names.js", type="module"),)

    def __init__(self, *, model: str, field: str) -> None:
        super().__init__({"data-names-model": model, "data-names-field": field, "autocomplete": "off", "class": "names"})


class NamesField(forms.CharField):
    """Gives a list of names, each once, in the order typed."""

    default_error_messages = {
        "many": _("Das sind %(count)d Namen. Bitte geben Sie höchstens %(most)d an."),
        "long": _("«%(name)s» ist länger als %(longest)d Zeichen. Bitte kürzen Sie oder setzen Sie ein Komma."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "validators": [validate_printable], **options})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        names = _once(" ".join(name.split()) for name in SEPARATOR.split(super().clean(value)))
        if len(names) > MOST:
            self._fail("many", count=len(names), most=MOST)
        for name in names:
            if len(name) > LONGEST:
                self._fail("long", name=f"{name[:40]} …", longest=LONGEST)
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or []) != (data or "").strip())

    def _fail(self, code: str, **params: object) -> None:
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


def _once(names: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(name.casefold(), name)
    return list(first.values())


def tags_named(names: list[str]) -> list[Tag]:
    """The tags of these names or aliases, whatever their case; what is unknown becomes a tag."""
    known = _known_tags(names)
    found: list[Tag] = []
    for name in names:
        form = folded(name)
        if form not in known:
            known[form] = Tag.objects.create(name=name)
        found.append(known[form])
    return list(dict.fromkeys(found))


def _known_tags(names: list[str]) -> dict[str, Tag]:
    if not names:
        return {}
    alias = Q(pk__in=[])
    for name in names:
        alias |= Q(name__iexact=name)
    known = {folded(found.name): found.tag for found in TagAlias.objects.filter(alias).select_related("tag__merged_into")}
    by_name = Q(name__in=names) | Q(slug__in=[slugify(name, limit=100) for name in names]) | alias
    return known | {folded(tag.name): tag for tag in Tag.objects.filter(by_name).select_related("merged_into")}


def authors_named(names: list[str]) -> list[Author]:
    """The authors of these names (or slugs, where two share a name). Raises ValidationError for what is unknown."""
    by_name: dict[str, list[Author]] = {}
    slugs = [slugify(name, limit=120) for name in names]
    for author in Author.objects.filter(Q(name__in=names) | Q(slug__in=[*names, *slugs])).order_by("pk"):
        for word in {author.name.casefold(), author.slug}:
            by_name.setdefault(word, []).append(author)
    return [_the_author(name, by_name.get(name.casefold(), [])) for name in names]


def _the_author(name: str, found: list[Author]) -> Author:
    exact = [author for author in found if author.slug == name] or found
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise forms.ValidationError(
            _("«%(name)s» steht nicht unter den Autoren. Bitte prüfen Sie den Namen oder legen Sie die Person zuerst dort an."),
            code="unknown_author", params={"name": name},
        )  # fmt: skip
    raise forms.ValidationError(
        _("«%(name)s» heißen mehrere. Bitte schreiben Sie stattdessen die Adresse: %(slugs)s."),
        code="several_authors", params={"name": name, "slugs": ", ".join(author.slug for author in exact)},
    )  # fmt: skip


def byline_names(authors: Iterable[Author]) -> list[str]:
    """How a byline is typed: names, or slugs where a name belongs to several."""
    people = list(authors)
    shared = Author.objects.filter(name__in=[author.name for author in people]).values("name").annotate(count=Count("pk"))
    several = {row["name"] for row in shared if row["count"] > 1} if people else set()
    return [author.slug if author.name in several else author.name for author in people]
