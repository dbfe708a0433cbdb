"""Agencies and the feeds in which their copy arrives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.forms.slugged import SluggedForm
from articles.admin.room import NewsroomAdmin
from articles.models import Agency, Feed


class AgencyForm(SluggedForm):
    slug_from = "short_name"


@admin.register(Agency)
class AgencyAdmin(NewsroomAdmin):
    form = AgencyForm
    list_display = ("short_name", "name", "credit_line", "priority")
    search_fields = ("name", "short_name")
    ordering = ("name",)
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
    fields = ("agency", "name", "slug", "rule", "category", "languages", "is_active")
