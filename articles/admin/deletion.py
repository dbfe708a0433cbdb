"""What stands in the way of a deletion, told without loading it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

NAMED = 5  # rows named; the others are counted


def users_of(rows: Iterable[models.Model]) -> list[str]:
    """Sentences naming what needs these rows; empty when nothing does."""
    found: list[str] = []
    listed = list(rows)
    for relation in listed[0]._meta.related_objects if listed else []:
        if relation.on_delete is models.PROTECT:
            found += _named(relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": listed}))
    return found


def companions_of(rows: Iterable[models.Model]) -> list[str]:
    """What goes along with these rows, and an editor made on purpose: a teaser, a breaking line."""
    listed = list(rows)
    found: list[str] = []
    for relation in listed[0]._meta.related_objects if listed else []:
        if relation.on_delete is models.CASCADE and hasattr(relation.related_model, "version") and relation.field.name != "tag":
            found += _named(relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": listed}))
    return found


def _named(users: models.QuerySet[Any]) -> list[str]:
    model = users.model
    deferred = [field.name for field in model._meta.concrete_fields if field.name in ("body", "raw", "payload")]
    through = next((name for name in ("content_object", "article") if _links(model, name)), None)
    rows = users.select_related(through) if through else users.defer(*deferred)
    label = capfirst(_label(model, through))
    named = [f"{label}: {getattr(row, through) if through else row}" for row in rows.order_by("-pk")[:NAMED]]
    more = users.count() - len(named) if len(named) == NAMED else 0
    if more:
        named.append(_("… und %(count)d weitere (%(label)s)") % {"count": more, "label": model._meta.verbose_name_plural})
    return named


def _links(model: type[models.Model], name: str) -> bool:
    """Whether rows of the model only tie something to an article, and are best named by it."""
    return not hasattr(model, "version") and any(field.name == name for field in model._meta.concrete_fields)


def _label(model: type[models.Model], through: str | None) -> str:
    return str(_("Artikel")) if through else str(model._meta.verbose_name)
