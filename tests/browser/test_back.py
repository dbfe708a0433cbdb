"""The browser's Back brings the editor's words back, all of them."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site


def test_after_back_the_text_stands_in_the_editor_again(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{site.origin}/admin/")
    page.get_by_label("Benutzername").fill("cvd")
    page.get_by_label("Passwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()
    page.goto(f"{site.origin}/admin/articles/article/add/")
    page.get_by_label("Überschrift").first.fill("Vor dem Zurück")
    page.locator(".ProseMirror[contenteditable=true]").click()
    page.keyboard.type("Ein langer Text.")
    page.get_by_label("Ressort", exact=True).select_option(label="Panorama")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("link", name="Vorschau").first.wait_for()

    page.go_back()
    editor = page.locator(".ProseMirror[contenteditable=true]")
    expect(editor).to_have_text("Ein langer Text.")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Noch ein Satz.")

    assert editor.inner_text().strip() == "Ein langer Text. Noch ein Satz."
    assert page.locator("textarea[name=body]").input_value() == "<p>Ein langer Text. Noch ein Satz.</p>"
    context.close()
