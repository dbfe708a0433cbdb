"""In a real browser, under the real policy: an ended session, another tab's login, Back, and a picture made on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import make
from tests.browser.conftest import Site

TEXT = "Ein langer Text, der nicht verloren gehen darf."


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="de-DE", java_script_enabled=request.param)
    yield opened
    opened.close()


@pytest.fixture
def desk(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(f"{site.origin}/admin/")
    log_in(page)
    return page


def log_in(page: Page) -> None:
    page.locator("[name$=username]").fill("cvd")
    page.locator("[name$=password]").fill("geheim")
    page.locator("[type=submit][value=Anmelden]").click()


def write(page: Page, site: Site, headline: str) -> None:
    page.goto(f"{site.origin}/admin/articles/article/add/")
    page.get_by_label("Überschrift").first.fill(headline)
    page.get_by_label("Vorspann").first.fill(TEXT)
    page.get_by_label("Ressort", exact=True).select_option(label="Panorama")


def articles_named(page: Page, site: Site, headline: str) -> int:
    page.goto(f"{site.origin}/admin/articles/article/?q={headline}")
    return page.locator("#result_list tbody tr").count()


def test_a_session_that_ends_while_writing_loses_no_word(desk: Page, site: Site, request: pytest.FixtureRequest) -> None:
    headline = f"Sitzung {request.node.callspec.id}"
    write(desk, site, headline)
    desk.context.clear_cookies(name="sessionid")

    desk.get_by_role("button", name="Speichern", exact=True).click()
    expect(desk.get_by_role("heading", name="Ihre Anmeldung ist abgelaufen. Ihr Text ist noch da.")).to_be_visible()
    expect(desk.get_by_label("Ihr Text").first).to_be_visible()
    log_in(desk)
    expect(desk.get_by_role("heading", name="Sie sind wieder angemeldet.")).to_be_visible()
    desk.get_by_role("button", name="Noch einmal speichern").click()

    expect(desk.get_by_label("Vorspann").first).to_have_value(TEXT)
    assert articles_named(desk, site, headline) == 1


def test_a_login_in_another_tab_costs_one_more_click(desk: Page, site: Site, request: pytest.FixtureRequest) -> None:
    headline = f"Fenster {request.node.callspec.id}"
    write(desk, site, headline)
    desk.context.clear_cookies()
    other = desk.context.new_page()
    other.goto(f"{site.origin}/admin/")
    log_in(other)

    desk.get_by_role("button", name="Speichern", exact=True).click()
    expect(desk.get_by_role("heading", name="Nicht gespeichert, aber Ihr Text ist noch da.")).to_be_visible()
    desk.get_by_role("button", name="Noch einmal speichern").click()

    expect(desk.get_by_label("Vorspann").first).to_have_value(TEXT)
    assert articles_named(desk, site, headline) == 1


def test_publish_back_publish_makes_one_article(desk: Page, site: Site, request: pytest.FixtureRequest) -> None:
    headline = f"Zurück {request.node.callspec.id}"
    write(desk, site, headline)
    desk.get_by_role("button", name="Speichern und veröffentlichen").click()
    desk.get_by_role("link", name="Ansehen").wait_for()

    desk.go_back()
    desk.get_by_label("Überschrift").first.wait_for()
    if desk.get_by_label("Überschrift").first.input_value() != headline:  # the browser kept no words: then they are typed anew
        desk.get_by_label("Überschrift").first.fill(headline)
        desk.get_by_label("Vorspann").first.fill(TEXT)
        desk.get_by_label("Ressort", exact=True).select_option(label="Panorama")
    desk.get_by_role("button", name="Speichern und veröffentlichen").click()
    desk.get_by_role("link", name="Ansehen").or_(desk.get_by_role("link", name="Eintrag öffnen")).wait_for()

    assert articles_named(desk, site, headline) == 1


def test_a_picture_is_made_without_leaving_the_article(browser: Browser, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "boje.jpg"
    file.write_bytes(make.jpeg(shade=77))
    context = browser.new_context(locale="de-DE")
    desk = context.new_page()
    desk.goto(f"{site.origin}/admin/")
    log_in(desk)
    write(desk, site, "Boje im Nebel")

    with desk.expect_popup() as opened:
        desk.locator("#add_id_picture").click()
    popup = opened.value
    popup.get_by_label("Datei").set_input_files(file)
    popup.get_by_label("Bildbeschreibung").fill("Eine Boje im Nebel")
    popup.get_by_label("Bildnachweis").fill("Ole Petersen")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Speichern", exact=True).click()

    expect(desk.locator(".field-picture .select2-selection__rendered").first).to_contain_text("Eine Boje im Nebel")
    thumbnail = desk.locator(".field-picture img.chosen").first
    expect(thumbnail).to_be_visible()
    assert thumbnail.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert desk.get_by_label("Vorspann").first.input_value() == TEXT
    desk.get_by_role("button", name="Speichern", exact=True).click()
    expect(desk.locator(".field-picture img.chosen").first).to_be_visible()
    context.close()
