"""Sets up what the site cannot do without: the house, and the places of its front page."""

from __future__ import annotations

from django.conf import settings

from articles.models import Category, House, Position

FIXED = (
    # slug, label, rule, how many
    ("lead", "Aufmacher", Position.Rule.TOP, 1),
    ("second", "Zweite Reihe", Position.Rule.TOP, 3),
    ("ticker", "Neueste Meldungen", Position.Rule.NEWEST, 12),
    ("opinion", "Meinung", Position.Rule.OPINION, 3),
)
IN_A_BLOCK = 4
SLUG_LENGTH = 60  # signs that the column holds


def ensure_house() -> None:
    """Create the one row of settings; its name comes from the environment until an editor changes it."""
    if not House.objects.exists():
        House.objects.create(pk=1, name=settings.SITE_NAME)


def ensure_positions() -> None:
    """Give an empty front page its places. Where there are any, editors have the word: what they deleted stays away."""
    if Position.objects.filter(page="front").exists():
        return
    for place, (slug, label, rule, limit) in enumerate(FIXED):
        Position.objects.create(slug=slug, label=label, rule=rule, limit=limit, position=place)
    for category in Category.objects.in_order():
        add_block(category)


def add_block(category: Category) -> None:
    """A block for a new category; one that has a place, under whatever address, gets no second."""
    if Position.objects.filter(page="front", category=category).exists():
        return
    slug = f"block-{category.slug}"[:SLUG_LENGTH]
    if Position.objects.filter(page="front", slug=slug).exists():
        slug = f"block-{category.pk}"
    Position.objects.create(
        slug=slug, label=category.name, rule=Position.Rule.CATEGORY, category=category, limit=IN_A_BLOCK,
        position=100 + category.position,
    )  # fmt: skip
