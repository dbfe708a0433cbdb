"""What counts as a wrong page and as being fast again; what a server tells of itself; words and numbers of articles."""

from __future__ import annotations

import pytest

from bench.metrics import told, total
from bench.newsdesk import number_in, word
from bench.readers import Answer
from bench.tools import PACKAGES, Missing, program, require
from bench.trials import known_pages, speed_back, wrong

KNOWN = {"/a/": {"one", "two"}}
METRICS = """# HELP newsroom_pagecache_renders_total Pages rendered.
# TYPE newsroom_pagecache_renders_total counter
newsroom_pagecache_renders_total{reason="cold"} 3
newsroom_pagecache_renders_total{reason="soft"} 1.2e+01
newsroom_pagecache_renders_total_seconds 900
newsroom_up 1
"""


def answer(at: float, *, status: int = 200, digest: str = "one", trouble: str = "") -> Answer:
    return Answer("/a/", status, 1.0, at, digest, trouble)


def test_a_page_is_wrong_when_no_state_ever_looked_like_it() -> None:
    answers = [answer(0), answer(0, digest="two"), answer(0, digest="odd")]

    assert [one.digest for one in wrong(answers, KNOWN)] == ["odd"]


def test_an_error_is_an_error_and_no_wrong_page() -> None:
    assert wrong([answer(0, status=503, digest="odd"), answer(0, status=0, digest="", trouble="torn")], KNOWN) == []


def test_a_page_that_fails_in_peace_is_no_page_to_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.trials.SETTLED", 0.0)
    monkeypatch.setattr("bench.trials._one_round", lambda *_: [answer(0)])

    assert known_pages(1, ["/a/"]) == {"/a/": {"one"}}
    with pytest.raises(Missing, match=r"in peace: /b/\."):
        known_pages(1, ["/a/", "/b/"])


def test_speed_is_back_when_a_slice_is_nearly_as_full_as_before() -> None:
    before = [answer(n / 100) for n in range(100)]
    after = [answer(1.55 + n / 100) for n in range(100)]

    assert speed_back(before + after, 1.0) == pytest.approx(0.7)


def test_speed_that_never_comes_back_is_not_back() -> None:
    before = [answer(n / 100) for n in range(100)]

    assert speed_back(before, 1.0) is None
    assert speed_back(before + [answer(1.5 + n / 10) for n in range(10)], 1.0) is None
    assert speed_back([], 1.0) is None


def test_what_failed_is_no_speed() -> None:
    before = [answer(n / 100) for n in range(100)]
    refused = [answer(1 + n / 100, status=0, trouble="refused") for n in range(100)]

    assert speed_back(before + refused, 1.0) is None


def test_a_metric_is_the_sum_over_its_labels() -> None:
    assert total(METRICS, "newsroom_pagecache_renders_total") == 15
    assert total(METRICS, "newsroom_up") == 1
    assert total(METRICS, "newsroom") is None


def test_renders_that_nobody_told_are_unknown() -> None:
    assert told(3.0, 4.0) == "1 renders"
    assert told(None, 4.0) == told(3.0, None) == "renders unknown (no /metrics)"


def test_an_article_is_known_by_the_number_at_its_end() -> None:
    assert number_in("/ausland/20-7-millionen-euro-138/") == 138


def test_no_word_comes_twice() -> None:
    assert len({word(1) for _ in range(100)}) == 100


def test_a_missing_program_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.tools.PLACES", "/bin")
    monkeypatch.setitem(PACKAGES, "surely-not-there", "surely-tools")

    with pytest.raises(Missing, match=r"surely-not-there.*apt install surely-tools"):
        require("sh", "surely-not-there")
    with pytest.raises(Missing, match="apt install surely-tools"):
        program("surely-not-there")
    assert program("sh").endswith("/sh")
