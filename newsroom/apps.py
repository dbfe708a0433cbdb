"""Registers the house with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from articles.signals import pages_changed
from newsroom import checks
from newsroom.pagecache.setup import changed


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Betrieb"

    def ready(self) -> None:
        register(checks.secrets_are_strong)
        register(checks.hosts_are_named)
        register(checks.purge_address_is_known)
        register(checks.imprint_is_filled, deploy=True)
        pages_changed.connect(changed, dispatch_uid="newsroom.pagecache")
