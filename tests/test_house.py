"""The rules of the house that no tool checks: sizes, first lines, needs of parts, one stem in four places."""

from __future__ import annotations

import ast
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from articles.models import Article, Authorship, Correction, FurtherCategory, Picture, Tagging, WireDelivery, WireItem
from articles.models.article import NEWEST

ROOT = Path(__file__).resolve().parents[1]
OWN_SCRIPT = re.compile(r"""<style|\sstyle="|\son[a-z]+="|<script(?![^>]*(?:ld\+json|src=))""")
OWN = ("newsroom", "articles", "tests")


def _listed() -> list[Path]:
    """Every file of the project; where there is no repository (an unpacked archive), what lies in its folders."""
    answer = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = (
        answer.stdout.split("\n")
        if answer.returncode == 0
        else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
    )
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


FILES = _listed()
CODE = [
    file for file in FILES if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in OWN and "migrations" not in file.parts
]
PRODUCT = [file for file in CODE if file.relative_to(ROOT).parts[0] != "tests"]
TEMPLATES = [file for file in FILES if file.suffix == ".html"]
SHEETS = [file for file in FILES if file.suffix == ".css"]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_there_is_something_to_check() -> None:
    assert len(PRODUCT) > 80
    assert len(TEMPLATES) > 20
    assert len(SHEETS) > 20


def test_no_file_is_too_long_to_read() -> None:
    most = {".py": 300, ".css": 300, ".html": 100}

    long = [(name(file), lines) for file in [*CODE, *TEMPLATES, *SHEETS] if (lines := _lines(file)) > most[file.suffix]]
    parts = [(name(file), _lines(file)) for file in TEMPLATES if "parts" in file.parts and _lines(file) > 60]

    assert long == []
    assert parts == []


def test_no_function_is_too_long_to_read() -> None:
    lengths = {
        f"{name(file)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 for file in PRODUCT for node in functions(file)
    }

    assert {where: length for where, length in lengths.items() if length > 35} == {}
    assert sorted(lengths.values())[int(len(lengths) * 0.9)] <= 16


def test_every_file_says_what_it_is_for() -> None:
    silent = [name(file) for file in CODE if ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is None]
    late = [
        name(file)
        for file in CODE
        if _lines(file) > 1 and "from __future__ import annotations" not in file.read_text(encoding="utf-8")
    ]

    assert silent == []
    assert late == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{name(file)}:{inner.lineno}"
        for file in PRODUCT
        for node in functions(file)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_every_part_declares_its_needs() -> None:
    parts = [file for file in TEMPLATES if "parts" in file.parts]

    silent = [
        name(file) for file in parts if not re.match(r"\{# .+ Needs: .+ #\}", file.read_text(encoding="utf-8").split("\n")[0])
    ]

    assert silent == []


def test_readers_parts_are_included_with_only() -> None:
    """A part that sees the whole context could need anything."""
    loose = [
        f"{name(file)}: {tag}"
        for file in TEMPLATES
        if "admin" not in file.parts and file.name != "base.html"
        for tag in re.findall(r"\{% include [^%]+ %\}", file.read_text(encoding="utf-8"))
        if " only %}" not in tag
    ]

    assert loose == []


def test_no_template_carries_script_or_style_of_its_own() -> None:
    """The error pages of last resort do: they must work when static files do not."""
    last_resort = {"400.html", "403.html", "500.html", "503.html"}
    offenders = [
        name(file) for file in TEMPLATES if file.name not in last_resort and OWN_SCRIPT.search(file.read_text(encoding="utf-8"))
    ]

    assert offenders == []


@pytest.mark.parametrize("page", ["article", "category", "topic", "author", "source", "ticker", "front", "notice"])
def test_a_page_has_one_stem_in_every_place(page: str) -> None:
    assert (ROOT / "articles" / "pages" / f"{page}.py").is_file()
    assert (ROOT / "templates" / "pages" / f"{page}.html").is_file()


def test_every_style_sheet_is_named_in_site_css() -> None:
    site = (ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")

    forgotten = [
        file.name for file in SHEETS if file.name not in ("site.css", "redaktion.css") and f'url("{file.name}")' not in site
    ]

    assert forgotten == []
    assert [
        file.name
        for file in SHEETS
        if "!important" in file.read_text(encoding="utf-8") and file.name not in ("print.css", "redaktion.css")
    ] == []


def test_there_is_one_line_of_migrations() -> None:
    loader = MigrationLoader(None)

    assert len(loader.graph.leaf_nodes("articles")) == 1


@pytest.mark.django_db
def test_models_and_migrations_say_the_same() -> None:
    told = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=told)

    assert "No changes detected" in told.getvalue() or "Keine Änderungen" in told.getvalue()


@pytest.mark.parametrize(
    ("model", "order"),
    [
        (Article, ["status", *NEWEST]), (Article, ["category", "status", *NEWEST]),
        (Article, ["agency", "status", *NEWEST]), (Article, ["kind", "status", *NEWEST]),
        (Article, ["status", "embargo_until"]), (Article, ["urgency", "status", *NEWEST]),
        (Article, ["-changed_at", "-id"]), (Article, ["status", "-changed_at", "-id"]),
        (Tagging, ["tag", "-published_at", "-content_object"]), (Authorship, ["author", "-published_at", "-article"]),
        (FurtherCategory, ["category", "-published_at", "-article"]), (Correction, ["-created_at", "-id"]),
        (WireItem, ["place", "urgency", "-received_at", "-id"]), (WireDelivery, ["-received_at", "-id"]),
    ],
)  # fmt: skip
def test_every_list_has_its_index(model: type, order: list[str]) -> None:
    assert order in [list(index.fields) for index in model._meta.indexes]  # type: ignore[attr-defined]


def test_what_lists_filter_by_alone_is_indexed() -> None:
    assert {
        getattr(Picture._meta.get_field(field), "db_index", False) for field in ("rights_until", "rendered_at", "created_at")
    } == {True}


def test_every_editable_model_counts_its_versions() -> None:
    counted = {model.__name__ for model in apps.get_app_config("articles").get_models() if hasattr(model, "version")}

    assert {
        "Agency", "Article", "Author", "Breaking", "Category", "Feed", "House", "Page", "Picture", "Position", "Tag", "Teaser",
    } <= counted  # fmt: skip


def test_nothing_is_left_unfinished_by_its_own_word() -> None:
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImpl" + "emented"]) + r")\b")

    found = [name(file) for file in [*CODE, *TEMPLATES, *SHEETS] if marks.search(file.read_text(encoding="utf-8"))]

    assert found == []


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())
