"""Whatever the database refuses has a sentence for editors, and every number a bound that both databases hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from articles.models import Agency, Breaking, Category, Position, Teaser
from tests import make

MODELS = list(apps.get_app_config("articles").get_models())
RULES = [(model, rule) for model in MODELS for rule in model._meta.constraints]
NUMBERS = [
    (model, field)
    for model in MODELS
    for field in model._meta.concrete_fields
    if isinstance(field, models.IntegerField) and not isinstance(field, models.AutoField | models.BigAutoField) and field.editable
]
COUNTED_BY_US = {"version", "repeats", "object_id"}  # no form shows them


@pytest.mark.parametrize(("model", "rule"), RULES, ids=[rule.name for _, rule in RULES])
def test_every_rule_speaks_german(model: type[models.Model], rule: models.BaseConstraint) -> None:
    sentence = str(rule.violation_error_message)

    assert "Constraint" not in sentence
    assert rule.name not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(("model", "field"), NUMBERS, ids=[f"{model.__name__}.{field.name}" for model, field in NUMBERS])
def test_every_number_has_a_bound(model: type[models.Model], field: Any) -> None:
    if field.name in COUNTED_BY_US:
        return
    with pytest.raises(ValidationError) as refused:
        field.run_validators(2**31)

    assert "kleiner oder gleich" in " ".join(refused.value.messages)


@pytest.mark.django_db
def test_a_broken_rule_is_told_in_words() -> None:
    article, place = make.article(), make.positions()["lead"]
    make.pin(article, place)
    make.own_teaser(article)
    broken: list[tuple[models.Model, str]] = [
        (Teaser(article=article, position=place), "schon einen Teaser"),
        (Teaser(article=article), "schon einen Teaser für alle Listen"),
        (Position(slug="neu", label="Neu", rule="category", limit=3), "wählen Sie das Ressort"),
        (Breaking(headline="Eilt", visible_from=make.MOMENT, visible_until=make.MOMENT), "Das Ende liegt vor dem Beginn"),
        (Category(name="Suche", slug="suche"), "braucht die Website selbst"),
        (Agency(name="x", short_name="x", slug="x", credit_line="x", expiry_days=0), "größer oder gleich 1"),
    ]
    for row, sentence in broken:
        with pytest.raises(ValidationError) as refused:
            row.full_clean(exclude=["picture"])

        assert sentence in " ".join(refused.value.messages)
