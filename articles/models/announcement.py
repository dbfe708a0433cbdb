"""What was announced to caches and has not been carried out everywhere yet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from django.utils import timezone

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
        """Send `pages_changed` after commit; inside no transaction, at once."""
        named = frozenset(keys)
        if named:
            row = cls.objects.create(keys=sorted(named), is_hard=hard)
            transaction.on_commit(partial(pages_changed.send, sender=cls, keys=named, hard=hard, number=row.pk))
