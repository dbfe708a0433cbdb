"""What tells two addresses apart, and what does not."""

from __future__ import annotations

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pagecache.address import MOST_KNOWN, Addresses, bare


@pytest.fixture
def addresses() -> Addresses:
    return Addresses(["www.example.org", ".example.net"], settings.PAGE_CACHE_PARAMETERS)


@pytest.mark.parametrize("host", ["www.example.org", "www.example.org:8000", "WWW.EXAMPLE.ORG", "a.example.net"])
def test_our_hosts_are_known(addresses: Addresses, host: str) -> None:
    assert addresses.is_ours(host)
    assert addresses.is_ours(host)


@pytest.mark.parametrize("host", [None, "", "evil.example", "www.example.org.evil.example", "a b", "www.example.org/x", "\x00"])
def test_others_are_not(addresses: Addresses, host: str | None) -> None:
    assert not addresses.is_ours(host)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("utm_source=x&vor=20250224204410-17", "vor=20250224204410-17"),
        ("vor=1&vor=2", "vor=2"),
        ("vor=a%20b", "vor=a%20b"),
        ("vor=a+b", "vor=a%20b"),
        ("VOR=1", ""),
        ("vor", "vor="),
        ("fbclid=1&gclid=2", ""),
        ("vor=" + "9" * 400, "vor=-"),
        ("&&&", ""),
    ],
)
def test_only_what_matters_stays_of_a_query(addresses: Addresses, query: str, kept: str) -> None:
    assert addresses.query("/ausland/", query) == kept


@pytest.mark.parametrize(
    "path", ["/", "/ausland/rat-beschliesst-plan-17/", "/archiv/", "/archiv/2025/", "/archiv/2025/02/", "/static/css/site.css"]
)
def test_where_no_parameter_matters_none_stays(addresses: Addresses, path: str) -> None:
    assert addresses.query(path, "vor=20250224204410-17&utm_source=x") == ""


@pytest.mark.parametrize(
    "path", ["/ausland/", "/thema/usa/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/", "/archiv/2025/02/24/"]
)
def test_lists_know_positions(addresses: Addresses, path: str) -> None:
    assert addresses.query(path, "vor=1") == "vor=1"


@given(st.text(max_size=2000))
def test_any_query_gives_a_short_key(query: str) -> None:
    kept = Addresses(["x"], settings.PAGE_CACHE_PARAMETERS).query("/ausland/", query)

    assert len(kept) <= len("vor=") + 200 * 12
    assert kept == "" or kept.startswith("vor=")
    assert kept.isascii()


def test_a_static_file_has_a_name_for_each_encoding(addresses: Addresses) -> None:
    names = {addresses.key("/static/css/site.css", "", encoding) for encoding in ("", "br", "gzip")}

    assert len(names) == 3
    assert addresses.key("/ausland/", "", "br") == addresses.key("/ausland/", "", "") == "/ausland/"
    assert addresses.key("/ausland/", "vor=1", "br") == "?vor=1/ausland/"


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin", "/vorschau/abc/", "/wire/nda/", "/healthz", "/readyz", "/metrics", "/fehler-melden/", "/" + "a" * 1000, "", "*"]
)
def test_what_is_no_readers_is_left_aside(addresses: Addresses, path: str) -> None:
    assert addresses.is_aside(path)


@pytest.mark.parametrize("path", ["/", "/ausland/", "/bild/x.avif", "/impressum/", "/administration/", "/metrics-und-mehr/"])
def test_readers_pages_are_not(addresses: Addresses, path: str) -> None:
    assert not addresses.is_aside(path)


def test_encodings_are_remembered_within_bounds(addresses: Addresses) -> None:
    for number in range(MOST_KNOWN + 50):
        assert addresses.encoding(f"gzip;q=0.{number}1") == "gzip"

    assert len(addresses._encodings) <= MOST_KNOWN
    assert addresses.encoding("br, gzip") == "br"
    assert addresses.encoding("") == ""


def test_hosts_are_remembered_within_bounds(addresses: Addresses) -> None:
    for number in range(MOST_KNOWN + 50):
        assert addresses.is_ours(f"h{number}.example.net")

    assert len(addresses._hosts) <= MOST_KNOWN


def test_a_bare_request_says_nothing_about_the_reader() -> None:
    environ = {
        "REQUEST_METHOD": "HEAD", "PATH_INFO": "/", "QUERY_STRING": "utm_source=x", "HTTP_HOST": "www.example.org",
        "HTTP_COOKIE": "sessionid=1", "HTTP_ACCEPT_LANGUAGE": "en", "HTTP_IF_NONE_MATCH": "*", "HTTP_RANGE": "bytes=0-1",
        "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_ACCEPT_ENCODING": "br", "SERVER_NAME": "x",
    }  # fmt: skip

    asked = bare(environ, path="/", query="", encoding="br")

    assert asked == {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": "www.example.org", "SERVER_NAME": "x",
    }  # fmt: skip
    assert bare(environ, path="/static/x.css", query="", encoding="br")["HTTP_ACCEPT_ENCODING"] == "br"
