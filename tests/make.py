"""Makes things for tests: every field has a default, nothing is random."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from PIL import Image

from articles import desk
from articles.media import intake
from articles.models import (
    Agency,
    Article,
    Author,
    Breaking,
    Category,
    Correction,
    Feed,
    House,
    Page,
    Picture,
    Position,
    ReadCount,
    ReadHour,
    Report,
    Status,
    Tag,
    Teaser,
)
from articles.text.slugs import slugify

LEAD = "Der Rat der Stadt hat nach langer Debatte entschieden. Was das für Anwohner heißt, steht noch nicht in allen Einzelheiten fest."
BODY = "<p>Der Rat hat am Montag entschieden.</p><p>Die Verwaltung legt bis März einen Plan vor.</p>"
MOMENT = datetime(2025, 2, 24, 20, 44, 10, tzinfo=UTC)  # 21:44:10 in Berlin
_numbers = count(1)


def settle() -> None:
    """As if all so far had been committed and told: a test is one transaction, and a transaction tells all at once."""
    transaction.get_connection().run_on_commit.clear()


def house(**fields: Any) -> House:
    return House.objects.update_or_create(pk=1, defaults={"name": "Tagblatt", **fields})[0]


def category(name: str = "Ausland", **fields: Any) -> Category:
    found = Category.objects.filter(name=name).first()
    return found or Category.objects.create(**{"name": name, "slug": slugify(name), "colour": "#0d655f", **fields})


def tag(name: str = "Ukraine", **fields: Any) -> Tag:
    found: Tag | None = Tag.objects.filter(name=name).first()
    return found or Tag.objects.create(name=name, **fields)


def author(name: str = "Helene Kramer", **fields: Any) -> Author:
    found = Author.objects.filter(name=name).first()
    return found or Author.objects.create(name=name, **fields)


def agency(short_name: str = "nda", **fields: Any) -> Agency:
    found = Agency.objects.filter(short_name=short_name).first()
    defaults = {
        "name": f"Agentur {short_name}", "slug": short_name, "credit_line": f"{short_name}.example",
        "address": f"https://{short_name}.example/",
    }  # fmt: skip
    return found or Agency.objects.create(short_name=short_name, **{**defaults, **fields})


def feed(slug: str = "nda", **fields: Any) -> Feed:
    given = fields.pop("agency", None)
    defaults = {"name": "Basisdienst", "agency": given or agency(), "rule": Feed.Rule.PUBLISH}
    return Feed.objects.create(slug=slug, **{**defaults, **fields})


def draft(
    headline: str = "Rat beschließt neuen Plan", *, tags: Iterable[str] = (), authors: Iterable[str] = (), **fields: Any
) -> Article:
    """An article nobody has seen yet."""
    department = fields.pop("category", None)
    if not isinstance(department, Category):
        department = category(department or "Ausland")
    article = Article.objects.create(
        **{"headline": headline, "lead": LEAD, "body": BODY, "category": department, "changed_at": MOMENT, **fields}
    )
    desk.set_tags(article, [tag(name) for name in tags])
    desk.set_authors(article, [author(name) for name in authors])
    return article


def article(headline: str = "Rat beschließt neuen Plan", *, at: datetime | None = None, **fields: Any) -> Article:
    """A published article; `at` may lie in the future."""
    made = draft(headline, **fields)
    desk.publish(made, at=at or MOMENT)
    return made


def articles(number: int, *, first: datetime = MOMENT, step: timedelta = timedelta(minutes=1), **fields: Any) -> list[Article]:
    """Many published articles, each a step older than the one before; no tags, no desk: for lists."""
    department = fields.pop("category", None) or category()
    return Article.objects.bulk_create(
        Article(
            headline=f"Meldung {n}", slug=f"meldung-{n}", lead=LEAD, body=BODY, category=department, status=Status.PUBLISHED,
            published_at=first - n * step, changed_at=first - n * step, version=1, **fields,
        )
        for n in range(number)
    )  # fmt: skip


def jpeg(width: int = 1600, height: int = 900, *, shade: int | None = None) -> bytes:
    """A picture file; each call gives another one unless the shade is given."""
    number = next(_numbers) if shade is None else shade
    stream = BytesIO()
    Image.new("RGB", (width, height), (number * 37 % 256, number * 91 % 256, number * 53 % 256)).save(stream, "JPEG")
    return stream.getvalue()


def picture(alt: str = "Kräne im Hafen", *, raw: bytes | None = None, rendered: bool = True, **fields: Any) -> Picture:
    original = intake.read(raw or jpeg())
    made = Picture(
        **{
            "alt": alt, "caption": "Kräne am alten Kai.", "credit": "Ole Petersen/nda", "hash": original.hash,
            "width": original.width, "height": original.height, "rendered_at": timezone.now() if rendered else None,
            **fields,
        },
    )  # fmt: skip
    made.file.save(f"{original.hash}.jpg", ContentFile(original.data))
    return made


def own_teaser(article: Article, **fields: Any) -> Teaser:
    return Teaser.objects.create(article=article, **fields)


def pin(article: Article, position: Position, **fields: Any) -> Teaser:
    return Teaser.objects.create(article=article, position=position, **fields)


def positions() -> dict[str, Position]:
    desk.ensure_positions()
    for department in Category.objects.all():
        desk.add_block(department)
    return {position.slug: position for position in Position.objects.all()}


def breaking(headline: str = "Landtag stimmt dem Bau zu", **fields: Any) -> Breaking:
    now = timezone.now()
    defaults = {"visible_from": now - timedelta(minutes=5), "visible_until": now + timedelta(hours=2)}
    return Breaking.objects.create(headline=headline, **{**defaults, **fields})


def correction(article: Article, text: str = "In einer früheren Fassung stand eine falsche Zahl.") -> Correction:
    return desk.correct(article, text)


def report(article: Article | None = None, text: str = "Der Kai hat 420 Meter, nicht 240.", **fields: Any) -> Report:
    return Report.objects.create(**{"article": article, "text": text, "form": f"form-{next(_numbers)}", **fields})


def reads(article: Article, count: int = 20, *, hours_ago: int = 1) -> ReadCount:
    """So many in one hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours_ago)
    known, _ = ReadHour.objects.get_or_create(hour=hour)
    ReadHour.objects.filter(pk=known.pk).update(people=F("people") + count)
    return ReadCount.objects.create(article=article, hour=hour, count=count)


def page(slug: str = "impressum", **fields: Any) -> Page:
    return Page.objects.create(**{"slug": slug, "title": slug.title(), "body": "<p>Tagblatt Verlag, Kaistraße 12.</p>", **fields})


def editor(role: str = "Redakteur", *, name: str = "") -> User:
    """Someone who may log in; Administrator is a superuser."""
    username = name or slugify(role)
    user = User.objects.create_user(username, password="geheim", is_staff=True, is_superuser=role == "Administrator")
    user.groups.add(Group.objects.get(name=role))
    return user
