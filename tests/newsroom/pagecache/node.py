"""A web process for tests: the real site behind its cache, asked and told to act by lines of JSON over a pipe.

python -m tests.newsroom.pagecache.node [--uncached]
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final

from django.contrib import admin
from django.db import close_old_connections, models, transaction

from articles import desk
from articles.front import keeping
from articles.models import Agency, Article, Author, Breaking, Category, House, Page, Picture, Position, Tag, Tagging, Teaser
from newsroom.pagecache.layer import PageCache
from newsroom.wsgi import application
from tests import make

READERS: Final = 6
NOBODY: Any = SimpleNamespace(user=None, META={}, POST={})
EMPTIED: Final = (Teaser, Breaking, Tagging, Article, Position, Tag, Author, Agency, Picture, Page, Category)


def ask(app: Callable[..., Any], path: str) -> dict[str, Any]:
    said: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})

    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }  # fmt: skip
    chunks = app(environ, start_response)
    body = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    headers = said["headers"]
    return {
        "status": said["status"], "location": headers.get("location", ""), "text": body.decode(), "stale": headers.get("x-stale", ""),
        "digest": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip


def moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)


def save(row: models.Model, *changed: str) -> None:
    """As the editors' form does: in one transaction, through the admin's own class."""
    room: Any = admin.site._registry[type(row)]
    with transaction.atomic():
        room.save_model(NOBODY, row, SimpleNamespace(changed_data=list(changed)), row.pk is not None)


class Acts:
    """What a line may ask for; each returns what the other side needs to know."""

    def begin(self) -> dict[str, Any]:
        """An empty newsroom with its furniture; ids go on, so that nothing ever has an address twice."""
        with transaction.atomic():
            for model in EMPTIED:
                model.objects.all().delete()
            make.house(related_count=3)
            categories = [make.category(name) for name in ("Ausland", "Inland", "Sport")]
            tags, authors = [make.tag(f"Wort {number}") for number in range(4)], [make.author(f"Autorin {n}") for n in range(2)]
            make.agency("nda")
            make.positions()
            desk.announce(["all"], hard=True)
        named: dict[str, list[Any]] = {"categories": categories, "tags": tags, "authors": authors}
        return {name: [row.pk for row in rows] for name, rows in named.items()}

    def draft(self, headline: str, category: int, tags: list[int], authors: list[int], **fields: Any) -> dict[str, Any]:
        with transaction.atomic():
            article = Article.objects.create(
                headline=headline,
                lead=f"Vorspann zu {headline}.",
                body=f"<p>Text von {headline}.</p>",
                category_id=category,
                **fields,
            )
            desk.set_tags(article, list(Tag.objects.filter(pk__in=tags)))
            desk.set_authors(article, list(Author.objects.filter(pk__in=authors)))
        return {"pk": article.pk, "path": article.get_absolute_url()}

    def publish(self, pk: int, at: float | None = None) -> dict[str, Any]:
        article = Article.objects.get(pk=pk)
        desk.publish(article, at=moment(at))
        assert article.published_at is not None
        return {"begins": article.published_at.timestamp()}

    def withdraw(self, pk: int) -> None:
        desk.withdraw(Article.objects.get(pk=pk))

    def hold(self, pk: int) -> None:
        desk.hold(Article.objects.get(pk=pk))

    def revise(self, pk: int, changes: dict[str, Any], kind: Any = "edit") -> dict[str, Any]:
        article = Article.objects.get(pk=pk)
        for name in {"visible_until", "embargo_until"} & changes.keys():
            changes[name] = moment(changes[name])
        if "category" in changes:
            changes["category"] = Category.objects.get(pk=changes["category"])
        desk.revise(article, changes, kind=kind)
        return {"path": article.get_absolute_url()}

    def correct(self, pk: int, text: str) -> None:
        desk.correct(Article.objects.get(pk=pk), text)

    def retag(self, pk: int, tags: list[int]) -> None:
        with transaction.atomic():
            article = Article.objects.get(pk=pk)
            before = desk.page_keys(article)
            if desk.set_tags(article, list(Tag.objects.filter(pk__in=tags))):
                desk.announce(before | desk.page_keys(article))

    def breaking(self, headline: str, article: int | None, starts: float, ends: float) -> dict[str, Any]:
        line = Breaking(headline=headline, article_id=article)
        line.visible_from, line.visible_until = moment(starts), moment(ends)  # type: ignore[assignment]
        save(line)
        return {"pk": line.pk}

    def unbreak(self, pk: int) -> None:
        with transaction.atomic():
            admin.site._registry[Breaking].delete_model(NOBODY, Breaking.objects.get(pk=pk))

    def pin(self, article: int, slug: str, headline: str, ends: float | None) -> None:
        place = Position.objects.get(slug=slug)
        teaser = Teaser.objects.filter(article=article, position=place).first() or Teaser(article_id=article, position=place)
        teaser.headline, teaser.visible_until = headline, moment(ends)
        save(teaser)

    def rename(self, what: str, pk: int, name: str) -> None:
        model: type[models.Model] = {"tag": Tag, "author": Author, "category": Category}[what]
        row: Any = model._base_manager.get(pk=pk)
        row.name = name
        save(row, "name")

    def house(self, name: str) -> None:
        row = House.objects.get(pk=1)
        row.name = name
        save(row, "name")

    def picture(self, article: int, alt: str, ends: float) -> None:
        with transaction.atomic():
            made = Picture.objects.create(
                alt=alt, credit="nda", hash=f"{article:016x}"[-16:] if article else "0" * 16, width=1600, height=900,
                rendered_at=datetime.now(UTC), rights_until=moment(ends),
            )  # fmt: skip
            desk.revise(Article.objects.get(pk=article), {"picture": made})

    def get(self, path: str) -> dict[str, Any]:
        return ask(APP, path)

    def crowd(self, path: str) -> list[dict[str, Any]]:
        return list(POOL.map(lambda _: ask(APP, path), range(READERS)))

    def forget(self) -> None:
        """As if this process had been started anew."""
        assert isinstance(application, PageCache)
        application.memory.clear()
        application.missing.clear()


assert isinstance(application, PageCache)
UNCACHED: Final = "--uncached" in sys.argv
APP: Final[Callable[..., Any]] = application.app if UNCACHED else application
POOL: Final = ThreadPoolExecutor(READERS)


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr
    if UNCACHED:
        keeping.register(None)
    acts = Acts()
    for line in sys.stdin:
        name, given = json.loads(line)
        close_old_connections()
        try:
            answer = {"is": getattr(acts, name)(**given)}
        except desk.Refused as refusal:
            answer = {"refused": str(refusal)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
