"""Log lines: one JSON object each, with the stack trace inside."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from types import TracebackType

import pytest

from newsroom.logs import JsonFormatter, logging_config

Trace = tuple[type[BaseException], BaseException, TracebackType | None]


def record(message: str, *arguments: object, trace: Trace | None = None) -> logging.LogRecord:
    return logging.LogRecord("newsroom.test", logging.ERROR, "file.py", 7, message, arguments, trace)


def formatted(entry: logging.LogRecord) -> dict[str, str]:
    line = JsonFormatter().format(entry)
    assert "\n" not in line
    content: dict[str, str] = json.loads(line)
    return content


def test_a_line_says_when_how_grave_where_and_what() -> None:
    entry = formatted(record("Picture %s lost", 17))

    assert entry["level"] == "ERROR"
    assert entry["logger"] == "newsroom.test"
    assert entry["message"] == "Picture 17 lost"
    moment = datetime.fromisoformat(entry["time"])
    assert moment.utcoffset() is not None


@pytest.mark.parametrize("message", ["zwei\nZeilen", "«Zürich» – ‹ß›", 'mit "Anführung" und \\', "\x00\x1b[31m"])
def test_whatever_is_said_it_stays_one_line(message: str) -> None:
    assert formatted(record(message))["message"] == message


def test_a_stack_trace_stays_with_its_line() -> None:
    try:
        raise ValueError("the cause")
    except ValueError as error:
        entry = formatted(record("It broke", trace=(ValueError, error, sys.exc_info()[2])))

    assert "ValueError: the cause" in entry["exception"]
    assert "Traceback" in entry["exception"]


def test_production_writes_json_and_a_developer_reads_text() -> None:
    assert logging_config(debug=False)["formatters"]["line"] == {"()": "newsroom.logs.JsonFormatter"}
    assert "format" in logging_config(debug=True)["formatters"]["line"]


def test_what_is_normal_on_a_public_site_fills_no_log() -> None:
    levels = {name: options["level"] for name, options in logging_config(debug=False)["loggers"].items()}

    assert levels["django.request"] == "ERROR"
    assert levels["django.security.DisallowedHost"] == "CRITICAL"
    assert levels["opensearch"] == "ERROR"
