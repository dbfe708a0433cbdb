"""What programs take from an article's page that know nothing of us: title, times, author, text and tags, and no teaser's words."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import extruct
import newspaper
import pytest
import trafilatura
from django.test import Client
from readability import Document

from articles.models import Article, Kind, Tagging
from tests import make

pytestmark = pytest.mark.django_db
LEAST = 0.97  # of the text found, and of what was found text
DAYS = (
    "Der Rat der Stadt hat am Montag nach langer Debatte über den zweiten Kai entschieden. Gegen den Plan stimmten die Umlandgemeinden.",
    "Die Kosten trägt zu zwei Dritteln das Land. Für die Stadt bleibt ein Betrag, der «im laufenden Haushalt zu stemmen» sei, sagte Kämmerin Öztürk.",
    "Baubeginn ist im Herbst kommenden Jahres, die Bauzeit beträgt 26 Monate. Während dieser Zeit fahren die Fähren vom alten Anleger.",
    "Naturschützer kündigten eine Klage an. Sie halten das Gutachten zu den Brutplätzen der Seeschwalben für überholt, weil es aus dem Jahr 2011 stammt.",
    "Ein Sprecher der Reederei wies das zurück: Man habe dreimal nachgezählt. Die Zahlen lägen seit Mai öffentlich aus.",
)


def paragraphs(number: int, *, first: int = 0) -> str:
    """So many, no two alike."""
    return "".join(f"<p>{DAYS[n % len(DAYS)]} Das war Punkt {n + 1} der Tagesordnung.</p>" for n in range(first, first + number))


@dataclass(frozen=True)
class Story:
    """headline: as it is printed. marks: words of the text alone."""

    headline: str
    body: str
    fields: dict[str, Any] = field(default_factory=dict)


STORIES = {
    "plain": Story("Ahrensmünde baut einen zweiten Kai", paragraphs(6), {"authors": ["Helene Kramer"], "tags": ["Häfen", "Seehandel"]}),
    "agency": Story("Börse schließt nach Zinsentscheid fester", paragraphs(4), {"agency": "nda", "dateline": "Oberweer (nda)", "tags": ["Börse"]}),
    "with headings": Story(
        "Was der neue Fahrplan für Pendler bedeutet",
        f"{paragraphs(2)}<h2>Mehr Züge am Abend</h2>{paragraphs(2, first=2)}<h2>Weniger am Sonntag</h2>{paragraphs(2, first=4)}",
        {"authors": ["Helene Kramer", "Ole Petersen"], "tags": ["Bahn", "Verkehr", "Fahrplan"], "kind": Kind.BACKGROUND},
    ),
    "with lists": Story(
        "Fünf Fragen zur Wärmewende",
        f"{paragraphs(3)}<ul><li>Wer muss seine Heizung tauschen und bis wann ist das Pflicht?</li><li>Was zahlt der Bund dazu, wenn man früher beginnt?</li>"
        f"</ul>{paragraphs(2, first=3)}<blockquote><p>„Wir haben nichts zu verschenken, aber viel zu gewinnen.“</p></blockquote>{paragraphs(1, first=5)}",
        {"tags": ["Wärmewende"], "kind": Kind.ANALYSIS, "authors": ["Ayşe Öztürk"]},
    ),
    "opinion": Story("Der Kai ist nötig – aber nicht so", paragraphs(5), {"kind": Kind.OPINION, "authors": ["Helene Kramer"], "tags": ["Häfen"]}),
    "short": Story("Fähre fährt wieder", paragraphs(2), {"authors": ["Ole Petersen"]}),
    "long": Story("Das Jahr im Hafen", paragraphs(60), {"authors": ["Helene Kramer"], "tags": ["Häfen", "Rückblick"]}),
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """An article's page as any program gets it. teasers: headlines of what is linked below it."""

    article: Article
    html: str
    teasers: list[str]

    @property
    def text(self) -> list[str]:
        """Words of the body."""
        return words(re.sub("<[^>]+>", " ", self.article.body))

    @property
    def beside(self) -> list[str]:
        """Words of the lead and below the picture: a program may take them or not."""
        picture = self.article.picture
        return words(f"{self.article.lead} {picture.caption} Bild: {picture.credit}" if picture else self.article.lead)

    @property
    def json_ld(self) -> dict[str, Any]:
        found = extruct.extract(self.html, syntaxes=["json-ld"])["json-ld"]
        graph: list[dict[str, Any]] = found[0]["@graph"]
        return graph[0]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture(params=sorted(STORIES))
def page(request: pytest.FixtureRequest, client: Client) -> Page:
    """With a picture, a correction and eight articles of the same topic below it."""
    story = STORIES[request.param]
    given = dict(story.fields)
    if "agency" in given:
        given["agency"] = make.agency(given["agency"], name="Norddeutsche Agentur")
    if request.param != "short":
        given["picture"] = make.picture()
    teasers = [f"Quarkstollen Nummer {n} gewinnt Preis" for n in range(8)]
    for n, headline in enumerate(teasers):
        make.article(
            headline, tags=given.get("tags", ()), lead=f"Zimtsterne {n} duften nach Marzipan und Lebkuchen im Pfeffernussladen.",
            at=make.MOMENT - timedelta(hours=n + 1), authors=["Bäckermeister Krume"],
        )  # fmt: skip
    article = make.article(story.headline, body=story.body, **given)
    if request.param in ("plain", "with lists"):
        make.correction(article)
    article.refresh_from_db()
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Quarkstollen" in html
    return Page(article, html, teasers)


def shares(found: str, page: Page) -> tuple[float, float]:
    """Of the text's words those found; of the found words those of the text."""
    have, want = Counter(words(found)), Counter(page.text)
    both = (have & want).total()
    others = (have - want - Counter(page.beside)).total()
    return both / max(1, want.total()), both / max(1, both + others)


def assert_is_the_text(found: str, page: Page) -> None:
    recall, precision = shares(found, page)
    assert "Zimtsterne" not in found
    assert "Quarkstollen" not in found
    assert recall >= LEAST, (recall, found)
    assert precision >= LEAST, (precision, found)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_trafilatura(page: Page) -> None:
    found = trafilatura.bare_extraction(page.html, include_comments=False, with_metadata=True)
    assert isinstance(found, trafilatura.settings.Document)
    known = found.as_dict()
    facts = page.json_ld
    assert known["title"].replace("\xa0", " ") == page.article.headline
    assert known["date"] == f"{page.article.published_at:%Y-%m-%d}"
    assert known["author"].split("; ") == [author["name"] for author in facts["author"]]
    assert {tag for one in known["tags"] or [] for tag in one.split(", ")} == set(facts.get("keywords", []))
    assert_is_the_text(known["text"], page)


def test_newspaper(page: Page) -> None:
    found = newspaper.Article("https://www.example.org/ausland/a-1/", language="de", fetch_images=False)
    found.download(input_html=page.html)
    found.parse()
    facts = page.json_ld
    assert found.title == page.article.headline
    assert found.publish_date is not None
    assert found.publish_date.astimezone(UTC) == page.article.published_at
    assert set(found.authors) == {author["name"] for author in facts["author"]}
    assert set(filter(None, found.meta_keywords)) == set(facts.get("keywords", []))
    assert_is_the_text(found.text, page)


def test_readability(page: Page) -> None:
    document = Document(page.html)
    assert document.title().replace("\xa0", " ") == f"{page.article.headline} – Tagblatt".replace(" – ", " - ")
    assert_is_the_text(re.sub("<[^>]+>", " ", document.summary()), page)


def test_extruct(page: Page) -> None:
    found = extruct.extract(page.html, syntaxes=["json-ld", "opengraph"], uniform=True)
    (graph,) = found["json-ld"]
    (shared,) = found["opengraph"]
    facts = graph["@graph"][0]
    article = page.article
    assert facts["headline"].replace("\xa0", " ") == shared["og:title"] == article.headline
    assert moment(facts["datePublished"]) == moment(shared["article:published_time"]) == article.published_at
    assert moment(facts["dateModified"]) == moment(shared["article:modified_time"]) == (
        article.updated_at or article.published_at
    ).replace(microsecond=0)
    assert [author["name"] for author in facts["author"]] == (
        [link.author.name for link in article.authorships.order_by("position")]
        or [article.agency.name if article.agency else facts["publisher"]["name"]]
    )
    assert facts.get("keywords", []) == [link.tag.name for link in Tagging.objects.filter(content_object=article).order_by("position")]
    assert json.dumps(facts).count("Quarkstollen") == 0
