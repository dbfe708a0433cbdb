"""The search's figures: words spread over the ranks, one line for each kind of question."""

from __future__ import annotations

import pytest

from articles import search
from articles.models import SearchWord
from bench import search as bench
from tests import make


def test_words_are_spread_evenly_over_the_ranks() -> None:
    words = [f"wort{number}" for number in range(100)]

    assert len(bench.spread(words)) == bench.ROUNDS
    assert bench.spread(words)[:3] == ["wort0", "wort4", "wort8"]
    assert len(bench.spread(words[:3])) == bench.ROUNDS
    assert bench.spread([]) == []


@pytest.mark.django_db
def test_every_kind_of_question_is_an_address_of_the_search() -> None:
    search.follow_all([article.pk for article in make.articles(3)])
    assert SearchWord.objects.exists()

    kinds = bench.questions()

    assert len(kinds) >= 10
    assert all(path.startswith("/suche/?q=") for paths in kinds.values() for path in paths)
    assert all(len(paths) > bench.ROUNDS - 2 for paths in kinds.values())


@pytest.mark.django_db
def test_the_index_has_a_size_and_articles_a_length() -> None:
    search.follow_all([article.pk for article in make.articles(3)])

    assert bench.index_bytes() > 0
    assert 100 < bench.text_bytes() < 2_000


def test_figures_are_shown_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    measured = {
        "times": {"common": [15.0, 30.0]}, "index": 3000.0, "text": 6000.0, "publishing": [9.0, 6.0], "following": [3.0, 4.0], "words": 7,
    }  # fmt: skip

    bench.show(measured, 100)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "0.20  search common 100  p50 15.0 ms, p95 30.0 ms"
    assert lines[1].startswith("0.50  index 100  3,000 bytes")
    assert lines[2] == "0.10  publish 100  3.00 ms more, of 6.00 ms"
