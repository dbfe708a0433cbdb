"""Nothing of what is hidden leaks: a marker in every field of every hidden article, and a walk over every public address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.desk.announcing import sight_keys
from articles.media.renditions import filename
from articles.models import Article, Tag
from tests import make

pytestmark = pytest.mark.django_db
MARKER = re.compile(r"zw(?:ö|oe|\\u00f6|%c3%b6)lfkornquark", re.IGNORECASE)
WORD = "Zwölfkornquark"
ADDRESS = re.compile(r"(?:href|src|srcset|content)=\"([^\"]+)\"|https://tagblatt\.example(/[^\s\"\\<]*)")
STARTS = ["/", "/ticker/", "/archiv/", "/impressum/", "/datenschutz/", "/gibt-es-nicht/", "/ausland/?vor=20250101000000-1",
          "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt",
          "/.well-known/tdmrep.json", "/feeds/", "/feeds.opml",
          "/suche/", "/suche/?q=Vorspann", "/suche/?q=Text+Geheim&sortierung=beste", "/suche/?q=Rat", "/suche/?ressort=ausland",
          "/suche/?thema=Russland", "/suche/?form=bericht&q=Vorspan"]  # fmt: skip
FORMS = ("rss.xml", "atom.xml", "feed.json")


def _draft(**fields: Any) -> Article:
    """With the word in every field that an article, and what hangs on it, has."""
    article = make.draft(
        f"Geheim {WORD}", kicker=WORD, lead=f"Vorspann {WORD}.", body=f"<p>Text {WORD}.</p>", dateline=WORD, caption=WORD,
        tags=["Russland", f"Schlagwort {WORD}"], authors=["Helene Kramer", f"Autorin {WORD}"],
        agency=make.agency(WORD[:20].lower().replace("ö", "oe"), name=f"Agentur {WORD}", description=WORD),
        picture=make.picture(alt=WORD, caption=WORD, credit=WORD, title=WORD), urgency=1, **fields,
    )  # fmt: skip
    desk.set_further_categories(article, [make.category("Inland")])
    make.own_teaser(article, headline=f"Teaser {WORD}", text=f"Teasertext {WORD}.")
    make.pin(article, make.positions()["lead"], headline=f"Platz {WORD}", text=WORD)
    make.breaking(f"Eil {WORD}", article=article)
    return article


def _published(**fields: Any) -> Article:
    article = _draft(**{name: value for name, value in fields.items() if name != "at"})
    desk.publish(article, at=fields.get("at", make.MOMENT))
    desk.correct(article, f"Richtig ist {WORD}.")
    desk.revise(article, {"lead": f"Neuer Vorspann {WORD}."}, kind="update")
    return article


def _review() -> Article:
    article = _draft()
    desk.send_to_review(article)
    return article


def _embargoed_afterwards() -> Article:
    article = _published()
    desk.revise(article, {"embargo_until": timezone.now() + timedelta(hours=1)})
    return article


def _held() -> Article:
    article = _published()
    desk.hold(article)
    return article


def _withdrawn() -> Article:
    article = _published()
    desk.withdraw(article)
    return article


HIDDEN: dict[str, Callable[[], Article]] = {
    "draft": _draft,
    "review": _review,
    "planned": lambda: _published(at=timezone.now() + timedelta(hours=1)),
    "embargoed": lambda: _published(embargo_until=timezone.now() + timedelta(hours=1)),
    "embargoed afterwards": _embargoed_afterwards,
    "expired": lambda: _published(visible_until=make.MOMENT + timedelta(hours=1)),
    "held": _held,
    "withdrawn": _withdrawn,
}


@dataclass(frozen=True)
class Walk:
    """Every address that was met, and those whose answer holds the word."""

    visited: dict[str, int]
    hits: list[str]


def walk(client: Client, starts: list[str]) -> Walk:
    """Follow every address that any answer names, until nothing new comes."""
    waiting, visited, hits = list(starts), {}, []
    while waiting:
        path = waiting.pop()
        if path in visited:
            continue
        response = client.get(path)
        visited[path] = response.status_code
        body = response.getvalue().decode("utf-8", "replace")
        said = body + str({name: value for name, value in response.headers.items() if name != "Location"})
        if MARKER.search(said):
            hits.append(path)
        waiting += named(body) if re.search("html|application/xml", response.headers.get("Content-Type", "")) else []
        waiting += [response.headers["Location"]] if "Location" in response.headers else []
    return Walk(visited, hits)


def named(body: str) -> Iterator[str]:
    for attribute, absolute in ADDRESS.findall(body):
        for part in (absolute or attribute).split(","):
            path = part.strip().split(" ")[0].removeprefix("https://tagblatt.example").split("#")[0].replace("&amp;", "&")
            if path.startswith("/") and not path.startswith("/static/"):
                yield path


def guessed(article: Article) -> list[str]:
    """Addresses that somebody who knows or suspects something would try."""
    moment = timezone.localtime(article.published_at or article.changed_at)
    own = article.get_absolute_url()
    picture = filename(article.picture.rendition_key, "16x9", 640, "jpg") if article.picture else ""
    lists = [
        *[tag.get_absolute_url() for tag in Tag.objects.all()],
        *[author.get_absolute_url() for author in article.authors.all()],
        article.agency.get_absolute_url() if article.agency else "/", "/inland/", "/ausland/",
    ]  # fmt: skip
    return [
        *lists, *[f"{path}{form}" for path in lists for form in FORMS],
        own, own.rstrip("/"), own.upper(), f"/inland/{own.split('/')[2]}/", f"/ausland/x-{article.pk}/", f"{own}?vor=1",
        f"/sitemap-{moment:%Y-%m}.xml", "/sitemap-themen.xml", "/sitemap-autoren.xml", "/sitemap-seiten.xml",
        f"/archiv/{moment:%Y}/", f"/archiv/{moment:%Y/%m}/", f"/archiv/{moment:%Y/%m/%d}/", f"/bild/{picture}",
    ]  # fmt: skip


def _site(*, has_news: bool) -> None:
    """What readers may see: neighbours that share tag, author and category with what they may not."""
    make.house()
    make.page()
    for number in range(3):
        make.article(f"Öffentlich {number}", tags=["Russland", "USA"], authors=["Helene Kramer"], picture=make.picture())
    if has_news:
        make.article("Von heute", at=timezone.now() - timedelta(minutes=1), tags=["Russland"])


def test_walk_finds_the_word_where_it_is_public(client: Client) -> None:
    _site(has_news=False)
    article = _published()

    seen = walk(client, [*STARTS, *guessed(article)])

    for path in ("/", "/ticker/", "/ausland/", "/thema/russland/", article.get_absolute_url(), "/archiv/2025/02/24/", "/inland/",
                 "/rss.xml", "/atom.xml", "/feed.json", "/thema/russland/rss.xml", "/autor/helene-kramer/atom.xml", "/inland/feed.json", "/sitemap-2025-02.xml",
                 "/sitemap-themen.xml", "/sitemap-autoren.xml", "/feeds.opml"):  # fmt: skip
        assert path in seen.hits, path
    assert set(seen.visited.values()) <= {200, 301, 404}


@pytest.mark.parametrize("has_news", [True, False])
@pytest.mark.parametrize("state", HIDDEN)
def test_no_address_says_a_word_of_what_is_hidden(client: Client, state: str, has_news: bool) -> None:
    _site(has_news=has_news)
    article = HIDDEN[state]()

    seen = walk(client, [*STARTS, *guessed(article)])

    assert seen.hits == []
    assert len(seen.visited) > 40
    assert seen.visited[article.get_absolute_url()] == (410 if state == "withdrawn" else 404)


@pytest.mark.parametrize("state", HIDDEN)
def test_what_only_hidden_copy_uses_has_no_page_and_no_link(client: Client, state: str) -> None:
    _site(has_news=False)
    article = HIDDEN[state]()
    own = Tag.objects.get(name=f"Schlagwort {WORD}")
    other = Tag.objects.create(name="Aufgegangen", merged_into=own)
    Tag.objects.filter(pk=own.pk).update(description=f"Alles über {WORD}.")
    paths = [own.get_absolute_url(), other.get_absolute_url()]
    paths += [author.get_absolute_url() for author in article.authors.filter(name__contains=WORD)]
    paths += [article.agency.get_absolute_url()] if article.agency else []
    paths += [f"{path}{form}" for path in paths for form in FORMS]

    missing = client.get("/thema/nie-gesehen/")
    for path in paths:
        response = client.get(path)
        assert (response.status_code, response.content) == (404, missing.content), path
        assert dict(response.headers) == dict(missing.headers), path


def test_neighbours_page_is_the_same_with_and_without_what_is_hidden(client: Client) -> None:
    _site(has_news=False)
    neighbour = Article.objects.earliest("pk")
    paths = ["/", "/thema/russland/", "/autor/helene-kramer/", "/ausland/", "/archiv/2025/02/", neighbour.get_absolute_url()]
    make.category("Inland")
    make.positions()
    before = [client.get(path).content for path in paths]

    _draft()
    make.draft("Noch ein Entwurf", tags=["Russland", "Geheim"])

    assert [client.get(path).content for path in paths] == before


def test_breaking_line_comes_and_goes_with_its_article(client: Client) -> None:
    make.house()
    article = make.draft()
    make.breaking("Landtag stimmt zu", article=article)
    assert "Landtag stimmt zu" not in client.get("/").content.decode()

    desk.publish(article)
    assert "Landtag stimmt zu" in client.get("/").content.decode()

    desk.hold(article)
    assert "Landtag stimmt zu" not in client.get("/").content.decode()


def test_breaking_line_ends_with_its_article_and_no_cache_keeps_it_longer(client: Client) -> None:
    make.house()
    article = make.article(visible_until=timezone.now() + timedelta(seconds=40))
    make.breaking("Landtag stimmt zu", article=article)

    answer = client.get("/impressum/").headers["Cache-Control"]

    assert 30 <= int(answer.split("s-maxage=")[1].split(",")[0]) <= 40


def test_older_line_shows_while_the_newest_waits(client: Client) -> None:
    make.house()
    now = timezone.now()
    make.breaking("Die ältere Zeile", visible_from=now - timedelta(hours=1))
    make.breaking("Die neuere Zeile", visible_from=now - timedelta(minutes=1), article=make.draft())

    text = client.get("/").content.decode()

    assert "Die ältere Zeile" in text
    assert "Die neuere Zeile" not in text


def test_change_of_an_article_with_a_line_touches_every_page() -> None:
    article = make.article()
    assert "all" not in desk.page_keys(article)

    make.breaking(article=article)

    assert "all" in sight_keys(article)
