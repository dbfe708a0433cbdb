"""Compression: what is encoded, for whom, and that the same bytes stay the same."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from newsroom.compressing import encode, preferred

pytestmark = pytest.mark.urls("tests.newsroom.routes")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", ""),
        ("br;q=0.1", "br"),
        ("br ; q=1.0", "br"),
        ("identity", ""),
        ("*", ""),
        ("", ""),
        ("brotli", ""),
    ],
)
def test_the_best_encoding_the_client_takes_is_chosen(accepted: str, expected: str) -> None:
    assert preferred(accepted) == expected


@given(st.text(max_size=200))
def test_no_header_is_too_odd_to_be_read(accepted: str) -> None:
    assert preferred(accepted) in ("br", "gzip", "")


@given(st.binary(max_size=2000), st.sampled_from(["br", "gzip"]))
def test_what_is_encoded_can_be_decoded_and_is_always_the_same(body: bytes, encoding: str) -> None:
    encoded = encode(body, encoding)

    decoded = brotli.decompress(encoded) if encoding == "br" else gzip.decompress(encoded)
    assert decoded == body
    assert encode(body, encoding) == encoded


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_is_sent_encoded_with_its_new_length(client: Client, encoding: str) -> None:
    plain = client.get("/test/much/")

    response = client.get("/test/much/", headers={"accept-encoding": encoding})

    assert response.headers["Content-Encoding"] == encoding
    assert response.headers["Content-Length"] == str(len(response.content))
    assert len(response.content) < len(plain.content) / 5
    decoded = brotli.decompress(response.content) if encoding == "br" else gzip.decompress(response.content)
    assert decoded == plain.content


def test_every_variant_tells_caches_that_there_are_others(client: Client) -> None:
    answers = [client.get("/test/much/", headers={"accept-encoding": wish}) for wish in ("br", "gzip", "")]

    assert [answer.headers["Vary"] for answer in answers] == ["Accept-Encoding"] * 3


@pytest.mark.parametrize("path", ["/test/little/", "/test/picture/", "/admin/much/"])
def test_short_answers_pictures_and_editors_pages_go_as_they_are(client: Client, path: str) -> None:
    response = client.get(path, headers={"accept-encoding": "br, gzip"})

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
