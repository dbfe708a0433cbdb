"""The inbox by keys and by mouse, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.conftest import Site

INBOX = "/admin/articles/wireitem/eingang/"


@pytest.fixture
def inbox(desk: Page, site: Site) -> Page:
    desk.goto(f"{site.origin}{INBOX}")
    return desk


def shown(page: Page) -> str:
    return page.locator("#inbox-preview h2").inner_text()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        before = shown(page)
        page.keyboard.press(key)
        page.wait_for_function("before => document.querySelector('#inbox-preview h2').innerText !== before", arg=before)


def test_keys_walk_and_the_preview_follows_without_a_new_page(inbox: Page) -> None:
    inbox.evaluate("window.sameDocument = true")
    assert shown(inbox) == "Kai wird gebaut"

    press(inbox, "j")
    assert shown(inbox) == "Fähre fährt wieder"
    press(inbox, "j", "k", "k")

    assert shown(inbox) == "Kai wird gebaut"
    assert inbox.evaluate("window.sameDocument") is True
    assert "meldung=" in inbox.url
    inbox.reload()
    assert shown(inbox) == "Kai wird gebaut"


def test_ends_of_the_list_are_ends(inbox: Page) -> None:
    inbox.keyboard.press("k")
    inbox.wait_for_timeout(200)

    assert shown(inbox) == "Kai wird gebaut"


def test_what_tells_the_same_opens_below_and_is_walked_then(inbox: Page) -> None:
    inbox.get_by_text("1 ähnliche").click()

    press(inbox, "j")

    assert shown(inbox) == "Kai wird doch gebaut"


def test_enter_opens_what_is_shown(inbox: Page) -> None:
    press(inbox, "j")
    inbox.keyboard.press("Enter")
    inbox.wait_for_url("**/change/")

    assert inbox.get_by_role("heading", name="Fähre fährt wieder").first.is_visible()


def test_keys_mean_nothing_where_one_writes(inbox: Page) -> None:
    inbox.locator("#artikel").click()
    inbox.keyboard.type("jp")

    assert shown(inbox) == "Kai wird gebaut"
    assert inbox.locator("#artikel").input_value() == "jp"


def test_p_asks_and_publishes_only_when_told_so(inbox: Page) -> None:
    press(inbox, "j", "j")
    assert shown(inbox) == "Museum öffnet"
    questions: list[str] = []

    def refuse(dialog: Dialog) -> None:
        questions.append(dialog.message)
        dialog.dismiss()

    inbox.once("dialog", refuse)
    inbox.keyboard.press("p")
    inbox.wait_for_timeout(200)
    assert questions == ["«Museum öffnet» jetzt veröffentlichen?"]
    assert shown(inbox) == "Museum öffnet"

    inbox.once("dialog", lambda dialog: dialog.accept())
    inbox.keyboard.press("p")
    inbox.get_by_text("«Museum öffnet» ist veröffentlicht.").wait_for()

    assert INBOX in inbox.url
    assert "Museum öffnet" not in inbox.locator("#inbox-list").inner_text()


def test_without_scripts_each_headline_leads_to_its_preview(browser: Browser, site: Site, inbox: Page) -> None:
    state = inbox.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="de-DE")
    page = context.new_page()
    page.goto(f"{site.origin}{INBOX}")

    page.get_by_role("link", name="Fähre fährt wieder").click()

    assert shown(page) == "Fähre fährt wieder"
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out(inbox: Page, width: int) -> None:
    inbox.set_viewport_size({"width": width, "height": 800})

    assert inbox.evaluate("document.documentElement.scrollWidth") <= width
