"""The agency's contract says how long its copy may stand; the desk keeps to it, an editor may be stricter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.models import Article
from tests import make
from tests.wire import delivering
from tests.wire.delivering import sent, take

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=30)


def licensed(**fields: Any) -> Article:
    """A draft whose agency lets it stand for thirty days."""
    return make.draft(agency=make.agency("nda", expiry_days=30), **fields)


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_published_copy_ends_with_its_licence() -> None:
    article = licensed()

    desk.publish(article)

    shown = stored(article)
    assert shown.published_at is not None
    assert shown.visible_until == shown.published_at + DAYS
    assert shown.is_public(shown.published_at + DAYS - timedelta(seconds=1))
    assert not shown.is_public(shown.published_at + DAYS)


def test_agency_without_a_limit_leaves_copy_without_an_end() -> None:
    article = make.article(agency=make.agency("nda"))

    assert article.visible_until is None


def test_own_copy_has_no_licence() -> None:
    assert make.article().visible_until is None


def test_earlier_end_of_an_editor_stays() -> None:
    soon = timezone.now() + timedelta(days=2)
    article = licensed(visible_until=soon)

    desk.publish(article)

    assert stored(article).visible_until == soon


def test_later_end_of_an_editor_is_cut() -> None:
    article = licensed(visible_until=timezone.now() + timedelta(days=300))

    desk.publish(article)

    assert stored(article).visible_until == stored(article).published_at + DAYS  # type: ignore[operator]


@pytest.mark.parametrize("wanted", [None, timezone.now() + timedelta(days=300)])
def test_published_copy_cannot_be_stretched_beyond_its_licence(wanted: object) -> None:
    article = licensed()
    desk.publish(article)
    end = article.visible_until

    desk.revise(article, {"visible_until": wanted})

    assert stored(article).visible_until == end


def test_editor_may_end_published_copy_earlier() -> None:
    article = licensed()
    desk.publish(article)
    soon = timezone.now() + timedelta(days=2)

    desk.revise(article, {"visible_until": soon})
    desk.publish(article)

    assert stored(article).visible_until == soon


def test_agency_named_afterwards_limits_too() -> None:
    article = make.draft()
    desk.publish(article)

    desk.revise(article, {"agency": make.agency("nda", expiry_days=30)})

    assert stored(article).visible_until == stored(article).published_at + DAYS  # type: ignore[operator]


def test_moment_that_is_moved_moves_the_end() -> None:
    article = licensed()
    first, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=9)
    desk.publish(article, at=first)

    desk.publish(article, at=later)

    assert stored(article).visible_until == later + DAYS


def test_embargo_counts_from_the_moment_it_ends() -> None:
    until = timezone.now() + timedelta(days=5)
    article = licensed(embargo_until=until)

    desk.publish(article)

    assert stored(article).visible_until == until + DAYS


@pytest.mark.parametrize("days", [0, 30])
def test_copy_whose_licence_is_over_is_refused_with_the_reason(days: int) -> None:
    article = make.draft(agency=make.agency("nda", expiry_days=days))

    with pytest.raises(desk.Refused, match=f"Texte von nda dürfen {days} Tage stehen, diese Frist ist seit"):
        desk.publish(article, at=make.MOMENT)

    assert stored(article).status == "draft"


def test_number_of_days_beyond_the_calendar_is_no_fault() -> None:
    article = make.draft(agency=make.agency("nda", expiry_days=2**31 - 1))

    desk.publish(article)

    assert stored(article).is_public()


def test_wire_copy_older_than_its_licence_waits_in_the_inbox_with_the_reason() -> None:
    by = delivering.feed(agency=make.agency("nda", expiry_days=30))

    outcome = take(sent(), by)

    assert outcome.code == "inbox"
    assert "diese Frist ist seit 05.03.2025" in delivering.row().reason


def test_wire_copy_of_today_ends_with_its_licence() -> None:
    by = delivering.feed(agency=make.agency("nda", expiry_days=30))
    now = timezone.now()

    take(sent(updated=now, issued=now), by, now=now)

    assert delivering.article_of().visible_until == now + DAYS


def test_reader_finds_nothing_after_the_end_and_no_cache_keeps_it_longer(client: Client) -> None:
    article = licensed()
    now = timezone.now()
    desk.publish(article, at=now - DAYS + timedelta(seconds=100))

    response = client.get(article.get_absolute_url())

    left = int(response.headers["Cache-Control"].split("s-maxage=")[1].split(",")[0])
    assert response.status_code == 200
    assert 90 <= left <= 100


def test_form_tells_editors_how_long_it_may_stand(client: Client) -> None:
    client.force_login(make.editor())
    article = licensed()
    path = reverse("admin:articles_article_change", args=[article.pk])
    assert "30 Tage ab Veröffentlichung" in client.get(path).content.decode()

    desk.publish(article, at=timezone.now())

    assert "30 Tage ab Veröffentlichung, höchstens bis" in client.get(path).content.decode()
