"""The pages that are no news, as samples: Impressum, Datenschutz, Barrierefreiheit, Grundsätze, Kontakt."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from articles.management.demo.reading import head_of, html_of
from articles.models import Page

FOLDER: Final = Path(__file__).parent / "notices"


def ensure_notices() -> None:
    """Create the pages that are missing; what an editor has written stays."""
    for slug in Page.Slug.values:
        head, texts = head_of((FOLDER / f"{slug}.txt").read_text("utf-8").strip())
        Page.objects.get_or_create(slug=slug, defaults={**head, "body": html_of(texts)})
