"""What every admin class of ours shares: moments, versions, announcements, deletion in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import ShowFacets
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from js_asset import Media, Script

from articles import desk
from articles.admin import once
from articles.admin.deletion import companions_of, users_of
from articles.admin.forms.choices import CompletingSelect
from articles.admin.forms.moment import MomentField, MomentInput
from articles.admin.forms.versioned import VersionedForm
from articles.admin.lists import RoomLists
from articles.admin.paginator import BoundedPaginator

FIELDS: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.TextField: {"widget": AdminTextareaWidget({"rows": 3})},
    models.URLField: {"assume_scheme": "https"},
}


class NewsroomFields:
    """Fields as our editors need them, in forms and in inlines."""

    autocomplete_fields: ClassVar[Any]
    admin_site: Any

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any) -> Any:
        """Without maxlength: a browser would cut what is pasted and say nothing; the form says what is too long."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field is not None:
            field.widget.attrs.pop("maxlength", None)
            _without_detours(field.widget)
            if self.has_no_labels(request):
                field.widget.attrs["aria-label"] = str(field.label)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields and "widget" not in options:
            options["widget"] = CompletingSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)  # type: ignore[misc]

    def has_no_labels(self, request: HttpRequest) -> bool:
        """In tables a field stands below a heading that only eyes connect with it."""
        match = request.resolver_match
        return match is not None and (match.url_name or "").endswith("_changelist")


def _without_detours(widget: forms.Widget) -> None:
    """Beside a choice only «add» is left: to change, view or delete the other thing is work of its own."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False


class NewsroomAdmin(NewsroomFields, RoomLists):
    """An admin class says how editors see things; what readers then see is announced through the desk."""

    formfield_overrides = FIELDS
    form = VersionedForm
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    save_on_top = False

    class Media:
        js = tuple(Script(f"js/desk/{name}.js", type="module") for name in ("labels", "thumbnails", "once"))

    def page_keys(self, row: Any) -> Iterable[str]:
        """Keys of the reader pages that print the row; none by default."""
        return ()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None,
    ) -> Any:  # fmt: skip
        """An empty form makes one row, however often it is sent; whoever goes back to it finds the same form."""
        if object_id is not None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and self.has_add_permission(request) and (found := once.made(request, self.model)):
            return once.answer_again(self, request, *found)
        try:
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            if not (found := once.made(request, self.model)):
                raise
            return once.answer_again(self, request, *found)
        answer.may_come_back = request.method == "GET"  # type: ignore[attr-defined]
        return answer

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        once.remember(request, obj)
        return super().log_addition(request, obj, message)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Pages that showed the row as it was are told as well as those that show it as it is."""
        before = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        keys = frozenset(self.page_keys(before)) if before is not None else frozenset()
        super().save_model(request, obj, form, change)
        self.announce(keys | frozenset(self.page_keys(obj)))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        keys = frozenset(self.page_keys(obj))
        super().delete_model(request, obj)
        self.announce(keys)

    def announce(self, keys: Iterable[str]) -> None:
        named = frozenset(keys)
        if named:
            desk.announce(named)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes, and what keeps it from going: in words, and without loading a table of articles."""
        rows = list(objs)
        label = self.opts.verbose_name_plural
        named: list[Any] = [str(row) for row in rows]
        companions = companions_of(rows)
        return named + ([companions] if companions else []), {label: len(rows)}, set(), self.hindrances(rows)

    def hindrances(self, rows: list[Any]) -> list[str]:
        return users_of(rows)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any],
        add: bool = False, change: bool = False, form_url: str = "", obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        """The editor's import map is an inline script: it needs the nonce of this answer."""
        context["media"] = Media.from_media(context["media"], nonce=str(getattr(request, "csp_nonce", "")))
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
