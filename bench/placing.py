"""Puts generated traffic into the database and has each item placed; imported once Django is set up."""

from __future__ import annotations

import time

from django.db import transaction

from articles import stories
from articles.models import Agency, Article, Category, Status
from bench.traffic import Take


def place_all(sent: list[Take], agencies: tuple[str, ...]) -> tuple[dict[str, int | None], list[float]]:
    """The story of each item at the end, and the seconds of processor that placing it took."""
    category = Category.objects.create(name="Inland", slug="inland", colour="#1b4f91")
    known = {
        name: Agency.objects.create(name=name, short_name=name, slug=name, credit_line=f"{name}.example", priority=place)
        for place, name in enumerate(agencies)
    }
    ids: dict[str, int] = {}
    seconds = []
    for take in sent:
        article = Article.objects.create(
            headline=take.headline, lead=take.lead, body=take.body, category=category, agency=known[take.agency],
            status=Status.PUBLISHED, published_at=take.at,
        )  # fmt: skip
        with transaction.atomic():  # as the desk does: its commit is paid for anyway
            begun = time.process_time()
            stories.place(article, now=take.at)
        seconds.append(time.process_time() - begun)
        ids[take.guid] = article.pk
    told = dict(Article.objects.values_list("pk", "story_id"))
    return {guid: told[pk] for guid, pk in ids.items()}, seconds
