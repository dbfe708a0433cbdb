"""Categories (Ressorts), with the contrast their colour has on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import desk
from articles.admin.forms.slugged import CategoryForm
from articles.admin.room import NewsroomAdmin
from articles.models import Category
from articles.text.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast, is_colour, pair_for
from articles.wire import unknown


@admin.register(Category)
class CategoryAdmin(NewsroomAdmin):
    form = CategoryForm
    list_display = ("name", "slug", "swatch", "position")
    list_editable = ("position",)
    search_fields = ("name", "slug")
    ordering = ("position", "name")
    readonly_fields = ("readability",)
    fields = ("name", "slug", "description", "colour", "readability", "position", "codes")

    @admin.display(description=gettext_lazy("Farbe"))
    def swatch(self, category: Category) -> SafeString:
        return _sample(category.colour, LIGHT_GROUNDS[0])

    @admin.display(description=gettext_lazy("Lesbarkeit"))
    def readability(self, category: Category) -> str | SafeString:
        """How the colour will be printed by day and by night, with its contrast."""
        if not is_colour(category.colour):
            return "–"
        grounds = ((_("hell"), LIGHT_GROUNDS[0]), (_("dunkel"), DARK_GROUNDS[0]))
        rows = [
            (name, _sample(printed, ground), f"{contrast(printed, ground):.1f}".replace(".", ","))
            for (name, ground), printed in zip(grounds, pair_for(category.colour), strict=True)
        ]
        return format_html_join(" ", "<span class='readability'>{}: {} {} : 1</span>", rows)

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["all"]  # every page carries the navigation

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        unknown.forget(before=datetime.min.replace(tzinfo=UTC))
        if not change:
            desk.add_block(obj)


def _sample(colour: str, ground: str) -> SafeString:
    return format_html('<span class="swatch" style="color:{};background:{}">{}</span>', colour, ground, colour)
