"""Which file of the sitemap an article stands in: its month, and within it a block of ids.

A block holds fewer ids than a file may have addresses, so that no file can grow too long and nobody has to count. An
article never leaves its file: neither its id nor the moment it first appeared changes.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Func

BLOCK = 50_000  # ids; as many addresses as a file may hold (sitemaps.org)
BLOCKS = 100_000  # numbers of one month; beyond five thousand million ids months would run into each other


class SitemapFile(Func):
    """The number of the file, from the moment of publication (its month in UTC) and the id."""

    arity = 2
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        published, pk = self._columns(compiler)
        year, month = (f"CAST(SUBSTR({published}, {start}, {length}) AS INTEGER)" for start, length in ((1, 4), (6, 2)))
        return _number(year, month, pk), ()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        published, pk = self._columns(compiler)
        year, month = (f"CAST(EXTRACT({part} FROM {published} AT TIME ZONE 'UTC') AS bigint)" for part in ("YEAR", "MONTH"))
        return _number(year, month, pk), ()

    def _columns(self, compiler: Any) -> list[str]:
        return [compiler.compile(column)[0] for column in self.get_source_expressions()]


def _number(year: str, month: str, pk: str) -> str:
    return f"(({year} * 12 + {month} - 1) * {BLOCKS} + {pk} / {BLOCK})"


def file_parts(number: int) -> tuple[int, int, int]:
    """Year, month and block of a file."""
    months, block = divmod(number, BLOCKS)
    return months // 12, months % 12 + 1, block
