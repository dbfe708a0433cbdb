"""`manage.py background`: the work beside the web server alone, for machines of its own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.background import main


class Command(BaseCommand):
    help = "Do the work beside the web server until stopped. `serve` starts one by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parent", type=int, help="stop when this process is no longer the parent")

    def handle(self, *args: Any, **options: Any) -> None:
        main(parent=options["parent"])
