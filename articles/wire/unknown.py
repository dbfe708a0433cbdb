"""Codes of agencies that no category knows: one line in the inbox for all of them, until somebody says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import desk
from articles.models import Category, UnknownCode
from articles.wire import mapping
from articles.wire.recording import Arrival

MOST_AT_ONCE = 10  # of one item
MOST_KEPT = 500  # codes; more are a feed gone mad


def note(arrival: Arrival, categories: mapping.Categories) -> None:
    """Remember the item's codes, where it fell to the feed's own category or to none."""
    for code in mapping.unknown_codes(arrival.item, categories=categories)[:MOST_AT_ONCE]:
        seen = {"feed": arrival.feed, "headline": arrival.item.headline[:500], "seen_at": arrival.now}
        found = UnknownCode.objects.filter(code=code)
        if not found.update(times=F("times") + 1, **seen) and UnknownCode.objects.count() < MOST_KEPT:
            _add(code, seen)


def _add(code: str, seen: dict[str, object]) -> None:
    try:
        with transaction.atomic():
            UnknownCode.objects.create(code=code, **seen)
    except IntegrityError:  # another process had it first
        UnknownCode.objects.filter(code=code).update(times=F("times") + 1, **seen)


@transaction.atomic
def assign(codes: Sequence[UnknownCode], category: Category) -> None:
    """From now on the codes mean the category. Raises desk.Refused where one means another one by now."""
    row = Category.objects.select_for_update().get(pk=category.pk)
    known = mapping.Categories().by_term
    for code in codes:
        other = known.get(mapping.folded(code.code))
        if other is not None and other.pk != row.pk:
            raise desk.Refused(_("«%(code)s» meint schon das Ressort «%(category)s».") % {"code": code.code, "category": other})
    row.codes = list(dict.fromkeys([*row.codes, *(code.code for code in codes)]))
    row.save(update_fields=["codes", "version"])
    UnknownCode.objects.filter(pk__in=[code.pk for code in codes]).delete()


def forget(*, before: datetime) -> int:
    """Codes that no copy has carried since then, and those that a category knows by now; how many that were."""
    known = mapping.Categories().by_term
    gone = [code.pk for code in UnknownCode.objects.all() if code.seen_at < before or mapping.folded(code.code) in known]
    return UnknownCode.objects.filter(pk__in=gone).delete()[0]
