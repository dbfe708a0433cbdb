"""An earlier state of an article, to read and to copy from."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.bases import ModelAdmin
from articles.models import Revision

LARGEST = 2**31 - 1  # what both databases take for either number


def show_revision(room: ModelAdmin, request: HttpRequest, pk: int, version: int) -> HttpResponse:
    if not room.has_view_permission(request):
        raise PermissionDenied
    if max(pk, version) > LARGEST:
        raise Http404
    revision = get_object_or_404(Revision.objects.select_related("article", "editor"), article_id=pk, version=version)
    context = {
        **room.admin_site.each_context(request),
        "title": _("Fassung %d") % version,
        "opts": room.opts,
        "revision": revision,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)
