"""XML holds whatever text there is, and nothing of it becomes XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.elements import DECLARATION, Xml, clean, element, elements
from tests.pages.feeds.feedreader import tree

NASTY = ["]]>", "<![CDATA[", "a & b", "&amp;", "<script>", "\x00\x0b\x1f", "\ufffe\uffff", "\ud800", "😀", "«»„“", '"\'', "\r\n\t"]


@given(st.text(st.characters(codec=None)))
def test_any_text_comes_back_as_it_was_but_for_what_xml_cannot_hold(text: str) -> None:
    written = DECLARATION + element("a", text, b=text)

    read = tree(written)

    assert (read.text or "") == clean(text)
    assert read.get("b") == clean(text)
    assert len(read) == 0


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_text_begins_or_ends_an_element(text: str) -> None:
    read = tree(DECLARATION + element("a", element("b", text), text))

    assert [child.tag for child in read.iter()] == ["a", "b"]
    assert read[0].tail == (clean(text) or None)


def test_elements_stand_inside_each_other() -> None:
    assert element("a", element("b", "1"), element("c")) == "<a><b>1</b><c/></a>"


def test_a_prefix_is_written_with_a_colon() -> None:
    assert element("feed", xml_lang="de", xmlns_dc="urn:x") == '<feed xml:lang="de" xmlns:dc="urn:x"/>'


def test_there_is_one_element_for_each_text() -> None:
    assert elements("category", ["A & B", "C"]) == "<category>A &amp; B</category><category>C</category>"
    assert elements("category", []) == ""


def test_ready_xml_is_not_escaped_again() -> None:
    assert element("a", Xml("<b/>"), "<b/>") == "<a><b/>&lt;b/&gt;</a>"
