"""Tags (Schlagwörter), their other spellings, and one becoming part of another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as TaggitTag

from articles import desk
from articles.admin.bases import TabularInline
from articles.admin.forms.slugged import SluggedForm
from articles.admin.room import FIELDS, NewsroomAdmin, NewsroomFields
from articles.models import Highlight, Tag, TagAlias

admin.site.unregister(TaggitTag)


class TagForm(SluggedForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "," in name or ";" in name:
            raise forms.ValidationError(_("Ein Schlagwort enthält weder Komma noch Semikolon: Sie trennen Schlagwörter."))
        return name

    def clean_merged_into(self) -> Tag | None:
        target: Tag | None = self.cleaned_data["merged_into"]
        if target is not None and target.pk == self.instance.pk:
            raise forms.ValidationError(_("Ein Schlagwort kann nicht in sich selbst aufgehen."))
        if target is not None and target.merged_into_id:
            raise forms.ValidationError(
                _("«%(tag)s» ist selbst in «%(target)s» aufgegangen. Bitte wählen Sie dieses."),
                params={"tag": target, "target": target.merged_into},
            )
        return target


class AliasInline(NewsroomFields, TabularInline):
    model = TagAlias
    formfield_overrides = FIELDS
    fields = ("name",)
    extra = 1

    def has_no_labels(self, request: HttpRequest) -> bool:
        return True


class HighlightInline(NewsroomFields, TabularInline):
    """What the topic's page shows above its list, and its timeline."""

    model = Highlight
    formfield_overrides = FIELDS
    fields = ("kind", "article", "text", "position")
    autocomplete_fields = ("article",)
    extra = 1

    def has_no_labels(self, request: HttpRequest) -> bool:
        return True


@admin.register(Tag)
class TagAdmin(NewsroomAdmin):
    form = TagForm
    list_display = ("name", "slug", "automatic", "merged_into")
    list_filter = ("automatic",)
    list_select_related = ("merged_into",)
    search_fields = ("name", "aliases__name")
    ordering = ("name",)
    autocomplete_fields = ("merged_into", "picture")
    inlines = (HighlightInline, AliasInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "picture", "automatic")}),
        (_("Zusammenlegen"), {"classes": ("collapse",), "fields": ("merged_into",)}),
    )

    def page_keys(self, row: Any) -> Iterable[str]:
        return [row.page_key, row.name_key, *([f"tag-{row.merged_into_id}"] if row.merged_into_id else [])]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        """Completion never offers what has become part of another tag."""
        found, several = super().get_search_results(request, queryset, search_term)
        return (found.filter(merged_into=None) if "autocomplete" in request.path else found), several

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "merged_into" in form.changed_data and obj.merged_into is not None:
            desk.merge_tag(obj, obj.merged_into)
        if change and "name" in form.changed_data:
            desk.rename_tag(obj)
