"""What services outside have not been told yet."""

from __future__ import annotations

from django.db import models


class Ping(models.Model):
    """A page key whose pages have changed, or will at a moment that was planned. Addresses are looked up when it is sent:
    by then they may be others, or there may be nothing to tell."""

    class Service(models.TextChoices):
        WEBSUB = "websub", "WebSub"
        INDEXNOW = "indexnow", "IndexNow"

    service = models.CharField(max_length=8, choices=Service.choices)
    key = models.CharField(max_length=40)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["service", "due_at", "id"], name="ping_due")]

    def __str__(self) -> str:
        return f"{self.service} {self.key}"
