"""Lists that take any parameter: what no row can match leads back to the whole list, with a sentence."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import BinaryField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles.admin.bases import ModelAdmin
from articles.admin.forms.choices import is_id

IMPOSSIBLE = re.compile(r"\d{19,}|\x00")  # numbers and signs at which one of the databases breaks off


class RoomChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        if any(IMPOSSIBLE.search(text) for text in self._narrowing()) or self._asks_for_bytes():
            raise IncorrectLookupParameters
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        return rows

    def _narrowing(self) -> list[str]:
        """What the list is filtered by; what is searched for may be anything."""
        given = [values for name, values in self.filter_params.items() if name != SEARCH_VAR]
        return [str(text) for values in given for text in (values if isinstance(values, list) else [values])]

    def _asks_for_bytes(self) -> bool:
        raw = [field.name for field in self.lookup_opts.concrete_fields if isinstance(field, BinaryField)]
        return any(name.split("__", 1)[0] in raw for name in self.filter_params)


class RoomLists(ModelAdmin):
    """What lists and the completing search share, whoever's rows they show."""

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return RoomChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:  # type: ignore[override]
        """Rows that cannot be were not ticked in any list of ours."""
        if all(map(is_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            return super().response_action(request, queryset)
        messages.error(request, _("Diese Auswahl gibt es nicht. Bitte wählen Sie noch einmal aus."))
        return HttpResponseRedirect(request.get_full_path())

    def _get_edited_object_pks(self, request: HttpRequest, prefix: str) -> list[str]:
        """Rows changed in the list itself."""
        return [pk for pk in super()._get_edited_object_pks(request, prefix) if is_id(pk)]
