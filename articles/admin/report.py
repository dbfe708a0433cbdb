"""What readers report: read, seen to, and done."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import desk
from articles.admin.room import NewsroomAdmin
from articles.models import Report
from articles.text.dates import stamp


@admin.register(Report)
class ReportAdmin(NewsroomAdmin):
    list_display = ("summary", "about", "arrived", "state")
    list_filter = ("state",)
    list_select_related = ("article__category",)
    search_fields = ("text", "article__headline")
    ordering = ("-created_at", "-pk")
    fields = ("arrived", "about", "text", "mail", "state", "done_since")
    readonly_fields = ("arrived", "about", "text", "mail", "done_since")
    actions = ("settle_selected", "reopen_selected")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        desk.set_report_state(obj, obj.state)

    @admin.action(description=_("Ausgewählte als erledigt ablegen"), permissions=["change"])
    def settle_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        done = _set(queryset.filter(state=Report.State.OPEN), Report.State.DONE)
        messages.success(request, ngettext("%d Hinweis ist erledigt.", "%d Hinweise sind erledigt.", done) % done)

    @admin.action(description=_("Ausgewählte wieder öffnen"), permissions=["change"])
    def reopen_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        done = _set(queryset.filter(state=Report.State.DONE), Report.State.OPEN)
        messages.success(request, ngettext("%d Hinweis ist wieder offen.", "%d Hinweise sind wieder offen.", done) % done)

    @admin.display(description=_("Hinweis"))
    def summary(self, one: Report) -> str:
        return str(one)

    @admin.display(description=_("Artikel"))
    def about(self, one: Report) -> str | SafeString:
        """Leads to the article's form: there it is put right."""
        if one.article is None:
            return str(_("die Website"))
        address = reverse("admin:articles_article_change", args=[one.article.pk])
        return format_html('<a href="{}">{}</a>', address, one.article.headline)

    @admin.display(description=_("Eingegangen"), ordering="created_at")
    def arrived(self, one: Report) -> str:
        return stamp(one.created_at, style="short")

    @admin.display(description=_("E-Mail für Rückfragen"))
    def mail(self, one: Report) -> str | SafeString:
        return format_html('<a href="mailto:{}">{}</a>', one.email, one.email) if one.email else "–"

    @admin.display(description=_("Erledigt seit"))
    def done_since(self, one: Report) -> str:
        return stamp(one.done_at, style="short") if one.done_at else "–"


def _set(rows: QuerySet[Report], state: str) -> int:
    found = list(rows)
    for one in found:
        desk.set_report_state(one, state)
    return len(found)
