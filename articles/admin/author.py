"""Authors: the people behind the byline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin

from articles.admin.forms.slugged import SluggedForm
from articles.admin.room import NewsroomAdmin
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(NewsroomAdmin):
    form = SluggedForm
    list_display = ("name", "role", "email")
    search_fields = ("name", "slug")
    ordering = ("name",)
    autocomplete_fields = ("picture",)
    fields = ("name", "role", "about", "email", "picture", "slug")

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["all"]  # the name stands in the byline of every article
