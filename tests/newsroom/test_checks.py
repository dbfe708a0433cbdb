"""Starts that are refused because they would put readers or copy at risk."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from newsroom.checks import hosts_are_named, secrets_are_strong


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
