"""Impressum and its like: the house brings the text along, editors fill in fields or write their own."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Page
from tests import make
from tests.page import read

pytestmark = pytest.mark.django_db
FIELDS = {
    "publisher": "Abendpost eG", "address": "Kaistraße 12\n20457 Hamburg", "email": "redaktion@abendpost.example", "phone": "040 1234",
    "responsible": "Kofi Osei, Anschrift wie oben", "represented_by": "Marit Sandvoß", "register": "GnR 17", "vat_id": "DE123",
    "arbitration": "Wir nehmen nicht teil.", "privacy_email": "daten@abendpost.example", "privacy_officer": "Piet Harms, Kaistraße 12",
    "supervisor": "die Aufsicht in Hamburg", "log_days": 14, "security_email": "sicher@abendpost.example",
    "accessibility_review": "im März 2026 durch ein Prüfbüro",
}  # fmt: skip


def text(client: Client, slug: str) -> str:
    return read(client.get(f"/{slug}/")).one("main").line


@pytest.mark.parametrize("slug", Page.Slug.values)
def test_an_empty_house_has_every_page_with_one_heading(client: Client, slug: str) -> None:
    make.house()

    response = client.get(f"/{slug}/")

    assert response.status_code == 200
    assert read(response).one("h1").line == str(Page.Slug(slug).label)
    assert "None" not in response.content.decode()


def test_an_impressum_without_its_fields_says_so(client: Client) -> None:
    make.house()

    assert "noch nicht vollständig eingetragen" in text(client, "impressum")


def test_the_impressum_is_made_of_the_houses_fields(client: Client) -> None:
    make.house(**FIELDS)

    shown = text(client, "impressum")

    for name in ("publisher", "email", "phone", "responsible", "represented_by", "register", "vat_id", "arbitration"):
        assert str(FIELDS[name]) in shown, name
    assert "20457 Hamburg" in shown
    assert "noch nicht" not in shown


@pytest.mark.parametrize("field", ["publisher", "address", "email", "responsible"])
def test_each_required_field_is_missed(client: Client, field: str) -> None:
    make.house(**FIELDS | {field: " "})

    assert "noch nicht vollständig" in text(client, "impressum")


def test_the_other_pages_use_the_fields_as_well(client: Client) -> None:
    make.house(**FIELDS)

    privacy, access, contact = (text(client, slug) for slug in ("datenschutz", "barrierefreiheit", "kontakt"))

    assert "daten@abendpost.example" in privacy
    assert "die Aufsicht in Hamburg" in privacy
    assert "nach 14 Tagen gelöscht" in privacy
    assert "im März 2026 durch ein Prüfbüro" in access
    assert "sicher@abendpost.example" in contact


def test_who_keeps_no_logs_says_so(client: Client) -> None:
    make.house(log_days=0)

    assert "führen wir nicht" in text(client, "datenschutz")


def test_what_an_editor_wrote_stands_in_place_of_the_shipped_text(client: Client) -> None:
    make.house(**FIELDS)
    make.page("datenschutz", title="Ihre Daten", lead="Kurz.", body="<p>Eigener Text.</p>")

    shown = text(client, "datenschutz")

    assert shown == "Ihre DatenKurz. Eigener Text."


def test_a_page_without_text_keeps_the_shipped_one_under_its_own_heading(client: Client) -> None:
    make.house(**FIELDS)
    make.page("kontakt", title="So erreichen Sie uns", lead="Immer.", body="")

    shown = text(client, "kontakt")

    assert shown.startswith("So erreichen Sie unsImmer.")
    assert "040 1234" in shown


def test_what_stands_in_a_field_is_text_and_no_markup(client: Client) -> None:
    make.house(**FIELDS | {"publisher": "<b>A</b> & B", "address": "<script>\nx"})

    assert b"<script>\n" not in client.get("/impressum/").content
    assert "<b>A</b> & B" in text(client, "impressum")


def test_every_page_is_reached_from_the_footer(client: Client) -> None:
    footer = read(client.get("/impressum/")).one("footer")

    linked = {link["href"] for link in footer.all("a")}

    assert {*(f"/{slug}/" for slug in Page.Slug.values), "/korrekturen/"} <= linked
