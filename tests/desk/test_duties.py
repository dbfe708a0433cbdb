"""What the Impressum lacks."""

from __future__ import annotations

import pytest

from articles import desk
from articles.models import House
from tests import make

pytestmark = pytest.mark.django_db
FILLED = {"publisher": "Abendpost eG", "address": "Kaistraße 12", "email": "a@abendpost.example", "responsible": "Kofi Osei"}


def test_a_fresh_house_lacks_all_four() -> None:
    make.house()

    assert desk.imprint_lacks() == ["Herausgeber", "E-Mail der Redaktion", "Anschrift", "Redaktionell verantwortlich"]


def test_without_any_house_all_is_lacking() -> None:
    House.objects.all().delete()

    assert len(desk.imprint_lacks()) == 4


def test_a_filled_house_lacks_nothing() -> None:
    make.house(**FILLED)

    assert desk.imprint_lacks() == []
    assert not desk.imprint_is_sample()


def test_a_page_written_by_hand_is_believed() -> None:
    make.house()
    make.page("impressum")

    assert desk.imprint_lacks() == []


def test_a_page_without_text_is_not() -> None:
    make.house()
    make.page("impressum", body="")

    assert len(desk.imprint_lacks()) == 4


def test_the_invented_house_is_known() -> None:
    make.house(**FILLED | {"publisher": "Tagblatt Verlag GmbH (Muster)"})

    assert desk.imprint_is_sample()
