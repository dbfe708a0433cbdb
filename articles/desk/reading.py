"""How often articles are read: adds up, ranks what is read most, forgets in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Sum, Value, When
from django.utils import timezone

from articles.desk.announcing import announce
from articles.front.mostread import KEY
from articles.models import Article, House, Kind, MostRead, ReadCount, ReadHour

TOGETHER = 200  # articles in one statement
RECENT = timedelta(hours=24)
LEAST = 10  # reads of an article within that time: fewer are chance
CANDIDATES = 800  # looked at; SQLite takes 999 values in one statement on the oldest systems
PLACES = 8  # kept of each list, three more than are shown: one of them may be withdrawn
Place = tuple[int | None, int, int]  # category, place, article


@transaction.atomic
def record_reads(hour: datetime, people: Mapping[int, int], robots: int) -> None:
    """Add to what is known of that hour. people: reads by article; what is no article of ours is left out."""
    wanted = sorted(people)
    known = [pk for part in _parts(wanted) for pk in Article.objects.filter(pk__in=part).order_by("pk").values_list("pk", flat=True)]
    for part in _parts(known):
        _add(hour, {pk: people[pk] for pk in part})
    total = sum(people[pk] for pk in known)
    if total or robots:
        ReadHour.objects.bulk_create([ReadHour(hour=hour)], ignore_conflicts=True)
        ReadHour.objects.filter(hour=hour).update(people=F("people") + total, robots=F("robots") + robots)


def _add(hour: datetime, people: Mapping[int, int]) -> None:
    """In the order of the articles, so that two machines never wait for each other."""
    ReadCount.objects.bulk_create([ReadCount(article_id=pk, hour=hour) for pk in people], ignore_conflicts=True)
    rows = ReadCount.objects.filter(hour=hour, article__in=list(people))
    list(rows.order_by("article").select_for_update().values_list("pk"))
    more = Case(*(When(article=pk, then=Value(number)) for pk, number in people.items()))
    rows.update(count=F("count") + more)


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), TOGETHER):
        yield numbers[start : start + TOGETHER]


@transaction.atomic
def rank_reads() -> bool:
    """Make the lists «Meistgelesen» anew; whether they differ from before. One machine at a time."""
    House.objects.select_for_update().filter(pk=1).first()
    wanted = _places(timezone.now())
    if wanted == [(row.category_id, row.place, row.article_id) for row in MostRead.objects.order_by("pk")]:
        return False
    MostRead.objects.all().delete()
    MostRead.objects.bulk_create(MostRead(category_id=category, place=place, article_id=pk) for category, place, pk in wanted)
    announce({KEY})
    return True


def _places(now: datetime) -> list[Place]:
    """The most read articles of all and of each category; no advertisement, for its place can be bought.

    The reads are added up before the articles are asked: joined, SQLite would walk every article there is.
    """
    totals = ReadCount.objects.filter(hour__gt=now - RECENT).values("article").annotate(total=Sum("count")).filter(total__gte=LEAST)
    ranked = list(totals.order_by("-total", "-article").values_list("article", flat=True)[:CANDIDATES])
    shown = Article.objects.filter(pk__in=ranked).still_public(now).exclude(kind=Kind.ADVERTISEMENT).order_by()
    categories = dict(shown.values_list("pk", "category_id"))
    lists: dict[int | None, list[int]] = {None: []}
    for article in (pk for pk in ranked if pk in categories):
        for name in (None, categories[article]):
            if len(lists.setdefault(name, [])) < PLACES:
                lists[name].append(article)
    ordered = sorted(lists.items(), key=lambda pair: pair[0] or 0)
    return [(category, place, pk) for category, listed in ordered for place, pk in enumerate(listed)]


def forget_reads() -> int:
    """Delete the hours that lie further back than READS_DAYS; how many rows that were."""
    before = timezone.now() - timedelta(days=settings.READS_DAYS)
    return sum(model.objects.filter(hour__lt=before).delete()[0] for model in (ReadCount, ReadHour))
