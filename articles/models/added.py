"""One row, new or changed, with SQL that Django wrote the first time: it takes longer to write it than a database to carry it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Model
from django.db.models.sql import InsertQuery

from articles.models import direct

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Statement:
    sql: str
    fields: tuple[Any, ...]
    returns_key: bool = False


_inserts: dict[tuple[str, type[Model]], _Statement] = {}
_updates: dict[tuple[str, type[Model], tuple[str, ...]], _Statement] = {}


def add(row: Row) -> Row:
    """Insert it, as `save(force_insert=True)` does, but for signals and for what the model's own `save()` adds; return it with its key.

    The same errors come up as there: IntegrityError where a constraint of the database stands against it.
    """
    made = _insert_of(row)
    with direct.cursor() as cursor:
        cursor.execute(made.sql, _values(made, row, is_new=True))
        if made.returns_key:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def add_all(rows: Sequence[Model]) -> None:
    """Insert rows of one model in one go; they are not told their keys."""
    if rows:
        made = _insert_of(rows[0])
        with direct.cursor() as cursor:
            cursor.executemany(made.sql.partition(" RETURNING ")[0], [_values(made, row, is_new=True) for row in rows])


def change(row: Model, names: Sequence[str]) -> None:
    """Write these fields of a row that is there, as `save(update_fields=…)` does, but for signals and the model's own `save()`.

    Raises DatabaseError where the row is gone, as there.
    """
    model = type(row)
    shape = connections[DEFAULT_DB_ALIAS].vendor, model, tuple(names)
    made = _updates.get(shape) or _updates.setdefault(shape, _update(model, names))
    with direct.cursor() as cursor:
        cursor.execute(made.sql, [*_values(made, row, is_new=False), row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"{model.__name__} {row.pk} is gone")


def _values(made: _Statement, row: Model, *, is_new: bool) -> list[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(field.pre_save(row, is_new), connection) for field in made.fields]


def _insert_of(row: Model) -> _Statement:
    shape = connections[DEFAULT_DB_ALIAS].vendor, type(row)
    return _inserts.get(shape) or _inserts.setdefault(shape, _insert(row))


def _update(model: type[Model], names: Sequence[str]) -> _Statement:
    quote: Callable[[str], str] = connections[DEFAULT_DB_ALIAS].ops.quote_name
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(known[name] for name in names)
    setting = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {setting} WHERE {quote(str(model._meta.pk.column))} = %s"  # noqa: S608 - names of our own
    return _Statement(sql, fields)


def _insert(row: Model) -> _Statement:
    model, key = type(row), row._meta.pk
    returns_key = key is model._meta.auto_field
    fields = tuple(field for field in model._meta.concrete_fields if not (returns_key and field is key))
    query = InsertQuery(model)
    query.insert_values(fields, [row])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [key] if returns_key else None
    [(sql, _values)] = compiler.as_sql()
    return _Statement(sql, fields, returns_key)
