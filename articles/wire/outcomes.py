"""What became of an item: a code for programs, a German sentence for people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from articles.models import Article

Code = Literal[
    "published", "scheduled", "inbox", "updated", "corrected", "metadata", "flagged", "repeat", "late", "held", "released",
    "killed", "tombstone", "rejected", "discarded", "refused",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    code: Code
    sentence: str
    article: Article | None = None

    def adding(self, remarks: list[str]) -> Outcome:
        return replace(self, sentence="; ".join([self.sentence, *remarks])) if remarks else self
