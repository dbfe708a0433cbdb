"""What readers get from the cache: the same as from the site, once made, until something changes."""

from __future__ import annotations

import time
from collections.abc import Callable

import brotli
import pytest
import time_machine

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.stats import Count, totals
from tests.newsroom.pagecache.conftest import Reader, Site


def test_a_page_is_made_once(site: Site, reader: Reader) -> None:
    first, second = reader.get(), reader.get()

    assert first == second
    assert first.text == "erste Fassung"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("utm_source=x", {}), ("fbclid=1&vor=9", {}), ("", {"cookie": "sessionid=1"}), ("", {"accept_language": "en"}),
        ("", {"x_forwarded_host": "evil.example"}), ("", {"authorization": "Basic eDp5"}), ("", {"user_agent": "other"}),
    ],
)  # fmt: skip
def test_what_readers_bring_along_makes_no_other_page(site: Site, reader: Reader, query: str, headers: dict[str, str]) -> None:
    plain = reader.get()

    assert reader.get("/", query, **headers) == plain
    assert len(site.asked) == 1


def test_the_site_never_hears_of_the_reader(site: Site, reader: Reader) -> None:
    reader.get("/", "utm_source=x", cookie="sessionid=1", accept_encoding="br", if_none_match="*", accept_language="en")

    assert [name for name in site.asked[0] if name.startswith("HTTP_")] == ["HTTP_HOST"]
    assert site.asked[0]["QUERY_STRING"] == ""


def test_positions_are_pages_of_their_own(site: Site, reader: Reader) -> None:
    reader.get("/ausland/", "vor=1")
    reader.get("/ausland/", "vor=2&utm_source=x")
    reader.get("/ausland/", "utm_source=y&vor=2")

    assert [asked["QUERY_STRING"] for asked in site.asked] == ["vor=1", "vor=2"]


def test_encodings_come_from_one_page(site: Site, reader: Reader) -> None:
    plain = reader.get()
    packed = reader.get(accept_encoding="gzip, br")
    zipped = reader.get(accept_encoding="gzip")

    assert brotli.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "br"
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert {int(answer.headers["content-length"]) - len(answer.body) for answer in (plain, packed, zipped)} == {0}
    assert len(site.asked) == 1


def test_head_is_get_without_a_body(site: Site, reader: Reader) -> None:
    head = reader.get(method="HEAD")
    whole = reader.get()

    assert head.body == b""
    assert head.headers == whole.headers
    assert len(site.asked) == 1


@pytest.mark.parametrize("known", ["{}", '"other", {}', "*"])
def test_who_has_the_page_is_told_so(reader: Reader, known: str) -> None:
    etag = reader.get().headers["etag"]

    answer = reader.get(if_none_match=known.format(etag))

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert "cache-control" in answer.headers
    assert "content-length" not in answer.headers


def test_a_strong_spelling_of_the_etag_is_understood(reader: Reader) -> None:
    etag = reader.get().headers["etag"]

    assert reader.get(if_none_match=etag.removeprefix("W/")).status == 304
    assert reader.get(if_none_match='"other"').status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_pass_by(site: Site, reader: Reader, method: str) -> None:
    reader.get(method=method, cookie="a=b")
    reader.get(method=method, cookie="a=b")

    assert [asked["HTTP_COOKIE"] for asked in site.asked] == ["a=b", "a=b"]


@pytest.mark.parametrize("path", ["/admin/", "/vorschau/abc/", "/healthz", "/readyz", "/metrics"])
def test_editors_and_operators_pass_by_untouched(site: Site, reader: Reader, path: str) -> None:
    reader.get(path, "q=1", cookie="sessionid=1")
    reader.get(path, "q=1", cookie="sessionid=1")

    assert [(asked["QUERY_STRING"], asked["HTTP_COOKIE"]) for asked in site.asked] == [("q=1", "sessionid=1")] * 2


def test_a_stranger_host_passes_by_and_leaves_nothing(site: Site, reader: Reader) -> None:
    site.status = "404 Not Found"
    reader.get(host="evil.example")
    site.status = "200 OK"

    assert reader.get().status == 200


@pytest.mark.parametrize(
    ("control", "headers"),
    [("private, no-store", []), ("no-store", []), ("", []), ("public, max-age=60", [("Set-Cookie", "a=b")])],
)
def test_what_is_not_for_everybody_is_not_kept(site: Site, reader: Reader, control: str, headers: list[tuple[str, str]]) -> None:
    site.control, site.headers = control, headers

    reader.get()
    reader.get()

    assert len(site.asked) == 2


def test_parts_of_files_are_the_sites_business(site: Site, reader: Reader) -> None:
    reader.get("/bild/kran.jpg")
    reader.get("/bild/kran.jpg", range="bytes=0-10")

    assert site.asked[1]["HTTP_RANGE"] == "bytes=0-10"


def test_pages_are_sent_whole_whatever_part_is_asked_for(site: Site, reader: Reader) -> None:
    """Otherwise one header would be enough to have every page made anew."""
    whole = reader.get()

    assert reader.get(range="bytes=0-10") == whole
    assert len(site.asked) == 1


def test_a_question_mark_within_the_path_is_no_query(site: Site, reader: Reader) -> None:
    """`/ausland/%3Fvor=1` reaches us with its question mark decoded: it must not stand in for `/ausland/?vor=1`."""
    site.status = "404 Not Found"
    assert reader.get("/ausland/?vor=1").status == 404
    site.status = "200 OK"

    assert reader.get("/ausland/", "vor=1").status == 200
    assert reader.get("/ausland/?vor=1").status == 404


def test_a_change_of_a_key_makes_a_new_page(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    site.text = "zweite Fassung"
    assert reader.get().text == "erste Fassung"

    counters.raise_keys(["article-17"])

    assert reader.get().text == "zweite Fassung"
    assert reader.get().text == "zweite Fassung"
    assert len(site.asked) == 2


def test_a_change_of_another_key_does_not(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()

    counters.raise_keys(["article-18", "tag-3"])
    reader.get()

    assert len(site.asked) == 1


def test_everything_hangs_on_all(site: Site, reader: Reader, counters: Counters) -> None:
    site.keys = ""
    reader.get("/favicon.ico")

    counters.raise_keys(["all"])
    reader.get("/favicon.ico")

    assert len(site.asked) == 2


def test_a_change_while_the_page_is_made_counts(site: Site, reader: Reader, counters: Counters) -> None:
    def change(environ: object, start_response: object) -> object:
        counters.raise_keys(["front"])
        return Site.__call__(site, environ, start_response)  # type: ignore[arg-type]

    reader.cache.app = change  # type: ignore[assignment]
    reader.get()
    reader.get()

    assert len(site.asked) == 2


def test_no_page_outlives_its_moment(site: Site, reader: Reader) -> None:
    site.until = time.time() + 1.5
    reader.get()
    site.text = "danach"
    assert reader.get().text == "erste Fassung"

    time.sleep(1.55)

    site.until = None
    assert reader.get().text == "danach"


def test_the_promise_to_caches_shrinks_towards_the_moment(site: Site, reader: Reader) -> None:
    with time_machine.travel(time.time(), tick=False):
        site.until = time.time() + 100.9
        first = reader.get().headers["cache-control"]
        reader.cache.memory.get("/").until = time.time() + 10.5  # type: ignore[union-attr]
        second = reader.get().headers["cache-control"]

    assert first == "public, max-age=60, s-maxage=100, stale-while-revalidate=0, stale-if-error=0"
    assert second == "public, max-age=10, s-maxage=10, stale-while-revalidate=0, stale-if-error=0"


def test_after_five_minutes_a_page_is_made_anew(site: Site, reader: Reader) -> None:
    reader.get()
    reader.cache.memory.get("/").fresh_until = time.time() - 1  # type: ignore[union-attr]

    reader.get()

    assert len(site.asked) == 2


def test_a_redirect_lasts_until_anything_changes(site: Site, reader: Reader, counters: Counters) -> None:
    site.status, site.headers = "301 Moved Permanently", [("Location", "/ausland/x-17/")]

    assert reader.get("/inland/x-17/").headers["location"] == "/ausland/x-17/"
    reader.get("/inland/x-17/")
    assert len(site.asked) == 1

    counters.raise_keys(["category-9"])
    reader.get("/inland/x-17/")
    assert len(site.asked) == 2


def test_two_processes_share_what_one_made(site: Site, make_cache: Callable[..., PageCache]) -> None:
    one, other = make_cache(), make_cache()

    made = Reader(one).get()
    one.writer.flush()

    assert Reader(other).get() == made
    assert len(site.asked) == 1


def test_figures_say_what_happened(site: Site, reader: Reader, counters: Counters) -> None:
    before = totals(counters)
    etag = reader.get().headers["etag"]
    reader.get()
    reader.get(if_none_match=etag)
    reader.get("/admin/")

    after = totals(counters)

    assert {count.name: after[count] - before[count] for count in (Count.HITS, Count.UNCHANGED, Count.RENDERS, Count.ASIDE)} == {
        "HITS": 2, "UNCHANGED": 1, "RENDERS": 1, "ASIDE": 1,
    }  # fmt: skip
    assert after[Count.PAGES] >= 1
    assert after[Count.BYTES] > 600
