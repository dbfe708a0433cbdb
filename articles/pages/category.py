"""A category's index: newest first, read by position; five queries."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from articles.front.keeping import keep
from articles.front.lists import Walk, further, of_category, outside_category
from articles.front.mostread import KEY, most_read
from articles.front.pool import newest_ids
from articles.front.rows import Row, next_end, rows_in
from articles.models.compiled import Values
from articles.pages.furniture import furniture
from articles.pages.listing import list_page
from articles.pages.response import readers
from articles.pages.teasers import teasers

LINES_IN_RAIL = 10


@readers
def show(request: HttpRequest, slug: str) -> HttpResponse:
    around = furniture()
    category = next((category for category in around.categories if category.slug == slug), None)
    if category is None:
        raise Http404
    values = {"category": category.pk, "now": around.now}
    others = keep(("rail", category.pk), ("all", "front"), partial(_rail, values), until=partial(next_end, around.changes_at))
    read = most_read(now=around.now, category=category.pk)
    context = {"category": category, "section": category.slug, "description": category.description, "others": teasers(others), "most_read": teasers(read)}
    return list_page(
        request, "pages/category.html", context, sources=[Walk(of_category, values), Walk(further, values)],
        around=around, keys=[category.page_key, "ticker", KEY],
        path=category.get_absolute_url(), name=category.name, ends=next_end(None, [*others, *read]),
    )  # fmt: skip


def _rail(values: Values) -> list[Row]:
    """The newest lines of the other categories."""
    made, given = newest_ids([Walk(outside_category, values)], limit=LINES_IN_RAIL)
    return rows_in(made, given, limit=LINES_IN_RAIL)
