"""Which articles tell the same story: near copies, and the same event in another agency's words."""

from __future__ import annotations

from articles.stories.grouping import forget, join, place, split

__all__ = ["forget", "join", "place", "split"]
