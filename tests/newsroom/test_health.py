"""What machines learn when they ask how the house is."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import make


class Unreachable:
    """Stands in for a cursor that cannot be had."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self) -> None:
        raise self.error


def test_a_living_process_asks_no_database(client: Client) -> None:
    # No mark for the database: any query would be refused.
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "server": os.getppid()}


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make.feed()

    with django_assert_num_queries(2):
        response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "wire": {"nda": "new"}}


@pytest.mark.parametrize("error", [OperationalError("password of newsroom@10.0.0.7 refused"), InterfaceError("closed")])
def test_without_its_database_a_process_is_alive_but_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(connection, "cursor", Unreachable(error))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "down"}
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_no_cache_keeps_the_answer_and_no_form_is_taken(client: Client, path: str) -> None:
    ask: Callable[[str], object] = client.post

    assert client.get(path).headers["Cache-Control"] == "no-store"
    assert client.head(path).status_code == 200
    assert getattr(ask(path), "status_code", None) == 405
