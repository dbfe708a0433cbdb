"""Signed addresses under which a draft can be shown to whoever holds the address, for a while."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from articles.models import Article

VALID = 60 * 60 * 48  # seconds: a colleague may look tomorrow, nobody next week
_signer = TimestampSigner(salt="articles.preview")


def preview_path(article: Article) -> str:
    """The address of the preview, without the origin."""
    return reverse("articles:preview", args=[_signer.sign(str(article.pk))])


def article_id(signed: str) -> int | None:
    """The article's id, or None for an address that was never signed or has run out."""
    try:
        return int(_signer.unsign(signed, max_age=VALID))
    except (BadSignature, ValueError):
        return None
