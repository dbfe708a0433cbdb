"""Rich text that becomes clean HTML; without script the text area holds the HTML, or plain text with blank lines."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media, Script

from articles.models.base import LONGEST_BODY, validate_printable
from articles.text import html

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
TOO_LONG = "Der Text hat %(show_value)d Zeichen, das sind zu viele: Erlaubt sind %(limit_value)d. Bitte teilen Sie ihn auf."
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "Subscript": True,
    "Superscript": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}


def cleaned(text: str) -> str:
    """What an editor wrote as clean HTML; text without any tag is taken literally."""
    return html.clean(text) if TAG.search(text) else html.from_text(text)


class ProseInput(AdminProseEditorWidget):  # type: ignore[misc]
    """The editor, and below it what a browser without script shows: a text area."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 18, **(attrs or {})}, config={"extensions": EXTENSIONS}, preset="configurable")

    @property
    def media(self) -> Media:
        return super().media + Media(js=[Script("js/desk/prose.js", type="module")])


class ProseField(forms.CharField):
    """limit: signs; longer text is refused with a sentence and stays in the form."""

    widget = ProseInput

    def __init__(self, *, limit: int = LONGEST_BODY, **options: Any) -> None:
        self.limit = limit
        super().__init__(**{"required": False, "validators": [validate_printable], **options})

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            params = {"show_value": len(value), "limit_value": self.limit}
            raise forms.ValidationError(TOO_LONG, code="max_length", params=params)

    def clean(self, value: Any) -> str:
        return cleaned(super().clean(value))
