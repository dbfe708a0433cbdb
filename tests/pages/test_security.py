"""security.txt as RFC 9116 asks for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.pages.security import month_around
from tests import make

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    lines = [line for line in client.get(PATH).content.decode().splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def test_it_names_contact_expiry_language_and_itself(client: Client) -> None:
    make.house(email="redaktion@tagblatt.example", security_email="sicher+lücke@tagblatt.example")

    told = fields(client)

    assert told["Contact"] == "mailto:sicher+lücke@tagblatt.example"
    assert told["Canonical"] == "https://tagblatt.example/.well-known/security.txt"
    assert told["Preferred-Languages"] == "de, en"
    assert client.get(PATH).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_newsroom_stands_in_where_no_address_is_given(client: Client) -> None:
    make.house(email="o'neil@tagblatt.example")

    assert fields(client)["Contact"] == "mailto:o'neil@tagblatt.example"


def test_without_any_address_there_is_none(client: Client) -> None:
    make.house(email="", security_email="")

    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("day", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)])
def test_it_expires_in_months_and_never_in_a_year(client: Client, day: datetime) -> None:
    make.house(email="redaktion@tagblatt.example")
    with time_machine.travel(day, tick=False):
        expires = datetime.strptime(fields(client)["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert timedelta(days=150) < expires - day < timedelta(days=190)


def test_it_stays_the_same_all_month_and_no_cache_keeps_it_longer(client: Client) -> None:
    make.house(email="redaktion@tagblatt.example")
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC), tick=False):
        first = client.get(PATH)
    with time_machine.travel(datetime(2026, 5, 31, 23, 59, 50, tzinfo=UTC), tick=False):
        last = client.get(PATH)

    assert first.content == last.content
    assert "max-age=10" in last.headers["Cache-Control"]


def test_a_month_ends_where_the_next_begins() -> None:
    assert month_around(datetime(2026, 12, 5, 7, tzinfo=UTC)) == (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
