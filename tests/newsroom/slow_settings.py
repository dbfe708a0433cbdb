"""A real site with one slow address, for tests of how the server ends."""

from __future__ import annotations

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.newsroom.routes"
