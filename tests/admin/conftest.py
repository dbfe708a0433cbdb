"""Editors who are logged in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make


def _logged_in(role: str) -> Client:
    client = Client()
    client.force_login(make.editor(role))
    return client


@pytest.fixture
def boss(db: None) -> Client:
    """The administrator's browser."""
    return _logged_in("Administrator")


@pytest.fixture
def chief(db: None) -> Client:
    return _logged_in("Chef vom Dienst")


@pytest.fixture
def writer(db: None) -> Client:
    return _logged_in("Redakteur")
