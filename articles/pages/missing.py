"""404: the newest headlines instead of a dead end; the same bytes whatever was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.front.lists import Walk, newest
from articles.front.pool import newest_ids
from articles.front.rows import rows_in
from articles.pages.furniture import furniture
from articles.pages.response import page
from articles.pages.teasers import teasers
from articles.text.dates import berlin_day, day_bounds

LINES = 6


def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    made, values = newest_ids([Walk(newest, {"now": around.now})], limit=LINES)
    rows = rows_in(made, values, limit=LINES)
    midnight = day_bounds(berlin_day(around.now))[1]  # its lines speak of today
    response = page(
        request, "404.html", {"newest": teasers(rows)}, keys=["front"], around=around, shown=rows, ends=midnight, status=404,
    )  # fmt: skip
    response.headers["Cache-Control"] = "public, max-age=10, s-maxage=30"
    return response
