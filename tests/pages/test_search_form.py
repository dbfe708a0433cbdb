"""Days that a reader names bound the search, whatever is typed there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from articles.pages.search import SIZE
from tests import make
from tests.pages.test_search import many, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"von": "2025-02-24"}, ["Hafen 0", "Hafen 1"]), ({"bis": "2025-02-23"}, ["Hafen 2", "Hafen 3"]),
        ({"von": "2025-02-23", "bis": "2025-02-23"}, ["Hafen 2"]), ({"von": "2025-02-25"}, []), ({"von": "24.02.2025"}, None),
        ({"von": "0001-01-01", "bis": "9999-12-31"}, None), ({"bis": "2025-02-30"}, None), ({"von": "\x00"}, None),
        ({"von": "2025-02-24", "bis": "2025-02-22"}, []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["neu", "beste"])
def test_days_bound_it_as_they_pass_in_berlin(client: Client, asked: dict[str, str], found: list[str] | None, order: str) -> None:
    for number, hours in enumerate((0, 21, 22, 60)):  # 21:44 in Berlin, and 00:44, 23:44 and 09:44 before
        make.article(f"Hafen {number}", at=make.MOMENT - timedelta(hours=hours))
    everything = [f"Hafen {number}" for number in range(4)]
    assert titles(client, q="Hafen", sortierung=order, **asked) == (everything if found is None else found)


def test_days_are_kept_by_the_form_and_by_the_addresses_of_older_hits(client: Client) -> None:
    many(SIZE + 1)
    page = client.get("/suche/?q=Meldung&von=2020-01-01&bis=2025-12-31").content.decode()
    assert 'name="von" type="date" value="2020-01-01"' in page
    assert 'name="bis" type="date" value="2025-12-31"' in page
    assert re.search(r'rel="next" href="[^"]*von=2020-01-01&amp;bis=2025-12-31', page)
