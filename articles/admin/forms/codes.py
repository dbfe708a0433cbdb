"""A list of codes, one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models.base import validate_printable

LONGEST = 100


class CodesField(forms.CharField):
    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "validators": [validate_printable], **options})
        self.widget.attrs["rows"] = 4

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(filter(None, (line.strip() for line in super().clean(value).splitlines()))))
        for code in codes:
            if len(code) > LONGEST:
                raise forms.ValidationError(_("«%s …» ist kein Code: Bitte schreiben Sie einen je Zeile.") % code[:40])
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != [line.strip() for line in (data or "").splitlines() if line.strip()]
