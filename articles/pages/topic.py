"""A topic: everything that carries a tag, and what is tagged along with it; five queries."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import Count, Exists, OuterRef
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.front.keeping import keep
from articles.front.lists import Rows, Walk, of_tag
from articles.front.pool import newest_ids
from articles.front.rows import next_end
from articles.front.topics import Highlights, highlights
from articles.models import Highlight, Tag, Tagging
from articles.models.compiled import POOL, run, statement, with_pool
from articles.models.tag import ends_of
from articles.pages.facts import share_of
from articles.pages.furniture import Furniture, furniture
from articles.pages.listing import list_page
from articles.pages.response import readers
from articles.pages.teasers import teaser

SAMPLE = 60  # newest articles of the topic whose other tags count as related
RELATED_TAGS = 8


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    known = Tag.objects.select_related("picture").annotate(has_highlights=Exists(Highlight.objects.filter(tag=OuterRef("pk"))))
    tag = get_object_or_404(known, slug=slug)
    end = ends_of([tag])[0]
    if end != tag:
        if not Tagging.objects.filter(tag=end).public().exists():
            raise Http404
        return HttpResponsePermanentRedirect(end.get_absolute_url())
    around = furniture()
    listed = Walk(of_tag, {"tag": tag.pk, "now": around.now})
    beside = related_tags(tag, now=around.now)
    picture = tag.picture if tag.picture and tag.picture.is_public(around.now) else None
    above = _above(tag, around) if tag.has_highlights and not request.GET.get("vor") else Highlights()
    context = {
        "tag": tag, "related_tags": [(name, url) for name, url, _ in beside], "description": tag.description, "portrait": picture,
        "pinned": [teaser(marked.row, headline=marked.text) for marked in above.pinned], "steps": _steps(above),
        "is_first_known": above.is_first_known, "share": share_of(picture) if picture else None,
        "has_head": bool(picture or above.pinned),
    }  # fmt: skip
    return list_page(
        request, "pages/topic.html", context, sources=[listed], around=around,
        keys=[tag.page_key, *(key for _, _, key in beside), *(f"article-{row.pk}" for row in above.rows), *(["front"] if above.hidden else [])],
        path=tag.get_absolute_url(), name=tag.name, without={marked.row.pk for marked in above.pinned},
        ends=next_end(picture.rights_until if picture else None, above.rows),
        may_be_empty=False,  # a tag may belong to copy that is still held
    )  # fmt: skip


def _above(tag: Tag, around: Furniture) -> Highlights:
    """Whatever an article goes through announces «front»."""
    ends = partial(next_end, around.changes_at)
    return keep(
        ("topic", tag.pk), ("all", "front", tag.page_key), partial(highlights, tag.pk, now=around.now), until=lambda made: ends(made.rows),
    )  # fmt: skip


def _steps(above: Highlights) -> list[tuple[datetime, str, str]]:
    """Moment, words and address of each step of the timeline."""
    return [(marked.row.published_at, marked.text or marked.row.headline, marked.row.get_absolute_url()) for marked in above.steps]


def related_tags(tag: Tag, *, now: datetime) -> list[tuple[str, str, str]]:
    """Names, addresses and keys of tags beside this one on its newest articles, the most frequent first.

    Only the sample is counted, so a topic of 50,000 articles costs what one of sixty does.
    """
    sample, values = newest_ids([Walk(of_tag, {"tag": tag.pk, "now": now})], limit=SAMPLE)
    beside = with_pool(statement("beside", _beside, {"tag": tag.pk}), sample)
    rows = run(beside, {**values, "tag": tag.pk})
    beside_it = sorted((-count, name, slug, pk) for pk, name, slug, merged, count in rows if merged is None)
    return [(name, reverse("articles:topic", args=[slug]), Tag(pk=pk).name_key) for _, name, slug, pk in beside_it[:RELATED_TAGS]]


def _beside(*, tag: int) -> Rows:
    """Merged tags are left out later: asked for here, SQLite would begin with all tags that are not."""
    links = Tagging.objects.filter(content_object_id__in=RawSQL(POOL, ())).exclude(tag=tag)  # noqa: S611 - with_pool() fills it
    return links.order_by().values_list("tag_id", "tag__name", "tag__slug", "tag__merged_into").annotate(together=Count("pk"))
