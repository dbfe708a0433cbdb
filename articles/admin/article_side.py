"""What stands beside the article's form: state, checklist, versions, where the copy came from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import desk
from articles.admin.article_list import state_of
from articles.models import Article, Correction, Revision, WireItem
from articles.text.dates import stamp


@dataclass(frozen=True, kw_only=True)
class Side:
    """Read-only; state: in the editors' words. checks: what readers need, and whether it is there."""

    state: str
    is_public: bool
    is_planned: bool
    preview: str
    checks: list[tuple[str, bool]]
    revisions: list[Revision]
    corrections: list[Correction]
    wire_item: WireItem | None
    licence: str
    suggested: list[str]


def side_of(article: Article) -> Side:
    now = timezone.now()
    return Side(
        state=state_of(article),
        is_public=article.is_public(now),
        is_planned=article.status == "published" and article.published_at is not None and article.published_at > now,
        preview=desk.preview_path(article),
        checks=checks_of(article),
        revisions=list(article.revisions.select_related("editor").defer("body", "lead").order_by("-version")[:20]),
        corrections=list(article.corrections.all()[:10]),
        wire_item=WireItem.objects.filter(article=article).select_related("feed__agency").defer("payload").first(),
        licence=licence_of(article),
        suggested=suggested_tags(article),
    )


def suggested_tags(article: Article) -> list[str]:
    """Names of tags that the text speaks of and that the article does not have."""
    found = desk.recognise(headline=article.headline, lead=article.lead, body=article.body)
    own = set(article.taggings.values_list("tag", flat=True))
    return [tag.name for tag in (*found.to_set, *found.to_suggest) if tag.pk not in own]


def licence_of(article: Article) -> str:
    """How long the agency lets the copy stand; empty without a limit."""
    days = article.agency.licence_days(article.kind) if article.agency else None
    if days is None:
        return ""
    end = desk.licence_end(article)
    counted = ngettext("%d Tag ab Veröffentlichung", "%d Tage ab Veröffentlichung", days) % days
    return _("%(counted)s, höchstens bis %(end)s") % {"counted": counted, "end": stamp(end, style="short")} if end else counted


def checks_of(article: Article) -> list[tuple[str, bool]]:
    """The checklist «Vor dem Veröffentlichen»."""
    lacking = set(desk.missing(article))
    listed = (_("Vorspann"), _("Bild"), _("Schlagwörter"), _("Autor oder Agentur"))
    return [(name, name not in lacking) for name in listed]
