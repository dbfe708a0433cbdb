"""The editors' side: Django's admin under our own roof, its start page laid out as a newsroom works."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "newsroom.adminsite.DeskSite"


class DeskSite(AdminSite):
    site_header = _("Redaktion")
    site_title = _("Redaktion")
    index_title = _("Schreibtisch")
