"""Agencies and the feeds in which their copy arrives."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.bases import TabularInline
from articles.admin.forms.slugged import SluggedForm
from articles.admin.room import NewsroomAdmin, NewsroomFields
from articles.models import Agency, Feed, LicenceTerm
from articles.wire.transport import health, keys
from articles.wire.transport.folders import folder_of


class AgencyForm(SluggedForm):
    slug_from = "short_name"


class TermInline(NewsroomFields, TabularInline):
    model = LicenceTerm
    extra = 0
    verbose_name_plural = _("Andere Fristen für einzelne Formen")


@admin.register(Agency)
class AgencyAdmin(NewsroomAdmin):
    form = AgencyForm
    list_display = ("short_name", "name", "credit_line", "priority")
    search_fields = ("name", "short_name")
    ordering = ("name",)
    inlines = (TermInline,)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "slug", "description")}),
        (_("Was Leser sehen"), {"fields": ("credit_line", "address", "quote_style")}),
        (_("Vertrag"), {"fields": ("licence", "expiry_days", "full_text_in_feeds", "priority", "tdm_reservation")}),
    )

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["all"]  # its credit line stands under every article it sent


@admin.register(Feed)
class FeedAdmin(NewsroomAdmin):
    form = SluggedForm
    list_display = ("name", "agency", "rule", "category", "is_active")
    list_filter = ("is_active", "rule", "agency")
    list_select_related = ("agency", "category")
    search_fields = ("name", "slug")
    change_form_template = "admin/articles/feed/change_form.html"
    fieldsets = (
        (None, {"fields": ("agency", "name", "slug", "is_active")}),
        (_("Was mit neuen Meldungen geschieht"), {"fields": ("rule", "category", "languages")}),
        (_("Wie sie ankommen"), {"fields": ("watches_folder", "address", "authorization", "pull_seconds")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The key for fetching is nothing for those who may only look."""
        groups = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return groups
        return [(title, {**group, "fields": [name for name in group["fields"] if name != "authorization"]}) for title, group in groups]

    def get_urls(self) -> list[URLPattern]:
        token = self.admin_site.admin_view(self.token_view)
        return [path("<int:pk>/schluessel/", token, name="articles_feed_token"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any],
        add: bool = False, change: bool = False, form_url: str = "", obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        if obj is not None:
            context.update(health=next((one for one in health.all_feeds() if one.feed.pk == obj.pk), None), folder=folder_of(obj))
            context.update(push_address=f"{settings.SITE_URL}{reverse('articles:wire_push', args=[obj.slug])}")
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def token_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new key for `POST /wire/<feed>/`; only its hash is kept, so it is shown once."""
        feed = Feed.objects.filter(pk=pk).first()
        if feed is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, feed):
            raise PermissionDenied
        token = secrets.token_urlsafe(32)
        Feed.objects.filter(pk=pk).update(token_hash=keys.hash_of(token))
        sentence = _("Neuer Zustellschlüssel: %s – bitte gleich notieren, er wird nicht noch einmal gezeigt. Der alte gilt nicht mehr.")
        messages.success(request, sentence % token)
        return HttpResponseRedirect(reverse("admin:articles_feed_change", args=[pk]))
