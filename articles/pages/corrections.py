"""Every correction of what readers can see, newest first, read by position; three queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.front.pool import Mark
from articles.front.sheet import BadMark, parse
from articles.models import Correction
from articles.pages.facts import list_json_ld
from articles.pages.furniture import furniture
from articles.pages.response import page, readers

CORRECTIONS_PER_SHEET = 50
SHOWN = ("text", "created_at", "article__id", "article__headline", "article__slug", "article__visible_until", "article__category__slug")


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    vor, path, name = request.GET.get("vor"), reverse("articles:corrections"), _("Korrekturen")
    found = _stretch(vor, around.now)
    if vor and not found:
        raise Http404
    rows = found[:CORRECTIONS_PER_SHEET]
    older = str(Mark(rows[-1].created_at, rows[-1].pk)) if len(found) > len(rows) else ""
    context = {
        "title": name, "corrections": rows, "is_first": not vor, "canonical": f"{path}?vor={vor}" if vor else path,
        "first_url": path, "older_url": f"{path}?vor={older}" if older else "", "json_ld": list_json_ld(name, path),
        "description": _("Was in unseren Artikeln falsch war und wie es richtig heißt."),
    }  # fmt: skip
    # Whatever changes an article announces «front», and so does a correction.
    return page(
        request, "pages/corrections.html", context, keys=["front"], around=around,
        changed=rows[0].created_at if rows else None, ends=_ends(rows),
    )  # fmt: skip


def _stretch(vor: str | None, now: datetime) -> list[Any]:
    """One more than a sheet holds, from the position on."""
    rows = Correction.objects.all()
    if vor:
        try:
            mark = parse(vor)
        except BadMark as error:
            raise Http404 from error
        rows = rows.filter(created_at__lte=mark.moment).exclude(created_at=mark.moment, pk__gte=mark.article)
    listed = rows.public(now).newest_first().select_related("article__category").only(*SHOWN)
    return list(listed[: CORRECTIONS_PER_SHEET + 1])


def _ends(rows: Sequence[Any]) -> datetime | None:
    return min((row.article.visible_until for row in rows if row.article.visible_until), default=None)
