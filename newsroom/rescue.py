"""What an editor has written outlives a session that ended and a form whose token is old."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.once import kept, words_of
from newsroom import errors

OWN = "rescue"  # prefix of this page's own fields


def ask_login(request: HttpRequest) -> HttpResponse:
    """The answer to a form of somebody who is not (or no longer) logged in: log in here, then send it again."""
    form = AdminAuthenticationForm(request, data=request.POST if f"{OWN}-username" in request.POST else None, prefix=OWN)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        return _page(request, title=_("Sie sind wieder angemeldet. Ihr Text ist noch da."), status=200)
    return _page(request, title=_("Ihre Anmeldung ist abgelaufen. Ihr Text ist noch da."), form=form, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that does not fit: our own page may send its form again, anybody else's may not."""
    if request.method != "POST" or not _is_from_here(request):
        return errors.forbidden(request)
    if request.path == reverse("admin:login"):
        is_in = admin.site.has_permission(request)
        return HttpResponseRedirect(reverse("admin:index")) if is_in else errors.forbidden(request)
    if not admin.site.has_permission(request):
        return ask_login(request)
    return _page(request, title=_("Nicht gespeichert, aber Ihr Text ist noch da."), status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Every browser says where a form comes from; who says nothing is a stranger."""
    named = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(named)
    here = f"{request.scheme}://{request.get_host()}"
    return f"{parts.scheme}://{parts.netloc}" in {here, *settings.CSRF_TRUSTED_ORIGINS}


def _page(request: HttpRequest, *, title: str, status: int, form: AdminAuthenticationForm | None = None) -> HttpResponse:
    fields = kept(request, own=f"{OWN}-")
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "action": request.get_full_path(),
        "kept": fields,
        "words": words_of(fields),
        "had_files": bool(request.FILES),
    }
    answer = render(request, "admin/rescue.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def guard(view: Any) -> Any:
    """Around every view of the editors' side: a form is answered with its text instead of with the login page."""

    def guarded(request: HttpRequest, *args: Any, **options: Any) -> Any:
        if request.method == "POST" and not admin.site.has_permission(request) and request.path != reverse("admin:logout"):
            return ask_login(request)
        return view(request, *args, **options)

    return guarded
