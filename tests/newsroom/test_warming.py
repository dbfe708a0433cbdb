"""The first page of a process, made for nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from newsroom import warming
from newsroom.pagecache.layer import PageCache


@pytest.mark.django_db(transaction=True)
def test_the_front_page_is_made_past_the_cache(settings: Any) -> None:
    settings.SITE_URL = "http://testserver"
    seen: list[tuple[str, str]] = []
    site = get_wsgi_application()

    def watched(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            seen.append((environ["PATH_INFO"], status))
            return bytes

        return site(environ, start)

    warming.warm(watched)
    assert seen == [("/", "200 OK")]
    connection.ensure_connection()


def test_a_site_that_fails_is_no_reason_not_to_serve(caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: Any) -> Any:
        raise OSError("no database")

    warming.warm(fails)
    assert "The first page could not be made" in caplog.text


def test_it_goes_on_beside_the_first_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        return []

    monkeypatch.setattr(warming, "warm", asked.append)
    cache = object.__new__(PageCache)
    cache.app = site
    warming.begin(cache).join()
    warming.begin(site).join()
    assert asked == [site, site]
