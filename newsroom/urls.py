"""All addresses: operators', editors', then readers'."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from newsroom.health import metrics
from newsroom.health import views as health

urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", metrics.show),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.forbidden"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"
