"""Registers the house with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from newsroom import checks


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Betrieb"

    def ready(self) -> None:
        register(checks.secrets_are_strong)
        register(checks.hosts_are_named)
