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


def ensure_house() -> None:
    """Create the one row of settings; its name comes from the environment until an editor changes it."""
    if not House.objects.exists():
        House.objects.create(pk=1, name=settings.SITE_NAME)


def ensure_positions() -> None:
    """Create what is missing: the fixed places, and a block for every category. Changes nothing that is there."""
    known = set(Position.objects.filter(page="front").values_list("slug", flat=True))
    wanted = [
        Position(slug=slug, label=label, rule=rule, limit=limit, position=place, version=1)
        for place, (slug, label, rule, limit) in enumerate(FIXED)
    ] + [
        Position(
            slug=f"block-{category.slug}"[:60], label=category.name, rule=Position.Rule.CATEGORY, category=category,
            limit=IN_A_BLOCK, position=100 + category.position, version=1,
        )
        for category in Category.objects.in_order()
    ]  # fmt: skip
    Position.objects.bulk_create(position for position in wanted if position.slug not in known)
