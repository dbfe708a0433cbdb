"""Registers the newsroom with Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_delete, post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Redaktion")

    def ready(self) -> None:
        post_delete.connect(import_string("articles.search.errands.note_deleted"), sender="articles.SearchDocument", dispatch_uid="articles.search")
        post_migrate.connect(_fill_newsroom, sender=self, dispatch_uid="articles.newsroom")


def _fill_newsroom(app_config: AppConfig, using: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
    # auth's receiver was connected first, so the permissions that roles are made of are there.
    if "articles_house" not in connections[using].introspection.table_names():
        return
    for name in ("desk.roles.ensure_roles", "desk.arranging.ensure_house", "desk.arranging.ensure_positions", "search.ensure"):
        import_string(f"articles.{name}")()
