"""Who may log in, and what each may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, ReadOnlyPasswordHashWidget, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.forms.choices import SeveralField
from articles.admin.lists import RoomLists
from articles.admin.paginator import BoundedPaginator

admin.site.unregister(User)
admin.site.unregister(Group)

ACTS = {"add": _("anlegen"), "change": _("ändern"), "delete": _("löschen"), "view": _("ansehen")}
GRANTED_HERE = ("articles", "auth")  # apps whose rights mean something to a newsroom
STAYS = _("%s hat hier gearbeitet und steht im Verlauf. Bitte nehmen Sie stattdessen das Häkchen «Zugang offen» weg.")
LABELS = {
    "groups": _("Rollen"),
    "is_active": _("Zugang offen"),
    "is_staff": _("Darf sich hier anmelden"),
    "is_superuser": _("Darf alles"),
    "user_permissions": _("Rechte über die Rollen hinaus"),
    "permissions": _("Rechte"),
}
HELP: dict[str, Any] = {
    "groups": _(
        "Redakteur: schreiben und veröffentlichen. Chef vom Dienst: auch zurückziehen und Eilmeldungen. Administrator: alles."
    ),
    "is_active": _("Nehmen Sie das Häkchen weg, wenn jemand die Redaktion verlässt."),
    "is_staff": _("Ohne dieses Häkchen öffnet sich der Schreibtisch nicht."),
    "is_superuser": _("Auch ohne Rolle und ohne einzelne Rechte."),
    "user_permissions": "",
}


class RightsField(SeveralField):
    def label_from_instance(self, obj: Any) -> str:
        """«Artikel: ändern»; what is no usual act (publish, withdraw) has a German name of its own."""
        act = ACTS.get(str(obj.codename).split("_", 1)[0])
        return f"{obj.content_type.name}: {act}" if act else str(obj.name)


class InGerman(RoomLists):
    """Fields of Django's own models in the editors' words."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None and db_field.name in LABELS:
            field.label = LABELS[db_field.name]
            field.help_text = HELP.get(db_field.name, "")
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Roles are few: each has its box."""
        if db_field.name == "groups":
            return super().formfield_for_manytomany(
                db_field, request, **{**options, "form_class": SeveralField, "widget": forms.CheckboxSelectMultiple}
            )
        rights = Permission.objects.filter(content_type__app_label__in=GRANTED_HERE).select_related("content_type")
        ordered = rights.order_by("content_type__app_label", "content_type__model", "codename")
        return super().formfield_for_manytomany(
            db_field,
            request,
            **{**options, "form_class": RightsField, "queryset": ordered, "widget": forms.CheckboxSelectMultiple},
        )


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Everybody here logs in by password: the choice to have none is left out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True


class NewEditorForm(UserCreationForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        if "is_staff" in self.fields:
            self.fields["is_staff"].initial = True


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Not the hash, which tells nobody anything: only the way to a new password."""

    def get_context(self, name: str, value: str, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {
            **context,
            "summary": [{"label": _("Gespeichert, für niemanden lesbar")}],
            "button_label": _("Neues Passwort setzen"),
        }


class EditorForm(UserChangeForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        if "password" in self.fields:
            self.fields["password"].widget = PasswordWidget()
            self.fields["password"].help_text = ""


@admin.register(User)
class EditorAdmin(InGerman, UserAdmin):  # type: ignore[type-arg]
    """Django's own, with the roles first and single rights folded away."""

    form = EditorForm
    add_form = NewEditorForm
    change_password_form = NewPasswordForm
    paginator = BoundedPaginator
    show_full_result_count = False
    list_display = ("username", "first_name", "last_name", "email", "is_active")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Rollen"), {"fields": ("groups", "is_active", "is_staff")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Einzelne Rechte"), {"classes": ("collapse",), "fields": ("is_superuser", "user_permissions")}),
        (_("Wann"), {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Rollen"), {"fields": ("groups", "is_staff")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who has worked here stays in the history of what was changed: the account is closed, not deleted."""
        people = list(objs)
        worked = set(LogEntry.objects.filter(user__in=people).values_list("user_id", flat=True))
        kept = [str(STAYS) % person for person in people if person.pk in worked]
        return [str(person) for person in people], {self.opts.verbose_name_plural: len(people)}, set(), kept


@admin.register(Group)
class RoleAdmin(InGerman, GroupAdmin):  # type: ignore[misc]
    paginator = BoundedPaginator
    show_full_result_count = False
    filter_horizontal = ()
