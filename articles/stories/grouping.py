"""Puts articles into stories as they are published, and takes an editor's word for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article, Kind, Status, Story, StoryMark, StoryTrace, StoryVerdict
from articles.models.added import add
from articles.models.compiled import fetch, moment
from articles.stories import lookup
from articles.stories.matching import WINDOW, Trace, matches, packed, trace_of

OF_THEIR_OWN = frozenset({Kind.ADVERTISEMENT, Kind.OPINION})  # whoever has an opinion on an event does not tell it once more
MOST_OF_ONE = 40  # articles of a story; a guess that would join more is wrong


def place(article: Article, *, now: datetime | None = None) -> set[int]:
    """Trace the article, put it into the story it tells; return the ids of all whose story has changed.

    A story it was in by an editor's word, or one it shares with others, it keeps.
    """
    if article.status != Status.PUBLISHED or article.published_at is None or article.kind in OF_THEIR_OWN:
        StoryTrace.objects.filter(pk=article.pk).delete()
        return set()
    own = trace_of(article)
    at = article.published_at
    if abs((now or timezone.now()) - at) > WINDOW or not _remember(article, own, at):
        return set()  # nothing that comes now can tell the same; or nothing has changed
    others = [match.article for match in matches(article, own, at=at)] if article.story_id is None else []
    return _joined(article, others) if others else set()


def _remember(article: Article, own: Trace, at: datetime) -> bool:
    """False where nothing has changed since the last time."""
    fields = {"at": at, "runs": packed(own.runs), "words": packed(own.words), "quotations": packed(own.quotations)}
    before = fetch("trace", _trace, article=article.pk)
    for then, runs, words in before:
        if (moment(then), bytes(runs), bytes(words)) == (at, fields["runs"], fields["words"]):
            return False
        StoryMark.objects.filter(trace=article.pk).delete()
    trace = StoryTrace(pk=article.pk, **fields)
    if before:
        trace.save(force_update=True)
    else:
        add(trace)
    lookup.add(article.pk, own.looked_up, at=at)
    return True


def _trace(*, article: int) -> QuerySet[StoryTrace, Any]:
    return StoryTrace.objects.filter(pk=article).values_list("at", "runs", "words")


def _joined(article: Article, others: list[int]) -> set[int]:
    """Into the story of the closest that has one, else into a new one; never into company that an editor has parted."""
    stories = dict(fetch("stories of", _stories_of, ids=others))
    told = {story for story in stories.values() if story}
    members: dict[int, set[int]] = {story: set() for story in told}
    for pk, of in fetch("members", _members, ids=list(told)) if told else ():
        members[of].add(pk)
    parted = _parted({article.pk, *others})
    story = next((stories[pk] for pk in others if stories.get(pk) and _fits(article.pk, members[stories[pk]], parted)), None)
    company: set[int] = members[story] if story else set()
    if len(company) >= MOST_OF_ONE:
        return set()
    joining = {article.pk}
    for pk in others:
        if stories.get(pk) is None and _fits(pk, company | joining, parted):
            joining.add(pk)
    if not company and len(joining) == 1:
        return set()
    story = story or add(Story()).pk
    Article.objects.filter(pk__in=joining).update(story=story)
    article.story_id = story
    return company | joining


def _fits(article: int, company: Iterable[int], parted: set[frozenset[int]]) -> bool:
    return not any(frozenset((article, pk)) in parted for pk in company)


def _parted(articles: set[int]) -> set[frozenset[int]]:
    """Pairs, of which one is among these, of which an editor has said that they tell different things."""
    return {frozenset(pair) for pair in fetch("parted", _parting, ids=list(articles))}


def _parting(*, ids: list[int]) -> QuerySet[StoryVerdict, Any]:
    return StoryVerdict.objects.filter(Q(first__in=ids) | Q(second__in=ids), is_same=False).order_by().values_list("first_id", "second_id")


def _stories_of(*, ids: list[int]) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk__in=ids).order_by().values_list("pk", "story_id")


def _members(*, ids: list[int]) -> QuerySet[Article, Any]:
    return Article.objects.filter(story__in=ids).order_by().values_list("pk", "story_id")


@transaction.atomic
def join(article: Article, other: Article, *, by: Any = None) -> set[int]:
    """An editor says that both tell the same; return the ids of all whose story has changed."""
    _say(article.pk, other.pk, is_same=True, by=by)
    story = other.story_id or article.story_id or Story.objects.create().pk
    moved = Q(pk__in=[article.pk, other.pk])
    if article.story_id and article.story_id != story:
        moved |= Q(story=article.story_id)
    ids = set(Article.objects.filter(moved).values_list("pk", flat=True))
    Article.objects.filter(pk__in=ids).update(story=story)
    article.story_id = other.story_id = story
    _tidy()
    return ids | set(Article.objects.filter(story=story).values_list("pk", flat=True))


@transaction.atomic
def split(article: Article, *, by: Any = None) -> set[int]:
    """An editor says that this one tells something else than those it stands with; return all whose story has changed."""
    if article.story_id is None:
        return set()
    others = set(Article.objects.filter(story=article.story_id).exclude(pk=article.pk).values_list("pk", flat=True))
    for pk in others:
        _say(article.pk, pk, is_same=False, by=by)
    Article.objects.filter(pk=article.pk).update(story=None)
    if len(others) == 1:
        Article.objects.filter(pk__in=others).update(story=None)
    article.story_id = None
    _tidy()
    return {article.pk, *others}


def _say(one: int, other: int, *, is_same: bool, by: Any) -> None:
    first, second = sorted((one, other))
    values = {"is_same": is_same, "by": by, "at": timezone.now()}
    StoryVerdict.objects.update_or_create(first_id=first, second_id=second, defaults=values)


def _tidy() -> None:
    Story.objects.filter(articles=None).delete()


def forget() -> int:
    """Traces of articles so old that nothing new can tell the same; how many."""
    old: Iterable[int] = StoryTrace.objects.filter(at__lt=timezone.now() - 2 * WINDOW).values_list("pk", flat=True)[:500]
    ids = list(old)
    StoryMark.objects.filter(trace__in=ids).delete()
    return StoryTrace.objects.filter(pk__in=ids).delete()[0]
