#!/usr/bin/env python3
"""The operator's entrance: `python manage.py help` lists every command."""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from newsroom.env import UnsafeStart


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        settings.BASE_DIR  # noqa: B018 - reading one setting loads them all
    except UnsafeStart as refusal:
        sys.exit(str(refusal))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
