"""Forms that notice when somebody else has saved in the meantime."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from articles.admin.bases import ModelForm
from articles.models.base import Versioned
from articles.text.dates import stamp

CONFLICT = _(
    "Inzwischen hat %(name)s gespeichert%(when)s. Ihr Text steht unverändert im Formular, noch ist nichts verloren. "
    "Bitte öffnen Sie den Eintrag in einem zweiten Fenster und vergleichen Sie; "
    "wenn Sie noch einmal speichern, gilt Ihre Fassung."
)


class VersionedForm(ModelForm):
    """Carries the version its text was made from and compares it before anything is written; a new one, a token of its own."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.fields["seen_version"].initial = getattr(self.instance, "version", None)
        if self.instance.pk is None:
            self.fields["form_token"].initial = get_random_string(32)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen is not None and isinstance(self.instance, Versioned):
            self._compare(seen)
        return data

    def _compare(self, seen: int) -> None:
        rows = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        if connection.in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        stored = rows.values_list("version", flat=True).first()
        if stored is None or stored == seen:
            return
        if isinstance(self.data, QueryDict):
            typed = self.data.copy()
            typed[self.add_prefix("seen_version")] = str(stored)
            self.data = typed
        self.add_error(None, forms.ValidationError(CONFLICT, code="conflict", params=_last_editor(self.instance)))


def _last_editor(row: models.Model) -> dict[str, str]:
    kind = ContentType.objects.get_for_model(row)
    entry = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user").first()
    if entry is None:
        return {"name": str(_("jemand anderes oder die Agentur")), "when": ""}
    when = f" ({stamp(entry.action_time, style='short')})"
    return {"name": entry.user.get_full_name() or entry.user.get_username(), "when": when}
