"""SQL made once for each kind of question: Django takes longer to write it than a database to answer it.

No SQL is written by hand. A function builds a queryset from stand-ins, Django compiles it, and the stand-ins are found
again among its parameters; whatever else stands there is a constant of the code and moves into the text. So the gate
remains what `public()` says, and the planner sees `status = 'published'` instead of an unknown value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, router
from django.db.models import Field, Model, QuerySet

from articles.models import direct
from articles.models.article import Article

Row = TypeVar("Row", bound=Model)
Value = int | str | datetime
Values = Mapping[str, Any]  # of Value
Build = Callable[..., QuerySet[Any, Any]]
POOL = "SELECT pool"  # stands in a queryset, as RawSQL, for other SQL that chooses ids
IN = "IN ("
MOST = 500  # statements kept; every question of the site together makes about two hundred


class CannotCompile(Exception):
    """A queryset that does something else with its values than hand them to the database."""


@dataclass(frozen=True)
class Statement:
    """SQL with placeholders, and for each of them the name of the value that belongs there."""

    sql: str
    slots: tuple[str, ...]


_statements: dict[object, Statement] = {}


def statement(key: object, build: Build, values: Values) -> Statement:
    """The SQL of what `build` returns for such values, from memory after the first time.

    key: names the shape: the same key must always mean the same SQL. values: only names and types count.
    """
    place = (connection.vendor, key)
    found = _statements.get(place)
    if found is None:
        if len(_statements) >= MOST:
            _statements.clear()
        found = _statements[place] = _compile(build, values)
    return found


def run(made: Statement, values: Values, *, fresh: bool = False) -> list[tuple[Any, ...]]:
    """The rows, as the database's driver hands them out. fresh: never those of a replica."""
    given = {name: adapted(value) for name, value in values.items()}
    with direct.cursor(DEFAULT_DB_ALIAS if fresh else router.db_for_read(Article)) as cursor:
        cursor.execute(made.sql, [given[name] for name in made.slots])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def fetch(key: object, build: Build, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of what `build` returns for these values, from the database that is written to.

    A list among the values is given to `build` as a list, as long as the next power of two; its last value fills the gaps.
    """
    given: dict[str, Any] = {}
    shape = []
    for name, value in values.items():
        if isinstance(value, list):
            room = 1 << (len(value) - 1).bit_length()
            given |= {f"{name}.{place}": value[min(place, len(value) - 1)] for place in range(room)}
            shape.append(room)
        else:
            given[name] = value
    made = statement(("fetch", key, *shape), lambda **stand_ins: build(**_gathered(stand_ins)), given)
    return run(made, given, fresh=True)


def fetch_rows(key: object, model: type[Row], build: Build, **values: Any) -> list[Row]:
    """The same as instances: `build` returns whole rows of the model, without others that they refer to."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = fetch((key, model), lambda **given: build(**given).values_list(*names), **values)
    plain = [_plain_of(field) for field in model._meta.concrete_fields]
    return [model.from_db(DEFAULT_DB_ALIAS, names, [of(value) for of, value in zip(plain, row, strict=True)]) for row in found]


def _plain_of(field: Field[Any, Any]) -> Callable[[Any], Any]:
    """What the driver's value becomes, as Django's own compiler does it."""
    column = field.get_col(field.model._meta.db_table)
    steps = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]

    def converted(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return converted


def _gathered(given: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in given.items():
        of, _, place = name.partition(".")
        if place:
            found.setdefault(of, []).append(value)
        else:
            found[name] = value
    return found


def with_pool(outer: Statement, pool: Statement) -> Statement:
    """The outer SQL with the pool's in its place.

    PostgreSQL is made to fill the pool once, before all else: with old statistics it would do so again for each article.
    """
    start, end = outer.sql.split(POOL)
    if connection.vendor == "postgresql" and start.endswith(IN):
        start, end = f"{start.removesuffix(IN)}= ANY (ARRAY(", f"){end}"
    place = start.count("%s")
    return Statement(f"{start}{pool.sql}{end}", (*outer.slots[:place], *pool.slots, *outer.slots[place:]))


def adapted(value: Value) -> Any:
    """As the driver takes it: SQLite knows no moments, only text in UTC."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def moment(value: Any) -> Any:
    """What the driver returns for a column of moments, as datetime; None stays None."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is None or value.tzinfo:
        return value
    return value.replace(tzinfo=UTC)


def _compile(build: Build, values: Values) -> Statement:
    stand_ins = {name: _stand_in(value, place) for place, (name, value) in enumerate(values.items())}
    sql, params = build(**stand_ins).query.sql_with_params()
    known = {adapted(stand_in): name for name, stand_in in stand_ins.items()}
    pieces = sql.split("%s")
    if len(pieces) != len(params) + 1 or "%%" in sql:
        raise CannotCompile(sql)
    slots = [known.get(param) for param in params]
    if set(slots) - {None} != set(values):
        raise CannotCompile(f"{set(values)} are not all among the parameters of {sql}")
    marks = [_literal(param) if slot is None else "%s" for slot, param in zip(slots, params, strict=True)]
    text = "".join(f"{piece}{mark}" for piece, mark in zip(pieces, [*marks, ""], strict=True))
    return Statement(text, tuple(slot for slot in slots if slot is not None))


def _stand_in(value: Value, place: int) -> Value:
    """Of the same type, and nothing that a constant of the code could be; a number that even the smallest column holds."""
    if isinstance(value, datetime):
        return datetime(2001, 1, 1, 1, 1, 1, 100_000 + place, tzinfo=UTC)
    return 31_700 + place if isinstance(value, int) else f"stand-in-{place}"


def _literal(param: Any) -> str:
    if isinstance(param, str):
        return "'" + param.replace("'", "''").replace("%", "%%") + "'"
    if isinstance(param, int) and not isinstance(param, bool):
        return str(int(param))  # psycopg has integers of its own
    raise CannotCompile(f"a constant of type {type(param).__name__}")
