"""Stories: found by themselves, joined and parted by editors, never by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from django.utils import timezone

from articles import desk, stories
from articles.models import Announcement, Article, Kind, Story, StoryMark, StoryTrace, StoryVerdict
from bench.traffic import Take, takes
from tests import make

pytestmark = pytest.mark.django_db


def told(take: Take, at: datetime | None = None, **fields: object) -> Article:
    by = make.agency(take.agency)
    return make.article(take.headline, lead=take.lead, body=take.body, agency=by, at=at or timezone.now(), **fields)


def event(kind: str, *, seed: int = 5) -> tuple[Take, Take]:
    """A first report, and the other telling of it."""
    sent = list(takes(400, seed=seed))
    for one, other in combinations(sent, 2):
        if one.event == other.event and one.kind == "first" and other.kind == kind:
            return one, other
    raise LookupError(kind)


def story_of(article: Article) -> int | None:
    return Article.objects.get(pk=article.pk).story_id


def test_a_near_copy_joins_whoever_sends_it() -> None:
    one, other = event("copy")
    first, second = told(one), told(replace(other, agency=one.agency))

    assert story_of(first) == story_of(second) is not None


def test_the_same_event_in_other_words_joins() -> None:
    sent = list(takes(150, seed=3))
    articles = {take.guid: told(take, timezone.now()) for take in sent}
    pairs = [(one, other) for one, other in combinations(sent, 2) if one.event == other.event]

    joined = [story_of(articles[one.guid]) == story_of(articles[other.guid]) is not None for one, other in pairs]

    assert len(pairs) > 10
    assert sum(joined) >= 0.9 * len(pairs)
    strangers = [
        (one, other)
        for one, other in combinations(sent, 2)
        if one.event != other.event and story_of(articles[one.guid]) == story_of(articles[other.guid]) is not None
    ]
    assert len(strangers) <= 0.1 * len(pairs)


def test_a_second_report_of_the_same_agency_tells_something_else() -> None:
    one, other = event("other words")
    first, second = told(one), told(replace(other, agency=one.agency))

    assert (story_of(first), story_of(second)) == (None, None)


def test_what_is_days_apart_does_not_join() -> None:
    one, other = event("copy")
    first = told(one, timezone.now() - timedelta(days=5))
    second = told(other)

    assert (story_of(first), story_of(second)) == (None, None)


@pytest.mark.parametrize("kind", [Kind.ADVERTISEMENT, Kind.OPINION])
def test_advertisements_and_opinions_stand_for_themselves(kind: Kind) -> None:
    one, other = event("copy")
    told(one)

    assert story_of(told(other, kind=kind)) is None
    assert StoryTrace.objects.count() == 1


def test_the_houses_own_pieces_are_its_own_business() -> None:
    one, other = event("copy")
    first = make.article(one.headline, body=one.body, at=timezone.now())
    second = make.article(other.headline, body=other.body, at=timezone.now())

    assert (story_of(first), story_of(second)) == (None, None)
    assert story_of(told(other)) is not None, "an agency's copy of it joins"


def test_publishing_again_changes_nothing() -> None:
    one, other = event("copy")
    first, second = told(one), told(other)
    before = [list(StoryMark.objects.order_by("pk").values_list()), story_of(first)]

    assert stories.place(second) == set()
    assert [list(StoryMark.objects.order_by("pk").values_list()), story_of(first)] == before


def test_another_text_gets_other_marks() -> None:
    one, _other = event("copy")
    article = told(one)
    before = bytes(StoryTrace.objects.get().runs)

    desk.revise(article, {"body": "<p>" + " ".join(f"Wort{number}" for number in range(60)) + "</p>"}, kind="correction")

    assert bytes(StoryTrace.objects.get().runs) != before
    assert StoryMark.objects.filter(trace=article.pk).exists()


def test_withdrawn_copy_leaves_no_marks() -> None:
    one, _other = event("copy")
    desk.withdraw(told(one))

    assert not StoryTrace.objects.exists()
    assert not StoryMark.objects.exists()


def test_an_editors_split_stands_against_every_guess() -> None:
    one, other = event("copy")
    first, second = told(one), told(other)

    assert desk.split_story(second)

    assert (story_of(first), story_of(second), Story.objects.count()) == (None, None, 0)
    assert StoryVerdict.objects.get().is_same is False
    desk.revise(second, {"headline": "Neue Zeile über dasselbe"}, kind="correction")
    assert story_of(second) is None
    assert not desk.split_story(second)


def test_a_split_stands_against_company_too() -> None:
    one, other = event("copy")
    first, second = told(one), told(other)
    desk.split_story(second)

    third = told(replace(other, agency="third"))

    stories_of = [story_of(article) for article in (first, second, third)]
    assert stories_of[2] is not None
    assert stories_of.count(stories_of[2]) == 2, "the third joins one of them, and brings the parted together no more"


def test_an_editors_join_moves_whole_stories_together() -> None:
    articles = [make.article(f"Bericht {number}", at=timezone.now()) for number in range(4)]
    desk.join_stories(articles[0], articles[1])
    desk.join_stories(articles[2], articles[3])

    desk.join_stories(articles[1], articles[2])

    assert len({story_of(article) for article in articles}) == 1
    assert Story.objects.count() == 1
    assert StoryVerdict.objects.filter(is_same=True).count() == 3


def test_the_last_of_two_is_no_story() -> None:
    first, second = make.article("Eins", at=timezone.now()), make.article("Zwei", at=timezone.now())
    desk.join_stories(first, second)

    desk.split_story(first)

    assert (story_of(second), Story.objects.count()) == (None, 0)


def test_a_text_too_short_for_any_mark_stands_for_itself() -> None:
    article = make.article("A", lead="", body="<p>b</p>", agency=make.agency(), at=timezone.now())

    assert story_of(article) is None
    assert StoryTrace.objects.filter(pk=article.pk).exists()


def test_old_marks_are_forgotten() -> None:
    one, _other = event("copy")
    article = told(one)
    StoryTrace.objects.update(at=timezone.now() - timedelta(days=30))

    assert stories.forget() == 1
    assert not StoryMark.objects.exists()
    assert Article.objects.filter(pk=article.pk).exists()


def test_every_page_of_the_others_is_told() -> None:
    one, other = event("copy")
    first = told(one)
    Announcement.objects.all().delete()
    told(other)

    assert any(first.page_key in row.keys for row in Announcement.objects.all())
