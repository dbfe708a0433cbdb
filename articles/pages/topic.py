"""A topic: everything that carries a tag, and what is tagged along with it; five queries."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from articles.models import Tag, Tagging
from articles.models.tag import ends_of
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers

SAMPLE = 60  # newest articles of the topic whose other tags count as related
RELATED_TAGS = 8


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    end = ends_of([tag])[0]
    if end != tag:
        if not Tagging.objects.filter(tag=end).public().exists():
            raise Http404
        return HttpResponsePermanentRedirect(end.get_absolute_url())
    around = furniture()
    listed = Tagging.objects.filter(tag=tag).public(around.now).newest_first()
    context = {"tag": tag, "related_tags": related_tags(tag), "description": tag.description}
    return list_page(
        request, "pages/topic.html", context, sources=[listed], around=around, keys=[tag.page_key],
        path=tag.get_absolute_url(), name=tag.name,
        may_be_empty=False,  # a tag may belong to copy that is still held
    )  # fmt: skip


def related_tags(tag: Tag) -> list[Tag]:
    """Tags that stand beside this one on its newest articles, the most frequent first."""
    newest = Tagging.objects.filter(tag=tag).public().newest_first().values("content_object_id")[:SAMPLE]
    return list(
        Tag.objects.filter(taggings__content_object_id__in=newest, merged_into=None)
        .exclude(pk=tag.pk)
        .annotate(together=Count("taggings"))
        .order_by("-together", "name")[:RELATED_TAGS]
    )
