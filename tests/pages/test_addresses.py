"""Every address somebody might type answers with a page, one 301, 404 or 410; never with an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

IMPOSSIBLE = [
    "/ausland/?vor=abc", "/ausland/?vor=", "/ausland/?vor=20250230000000-1", "/ausland/?vor=20250224204410-0", "/ausland/?vor=-1",
    "/ausland/?vor=" + "9" * 400, "/ausland/?vor=20250224204410-" + "9" * 400, "/ausland/?vor=%00", "/ausland/?vor=%ff",
    "/ausland/x-" + "9" * 400 + "/", "/ausland/x-0/", "/ausland/x-007/", "/ausland/x--1/", "/ausland/x-99999999999999999999/",
    "/ausland/%00-1/", "/%00/", "/%ff%fe/", "/ausland/%ff-1/", "/\x00", "/ausland/../admin/", "/admin/../ausland/", "/./ausland/",
    "/ausland/..%2fadmin/", "/gibt-es-nicht/", "/thema/gibt-es-nicht/", "/autor/x/", "/quelle/x/", "/archiv/1899/", "/archiv/2025/13/",
    "/archiv/2025/02/30/", "/archiv/2999/", "/archiv/2%D9%A025/", "/ausland/?vor=20990101000000-1",
    "/ausland/?vor=%D9%A20250224204410-1", "/archiv/0001/01/01/", "/archiv/2025/2/", "/bild/x.jpg", "/bild/../../etc/passwd",
    "/bild/0123456789abcdef-16x9-640.avif", "/vorschau/abc/", "/vorschau/1:abc:def/", "/ressorts-zzzzzzzz.css", "/icon-7.png",
    "/" + "a" * 5000 + "/", "/ausland/x-1.html", "/wp-login.php", "/.env", "/ausland/x-1/?vor=abc", "/;/", "/%E2%80%AE/", "/\\/",
]  # fmt: skip


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_an_impossible_address_is_not_found(client: Client, path: str) -> None:
    make.category("Ausland")

    response = client.get(path)

    expected = {200} if path == "/ausland/?vor=" else {404}
    assert response.status_code in expected, response.status_code


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/AUSLAND/", "/ausland/"), ("/ausland", "/ausland/"), ("/Ausland", "/ausland/"), ("/ausland//", "/ausland/"),
        ("/thema/RUSSLAND", "/thema/russland/"), ("/archiv", "/archiv/"), ("/archiv/2025", "/archiv/2025/"), ("/TICKER", "/ticker/"),
        ("/impressum", "/impressum/"), ("/Archiv//2025/02", "/archiv/2025/02/"), ("/autor/Helene-Kramer", "/autor/helene-kramer/"),
    ],
)  # fmt: skip
def test_an_untidy_address_leads_to_the_right_one_in_one_hop(client: Client, path: str, right: str) -> None:
    make.article(tags=["Russland"], authors=["Helene Kramer"])

    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, right)
    assert client.get(right).status_code == 200


def test_the_query_survives_the_hop(client: Client) -> None:
    make.article()

    assert client.get("/AUSLAND?vor=20250301000000-1").headers["Location"] == "/ausland/?vor=20250301000000-1"


def test_beyond_the_last_article_there_is_no_sheet(client: Client) -> None:
    make.article()

    assert client.get("/ausland/?vor=19990101000000-1").status_code == 404


def test_an_unknown_host_learns_nothing(client: Client) -> None:
    make.article("Marke")

    response = client.get("/ausland/", headers={"host": "evil.example"})

    assert response.status_code == 404
    assert "evil.example" not in response.content.decode()


def test_404_answers_to_every_method(client: Client) -> None:
    assert client.post("/gibt-es-nicht/gar-nicht/").status_code == 404
