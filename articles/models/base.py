"""What editable models share: a version that tells two editors apart, and checks of their text."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.text import signs

# Control characters, line ends no keyboard has, and the signs that turn the direction of the text around them.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
LAST_PLACE = MaxValueValidator(9999)  # in any order; well inside what both databases hold
LONGEST_BODY = 400_000  # signs; the longest newspaper article ever printed had about 200,000


def validate_printable(value: str) -> None:
    """Refuse what cannot be seen but changes what is seen."""
    found = FORBIDDEN.search(value)
    if found:
        raise ValidationError(
            _("Der Text enthält an Stelle %(place)s ein unsichtbares Steuerzeichen (%(sign)s). Bitte löschen Sie es."),
            code="control_character",
            params={"place": found.start() + 1, "sign": f"U+{ord(found[0]):04X}"},
        )
    if value.strip() and not signs.is_seen(value):
        raise ValidationError(_("Hier stehen nur Zeichen, die niemand sieht. Bitte schreiben Sie Wörter."), code="invisible")


class Versioned(models.Model):
    """A row that counts its own changes; `save()` raises the count, forms compare it."""

    version = models.PositiveIntegerField(_("Version"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        self.version += 1
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "version"}
        super().save(*args, **options)
