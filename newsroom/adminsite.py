"""The editors' side: Django's admin under our own roof, its start page laid out as a newsroom works."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

# The navigation: groups and their models, in the order in which an editor's day needs them.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Redaktion"), ("Article", "WireItem", "Teaser", "Position", "Breaking", "Correction", "Report")),
    (_("Bestand"), ("Picture", "Tag", "Author", "Category", "Page")),
    (_("Agenturen"), ("Agency", "Feed", "WireRule", "UnknownCode", "WireDelivery")),
    (_("Verwaltung"), ("House", "User", "Group")),
)


class DeskConfig(AdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "newsroom.adminsite.DeskSite"


class DeskSite(AdminSite):
    site_header = _("Redaktion")
    site_title = _("Redaktion")
    index_title = _("Schreibtisch")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        may_see_figures = request.user.has_perm("articles.view_readcount")
        own = {"site_name": settings.SITE_NAME, "here": request.path, "may_see_figures": may_see_figures}
        return {**super().each_context(request), **own}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's guard within ours: nothing that was written is lost, and Back leads to the very form that was sent."""
        inner = super().admin_view(view, cacheable)

        def answered(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            # By name: this module is read before any model exists.
            answer: HttpResponse = import_string("newsroom.rescue.guard")(inner)(request, *args, **options)
            if getattr(answer, "may_come_back", False):
                answer.headers["Cache-Control"] = "private, max-age=0, no-cache"
            return answer

        return update_wrapper(answered, view)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Groups in place of apps, for the navigation; what nobody placed is not shown."""
        found = {model["object_name"]: model for app in self._build_app_dict(request).values() for model in app["models"]}
        if item := found.get("WireItem"):
            item["admin_url"] = reverse("admin:articles_wireitem_inbox")
        groups = [
            {"name": name, "app_label": "articles", "models": [found[model] for model in models if model in found]}
            for name, models in GROUPS
        ]
        return [group for group in groups if group["models"]]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # By name: this module is read before any model exists.
        panels = import_string("articles.admin.board.board")(request.user)
        return super().index(request, {**panels, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        return [path("zahlen/", self.admin_view(self.figures), name="figures"), *super().get_urls()]

    def figures(self, request: HttpRequest) -> TemplateResponse:
        """How often articles were read."""
        found = import_string("articles.admin.figures.figures")(request.user, request.GET.get("tage", ""))
        return TemplateResponse(request, "admin/figures.html", {**self.each_context(request), **found})

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """Apps are no place in a newsroom: their address leads to the start page."""
        return HttpResponseRedirect(reverse("admin:index"))

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The words of Django's scripts and of the text editor's buttons."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)  # type: ignore[return-value]
