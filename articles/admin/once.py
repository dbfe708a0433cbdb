"""A form makes one row, however often it is sent: by a double click, or after the browser's Back."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from articles.admin.bases import ModelAdmin
from articles.models import Submission

FIELD = "form_token"
REMEMBERED = timedelta(days=2)  # longer than any form stays open
WORTH_SHOWING = 20  # signs; shorter values (numbers, choices, dates) are kept and not shown
A_MOMENT = timedelta(hours=1)
AGAIN = "form_again"  # the editor has said that a second one is wanted


def kept(request: HttpRequest, *, own: str = "") -> list[tuple[str, str]]:
    """Every value sent, in its order; no passwords, no token, and nothing that starts with `own`."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name and not (own and name.startswith(own))
        for value in values
    ]


def words_of(fields: list[tuple[str, str]]) -> list[str]:
    """The values that an editor would miss."""
    return [value for name, value in fields if len(value) > WORTH_SHOWING and name != FIELD]


def made(request: HttpRequest, model: type[models.Model]) -> tuple[Submission, models.Model] | None:
    """What this very form has made before, if it is still there."""
    token = request.POST.get(FIELD, "")
    if not token or len(token) > 64 or "\x00" in token:
        return None
    found = _same(request, token, Submission.objects.filter(model=model._meta.label_lower))
    row = model._base_manager.filter(pk=found.object_id).first() if found else None
    if found is not None and row is None:
        found.delete()
    return (found, row) if found is not None and row is not None else None


def _same(request: HttpRequest, token: str, sent: models.QuerySet[Submission]) -> Submission | None:
    """By its token; where the browser has drawn the form anew, by saying the very same a moment later."""
    if found := sent.filter(token=token).first():
        return found
    if AGAIN in request.POST:
        return None
    return sent.filter(digest=_digest(request), made_at__gt=timezone.now() - A_MOMENT).first()


def remember(request: HttpRequest, row: models.Model) -> None:
    """Within the transaction that makes the row: whoever comes second meets the unique token."""
    token = request.POST.get(FIELD, "")
    if not token or len(token) > 64:
        return
    now = timezone.now()
    Submission.objects.filter(made_at__lt=now - REMEMBERED).delete()
    Submission.objects.create(
        token=token, model=row._meta.label_lower, object_id=row.pk, digest=_digest(request), made_at=now,
    )  # fmt: skip


def _digest(request: HttpRequest) -> str:
    """Of what was typed; which button was pressed and how the browser counts its fields do not matter."""
    typed = [field for field in kept(request) if not field[0].startswith(("_", "form_"))]
    return hashlib.sha256(json.dumps(sorted(typed)).encode("ascii")).hexdigest()


def answer_again(room: ModelAdmin, request: HttpRequest, found: Submission, row: Any) -> HttpResponse:
    """The row is there already; words that differ from the first time are shown, for they are not saved."""
    if "_popup" in request.POST:
        return room.response_add(request, row)
    address = reverse(f"admin:{room.opts.app_label}_{room.opts.model_name}_change", args=[row.pk])
    if found.digest == _digest(request):
        messages.warning(
            request, _("Das Formular war schon gespeichert. «%s» ist nur einmal angelegt: Hier ist der Eintrag.") % row
        )
        return HttpResponseRedirect(address)
    fields = [field for field in kept(request) if field[0] not in (FIELD, AGAIN)]
    context = {
        **room.admin_site.each_context(request), "title": _("Diesen Eintrag gibt es schon"), "opts": room.opts, "row": row,
        "address": address, "action": request.get_full_path(), "kept": [*fields, (FIELD, get_random_string(32)), (AGAIN, "1")],
        "words": words_of(fields),
    }  # fmt: skip
    return TemplateResponse(request, "admin/again.html", context)
