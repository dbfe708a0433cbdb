"""Writes wire copy into articles, and only over what the wire wrote itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

from django.db.models import QuerySet

from articles import desk
from articles.models import Article, Category, Picture, Status, Tagging, WireItem
from articles.models.compiled import fetch
from articles.wire import mapping, payload, pictures
from articles.wire.item import Item

COPY = ("kicker", "headline", "lead", "dateline", "body")
_LONGEST = {"kicker": 80, "headline": 200, "lead": 1500, "dateline": 100, "body": 400_000}
_WATCHED = {"embargo_until": "embargo"}  # fields of the article under the names of `state`
Written = dict[str, Any]


def copy_of(item: Item) -> dict[str, str]:
    """The item's words as an article holds them; what is too long is cut at a word."""
    texts = {name: getattr(item, name) for name in COPY} | {"kicker": mapping.kicker_for(item)}
    if item.kind != "text" and not item.body:
        texts["body"] = ""
    return {name: _cut(text, limit=_LONGEST[name]) for name, text in texts.items()}


def _cut(text: str, *, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 2].rsplit(" ", 1)[0] + " …"


def create(wire_item: WireItem, *, category: Category, now: datetime, categories: mapping.Categories | None = None) -> Article:
    """Make the draft; nobody sees it before the desk publishes it."""
    item, house = payload.load(wire_item.payload), payload.notes(wire_item)
    article = Article(
        **copy_of(item), category=category, agency=wire_item.feed.agency, urgency=wire_item.urgency,
        kind=mapping.kind_for(item), embargo_until=wire_item.embargo_until,
        picture=pictures.first_usable(house.get("pictures", ()), now=now),
    ).add()  # fmt: skip
    tags = mapping.tags_for(item, feed=wire_item.feed, categories=categories)
    desk.set_tags(article, tags, is_new=True)
    desk.set_authors(article, mapping.authors_for(item), is_new=True)
    wire_item.article = article
    house["written"] = state(article)
    house["revived"] = bool(house.get("killed"))  # after a kill only an editor comes here
    return article


def state(article: Article) -> Written:
    """What the wire needs to remember to see later whether an editor has changed it. Holds no words."""
    return {
        "copy": _fingerprint(getattr(article, name) for name in COPY),
        "category": article.category_id,
        "tags": _tags(article),
        "picture": article.picture_id,
        "urgency": article.urgency,
        "embargo": _iso(article.embargo_until),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _fingerprint(texts: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(texts)).encode("ascii")).hexdigest()


def _tags(article: Article) -> list[int]:
    return [pk for (pk,) in fetch("tags of article", _of_article, article=article.pk)]


def _of_article(*, article: int) -> QuerySet[Tagging, Any]:
    return Tagging.objects.filter(content_object=article).order_by("position", "pk").values_list("tag_id")


def is_touched(article: Article, wire_item: WireItem) -> bool:
    """Whether an editor has changed the words, or withdrawn the article."""
    written = payload.notes(wire_item).get("written", {})
    return article.status == Status.WITHDRAWN or written.get("copy") != state(article)["copy"]


def differs(article: Article, item: Item) -> bool:
    """Whether the agency's words are other than the article's."""
    return copy_of(item) != {name: getattr(article, name) for name in COPY}


def rewrite_copy(article: Article, wire_item: WireItem, *, now: datetime) -> bool:
    """Give the article the agency's new words; False when they are the same."""
    item = payload.load(wire_item.payload)
    if not differs(article, item):
        return False
    kind: Literal["update", "correction"] = "correction" if item.signal == "correction" else "update"
    if article.published_at is None or article.published_at > now:
        desk.revise(article, dict(copy_of(item)))
    else:
        desk.revise(article, {**copy_of(item), "updated_at": _later(item, article.published_at, now=now)}, kind=kind)
    payload.notes(wire_item)["written"]["copy"] = state(article)["copy"]
    return True


def _later(item: Item, published_at: datetime, *, now: datetime) -> datetime:
    """The agency's time for this version; now, if that would tell readers nothing new."""
    return item.updated if item.updated and published_at < item.updated <= now else now


def rewrite_about(article: Article, wire_item: WireItem, *, now: datetime) -> bool:
    """Bring everything but the words up to date, except what an editor has set; True when something changed."""
    item, written = payload.load(wire_item.payload), payload.notes(wire_item)["written"]
    current = state(article)
    owned = [name for name in current if name != "copy" and current[name] == written.get(name)]
    wanted = _wanted(wire_item, item, now=now)
    before = desk.page_keys(article)
    changed = desk.revise(article, {name: value for name, value in wanted.items() if _WATCHED.get(name, name) in owned})
    if "tags" in owned and desk.set_tags(article, mapping.tags_for(item, feed=wire_item.feed)):
        desk.announce(before | desk.page_keys(article))
        changed = True
    after = state(article)
    written |= {name: after[name] for name in owned}
    return changed


def _wanted(wire_item: WireItem, item: Item, *, now: datetime) -> dict[str, Any]:
    wanted: dict[str, Any] = {"urgency": wire_item.urgency, "embargo_until": wire_item.embargo_until}
    category = mapping.category_for(item, feed=wire_item.feed)
    picture: Picture | None = pictures.first_usable(payload.notes(wire_item).get("pictures", ()), now=now)
    if category is not None:
        wanted["category"] = category
    if picture is not None:
        wanted["picture"] = picture
    return wanted


def tighten_embargo(article: Article, wire_item: WireItem) -> bool:
    """Set an embargo the agency has newly stated, whoever owns the article; an old one an editor lifted stays lifted."""
    until, written = wire_item.embargo_until, payload.notes(wire_item)["written"]
    if until is None or _iso(until) == written.get("embargo"):
        return False
    if article.embargo_until and article.embargo_until >= until:
        return False
    desk.revise(article, {"embargo_until": until})
    desk.announce(desk.page_keys(article), hard=True)
    written["embargo"] = _iso(until)
    return True


def moment_of(item: Item, *, now: datetime) -> datetime:
    """The time under which readers see it: the agency's for this version, never one to come."""
    return min(item.updated or item.issued or now, now)
