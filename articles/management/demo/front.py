"""What the demo's editors have arranged by hand: the lead, some teasers of their own, one topic, one breaking line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from articles.models import Article, Breaking, Highlight, Picture, Position, Tag, Teaser
from articles.text.dates import berlin_day
from articles.text.slugs import slugify

SHOWN: Final = timedelta(hours=12)  # how long lead and breaking line stand
LEAD: Final = "Landtag billigt Nachtragshaushalt nach vierzehn Stunden Debatte"
LEAD_TEASER: Final = (
    "640 Millionen nach vierzehn Stunden: Landtag billigt den Nachtrag",
    "Das Geld geht an Schulen, Brücken und Kliniken. Zwei Abgeordnete der Koalition verweigern dem Finanzminister die Zustimmung.",
)
LEAD_PICTURE: Final = "parlament"
BREAKING: Final = "Skelland gibt festen Wechselkurs der Mark auf"
BREAKING_LINE: Final = "Skelland löst Bindung an den Euro: Mark verliert ein Sechstel, Banken bleiben geschlossen"
# article: headline and text of its teaser; empty means the article's own
OWN_TEASERS: Final = {
    "Die Talsperre ist halb leer, der Streit ums Wasser beginnt früher": (
        "Wer am Brunssee zuerst auf Wasser verzichten muss",
        "Es fehlen 19 Millionen Kubikmeter. Zum ersten Mal gibt es eine Rangfolge, und schon streiten Landwirte, Wasserwerk und Industrie.",
    ),
    "Was der zweite Kai wirklich kostet und wer am Ende dafür zahlt": (
        "Die Rechnung hinter dem Kai",
        "Drei Annahmen tragen das größte Bauvorhaben von Ahrensmünde. Bei zweien sind Zweifel erlaubt.",
    ),
    "Ein Leuchtturm bekommt Post, und einer schreibt zurück": (
        "",
        "Im Leuchtturm von Altendiek wohnt niemand mehr. Die Briefe kommen trotzdem, und ein pensionierter Lehrer beantwortet jeden.",
    ),
    "Sonde Sturmvogel kreist um den Asteroiden Halvard": (
        "Sturmvogel ist am Ziel",
        "",
    ),
}  # fmt: skip
# The topic that editors look after: its picture, what stands above its list, and the steps of its timeline with their words.
TOPIC: Final = "Häfen"
TOPIC_PICTURE: Final = "hafen"
TOPIC_PINNED: Final = ("Was der zweite Kai wirklich kostet und wer am Ende dafür zahlt", "Ahrensmünde baut zweiten Tiefwasserkai")
TOPIC_STEPS: Final = {
    "Ahrensmünde baut zweiten Tiefwasserkai": "Der Kai ist beschlossen",
    "Hafenanleihe von Ahrensmünde binnen zwei Stunden überzeichnet": "Das Geld ist da",
    "Lotsen fordern Baustopp am zweiten Tiefwasserkai von Ahrensmünde": "Die Lotsen fordern den Baustopp",
}


def arrange(pictures: dict[str, Picture], *, now: datetime) -> None:
    """Put the fresh demo's front page in order. An article that is not there is left out."""
    for headline, (own, text) in OWN_TEASERS.items():
        for article in _articles(headline):
            Teaser.objects.get_or_create(article=article, position=None, defaults={"headline": own, "text": text})
    for topic in Tag.objects.filter(name=TOPIC):
        _tend(topic, pictures.get(TOPIC_PICTURE))
    for article in _articles(LEAD):
        _pin(article, pictures.get(LEAD_PICTURE), now=now)
    for article in _articles(BREAKING):
        begun = article.published_at if article.published_at and berlin_day(article.published_at) == berlin_day(now) else now
        when = {"visible_from": begun, "visible_until": now + SHOWN}
        Breaking.objects.get_or_create(headline=BREAKING_LINE, defaults={"article": article, **when})


def _tend(topic: Tag, picture: Picture | None) -> None:
    topic.picture = topic.picture or picture
    topic.save(update_fields=["picture"])
    for place, headline in enumerate(TOPIC_PINNED):
        for article in _articles(headline):
            Highlight.objects.get_or_create(tag=topic, article=article, kind=Highlight.Kind.PINNED, defaults={"position": place})
    for headline, words in TOPIC_STEPS.items():
        for article in _articles(headline):
            Highlight.objects.get_or_create(tag=topic, article=article, kind=Highlight.Kind.MILESTONE, defaults={"text": words})


def _articles(headline: str) -> list[Article]:
    """One at most: demo copy is known by its address."""
    return list(Article.objects.filter(slug=slugify(headline)).order_by("pk")[:1])


def _pin(article: Article, picture: Picture | None, *, now: datetime) -> None:
    headline, text = LEAD_TEASER
    rest = {"headline": headline, "text": text, "picture": picture, "visible_from": now, "visible_until": now + SHOWN}
    Teaser.objects.get_or_create(article=article, position=Position.objects.get(page="front", slug="lead"), defaults=rest)
