"""What a reader's browser fetches, keeps and runs: little, nothing, nothing."""

from __future__ import annotations

from urllib.request import Request as Ask
from urllib.request import urlopen

import brotli
import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Open, Site
from tests.browser.test_access import KINDS

MOST = {"article": 14_600, "category": 14_600, "topic": 14_600, "front": 20_000}


def sent(url: str) -> bytes:
    with urlopen(Ask(url, headers={"Accept-Encoding": "br"}), timeout=10) as answer:  # noqa: S310 - our own server
        assert answer.headers["Content-Encoding"] == "br", url
        return bytes(answer.read())


@pytest.mark.parametrize("kind", MOST)
def test_page_and_style_sheets_fit_the_budget(show: Open, site: Site, kind: str) -> None:
    page = show(kind)
    sheets = page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href)")

    weight = sum(len(sent(url)) for url in [site.url(kind), *sheets])

    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(entry => entry.name.includes('.css')).length")
        == len(sheets)
        == 2
    )
    assert len(brotli.decompress(sent(site.url(kind)))) > 5000
    assert weight <= MOST[kind], f"{kind}: {weight} bytes"


@pytest.mark.parametrize("kind", KINDS)
def test_no_script_no_cookie_no_storage_no_third_party_no_complaint(browser_pages: Watched, site: Site, kind: str) -> None:
    page = browser_pages.open(kind)

    assert [url for url in browser_pages.requests if not url.startswith(site.origin)] == []
    assert browser_pages.scripts == []
    assert page.evaluate("[...document.scripts].filter(script => script.type !== 'application/ld+json').length") == 0
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert browser_pages.complaints == []


class Watched:
    """A page whose every request and complaint is written down."""

    def __init__(self, show: Open, site: Site) -> None:
        self.show, self.site = show, site
        self.requests: list[str] = []
        self.scripts: list[str] = []
        self.complaints: list[str] = []

    def open(self, kind: str) -> Page:
        page = self.show(kind)
        page.on("request", self._note)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        answer = page.goto(self.site.url(kind), wait_until="networkidle")
        assert answer is not None
        if answer.status >= 400:  # Chromium says so itself
            self.complaints = [text for text in self.complaints if "Failed to load resource" not in text]
        return page

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)
        if request.resource_type == "script":
            self.scripts.append(request.url)


@pytest.fixture
def browser_pages(show: Open, site: Site) -> Watched:
    return Watched(show, site)


@pytest.mark.parametrize("kind", ["front", "category", "article", "author", "topic"])
def test_pictures_have_a_size_and_only_the_first_is_eager(show: Open, kind: str) -> None:
    page = show(kind)

    pictures = page.evaluate(
        "[...document.images].map(i => ({width: i.getAttribute('width'), height: i.getAttribute('height'), alt: i.getAttribute('alt'),"
        " loading: i.getAttribute('loading'), priority: i.getAttribute('fetchpriority')}))"
    )

    assert all(picture["width"] and picture["height"] and picture["alt"] is not None for picture in pictures)
    eager = [place for place, picture in enumerate(pictures) if picture["loading"] != "lazy"]
    assert eager in ([], [0])
    assert all(pictures[place]["priority"] == "high" for place in eager)


def test_the_articles_picture_is_seen_in_the_best_format(show: Open) -> None:
    page = show("article")

    picture = page.locator("figure.picture img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    assert picture.evaluate("image => image.currentSrc").endswith(".avif")


def test_an_article_prints_on_three_sheets_without_menus(show: Open) -> None:
    page = show("article")

    sheets = page.pdf(format="A4").count(b"/Type /Page\n") or page.pdf(format="A4").count(b"/Type/Page")
    page.emulate_media(media="print")

    assert 1 <= sheets <= 3
    for hidden in (
        ".masthead__sections",
        ".masthead__tools",
        ".site-footer__grid",
        ".article-related",
        ".skip-link",
        ".chips",
        ".breaking",
    ):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".article__lead", ".prose", ".article__credit", ".print-only", ".wordmark"):
        assert page.locator(shown).first.is_visible(), shown
