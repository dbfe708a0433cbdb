"""What an editor would be told to delete, the wire takes out by itself: no item fails for a sign nobody sees."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles.models import Article, WireItem
from articles.models.base import validate_printable
from articles.wire.receiving import deliver
from tests.wire import delivering

pytestmark = pytest.mark.django_db
FIRST = delivering.DATA / "ninjs" / "01-eil-v1.json"
SIGNS = ["\u061c", "\u2028", "\u2029", "\x80", "\x85", "\x9f", "\u202e", "\ufeff", "\x07", "\x00"]


def soiled(sign: str, value: Any) -> Any:
    """The same item with the sign inside every text that readers see."""
    if isinstance(value, dict):
        return {name: _soiled_text(sign, name, entry) for name, entry in value.items()}
    return [soiled(sign, entry) for entry in value] if isinstance(value, list) else value


def _soiled_text(sign: str, name: str, entry: Any) -> Any:
    seen = ("headline", "value", "name", "description_text", "body_text", "located", "byline", "slugline")
    if isinstance(entry, str) and name in seen and " " in entry:
        return entry.replace(" ", f"{sign} ", 1)
    return soiled(sign, entry)


@pytest.mark.parametrize("sign", SIGNS)
def test_an_item_with_such_a_sign_becomes_clean_copy(sign: str) -> None:
    feed = delivering.feed()
    raw = json.dumps(soiled(sign, json.loads(FIRST.read_text(encoding="utf-8"))), ensure_ascii=True).encode("ascii")

    list(deliver(raw, feed=feed, name="meldung.json", folder=None, now=delivering.NOW))

    item = WireItem.objects.get()
    article = item.article or Article(headline=item.headline)
    for name in ("kicker", "headline", "lead", "dateline", "body"):
        validate_printable(getattr(article, name))
    for tagging in article.taggings.select_related("tag") if article.pk else ():
        validate_printable(tagging.tag.name)


def test_soft_hyphens_and_joiners_stay() -> None:
    feed = delivering.feed()
    told = json.loads(FIRST.read_text(encoding="utf-8"))
    raw = json.dumps(soiled("\u00ad", told)).encode()

    list(deliver(raw, feed=feed, name="meldung.json", folder=None, now=delivering.NOW))

    assert "\u00ad" in WireItem.objects.get().headline
