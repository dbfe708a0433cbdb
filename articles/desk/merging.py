"""Lets one tag become part of another: its articles, its merged tags and its topic page with what is pinned there follow."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Least

from articles.desk.announcing import announce
from articles.models import Highlight, Tag, Tagging
from articles.models.tag import ends_of
from articles.search import follow_all, grow_old

MOST_NAMED = 100  # articles; with more of them every page is dropped from the caches instead


@transaction.atomic
def merge_tag(tag: Tag, into: Tag) -> None:
    """Give the tag's articles the other one, at the same place in their order; the same few statements for any number."""
    end = ends_of([into])[0]
    articles = list(tag.taggings.values_list("content_object_id", flat=True)[: MOST_NAMED + 1])
    Tag.objects.filter(merged_into=tag).exclude(pk=end.pk).update(merged_into=end)
    _move(tag, end)
    keys = {tag.page_key, end.page_key, *(f"article-{pk}" for pk in articles)}
    if len(articles) <= MOST_NAMED:
        follow_all(articles)
    else:
        grow_old(end.taggings.values("content_object_id"))
    announce(keys if len(articles) <= MOST_NAMED else {"all"})


@transaction.atomic
def rename_tag(tag: Tag) -> None:
    """After its name has changed: the search finds its articles under the new one a little later."""
    grow_old(tag.taggings.values("content_object_id"))


def _move(tag: Tag, end: Tag) -> None:
    old, new = Tagging.objects.filter(tag=tag), Tagging.objects.filter(tag=end)
    place = old.filter(content_object=OuterRef("content_object")).values("position")[:1]
    new.filter(content_object__in=old.values("content_object")).update(position=Least(F("position"), Subquery(place)))
    old.filter(content_object__in=new.values("content_object")).delete()
    old.update(tag=end)
    if Highlight.objects.filter(tag=tag).exists():
        _move_highlights(tag, end)


def _move_highlights(tag: Tag, end: Tag) -> None:
    for kind in Highlight.Kind.values:
        there = Highlight.objects.filter(tag=end, kind=kind).values_list("article", flat=True)
        Highlight.objects.filter(tag=tag, kind=kind).exclude(article__in=list(there)).update(tag=end)
    Highlight.objects.filter(tag=tag).delete()
