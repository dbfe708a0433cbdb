"""Deliveries that mean no good: each is refused with its reason or cleaned, and the good one beside it is taken."""

from __future__ import annotations

import json
import re

import pytest

from articles.models import Article, WireDelivery, WireItem
from articles.wire.receiving import deliver
from bench.hostile import FILES, ITEM
from tests.wire import delivering

pytestmark = pytest.mark.django_db
TAKEN = {
    "remote-dtd", "remote-stylesheet", "xinclude", "many-namespaces", "huge-attribute", "cdata-around-markup",
    "processing-instructions", "declared-utf-16-is-utf-8", "declared-nonsense-encoding", "four-megabytes-one-word",
    "four-megabytes-of-open-tags", "latin-1-as-utf-8", "cp1252", "utf-16", "utf-16-without-mark", "nul", "nul-json",
    "lone-surrogates-json", "lone-surrogates-xml", "right-to-left-override", "decomposed-umlauts", "only-invisible-signs",
    "bare-ampersands", "control-signs", "json-nan", "json-contradicting-keys", "json-version-negative",
    "json-all-fields-are-lists", "json-all-fields-are-objects", "ten-thousand-tags", "ten-thousand-pictures",
    "headline-of-a-megabyte", "script-in-every-field", "script-in-nitf", "year-0001", "year-9999", "thirtieth-of-february", "embargo-in-words",
    "relative-paths", "windows-paths", "file-address", "teleprinter-of-bells", "json-list-of-junk", "json-all-fields-are-numbers",
}  # fmt: skip
# As markup; the same written out as text is as harmless as any other text.
FORBIDDEN = re.compile(r"<script|<[^<>]*(?:onerror|onclick|javascript:)|root:x:|[\x00\u202e\u2066\ud800-\udfff]|lollol", re.IGNORECASE)


def test_there_are_many() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_each_is_refused_or_cleaned_and_stops_nobody(name: str) -> None:
    by = delivering.feed()
    good = json.dumps(ITEM | {"uri": "urn:good"}).encode()

    lines = [line for raw in (FILES[name](), good) for line in deliver(raw, feed=by, name=name)]

    assert lines[-1].guid == "urn:good"
    assert lines[-1].outcome.code in {"inbox", "published"}
    refused = [line for line in lines[:-1] if line.outcome.code == "refused"]
    assert {line.guid for line in lines[:-1] if line.outcome.code != "refused"} != set() if name in TAKEN else refused
    assert all(line.reason not in {"", "failed"} and line.outcome.sentence for line in refused)
    assert WireDelivery.objects.count() == 2
    assert [text for text in _texts() if FORBIDDEN.search(text)] == []


def _texts() -> list[str]:
    """What could reach a reader."""
    articles = Article.objects.values_list("headline", "kicker", "lead", "body", "dateline")
    return [text for row in articles for text in row] + [str(row.payload.get("body", "")) for row in WireItem.objects.all()]
