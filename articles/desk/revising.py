"""Changes copy, keeps what stood there before, and says how much readers should be told."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.desk.announcing import announce, page_keys, place_in_story, sight_keys
from articles.desk.licensing import limit
from articles.models import Article, Correction, Revision, Status
from articles.search import SEARCHED, follow

SIGHT = ("slug", "category", "embargo_until", "visible_until")  # whether and where readers find it
COPY = ("kicker", "headline", "lead", "dateline", "body")
BOUND = {"visible_until", "agency", "agency_id"}  # what the licence has a say in
Change = Literal["edit", "update", "correction"]


@transaction.atomic
def revise(
    article: Article, changes: dict[str, Any], *, kind: Change = "edit", editor: User | None = None,
) -> bool:  # fmt: skip
    """Write the changed fields; the state before becomes a revision. False when nothing differs.

    kind: an «update» or a «correction» of published copy shows readers a new «Aktualisiert», an «edit» does not.
    """
    stored = Article.objects.select_for_update().get(pk=article.pk)
    differs = {name: value for name, value in changes.items() if getattr(stored, name) != value}
    if not differs:
        return False
    before = page_keys(stored)
    if any(name in COPY for name in differs):
        _keep(stored, editor=editor)
    for name, value in changes.items():
        setattr(article, name, value)
    if article.status == Status.PUBLISHED and differs.keys() & BOUND:
        limit(article)
        differs["visible_until"] = article.visible_until
    now = timezone.now()
    article.changed_at = now
    if kind != "edit" and article.status == Status.PUBLISHED:
        article.updated_at = differs.get("updated_at") or now
    article.version = stored.version
    article.save(update_fields=[*differs, "changed_at", "updated_at"])
    if differs.keys() & SEARCHED:
        follow(article)
        before |= place_in_story(article)
    if any(name in SIGHT for name in differs):
        before |= sight_keys(article)
    announce(before | page_keys(article), hard=stored.is_public(now) and not article.is_public(now))
    return True


@transaction.atomic
def correct(article: Article, text: str) -> Correction:
    """Tell readers what was wrong; shown below the article and on the corrections page."""
    correction = Correction.objects.create(article=article, text=text.strip())
    article.updated_at = article.changed_at = correction.created_at
    article.save(update_fields=["updated_at", "changed_at"])
    announce(page_keys(article))
    return correction


def _keep(stored: Article, *, editor: User | None) -> None:
    Revision.objects.create(
        article=stored, version=stored.version, editor=editor, **{name: getattr(stored, name) for name in COPY},
    )  # fmt: skip
