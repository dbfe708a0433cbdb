"""Parts printed once for the same values, and never for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.template import Context, Engine, Template
from django.test import override_settings

from articles.templatetags import parts


@dataclass(frozen=True)
class Line:
    """What a part is asked to print."""

    url: str
    name: str


FIRST = Line("/a/", "Müller & Söhne")
PART = '<a href="{{ teaser.url }}">{{ teaser.name }}</a>{{ style }}'


@pytest.fixture(autouse=True)
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the parts that were really rendered, in order."""
    names: list[str] = []

    def get_template(self: Engine, name: str) -> Template:
        names.append(name)
        return Template(PART)

    monkeypatch.setattr(Engine, "get_template", get_template)
    parts._rendered.cache_clear()
    return names


def printed(template: str, **context: Any) -> str:
    return Template("{% load parts %}" + template).render(Context(context))


def test_it_prints_what_the_part_prints() -> None:
    assert printed('{% part "x.html" teaser=line style="kurz" %}', line=FIRST) == '<a href="/a/">Müller &amp; Söhne</a>kurz'


def test_the_same_values_are_printed_once(rendered: list[str]) -> None:
    for _ in range(3):
        printed('{% part "x.html" teaser=line %}', line=Line("/a/", "Müller & Söhne"))

    assert rendered == ["x.html"]


@pytest.mark.parametrize("other", [replace(FIRST, url="/b/"), replace(FIRST, name="Meier")])
def test_another_value_is_printed_anew(rendered: list[str], other: Line) -> None:
    first = printed('{% part "x.html" teaser=line %}', line=FIRST)

    assert printed('{% part "x.html" teaser=line %}', line=other) != first
    assert len(rendered) == 2


def test_another_need_is_printed_anew() -> None:
    assert printed('{% part "x.html" teaser=line style="a" %}', line=FIRST).endswith("a")
    assert printed('{% part "x.html" teaser=line style="b" %}', line=FIRST).endswith("b")


def test_another_part_is_another_entry(rendered: list[str]) -> None:
    printed('{% part "x.html" teaser=line %}{% part "y.html" teaser=line %}', line=FIRST)

    assert rendered == ["x.html", "y.html"]


def test_a_part_sees_nothing_but_its_needs() -> None:
    assert printed('{% part "x.html" teaser=line %}', line=FIRST, style="von außen").endswith("</a>")


def test_what_could_change_unseen_is_refused() -> None:
    """A list or a dictionary may say something else tomorrow and still be the same object."""
    with pytest.raises(TypeError, match="unhashable"):
        printed('{% part "x.html" teaser=line %}', line=[FIRST])


def test_items_are_the_part_for_each(rendered: list[str]) -> None:
    lines = [FIRST, Line("/b/", "Zwei"), FIRST]

    html = printed('{% items "x.html" lines style="!" %}', lines=lines)

    assert html.count("<li>") == html.count("</li>") == 3
    assert html.index("/a/") < html.index("/b/") < html.rindex("/a/")
    assert rendered == ["x.html", "x.html"]


def test_items_of_nothing_are_nothing() -> None:
    assert printed('{% items "x.html" lines %}', lines=()) == ""


@override_settings(DEBUG=True)
def test_while_templates_are_written_nothing_is_kept(rendered: list[str]) -> None:
    for _ in range(2):
        printed('{% part "x.html" teaser=line %}{% items "x.html" lines %}', line=FIRST, lines=[FIRST])

    assert len(rendered) == 4


def test_memory_is_bounded() -> None:
    for number in range(parts.MOST + 50):
        parts.part("x.html", teaser=Line(f"/{number}/", "x"))

    assert parts._rendered.cache_info().currsize == parts.MOST
