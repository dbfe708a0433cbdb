"""`wire_rules`: rules from a file, rehearsed, put in force when asked to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import WireRule
from articles.wire import routing
from tests.wire import delivering
from tests.wire.delivering import sent, take

pytestmark = pytest.mark.django_db
Capsys = pytest.CaptureFixture[str]


def file_of(path: Path, *rules: dict[str, Any]) -> str:
    path = path / "rules.json"
    path.write_text(json.dumps(rules), encoding="utf-8")
    return str(path)


def test_without_apply_it_only_says_what_would_happen(tmp_path: Path, capsys: Capsys) -> None:
    by = delivering.feed("inbox")
    take(sent(), by, now=timezone.now())

    call_command("wire_rules", file_of(tmp_path, {"feed": by.slug, "name": "Alles", "act": "publish"}))

    said = capsys.readouterr().out
    assert "von 1 Meldungen in 7 Tagen 1 veröffentlicht, 0 im Eingang, 0 verworfen" in said
    assert "Nichts ist geändert" in said
    assert not WireRule.objects.exists()


def test_with_apply_the_rules_of_the_feed_are_replaced_as_often_as_one_likes(tmp_path: Path, capsys: Capsys) -> None:
    by = delivering.feed("inbox")
    WireRule.objects.create(feed=by, name="Früher")
    name = file_of(
        tmp_path,
        {"feed": by.slug, "name": "Nacht", "act": "discard", "hour_from": 22, "hour_to": 6},
        {"feed": by.slug, "name": "Alles", "act": "publish", "category": "inland"},
    )

    for _time in range(2):
        call_command("wire_rules", name, apply=True)

    assert [rule.name for rule in routing.Rule.in_force(by)] == ["Nacht", "Alles"]
    assert take(sent(), by).code == "published"
    assert delivering.article_of().category.name == "Inland"


def test_what_it_prints_without_a_file_it_reads_again(tmp_path: Path, capsys: Capsys) -> None:
    by = delivering.feed("inbox")
    call_command("wire_rules", file_of(tmp_path, {"feed": by.slug, "name": "Alles", "act": "publish", "codes": ["dpacat:pl"]}), apply=True)
    before = routing.Rule.in_force(by)[0].plain()
    capsys.readouterr()
    call_command("wire_rules")
    (tmp_path / "again.json").write_text(capsys.readouterr().out, encoding="utf-8")

    call_command("wire_rules", str(tmp_path / "again.json"), apply=True)

    assert routing.Rule.in_force(by)[0].plain() == before


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"name": "x"}, "braucht «feed» und «name»"),
        ({"feed": "nda-inbox", "name": "x", "genre": ["Meldung"]}, "«genre» gibt es nicht"),
        ({"feed": "fehlt", "name": "x"}, "Einen Dienst «fehlt» gibt es nicht"),
        ({"feed": "nda-inbox", "name": "x", "category": "fehlt"}, "Ein Ressort «fehlt» gibt es nicht"),
        ({"feed": "nda-inbox", "name": "x", "act": "senden"}, "Regel 1"),
        ({"feed": "nda-inbox", "name": "x", "urgency_to": 17}, "Regel 1"),
        ({"feed": "nda-inbox", "name": "x", "urgency_to": "dringend"}, "Regel 1"),
        ({"feed": "nda-inbox", "name": "x", "hour_from": 3}, "beide Stunden"),
        ({"feed": "nda-inbox", "name": "x", "codes": "dpacat:pl"}, "Listen von Wörtern"),
        ({"feed": "nda-inbox", "name": "x", "codes": [1]}, "Listen von Wörtern"),
    ],
)
def test_bad_rules_change_nothing_and_are_named(tmp_path: Path, capsys: Capsys, rule: dict[str, Any], sentence: str) -> None:
    delivering.feed("inbox")

    with pytest.raises(SystemExit) as stopped:
        call_command("wire_rules", file_of(tmp_path, rule), apply=True)

    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err
    assert not WireRule.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '"x"'])
def test_file_that_holds_no_rules_is_refused(tmp_path: Path, capsys: Capsys, text: str) -> None:
    (tmp_path / "rules.json").write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("wire_rules", str(tmp_path / "rules.json"))

    assert capsys.readouterr().err


def test_file_that_is_not_there_is_named(tmp_path: Path, capsys: Capsys) -> None:
    with pytest.raises(SystemExit):
        call_command("wire_rules", str(tmp_path / "fehlt.json"))

    assert "fehlt.json" in capsys.readouterr().err
