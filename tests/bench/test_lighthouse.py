"""What is told of a report, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import lighthouse
from bench.tools import Missing


def report(**scores: float) -> dict[str, Any]:
    given = {"performance": 1.0, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0, **scores}
    return {
        "categories": {
            kind: {"score": score, "auditRefs": [{"id": f"{kind}-a", "weight": 1}, {"id": f"{kind}-b", "weight": 0}]}
            for kind, score in given.items()
        },
        "audits": {f"{kind}-{letter}": {"score": 0.5} for kind in given for letter in "ab"},
    }


def test_a_page_without_fault(capsys: pytest.CaptureFixture[str]) -> None:
    lighthouse.tell("article", report(performance=0.97))
    assert capsys.readouterr().out == (
        "0.97  lowest mark of 100 for the article on a telephone: performance 97, accessibility 100, best-practices 100, seo 100\n"
    )


def test_what_falls_short_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    lighthouse.tell("article", report(performance=0.5, seo=0.99))
    assert capsys.readouterr().out.endswith("seo 99; lacking: performance-a, seo-a\n")


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bench.lighthouse.shutil.which", lambda _: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(Missing, match="apt install chromium"):
        lighthouse.chromium()
    with pytest.raises(Missing, match="apt install npm"):
        lighthouse.installed(tmp_path)


def test_what_lies_there_is_not_fetched_again(tmp_path: Path) -> None:
    program = tmp_path / "node_modules" / "lighthouse" / "cli" / "index.js"
    program.parent.mkdir(parents=True)
    program.write_text("")
    assert lighthouse.installed(tmp_path) == program
