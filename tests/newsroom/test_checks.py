"""Starts that are refused because they would put readers or copy at risk."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.db import OperationalError

from articles import desk
from articles.management.demo.newsroom import HOUSE
from newsroom.checks import hosts_are_named, imprint_is_filled, secrets_are_strong
from newsroom.management.commands.serve import Command
from tests import make


def found() -> set[str]:
    """Identifiers of what Django's own run of all checks reports."""
    return {message.id for message in run_checks() if message.id}


def test_the_house_under_test_is_safe() -> None:
    assert found() == set()


@pytest.mark.parametrize(("key", "expected"), [("x" * 31, 1), ("x" * 32, 0)])
def test_a_key_needs_32_signs(settings: LazySettings, key: str, expected: int) -> None:
    settings.SECRET_KEY = key

    assert len(secrets_are_strong()) == expected


def test_a_short_key_stops_every_command(settings: LazySettings) -> None:
    settings.SECRET_KEY = "short"

    assert "newsroom.E001" in found()


@pytest.mark.parametrize(
    ("hosts", "expected"), [(["*"], 1), (["www.example.org", "*"], 1), (["www.example.org"], 0), ([".example.org"], 0)]
)
def test_hosts_are_named_one_by_one(settings: LazySettings, hosts: list[str], expected: int) -> None:
    settings.ALLOWED_HOSTS = hosts

    assert len(hosts_are_named()) == expected


def test_a_wildcard_host_stops_every_command(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert "newsroom.E002" in found()


def test_a_developer_is_left_alone(settings: LazySettings) -> None:
    settings.DEBUG, settings.SECRET_KEY, settings.ALLOWED_HOSTS = True, "short", ["*"]

    assert secrets_are_strong() == hosts_are_named() == []


def test_each_refusal_says_what_to_do(settings: LazySettings) -> None:
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "short", ["*"]

    assert "openssl" in str(secrets_are_strong()[0].hint)
    assert "commas" in str(hosts_are_named()[0].hint)


@pytest.mark.django_db
def test_an_empty_impressum_is_a_warning_of_a_deployed_site_alone(settings: LazySettings) -> None:
    make.house()

    assert [message.id for message in imprint_is_filled()] == ["newsroom.W001"]
    assert "newsroom.W001" in {message.id for message in run_checks(include_deployment_checks=True)}
    assert "newsroom.W001" not in found()
    settings.DEBUG = True
    assert imprint_is_filled() == []


@pytest.mark.django_db
def test_a_filled_impressum_and_that_of_the_demo_are_no_reason_to_warn() -> None:
    make.house(**HOUSE)

    assert imprint_is_filled() == []


def test_no_database_is_another_story(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        raise OperationalError("no such table")

    monkeypatch.setattr(desk, "imprint_lacks", broken)

    assert imprint_is_filled() == []


@pytest.mark.django_db
def test_serve_says_what_is_missing_and_starts_all_the_same() -> None:
    make.house()
    told = StringIO()

    Command(stderr=told)._remind()

    assert "Im Impressum fehlen Angaben" in told.getvalue()
    assert "Herausgeber" in told.getvalue()
