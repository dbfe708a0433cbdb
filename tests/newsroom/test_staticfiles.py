"""One style sheet out of its parts: all of them, in their layers, smaller, and still the same rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from newsroom.staticfiles import IMPORT, StaticFiles, bundle, minify
from tests.page import close

CSS = Path(settings.BASE_DIR) / "static" / "css"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { color : red ; }", "a{color : red}"),
        ("/* why */ a { b: c; /* more */ d: e; }", "a{b: c;d: e}"),
        ('a::before { content: "  ;  }  " ; }', 'a::before{content: "  ;  }  "}'),
        ("a > b ,\n c { d: e }", "a > b,c{d: e}"),
        ("a { width: calc(1rem + 2px) }", "a{width: calc(1rem + 2px)}"),
        ("@media (width > 30rem) { a { b: c } }", "@media (width > 30rem){a{b: c}}"),
        (".a .b { c: d }", ".a .b{c: d}"),
        ("", ""),
    ],
)
def test_only_blanks_and_comments_go(css: str, expected: str) -> None:
    assert minify(css) == expected


@given(st.text(alphabet='ab {};:,>"\n', max_size=60))
def test_what_is_small_gets_no_smaller(css: str) -> None:
    once = minify(css)

    assert len(once) <= len(css)
    assert [sign for sign in once if sign in "ab"] == [sign for sign in css if sign in "ab"]


def test_parts_stand_in_their_layers(tmp_path: Path) -> None:
    (tmp_path / "base.css").write_text("/* The base. */\np { margin: 0; }", encoding="utf-8")
    (tmp_path / "site.css").write_text('@layer base;\n@import url("base.css") layer(base);', encoding="utf-8")

    assert bundle(tmp_path / "site.css") == "@layer base;@layer base{p{margin: 0}}"


def test_a_part_that_is_missing_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text('@import url("gone.css") layer(base);', encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        bundle(tmp_path / "site.css")


def test_the_sites_sheet_holds_every_part_and_asks_for_no_other_file() -> None:
    sheet = bundle(CSS / "site.css")

    assert "@import" not in sheet
    assert "/*" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert "url(http" not in sheet


def test_every_part_named_by_the_sheet_exists_and_is_named_once() -> None:
    named = [match[1] for match in IMPORT.finditer((CSS / "site.css").read_text(encoding="utf-8"))]

    assert len(named) == len(set(named)) > 20
    assert [name for name in named if not (CSS / name).is_file()] == []


def test_collected_files_carry_their_hash_and_lie_compressed_beside(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.staticfiles.BundledStorage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    names = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    sheet = tmp_path / names["css/site.css"]
    assert re.fullmatch(r"site\.[0-9a-f]{12}\.css", sheet.name)
    assert "@import" not in sheet.read_text(encoding="utf-8")
    assert sheet.with_name(f"{sheet.name}.br").stat().st_size < sheet.stat().st_size / 3
    assert sheet.with_name(f"{sheet.name}.gz").is_file()


def test_tests_use_plain_names() -> None:
    assert staticfiles_storage.url("css/site.css") == "/static/css/site.css"


def test_file_that_was_deleted_while_serving_is_missing_not_a_fault(
    settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("a{b:c}", encoding="ascii")
    middleware: Any = StaticFiles(lambda _request: HttpResponse("page"))  # type: ignore[no-untyped-call]
    asked = RequestFactory().get("/static/a.css")
    first = middleware(asked)
    close(first)
    assert first.status_code == 200

    (tmp_path / "a.css").unlink()

    assert middleware(asked).status_code == 404
    assert "a.css is gone" in caplog.text
