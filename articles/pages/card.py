"""The picture that networks show beside a link to a story without one; drawn when it is asked for, then kept like a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from articles.media.cards import draw
from articles.pages.article import LARGEST_ID, fetch
from articles.pages.cards import card_of, path_of
from articles.pages.furniture import furniture
from articles.pages.response import cache_control, readers, until


@readers
def show(request: HttpRequest, category: str, slug: str, number: str, digest: str) -> HttpResponse:
    article = fetch(min(int(number), LARGEST_ID))
    if not article.is_public():
        raise Http404
    card = card_of(article, furniture().house)
    path = path_of(article, card)
    until(request, article.visible_until)
    if request.path != path:  # another headline meanwhile, and so another picture
        return HttpResponsePermanentRedirect(path)
    response = HttpResponse(draw(card), content_type="image/jpeg")
    left = int((article.visible_until - timezone.now()).total_seconds()) if article.visible_until else None
    response.headers["Cache-Control"] = cache_control(left)
    response.headers["Surrogate-Key"] = f"all {article.page_key}"
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # networks show it on pages of their own
    return response
