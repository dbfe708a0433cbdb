"""Who may log in, and what each may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.paginator import BoundedPaginator

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class EditorAdmin(UserAdmin):  # type: ignore[type-arg]
    """Django's own, with the roles first and single rights folded away."""

    paginator = BoundedPaginator
    show_full_result_count = False
    list_display = ("username", "first_name", "last_name", "email", "is_active")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Rollen"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Einzelne Rechte"), {"classes": ("collapse",), "fields": ("is_superuser", "user_permissions")}),
        (_("Wann"), {"fields": (("last_login", "date_joined"),)}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Roles are few: each has its box."""
        if db_field.name == "groups":
            options["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **options)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    filter_horizontal = ()
