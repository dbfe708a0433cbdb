"""What is known of a kill: where its copy was to be seen, and when it was gone from there."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.wire import WireItem


class KillReceipt(models.Model):
    """surfaces: a list of {"name", "address", "seconds"}; seconds after the order until the copy was seen to be gone, None until then."""

    wire_item = models.ForeignKey(WireItem, verbose_name=_("Meldung"), on_delete=models.CASCADE, related_name="receipts")
    article = models.ForeignKey(Article, verbose_name=_("Artikel"), on_delete=models.SET_NULL, null=True, related_name="+")
    ordered_at = models.DateTimeField(_("Rückruf vom"), default=timezone.now)
    surfaces = models.JSONField(default=list)
    done_at = models.DateTimeField(_("Überall weg"), null=True)

    class Meta:
        verbose_name = _("Rückruf")
        verbose_name_plural = _("Rückrufe")
        ordering = ["-ordered_at", "-pk"]
        indexes = [
            models.Index(fields=["id"], name="kill_receipt_open", condition=models.Q(done_at=None)),
            models.Index(fields=["-ordered_at", "-id"], name="kill_receipt_newest"),
        ]

    def __str__(self) -> str:
        return self.wire_item.headline or self.wire_item.guid

    @property
    def seconds(self) -> float | None:
        """Until the last surface was clean; None while one is not."""
        return max((float(one["seconds"]) for one in self.surfaces), default=0.0) if self.done_at else None
