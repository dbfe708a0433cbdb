"""Registers the house with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

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
        connection_created.connect(say_what_is_known, dispatch_uid="newsroom.features")


def say_what_is_known(sender: object, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Django asks each connection to SQLite whether it knows JSON, within a transaction: one that had to wait too long for the
    lock would be taken for a «no», and the thread could show no page any more. Every SQLite that Python brings knows it.
    """
    if connection.vendor == "sqlite":
        connection.features.__dict__["supports_json_field"] = True
