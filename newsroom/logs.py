"""Logging: one JSON object a line on standard error, readable text while developing."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonFormatter(logging.Formatter):
    """One line a record, so that a collector need not guess where a stack trace ends."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def logging_config(*, debug: bool) -> dict[str, Any]:
    """The dictionary Django hands to `logging.config`."""
    formatter = {"format": "%(levelname)s %(name)s: %(message)s"} if debug else {"()": "newsroom.logs.JsonFormatter"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        # 404s are normal on a public site; a line for each would drown what matters.
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "PIL": {"level": "WARNING"},
            "opensearch": {"level": "ERROR"},  # a line for every search, and a stack trace for what articles.search says in one
        },
    }
