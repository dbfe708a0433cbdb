"""Tidy addresses as such; what the site answers to untidy ones stands in tests/pages/test_addresses.py."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from newsroom.addresses import IMPOSSIBLE, LONGEST, tidy


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "/"),
        ("//", "/"),
        ("/ausland", "/ausland/"),
        ("/ausland/", "/ausland/"),
        ("/AUSLAND/", "/ausland/"),
        ("//ausland///rat-17", "/ausland/rat-17/"),
        ("/rss.xml", "/rss.xml"),
        ("/Ausland/RSS.xml", "/ausland/rss.xml"),
        ("/BILD/0a-16x9-320.AVIF", "/bild/0a-16x9-320.avif"),
    ],
)
def test_an_address_is_tidied_at_once(path: str, expected: str) -> None:
    assert tidy(path) == expected


@given(st.text(alphabet="aZ/.-ä0%", max_size=30).map("/{}".format))
def test_a_tidy_address_stays_as_it_is(path: str) -> None:
    assert tidy(tidy(path)) == tidy(path)


@pytest.mark.parametrize("path", ["/a\x00", "/a\nb", "/a\x7f", "/\ufffd", "/a\\b", "/../", "/a/..", "/a/./b", "/.", "/admin/../"])
def test_no_page_has_an_impossible_address(path: str) -> None:
    assert IMPOSSIBLE.search(path)


@pytest.mark.parametrize("path", ["/", "/ausland/", "/...", "/a..b/", "/.well-known/security.txt", "/straße-17/"])
def test_odd_addresses_may_exist(path: str) -> None:
    assert not IMPOSSIBLE.search(path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/" + "a" * LONGEST, "/admin/" + "a" * LONGEST, "/admin/../", "/healthz/../"])
def test_impossible_addresses_end_before_anything_else_sees_them(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/login/", "/healthz"])
def test_a_foreign_host_is_told_nothing_even_by_the_editors_side(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(path, headers={"host": "evil.example"})

    assert response.status_code == 404
    assert "evil.example" not in response.content.decode()
