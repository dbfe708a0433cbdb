"""All feeds together: a page for people, and an OPML file that a reader's program takes as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Agency, Article, Author, Authorship, Tag, Tagging
from articles.pages.facts import absolute, list_json_ld
from articles.pages.feeds.entries import FORMS
from articles.pages.furniture import Furniture, furniture
from articles.pages.response import document, page, readers
from articles.text.elements import DECLARATION, Xml, element

MOST = 1000  # of authors, of topics; by name
OPML = "text/x-opml; charset=utf-8"
NAMES = {"rss.xml": "RSS", "atom.xml": "Atom", "feed.json": "JSON Feed"}


@dataclass(frozen=True)
class Listed:
    """A list that has feeds."""

    name: str
    path: str

    @property
    def feeds(self) -> list[tuple[str, str]]:
        """What each is called, and where it lies."""
        return [(NAMES[form], f"{self.path}{form}") for form in FORMS]


@readers
def show(request: HttpRequest) -> HttpResponse:
    """Three queries."""
    around = furniture()
    path, title = reverse("articles:feeds"), _("Feeds")
    context = {
        "title": title, "canonical": path, "json_ld": list_json_ld(title, path), "feeds": "/",
        "description": _("Alle Listen dieser Website für Leseprogramme, als RSS, Atom und JSON Feed."),
        "groups": [(_("Alles"), [_everything(around)]), (_("Ressorts"), _categories(around)), (_("Quellen"), _sources(around))],
    }  # fmt: skip
    return page(request, "pages/feeds.html", context, keys=["front"], around=around)


@readers
def show_opml(request: HttpRequest) -> HttpResponse:
    """Of each list the RSS feed; five queries."""
    around = furniture()
    groups = [
        (_("Ressorts"), _categories(around)), (_("Quellen"), _sources(around)),
        (_("Autoren"), _seen(Author.objects.all(), Authorship, "author", around)),
        (_("Themen"), _seen(Tag.objects.filter(merged_into=None), Tagging, "tag", around)),
    ]  # fmt: skip
    outlines = [_outline(_everything(around)), *(element("outline", *map(_outline, lists), text=name) for name, lists in groups if lists)]
    head = element("head", element("title", _("Feeds von %s") % around.house.name))
    made = DECLARATION + element("opml", head, element("body", *outlines), version="2.0")
    return document(request, made, keys=["front"], around=around, kind=OPML)


def _outline(listed: Listed) -> Xml:
    address = absolute(f"{listed.path}rss.xml")
    return element("outline", type="rss", text=listed.name, title=listed.name, xmlUrl=address, htmlUrl=absolute(listed.path))


def _everything(around: Furniture) -> Listed:
    return Listed(around.house.name, "/")


def _categories(around: Furniture) -> list[Listed]:
    return [Listed(category.name, category.get_absolute_url()) for category in around.categories]


def _sources(around: Furniture) -> list[Listed]:
    return _seen(Agency.objects.all(), Article, "agency", around)


def _seen(rows: Any, links: Any, name: str, around: Furniture) -> list[Listed]:
    """Those of which readers may see an article."""
    seen = Exists(links.objects.filter(**{name: OuterRef("pk")}).public(around.now))
    return [Listed(row.name, row.get_absolute_url()) for row in rows.filter(seen).only("name", "slug").order_by("name")[:MOST]]
