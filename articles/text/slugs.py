"""The readable part of an address, and the words no category may take."""

from __future__ import annotations

import re
import unicodedata

FALLBACK = "artikel"

_TOP_LEVEL = """
    admin vorschau wire healthz readyz metrics static media bild api i18n jsi18n accounts login logout konto
    thema autor quelle archiv ticker suche korrekturen fassungen eilmeldung startseite front
    rss atom feed feeds sitemap sitemap-news robots manifest favicon well-known security tdmrep
    impressum datenschutz barrierefreiheit grundsaetze kontakt stilblatt fehler-melden agb
"""
RESERVED: frozenset[str] = frozenset(_TOP_LEVEL.split())

_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d", "ð": "d",
        "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ſ": "s", "€": " euro ", "&": " und ", "%": " prozent ",
    }
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_APOSTROPHES = re.compile("['’‘`´]")
_OTHER = re.compile(r"[^a-z0-9]+")


def folded(name: str) -> str:
    """The name as one compares it: «Ärzte», «ärzte» and «aerzte» are one; «C» and «C++» are two."""
    lower = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    return lower.translate(_UMLAUTS)


def slugify(text: str, *, limit: int = 80) -> str:
    """Lower-case ASCII words joined by hyphens, at most limit signs, never empty and never a number."""
    words = unicodedata.normalize("NFC", _APOSTROPHES.sub("", text)).lower().translate(_LETTERS)
    slug = _OTHER.sub("-", _without_accents(words)).strip("-")
    slug = _cut(slug or FALLBACK, limit=limit)
    return f"n-{slug}"[:limit].strip("-") if slug.isdigit() else slug


def _without_accents(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).lower()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _cut(slug: str, *, limit: int) -> str:
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
