"""What was announced to caches and has not been carried out everywhere yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from articles.models.added import add
from articles.signals import pages_changed


class Announcement(models.Model):
    """Written with the change itself, in the same transaction: who dies right after the commit leaves it behind.

    Gone as soon as every cache has heard of it.
    """

    keys = models.JSONField()
    is_hard = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return " ".join(self.keys[:5])

    @classmethod
    def make(cls, keys: Iterable[str], *, hard: bool = False) -> None:
        """Send `pages_changed` after commit, once for all that a transaction announces; inside no transaction, at once.

        One hard change makes the whole word hard.
        """
        named = frozenset(keys)
        if not named:
            return
        word = _waiting() or Word()
        word.numbers.append(add(cls(keys=sorted(named), is_hard=hard)).pk)
        word.keys |= named
        word.is_hard |= hard
        transaction.on_commit(word)


class Word:
    """Everything one transaction changes. Registered again with each change, for a savepoint that is rolled back takes
    its registrations with it; the first that is run tells all."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.numbers: list[int] = []
        self.is_hard = False
        self.is_told = False

    def __call__(self) -> None:
        if not self.is_told:
            self.is_told = True
            pages_changed.send(Announcement, keys=frozenset(self.keys), hard=self.is_hard, numbers=tuple(self.numbers))


def _waiting() -> Word | None:
    """What this transaction has announced so far; a rollback has already emptied Django's list."""
    registered = (hook[1] for hook in transaction.get_connection().run_on_commit)
    return next((hook for hook in registered if isinstance(hook, Word) and not hook.is_told), None)
