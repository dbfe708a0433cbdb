"""What the law asks of a news site, and what the house still owes."""

from __future__ import annotations

from articles.models import House, Page

REQUIRED = ("publisher", "address", "email", "responsible")
SAMPLE = "(Muster)"  # in the publisher's name: the demo's house, which nobody may mistake for a real one


def lacking(house: House) -> list[str]:
    """Names of the fields without which an Impressum is none."""
    return [str(field.verbose_name) for field in House._meta.fields if field.name in REQUIRED and not getattr(house, field.name).strip()]


def imprint_lacks() -> list[str]:
    """The same for the site as it is; nothing where the page has a text of its own."""
    if Page.objects.filter(slug=Page.Slug.IMPRESSUM).exclude(body="").exists():
        return []
    return lacking(House.objects.filter(pk=1).first() or House())


def imprint_is_sample() -> bool:
    """Whether readers are shown the demo's invented Impressum."""
    return House.objects.filter(publisher__contains=SAMPLE).exists()
