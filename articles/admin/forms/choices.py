"""Choices among rows of a table; a number that no row can have is simply none of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

LARGEST = 2**63 - 1  # what both databases take for a number

if TYPE_CHECKING:
    SeveralRows = forms.ModelMultipleChoiceField[Any]
else:
    SeveralRows = forms.ModelMultipleChoiceField


def is_id(value: object) -> bool:
    """Whether the text can be the number of a row in either database."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST


class CompletingSelect(AutocompleteSelect):
    """Looks up the name of the chosen row; what cannot be a row is not looked up."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [chosen for chosen in value if is_id(chosen)], attrs)


class SeveralField(SeveralRows):
    def clean(self, value: Any) -> Any:
        for chosen in value if isinstance(value, (list, tuple)) else ():
            if not is_id(chosen):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": chosen}
                )
        return super().clean(value)
