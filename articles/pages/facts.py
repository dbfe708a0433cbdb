"""What machines read about an article; Open Graph, JSON-LD and the print line are all made from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.media.renditions import RATIOS, WIDTHS, filename, widths_for
from articles.models import Article, House, Kind, Picture
from articles.text import dates, typography

# Inside <script> only these could end the element or start another; JSON has an escape for each.
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
TYPES = {Kind.OPINION: "OpinionNewsArticle", Kind.ANALYSIS: "AnalysisNewsArticle", Kind.BACKGROUND: "BackgroundNewsArticle",
         Kind.ADVERTISEMENT: "AdvertiserContentArticle"}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Addresses are absolute; times are aware."""

    url: str
    headline: str
    description: str
    section: str
    section_url: str
    published: datetime
    modified: datetime
    keywords: tuple[str, ...]
    authors: tuple[tuple[str, str], ...]
    agency: str
    agency_url: str
    credit: str
    pictures: tuple[tuple[str, int, int], ...]
    kind: str
    house: str

    @property
    def printed(self) -> str:
        """As it stands on the page. Networks get it with plain blanks: programs compare their title with the page's."""
        return typography.headline(self.headline)

    @property
    def by(self) -> list[str]:
        """Who says it: authors, else the agency, else the house."""
        return [name for name, _ in self.authors] or [self.agency or self.house]

    @property
    def json_ld(self) -> SafeString:
        return script([self._article(), breadcrumbs([(self.section, self.section_url), (self.printed, self.url)])])

    def _article(self) -> dict[str, Any]:
        publisher = organisation(self.house)
        people = [{"@type": "Person", "name": name, "url": url} for name, url in self.authors]
        source = {"@type": "Organization", "name": self.agency, "url": self.agency_url}
        entry: dict[str, Any] = {
            "@type": TYPES.get(Kind(self.kind), "NewsArticle"),
            "@id": self.url,
            "mainEntityOfPage": self.url,
            "headline": self.printed,
            "description": self.description,
            "datePublished": dates.iso(self.published),
            "dateModified": dates.iso(self.modified),
            "articleSection": self.section,
            "genre": "" if self.kind == Kind.REPORT else str(Kind(self.kind).label),
            "keywords": list(self.keywords),
            "inLanguage": "de",
            "isAccessibleForFree": True,
            "author": people or [source if self.agency else publisher],
            "publisher": publisher,
            "image": [{"@type": "ImageObject", "url": url, "width": w, "height": h} for url, w, h in self.pictures],
        }
        if self.agency:
            entry |= {"sourceOrganization": source, "creditText": self.credit}
        return {key: value for key, value in entry.items() if value not in ("", [])}


def article_facts(
    article: Article, house: House, *, tags: list[tuple[str, str]], authors: list[tuple[str, str]], picture: Picture | None, description: str,
) -> Facts:  # fmt: skip
    """tags, authors: names and paths, in order."""
    assert article.published_at is not None  # noqa: S101 - the gate lets nothing else through
    agency = article.agency
    return Facts(
        url=absolute(article.get_absolute_url()),
        headline=typography.one_line(typography.quotes(article.headline, style=house.quote_style)),
        description=typography.quotes(description, style=house.quote_style),
        section=article.category.name,
        section_url=absolute(article.category.get_absolute_url()),
        published=article.published_at,
        modified=article.updated_at or article.published_at,
        keywords=tuple(name for name, _ in tags),
        authors=tuple((name, absolute(path)) for name, path in authors),
        agency=agency.name if agency else "",
        agency_url=(agency.address or absolute(agency.get_absolute_url())) if agency else "",
        credit=agency.credit_line if agency else "",
        pictures=tuple(_pictures(picture)) if picture else (),
        kind=article.kind,
        house=house.publisher or house.name,
    )


def _pictures(picture: Picture) -> list[tuple[str, int, int]]:
    """The largest of each ratio, as search engines ask for them."""
    found = []
    for ratio, (across, down) in RATIOS.items():
        width = max(widths_for(picture.width, picture.height, ratio), default=WIDTHS[ratio][0])
        path = reverse("articles:picture", args=[filename(picture.rendition_key, ratio, width, "jpg")])
        found.append((absolute(path), width, round(width * down / across)))
    return found


def share_of(picture: Picture) -> tuple[str, int, int]:
    """What networks show beside a link to a page with that picture: address, width, height."""
    return _pictures(picture)[0]


def absolute(path: str) -> str:
    """With the canonical origin, never with what a request claims."""
    return f"{settings.SITE_URL}{path}"


def organisation(name: str) -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization", "name": name, "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": absolute(reverse("articles:icon", args=[512])), "width": 512, "height": 512},
    }  # fmt: skip


def breadcrumbs(trail: list[tuple[str, str]]) -> dict[str, Any]:
    """trail: names and absolute addresses, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url} for place, (name, url) in enumerate(trail, 1)
        ],
    }


def list_json_ld(name: str, path: str) -> SafeString:
    """For a page that lists articles."""
    return script([{"@type": "CollectionPage", "name": name, "url": absolute(path)}, breadcrumbs([(name, absolute(path))])])


def script(graph: list[dict[str, Any]]) -> SafeString:
    """JSON that cannot leave its element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE_IN_SCRIPT))
