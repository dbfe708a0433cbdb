"""A moment as editors type it: Berlin time, with sentences for what the calendar does not know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.text.dates import BERLIN, DateError, parse_local


def typed(moment: datetime) -> str:
    """As an editor would type it; the second half of a doubled hour needs its offset to come back the same."""
    local = moment.astimezone(BERLIN)
    return local.isoformat(timespec="seconds") if local.fold else f"{local:%d.%m.%Y %H:%M:%S}"


class MomentInput(forms.TextInput):
    """Plain text, for a browser's own date field would swallow what it does not understand."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "24.02.2025 21:44", "class": "moment", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return typed(value) if isinstance(value, datetime) else value


class MomentField(forms.Field):
    widget = MomentInput
    default_error_messages = {"required": _("Bitte geben Sie einen Zeitpunkt an, etwa 24.02.2025 21:44.")}

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or value in self.empty_values or not str(value).strip():
            return value if isinstance(value, datetime) else None
        try:
            return parse_local(str(value))
        except DateError as error:
            raise forms.ValidationError(str(error), code="moment") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial() if callable(initial) else initial
        if not isinstance(before, datetime):
            return super().has_changed(before, data)
        return typed(before) != str(data or "").strip()
