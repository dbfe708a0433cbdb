"""Sitemaps name everything readers may see and nothing else, and say honestly when it changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk
from articles.models import Article, Kind, SearchDocument, Tag
from articles.models.sitemap import BLOCK
from articles.text.elements import clean
from tests import make
from tests.pages.feeds.feedreader import texts
from tests.pages.sitemaps import crawler
from tests.pages.sitemaps.crawler import IMAGE, NEWS, ORIGIN, SITEMAP

pytestmark = pytest.mark.django_db
FEBRUARY = "/sitemap-2025-02.xml"
NEW_YEAR = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)  # in Berlin it is January already


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house()


def index(client: Client) -> dict[str, str]:
    return crawler.changes(crawler.read(client, "/sitemap.xml"))


def months(client: Client) -> list[str]:
    return list(index(client))


def with_id(pk: int, **fields: Any) -> Article:
    article = make.article(**fields)
    SearchDocument.objects.filter(article=article).delete()  # it knows the article by its id
    Article.objects.filter(pk=article.pk).update(id=pk)
    return Article.objects.get(pk=pk)


def test_the_index_names_each_month_with_the_last_change_in_it(client: Client) -> None:
    first, second = (make.article(name, at=datetime(2025, 2, day, 12, tzinfo=UTC)) for name, day in (("A", 3), ("B", 4)))
    third = make.article("C", at=datetime(2025, 1, 3, 12, tzinfo=UTC))
    for number, article in enumerate((first, second, third)):
        Article.objects.filter(pk=article.pk).update(changed_at=datetime(2025, 3, 9 - number, 1, 2, 3, tzinfo=UTC))

    assert index(client) == {FEBRUARY: "2025-03-09T01:02:03+00:00", "/sitemap-2025-01.xml": "2025-03-07T01:02:03+00:00"}
    assert crawler.changes(crawler.read(client, FEBRUARY)) == {
        first.get_absolute_url(): "2025-03-09T01:02:03+00:00", second.get_absolute_url(): "2025-03-08T01:02:03+00:00",
    }  # fmt: skip


def test_every_edit_is_told(client: Client) -> None:
    article = make.article()
    Article.objects.filter(pk=article.pk).update(changed_at=make.MOMENT)
    before = index(client)[FEBRUARY]

    desk.revise(article, {"body": "<p>Ohne Tippfehler.</p>"})

    assert index(client)[FEBRUARY] > before


def test_what_was_planned_counts_from_the_moment_it_appeared(client: Client) -> None:
    now = timezone.now().replace(microsecond=0)
    article = make.article(at=now - timedelta(minutes=1))
    Article.objects.filter(pk=article.pk).update(changed_at=now - timedelta(days=9))

    [change] = index(client).values()

    assert datetime.fromisoformat(change) == now - timedelta(minutes=1)


def test_a_month_is_one_of_utc(client: Client) -> None:
    make.article(at=NEW_YEAR)

    assert months(client) == ["/sitemap-2025-12.xml"]
    keys = client.get("/sitemap-2025-12.xml").headers["Surrogate-Key"].split()
    assert {"archive-2025-12-01", "archive-2025-12-31", "archive-2026-01-01"} <= set(keys)


def test_a_file_holds_no_more_ids_than_addresses_are_allowed(client: Client) -> None:
    with_id(BLOCK - 1, headline="Unten")
    above = with_id(BLOCK, headline="Oben")
    far = with_id(7 * BLOCK + 3, headline="Weit oben")

    assert months(client) == ["/sitemap-2025-02-7.xml", "/sitemap-2025-02-1.xml", FEBRUARY]
    assert crawler.paths(crawler.read(client, "/sitemap-2025-02-1.xml")) == [above.get_absolute_url()]
    assert crawler.paths(crawler.read(client, "/sitemap-2025-02-7.xml")) == [far.get_absolute_url()]


def test_index_and_files_agree(client: Client) -> None:
    for number in range(60):
        make.article(f"Nummer {number}", at=make.MOMENT - timedelta(days=11 * number))
    named: dict[str, str] = {}
    for path, change in index(client).items():
        inside = crawler.changes(crawler.read(client, path))
        assert max(inside.values()) == change
        named |= inside

    assert set(named) == {article.get_absolute_url() for article in Article.objects.select_related("category")}


def test_public_pictures_stand_beside_their_article(client: Client) -> None:
    shown = make.article("Mit Bild", picture=make.picture())
    make.article("Ohne Zuschnitt", picture=make.picture(rendered=False))
    make.article("Ohne Rechte", picture=make.picture(rights_until=make.MOMENT))

    root = crawler.read(client, FEBRUARY)

    images = {path: [loc.text for loc in entry.iter(f"{IMAGE}loc")] for path, entry in zip(crawler.paths(root), root, strict=True)}
    assert [path for path, found in images.items() if found] == [shown.get_absolute_url()]
    [address] = images[shown.get_absolute_url()]
    assert address == f"{ORIGIN}/bild/{shown.picture.rendition_key}-16x9-1280.jpg"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [
    "/sitemap-2025-03.xml", "/sitemap-2025-13.xml", "/sitemap-2025-00.xml", "/sitemap-2025-02-1.xml", "/sitemap-2025-02-0.xml",
    "/sitemap-2025-02-99999.xml", "/sitemap-0000-01.xml", "/sitemap-2025-2.xml", "/sitemap-themen.xml", "/sitemap-autoren-3.xml",
    "/sitemap-bilder.xml", "/sitemap-2025-02.xml/",
])  # fmt: skip
def test_there_is_no_file_without_anything_in_it(client: Client, path: str) -> None:
    make.article()

    assert client.get(path).status_code == 404


def test_without_articles_there_are_only_pages(client: Client) -> None:
    make.category("Ausland")

    assert crawler.paths(crawler.read(client, "/sitemap.xml")) == ["/sitemap-seiten.xml"]
    assert crawler.paths(crawler.read(client, "/sitemap-seiten.xml")) == ["/", "/ausland/", "/ticker/", "/archiv/", "/feeds/"]


def test_lists_that_readers_can_open_are_named(client: Client) -> None:
    make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    make.draft("Entwurf", tags=["Geheim"], authors=["Kim Osei"], agency=make.agency("zda"))
    Tag.objects.create(name="Alt", slug="alt", merged_into=make.tag("Russland"))
    make.page()

    named = [path for path in crawler.paths(crawler.read(client, "/sitemap.xml")) if path != FEBRUARY]
    inside = [path for name in named for path in crawler.paths(crawler.read(client, name))]

    assert named == ["/sitemap-seiten.xml", "/sitemap-themen.xml", "/sitemap-autoren.xml"]
    assert inside == ["/", "/ausland/", "/quelle/nda/", "/ticker/", "/archiv/", "/feeds/", "/impressum/", "/thema/russland/",
                      "/autor/helene-kramer/"]  # fmt: skip
    assert {client.get(path).status_code for path in inside} == {200}
    stamp = make.MOMENT.isoformat()
    assert crawler.changes(crawler.read(client, "/sitemap-themen.xml")) == {"/thema/russland/": stamp}
    assert crawler.changes(crawler.read(client, "/sitemap-seiten.xml"))["/ausland/"] == stamp


def test_topics_are_parted_by_their_ids(client: Client) -> None:
    article = make.article(tags=["Unten"])
    desk.set_tags(article, [make.tag("Unten"), Tag.objects.create(name="Oben", pk=BLOCK + 5)])
    desk.publish(article)

    assert "/sitemap-themen-1.xml" in crawler.paths(crawler.read(client, "/sitemap.xml"))
    assert crawler.paths(crawler.read(client, "/sitemap-themen-1.xml")) == ["/thema/oben/"]
    assert crawler.paths(crawler.read(client, "/sitemap-themen.xml")) == ["/thema/unten/"]


class TestNews:
    """`/sitemap-news.xml`."""

    PATH = "/sitemap-news.xml"

    def test_it_holds_what_appeared_within_48_hours(self, client: Client) -> None:
        now = timezone.now()
        make.article("Älter", at=now - timedelta(hours=48, seconds=5))
        new = make.article("Neu & »wichtig«", at=now - timedelta(hours=47))

        root = crawler.read(client, self.PATH)

        [entry] = root
        assert crawler.paths(root) == [new.get_absolute_url()]
        assert [next(entry.iter(f"{NEWS}{name}")).text for name in ("name", "language", "title")] == ["Tagblatt", "de", "Neu & »wichtig«"]
        assert datetime.fromisoformat(str(next(entry.iter(f"{NEWS}publication_date")).text)) == new.published_at.replace(microsecond=0)  # type: ignore[union-attr]

    def test_it_holds_a_thousand_at_most(self, client: Client) -> None:
        make.articles(1003, first=timezone.now(), step=timedelta(seconds=30))

        root = crawler.read(client, self.PATH)

        assert len(root) == 1000
        assert next(root[0].iter(f"{NEWS}title")).text == "Meldung 0"

    def test_advertising_is_no_news(self, client: Client) -> None:
        now = timezone.now()
        make.article("Küche", at=now, kind=Kind.ADVERTISEMENT)
        make.article("Nachricht", at=now)

        assert len(crawler.read(client, self.PATH)) == 1

    def test_titles_are_those_of_the_page_and_cannot_break_it(self, client: Client) -> None:
        make.house(quote_style="guillemets", name="A & B")
        article = make.article('Er sagt "Nein" & geht', at=timezone.now())
        Article.objects.filter(pk=article.pk).update(headline='"Nein" <b> ]]> \x0b\ufffe')

        [title] = crawler.read(client, self.PATH).iter(f"{NEWS}title")

        assert title.text == clean("»Nein« <b> ]]>")

    def test_it_ends_when_its_oldest_is_two_days_old(self, client: Client) -> None:
        make.article(at=timezone.now() - timedelta(hours=48) + timedelta(seconds=50))

        assert "s-maxage=4" in client.get(self.PATH).headers["Cache-Control"]

    def test_without_news_it_is_empty(self, client: Client) -> None:
        assert client.get(self.PATH).status_code == 200


@pytest.mark.parametrize("act", [desk.withdraw, desk.hold])
def test_what_is_taken_back_is_gone_from_every_file(client: Client, act: Any) -> None:
    now = timezone.now()
    article, other = (make.article(name, tags=[name], at=now) for name in ("Weg", "Bleibt"))
    here = f"/sitemap-{now.astimezone(UTC):%Y-%m}.xml"

    act(article)

    for path in (here, "/sitemap-news.xml"):
        assert crawler.paths(crawler.read(client, path)) == [other.get_absolute_url()]
    assert crawler.paths(crawler.read(client, "/sitemap-themen.xml")) == ["/thema/bleibt/"]


@pytest.mark.parametrize("path", ["/sitemap.xml", FEBRUARY, "/sitemap-news.xml", "/sitemap-seiten.xml", "/sitemap-themen.xml"])
def test_caches_and_crawlers_are_told_as_for_a_page(client: Client, path: str) -> None:
    article = make.article(tags=["Russland"])
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "br"})

    assert again.status_code == 304
    assert first.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert "s-maxage=300" in first.headers["Cache-Control"]
    assert set(first.headers["Surrogate-Key"].split()) & desk.page_keys(article)


def test_a_file_ends_when_something_in_it_does(client: Client) -> None:
    soon = timezone.now() + timedelta(seconds=50)
    make.article("Endet", visible_until=soon)
    make.article("Bild endet", at=make.MOMENT - timedelta(days=60), picture=make.picture(rights_until=soon))
    make.article("Bleibt", at=make.MOMENT - timedelta(days=90))

    ends = {path: "s-maxage=4" in client.get(path).headers["Cache-Control"] for path in months(client)}

    assert ends == {FEBRUARY: True, "/sitemap-2024-12.xml": True, "/sitemap-2024-11.xml": False}


def test_the_index_takes_the_same_queries_for_many_months(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        make.article(f"Nummer {number}", at=make.MOMENT - timedelta(days=31 * number))

    with django_assert_max_num_queries(7):
        client.get("/sitemap.xml")
    with django_assert_max_num_queries(3):
        client.get(FEBRUARY)


def test_nothing_is_counted_or_skipped(client: Client) -> None:
    make.article()
    with CaptureQueriesContext(connection) as captured:
        for path in ("/sitemap.xml", FEBRUARY, "/sitemap-news.xml", "/sitemap-seiten.xml"):
            client.get(path)

    assert not [sql for sql in (query["sql"] for query in captured) if "COUNT(" in sql or "OFFSET" in sql or 'article"."body"' in sql]


def test_names_of_the_schemas_are_the_published_ones(client: Client) -> None:
    make.article(picture=make.picture())

    assert crawler.read(client, FEBRUARY).tag == f"{SITEMAP}urlset"
    assert texts(crawler.read(client, FEBRUARY)[0], f"{IMAGE}image")
