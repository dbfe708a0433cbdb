"""A new editor's first day: log in, write, picture, tags, preview, publish, correct, withdraw; no step needs explanation."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import make
from tests.browser.conftest import Site
from tests.browser.test_access import RULES

PAGES = ["", "articles/article/", "articles/article/add/", "articles/picture/add/", "articles/wireitem/", "articles/category/",
         "articles/wireitem/eingang/", "articles/wirerule/add/", "articles/unknowncode/"]  # fmt: skip


def test_an_article_from_the_first_word_to_its_end(desk: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "kran.jpg"
    file.write_bytes(make.jpeg(shade=201))

    desk.goto(f"{site.origin}/admin/articles/picture/add/")
    desk.get_by_label("Datei").set_input_files(file)
    desk.get_by_label("Bildbeschreibung").fill("Ein Kran am Kai")
    desk.get_by_label("Bildnachweis").fill("Ole Petersen")
    desk.get_by_label("Titel").fill("Kran für den Test")
    desk.get_by_role("button", name="Speichern", exact=True).click()

    desk.goto(f"{site.origin}/admin/")
    desk.get_by_role("link", name="Neuer Artikel").click()
    desk.get_by_label("Dachzeile").fill("Hafen")
    desk.get_by_label("Überschrift").first.fill("Der Kran dreht sich wieder")
    desk.get_by_label("Vorspann").first.fill("Nach drei Wochen Pause ist der große Kran zurück.")
    desk.locator(".ProseMirror[contenteditable=true]").click()
    desk.keyboard.type("Am Montag hob er die ersten Container.")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Der Motor war ausgetauscht worden.")
    desk.get_by_label("Ressort", exact=True).select_option(label="Panorama")
    desk.locator("[name=tag_names]").fill("Kräne, Häfen")
    desk.locator("[name=author_names]").fill("Helene Kramer")
    desk.locator(".field-picture .select2-selection").first.click()
    desk.locator(".select2-search__field").last.fill("Kran für")
    desk.get_by_role("option", name="Kran für den Test").click()
    desk.get_by_role("button", name="Speichern", exact=True).click()

    preview = desk.get_by_role("link", name="Vorschau").first.get_attribute("href")
    assert preview is not None
    reader = another_reader(desk)
    reader.goto(site.origin + preview)
    assert reader.get_by_role("heading", level=1).inner_text() == "Der Kran dreht sich wieder"
    assert "nicht öffentlich" in reader.locator(".preview-banner").inner_text()

    desk.get_by_role("button", name="Speichern und veröffentlichen").click()
    for path in ("/", "/panorama/", "/thema/kraene/"):
        reader.goto(site.origin + path)
        assert reader.get_by_text("Der Kran dreht sich wieder").count() >= 1, path
    reader.get_by_role("link", name="Der Kran dreht sich wieder").first.click()
    address = reader.url
    assert [p.inner_text() for p in reader.locator(".prose p").all()] == [
        "Am Montag hob er die ersten Container.",
        "Der Motor war ausgetauscht worden.",
    ]
    assert reader.locator(".article__tagline a").all_inner_texts() == ["Kräne", "Häfen"]

    desk.goto(f"{site.origin}/admin/articles/article/")
    desk.get_by_role("link", name="Der Kran dreht sich wieder").first.click()
    desk.get_by_label("Vorspann").first.fill("Nach vier Wochen Pause ist der große Kran zurück.")
    desk.locator("[name=correction]").fill("Die Pause dauerte vier Wochen, nicht drei.")
    desk.get_by_role("button", name="Aktualisieren").click()
    reader = another_reader(reader)
    reader.goto(address)
    assert "vier Wochen, nicht drei" in reader.locator(".notice").inner_text()
    assert "Aktualisiert:" in reader.locator(".article__time").inner_text()

    desk.goto(f"{site.origin}/admin/articles/article/")
    desk.get_by_role("link", name="Der Kran dreht sich wieder").first.click()
    desk.get_by_role("link", name="Zurückziehen").click()
    desk.get_by_role("button", name="zurückziehen").click()
    reader = another_reader(reader)
    answer = reader.goto(address)
    assert answer is not None
    assert answer.status == 410
    reader.goto(f"{site.origin}/panorama/")
    assert reader.get_by_text("Der Kran dreht sich wieder").count() == 0
    reader.close()


def test_names_are_offered_under_their_field_and_only_while_one_types(desk: Page, site: Site) -> None:
    desk.goto(f"{site.origin}/admin/articles/article/add/")
    tags, names = desk.locator("[name=tag_names]"), desk.locator("#id_tag_names_names")
    tags.press_sequentially("Häf")
    names.wait_for()
    field, offered = tags.bounding_box(), names.bounding_box()
    assert field is not None
    assert offered is not None
    assert abs(field["x"] - offered["x"]) <= 1

    tags.fill("")
    tags.press_sequentially("See")
    desk.locator("[name=author_names]").focus()  # before the answer can be there
    desk.wait_for_load_state("networkidle")

    assert not names.is_visible()


def test_an_error_stands_above_its_field(desk: Page, site: Site) -> None:
    desk.goto(f"{site.origin}/admin/articles/article/add/")
    desk.get_by_role("button", name="Speichern", exact=True).click()
    complaint = desk.locator(".field-headline .errorlist").bounding_box()
    field = desk.locator("[name=headline]").bounding_box()

    assert complaint is not None
    assert field is not None
    assert abs(complaint["x"] - field["x"]) <= 1


def another_reader(page: Page) -> Page:
    """Somebody whose browser has kept nothing: a page may be kept for a minute."""
    assert page.context.browser is not None
    return page.context.browser.new_page()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_the_editors_pages_are_accessible_and_fit(browser: Browser, site: Site, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site.origin}/admin/")
    page.get_by_label("Benutzername").fill("cvd")
    page.get_by_label("Passwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()

    page.goto(f"{site.origin}/admin/{path}", wait_until="load")
    found = Axe().run(page, options={"runOnly": RULES[:5], "resultTypes": ["violations"]}).response["violations"]

    assert [(entry["id"], node["html"][:160]) for entry in found for node in entry["nodes"]] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    context.close()
