"""The desk in a process of its own: one order a line in, one answer a line out. Started by bench/newsdesk.py."""

from __future__ import annotations

import json
import random
import secrets
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 - models exist only after setup()

from articles import desk  # noqa: E402
from articles.models import Agency, Article, Category, Feed, Tag  # noqa: E402
from articles.wire.transport import keys  # noqa: E402

Told = dict[str, Any]


def paths(order: Told) -> Told:
    """Addresses of public articles, drawn by lot; the same seed draws the same."""
    ids = list(Article.objects.public().order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(order["seed"]).sample(ids, min(order["count"], len(ids)))  # noqa: S311 - a lot, no secret
    found = Article.objects.select_related("category").in_bulk(drawn)
    return {"paths": [found[pk].get_absolute_url() for pk in drawn]}


def publish(order: Told) -> Told:
    category = Category.objects.in_order()[0]
    lead = f"Der Rat hat entschieden, wie es mit dem Plan «{order['word']}» weitergeht. Was das für Anwohner heißt, steht noch nicht fest."
    body = "<p>Der Rat hat am Montag entschieden.</p><p>Die Verwaltung legt bis März einen Plan vor.</p>" * 8
    article = Article.objects.create(
        headline=f"Rat berät über {order['word']}", lead=lead, body=body, category=category, urgency=3
    )
    desk.set_tags(article, list(Tag.objects.order_by("pk")[:4]))
    begun = time.monotonic()
    desk.publish(article)
    return _done(article, begun)


def revise(order: Told) -> Told:
    """A new headline: seen on the article and on every list that names it."""
    article = _article(order)
    begun = time.monotonic()
    desk.revise(article, {"headline": f"Rat berät neu über {order['word']}"}, kind="correction")
    return _done(article, begun)


def withdraw(order: Told) -> Told:
    article = _article(order)
    begun = time.monotonic()
    desk.withdraw(article)
    return _done(article, begun)


def expire(order: Told) -> Told:
    """Say that the article's page has changed, though it has not: a page that is kept, but no longer fresh."""
    article = _article(order)
    begun = time.monotonic()
    desk.announce([article.page_key])
    return _done(article, begun)


def end_soon(order: Told) -> Told:
    """Let the article end by itself; every list that names it is wrong from that moment on."""
    article = _article(order)
    article.visible_until = timezone.now() + timedelta(seconds=order["seconds"])
    begun = time.monotonic()
    desk.revise(article, {"visible_until": article.visible_until})
    return _done(article, begun)


def feed(order: Told) -> Told:
    """A feed that publishes at once what is handed over with a key, and the category into which it goes."""
    category = Category.objects.in_order().exclude(codes=[])[0]
    agency = Agency.objects.order_by("pk")[0]
    known, token = {"agency": agency, "name": "Bench", "rule": Feed.Rule.PUBLISH}, secrets.token_urlsafe(32)
    made, _ = Feed.objects.update_or_create(slug="bench", defaults=known | {"token_hash": keys.hash_of(token)})
    return {"address": f"/wire/{made.slug}/", "token": token, "category": category.get_absolute_url(), "code": category.codes[0]}


def _article(order: Told) -> Article:
    return Article.objects.select_related("category").get(pk=order["article"])


def _done(article: Article, begun: float) -> Told:
    """begun, returned: time.monotonic(), which all processes of a machine share."""
    return {
        "article": article.pk, "path": article.get_absolute_url(), "category": article.category.get_absolute_url(),
        "begun": begun, "returned": time.monotonic(),
    }  # fmt: skip


ORDERS: dict[str, Callable[[Told], Told]] = {
    "paths": paths, "publish": publish, "revise": revise, "withdraw": withdraw, "expire": expire, "end_soon": end_soon,
    "feed": feed,
}  # fmt: skip


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(ORDERS[order["do"]](order)), flush=True)


if __name__ == "__main__":
    main()
