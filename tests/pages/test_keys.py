"""What a page hangs on: whatever changes what it prints is announced under one of its keys, or ends it by its moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.media import rendering
from articles.models import Article, Teaser
from articles.pages.archive import day_url
from articles.pages.article import render
from articles.signals import pages_changed
from articles.text.dates import berlin_day
from articles.wire import pictures
from tests import make
from tests.page import close


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house(related_count=4)


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    """Keys announced by an act, and those of them that were announced hard."""
    announced: list[tuple[frozenset[str], bool]] = []

    def hear(*, keys: frozenset[str], hard: bool, **_: Any) -> None:
        announced.append((keys, hard))

    def during(act: Any) -> tuple[set[str], set[str]]:
        announced.clear()
        make.settle()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        soft = {key for keys, _ in announced for key in keys}
        return soft, {key for keys, hard in announced for key in keys if hard}

    pages_changed.connect(hear, weak=False)
    yield during
    pages_changed.disconnect(hear)


def keys_of(client: Client, path: str) -> set[str]:
    response = client.get(path)
    close(response)
    return set(response.headers["Surrogate-Key"].split())


def ends(client: Client, path: str) -> datetime | None:
    """The moment from which the page would be wrong, as the cache is told."""
    response = client.get(path)
    close(response)
    moment = response.wsgi_request.META["newsroom.until"]
    return datetime.fromtimestamp(moment, tz=timezone.get_default_timezone()) if moment else None


def soon(minutes: int = 30) -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(minutes=minutes)


def test_related_news_that_share_nothing_are_heard_of(client: Client, heard: Any) -> None:
    """They fill the list to the last place: then, too, one of them may be withdrawn."""
    others = [make.article(f"Anderswo {number}", category="Inland") for number in range(6)]
    article = make.article(category="Ausland", tags=["USA"])
    keys = keys_of(client, article.get_absolute_url())

    _, hard = heard(lambda: desk.withdraw(others[-1]))

    assert "Anderswo 5" not in client.get(article.get_absolute_url()).content.decode()
    assert keys & hard


def test_an_article_with_enough_of_its_own_hangs_on_no_others(client: Client) -> None:
    make.article("Anderswo", category="Inland")
    articles = [make.article(f"Meldung {number}", tags=["USA"]) for number in range(6)]

    assert "front" not in keys_of(client, articles[0].get_absolute_url())


def test_what_stands_beside_a_category_ends_its_page(client: Client) -> None:
    make.article(category="Ausland")
    end = soon()
    make.article("Anderswo", category="Inland", visible_until=end)

    assert ends(client, "/ausland/") == end


@pytest.mark.parametrize("field", ["visible_until", "embargo_until"])
def test_an_edit_that_hides_an_article_is_as_hard_as_a_withdrawal(heard: Any, field: str) -> None:
    article = make.article(tags=["USA"])
    moment = timezone.now() + timedelta(seconds=3600 if field == "embargo_until" else -1)

    _, hard = heard(lambda: desk.revise(article, {field: moment}))

    assert {article.page_key, article.category.page_key, "front", "ticker"} <= hard


def test_other_edits_are_soft(heard: Any) -> None:
    article = make.article()

    soft, hard = heard(lambda: desk.revise(article, {"headline": "Neu", "visible_until": soon()}))

    assert article.page_key in soft
    assert hard == set()


@pytest.mark.parametrize("act", ["withdraw", "publish", "move", "hide"])
def test_every_page_with_the_breaking_line_hears_of_its_article(client: Client, heard: Any, act: str) -> None:
    article = make.draft() if act == "publish" else make.article()
    make.breaking(article=article)
    keys = keys_of(client, "/impressum/")
    acts = {
        "withdraw": lambda: desk.withdraw(article), "publish": lambda: desk.publish(article),
        "move": lambda: desk.revise(article, {"category": make.category("Inland")}),
        "hide": lambda: desk.revise(article, {"visible_until": timezone.now()}),
    }  # fmt: skip

    soft, _ = heard(acts[act])

    assert keys & soft


def test_a_correction_of_the_breaking_lines_article_leaves_other_pages_alone(client: Client, heard: Any) -> None:
    article = make.article()
    make.breaking(article=article)
    keys = keys_of(client, "/impressum/")

    soft, _ = heard(lambda: desk.revise(article, {"body": "<p>Neu.</p>"}, kind="correction"))

    assert not keys & soft


def test_once_the_breaking_line_is_over_its_article_is_like_any_other(client: Client, heard: Any) -> None:
    article = make.article()
    now = timezone.now()
    make.breaking(article=article, visible_from=now - timedelta(hours=2), visible_until=now - timedelta(hours=1))
    keys = keys_of(client, "/impressum/")

    soft, _ = heard(lambda: desk.withdraw(article))

    assert not keys & soft


def test_the_link_of_the_breaking_line_ends_with_its_article(client: Client) -> None:
    end = soon()
    make.breaking(article=make.article(visible_until=end))

    assert ends(client, "/impressum/") == end


def test_an_old_address_leads_nowhere_once_its_article_has_ended(client: Client) -> None:
    end = soon()
    article = make.article(visible_until=end)

    assert ends(client, f"/inland/alt-{article.pk}/") == end


def test_the_pages_of_other_days_hear_of_a_day_that_appears_or_goes(client: Client, heard: Any) -> None:
    first = make.article(at=make.MOMENT)
    keys = keys_of(client, day_url(berlin_day(make.MOMENT)))
    another = make.draft("Tags darauf")

    appeared, _ = heard(lambda: desk.publish(another, at=make.MOMENT + timedelta(days=1)))
    assert "archive" in keys & appeared

    third = make.draft("Am selben Tag")
    again, _ = heard(lambda: desk.publish(third, at=make.MOMENT))
    assert keys & again == {f"archive-{berlin_day(make.MOMENT).isoformat()}"}

    _, gone = heard(lambda: desk.withdraw(another))
    assert "archive" in gone
    assert first.is_public()


def test_the_rights_to_an_authors_portrait_end_their_page(client: Client) -> None:
    end = soon()
    author = make.author(picture=make.picture(rights_until=end))
    make.article(authors=[author.name])

    assert ends(client, author.get_absolute_url()) == end


def test_the_rights_to_a_teasers_own_picture_end_the_front_page(client: Client) -> None:
    end = soon(1)
    make.pin(make.article(), make.positions()["lead"], picture=make.picture(rights_until=end))

    assert ends(client, "/") == end


def test_the_front_page_ends_when_its_lead_becomes_yesterdays(client: Client) -> None:
    make.positions()
    published = timezone.now().replace(microsecond=0) - timedelta(hours=23, minutes=59)
    make.article(at=published, urgency=2)

    assert ends(client, "/") == published + timedelta(hours=24)


def test_an_article_ends_when_it_is_old_enough_for_what_surrounded_it(client: Client) -> None:
    published = timezone.now().replace(microsecond=0) - timedelta(days=89)
    article = make.article(at=published)

    assert ends(client, article.get_absolute_url()) == published + timedelta(days=90)


def test_the_page_for_404_ends_with_its_day(client: Client) -> None:
    end = ends(client, "/gibt-es-nicht/")

    assert end is not None
    assert end.astimezone(make.MOMENT.astimezone().tzinfo) - timezone.now() <= timedelta(days=1)


def test_a_rendition_ends_with_its_rights(client: Client, media_folder: Path) -> None:
    end = soon()
    picture = make.picture(rights_until=end, rendered=False)
    rendering.render(picture)
    path = reverse("articles:picture", args=[next((media_folder / "renditions").iterdir()).name])

    assert ends(client, path) == end
    response = client.get(path)
    close(response)
    control = response.headers["Cache-Control"]
    assert 1700 <= int(control.split("max-age=")[1].split(",")[0]) <= 1800


def test_a_killed_picture_is_gone_from_the_cache_as_well(client: Client, media_folder: Path, heard: Any) -> None:
    picture = make.picture(rendered=False)
    rendering.render(picture)
    path = reverse("articles:picture", args=[next((media_folder / "renditions").iterdir()).name])
    keys = keys_of(client, path)

    _, hard = heard(lambda: pictures.remove_unused([picture.pk]))

    assert keys & hard
    assert client.get(path).status_code == 404


def test_a_topic_hears_of_new_names_of_those_beside_it(client: Client) -> None:
    make.article(tags=["USA", "Zölle"])
    keys = keys_of(client, make.tag("USA").get_absolute_url())

    assert make.tag("Zölle").name_key in keys
    assert make.tag("Zölle").page_key not in keys


def test_nothing_else_hangs_on_a_teaser_in_lists(client: Client) -> None:
    article = make.article()
    Teaser.objects.create(article=article, headline="Anders gesagt")

    assert "Anders gesagt" in client.get("/ausland/").content.decode()
    assert Article.objects.public().count() == 1


def test_what_ends_while_its_page_is_made_ends_the_page(client: Client) -> None:
    """Looked up just before its end and printed just after it, it must not stay for minutes."""
    begun = timezone.now() - timedelta(seconds=2)
    article = make.article(visible_until=timezone.now() + timedelta(seconds=60))
    Article.objects.filter(pk=article.pk).update(visible_until=begun + timedelta(seconds=1))
    article.refresh_from_db()
    request = RequestFactory().get(article.get_absolute_url())
    request.META["newsroom.begun"] = begun.timestamp()

    response = render(request, article)

    assert request.META["newsroom.until"] == (begun + timedelta(seconds=1)).timestamp()
    assert "max-age=0" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/sitemap-news.xml", "/sitemap.xml", "/rss.xml", "/atom.xml", "/feed.json"])
def test_what_machines_read_changes_with_each_publishing(client: Client, heard: Any, path: str) -> None:
    make.article("Vorher", at=timezone.now())
    keys = keys_of(client, path)
    draft = make.draft("Soeben")
    soft, _ = heard(lambda: desk.publish(draft))
    assert soft & keys
    close(client.get(path))
