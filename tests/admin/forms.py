"""Forms as a browser would send them back: what stands in the page, with some fields typed anew."""

from __future__ import annotations

from typing import Any

from django.test import Client

TEASERS = {"teasers-TOTAL_FORMS": "1", "teasers-INITIAL_FORMS": "0", "teasers-MIN_NUM_FORMS": "0", "teasers-MAX_NUM_FORMS": "1"}

NO_TERMS = {"terms-TOTAL_FORMS": "0", "terms-INITIAL_FORMS": "0"}  # of an agency


def shown(client: Client, address: str) -> dict[str, Any]:
    """Every field of the page's form and of its inlines, with the value it shows."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {bound.html_name: _value(bound) for form in forms for bound in form if _value(bound) is not None}


def messages_of(answer: Any) -> list[str]:
    """What the page that was led to says on top."""
    return [str(message) for message in answer.context["messages"]]


def _value(bound: Any) -> Any:
    value = bound.field.prepare_value(bound.value())
    if hasattr(bound.field.widget, "check_test"):
        return "on" if bound.field.widget.check_test(value) else None
    value = value if isinstance(value, list) else bound.field.widget.format_value(value)
    if isinstance(value, list) and len(value) == 1 and not hasattr(bound.field.widget, "allow_multiple_selected"):
        return value[0]
    return value


def article(**typed: Any) -> dict[str, Any]:
    """A new article's form."""
    return {"headline": "Kai wird gebaut", "lead": "Der Rat stimmt zu.", "body": "<p>Der Rat stimmt zu.</p>", **TEASERS, **typed}
