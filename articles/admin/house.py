"""The site as a whole, its pages that are no news, and the corrections readers were told of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.admin.forms.prose import ProseField
from articles.admin.forms.versioned import VersionedForm
from articles.admin.room import NewsroomAdmin
from articles.models import Correction, House, Page
from articles.text.dates import stamp

LONGEST_PAGE = 100_000


@admin.register(House)
class HouseAdmin(NewsroomAdmin):
    """There is one site: the list leads straight to it."""

    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "description", "email", "quote_style", "related_count")}),
        (_("Impressum"), {
            "description": _("Daraus entsteht die Seite «Impressum». Pflicht sind Herausgeber, Anschrift, E-Mail und wer verantwortlich ist."),
            "fields": ("publisher", "address", "phone", "represented_by", "register", "vat_id", "responsible", "arbitration"),
        }),
        (_("Datenschutz, Sicherheit, Barrierefreiheit"), {
            "fields": ("privacy_email", "privacy_officer", "supervisor", "log_days", "security_email", "accessibility_review"),
        }),
        (_("Was Programme dürfen"), {
            "fields": ("allows_training", "allows_ai_search", "allows_on_demand", "tdm_reservation", "tdm_policy"),
        }),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not House.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        house = House.objects.only("pk").first()
        if house is not None and self.has_view_permission(request, house):
            return HttpResponseRedirect(reverse("admin:articles_house_change", args=[house.pk]))
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: House, form: Any, change: bool) -> None:
        obj.pk, obj.changed_at = 1, timezone.now()
        super().save_model(request, obj, form, change)

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["all"]


class PageForm(VersionedForm):
    body = ProseField(
        label=_("Text"), limit=LONGEST_PAGE,
        help_text=_("Leer: der mitgelieferte Text mit den Angaben unter «Website». Was Sie hier schreiben, steht stattdessen da."),
    )  # fmt: skip


@admin.register(Page)
class PageAdmin(NewsroomAdmin):
    form = PageForm
    list_display = ("title", "slug", "changed")
    search_fields = ("title",)
    fields = ("slug", "title", "lead", "body")

    @admin.display(description=_("Geändert"), ordering="changed_at")
    def changed(self, page: Page) -> str:
        return stamp(page.changed_at, style="short")

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def page_keys(self, row: Any) -> Iterable[str]:
        return [row.page_key, "front"]


@admin.register(Correction)
class CorrectionAdmin(NewsroomAdmin):
    """New ones are written with the article; here stands what readers were told."""

    list_display = ("text", "article", "told_at")
    list_select_related = ("article",)
    search_fields = ("text", "article__headline")
    readonly_fields = ("article", "told_at")
    fields = ("article", "told_at", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("Zeitpunkt"), ordering="created_at")
    def told_at(self, correction: Correction) -> str:
        return stamp(correction.created_at, style="short")

    def page_keys(self, row: Any) -> Iterable[str]:
        return desk.page_keys(row.article)
