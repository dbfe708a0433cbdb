"""The list of articles: what it shows and how it is narrowed, at 100,000 rows as at ten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.admin.lists import RoomChangeList
from articles.admin.room import NewsroomAdmin
from articles.models import Article, Status
from articles.text.dates import stamp

SOON = timedelta(days=7)  # before a licence ends the desk says so


class LightChangeList(RoomChangeList):
    """Rows without their body."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        return rows.defer("body", "lead")


class StandFilter(admin.SimpleListFilter):
    """The state as editors think of it: scheduled is a state of its own."""

    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Status.choices[:2], ("planned", _("geplant")), *Status.choices[2:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "planned":
            return queryset.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())
        return queryset.filter(status=value) if value in Status.values else queryset


class LicenceFilter(admin.SimpleListFilter):
    """Copy that may not stand much longer, and copy whose time is over."""

    title = _("Lizenz")
    parameter_name = "lizenz"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("bald", _("endet in %d Tagen") % SOON.days), ("vorbei", _("abgelaufen"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "bald":
            return queryset.filter(ending_soon())
        return queryset.filter(licence_ended_at__isnull=False) if self.value() == "vorbei" else queryset


def ending_soon() -> Q:
    now = timezone.now()
    found = desk.ending(after=now, until=now + SOON)
    return Q(pk__in=[]) if found is None else found


class ArticleList(NewsroomAdmin):
    """What the article's admin class says of lists."""

    list_display = ("headline", "category", "agency", "stand", "shown_since", "changed")
    list_display_links = ("headline",)
    list_filter = (StandFilter, LicenceFilter, "category", "agency", "kind", ("published_at", admin.DateFieldListFilter))
    list_select_related = ("category", "agency")
    search_fields = ("headline",)
    search_help_text = _("Wörter der Überschrift oder die Nummer des Artikels")
    ordering = ("-changed_at", "-pk")

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return LightChangeList

    @admin.display(description=_("Stand"), ordering="status")
    def stand(self, article: Article) -> str:
        return state_of(article)

    @admin.display(description=_("Veröffentlicht"), ordering="published_at")
    def shown_since(self, article: Article) -> str:
        return stamp(article.published_at, style="short") if article.published_at else "–"

    @admin.display(description=_("Geändert"), ordering="changed_at")
    def changed(self, article: Article) -> str:
        return stamp(article.changed_at, style="short")


def state_of(article: Article) -> str:
    """Stand in the editors' words: what is published for later is planned, what has ended has ended."""
    now = timezone.now()
    if article.status != Status.PUBLISHED or article.is_public(now):
        return article.get_status_display()
    return str(_("abgelaufen")) if article.visible_until and article.visible_until <= now else str(_("geplant"))
