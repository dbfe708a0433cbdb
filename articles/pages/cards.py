"""Which card belongs to an article, and where it lies."""

from __future__ import annotations

from django.utils import formats, timezone

from articles.media.cards import Card
from articles.models import Article, House
from articles.text import typography


def card_of(article: Article, house: House) -> Card:
    assert article.published_at is not None  # noqa: S101 - the gate lets nothing else through
    return Card(
        headline=typography.one_line(typography.quotes(article.headline, style=house.quote_style)),
        kicker=article.kicker or article.category.name,
        name=house.name,
        date=formats.date_format(timezone.localtime(article.published_at), "j. F Y"),
        colour=article.category.colour,
    )


def path_of(article: Article, card: Card) -> str:
    """Below the article's own address; another one as soon as anything on the card is."""
    return f"{article.get_absolute_url()}karte-{card.digest}.jpg"
