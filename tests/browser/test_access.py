"""WCAG 2.2 AA on every kind of page, by axe and by hand: width, keyboard, menu without script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open, Site

KINDS = [
    "front", "category", "article", "bare article", "long headline", "topic", "author", "source", "ticker", "archive", "archive year",
    "archive month", "archive day", "notice", "empty notice", "own notice", "contact",
    "corrections", "report", "thanks", "missing", "gone", "preview",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(show: Open, kind: str, width: int, dark: bool) -> None:
    page = show(kind, width=width, dark=dark, bypass_csp=True)

    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]

    assert [(entry["id"], node["html"][:200]) for entry in found for node in entry["nodes"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_at_320_pixels(show: Open, kind: str) -> None:
    page = show(kind, width=320)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_tab_stop_leads_to_the_content(show: Open, kind: str) -> None:
    page = show(kind)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#inhalt"


def test_every_tab_stop_is_seen(show: Open) -> None:
    page = show("front")

    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const e = document.activeElement; const own = getComputedStyle(e); const after = getComputedStyle(e, '::after');"
            " return [own, after].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) }"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_the_menu_opens_and_closes_without_script(show: Open) -> None:
    page = show("article", width=360, java_script_enabled=False)
    menu = page.locator("#menue")
    assert not menu.is_visible()

    page.locator(".masthead__menu-button").click()
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.locator(".masthead__menu-button").click()
    page.locator(".menu__close").click()
    assert not menu.is_visible()


def test_dark_follows_the_readers_system(show: Open) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"

    assert show("article", dark=True).evaluate(paper) == "rgb(20, 21, 23)"
    assert show("article").evaluate(paper) == "rgb(253, 252, 250)"


def test_every_link_below_the_header_can_be_hit(show: Open, site: Site) -> None:
    """24 px in each direction, or in running text (WCAG 2.5.8)."""
    page = show("category", width=360)

    small = page.evaluate(
        "() => [...document.querySelectorAll('main a, footer a')].filter(a => { const r = a.getBoundingClientRect();"
        " return r.height > 0 && r.height < 24 && !a.closest('p, .teaser, .prose') }).map(a => a.outerHTML)"
    )

    assert small == []
