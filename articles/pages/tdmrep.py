"""Where text and data mining is reserved, for programs that ask before they read a page; three queries."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from articles.front.lists import Walk, of_agency
from articles.front.pool import entries
from articles.models import Agency
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import document, readers, reservation


@readers
def show(request: HttpRequest) -> HttpResponse:
    """The site as a whole, or else each source whose agency reserves it; articles of theirs say so themselves."""
    around = furniture()
    places = ["/"] if around.house.tdm_reservation or not around.is_reserved else _reserving(around)
    rules = [{"location": place, **_rule(around)} for place in places]
    return document(request, json.dumps(rules, ensure_ascii=False), keys=["front"], around=around, kind="application/json")


def _rule(around: Furniture) -> dict[str, int | str]:
    said = reservation(around)
    return {**said, "tdm-reservation": int(said["tdm-reservation"])}


def _reserving(around: Furniture) -> list[str]:
    """Only those of which readers know."""
    agencies = list(Agency.objects.filter(tdm_reservation=True).order_by("pk"))
    found = entries([Walk(of_agency, {"agency": agency.pk, "now": around.now}) for agency in agencies], limit=1)
    return [agencies[source].get_absolute_url() for source in sorted({entry.source for entry in found})]
