"""The inbox: what agencies sent, to read, take over, publish or discard; and every delivery as it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import desk
from articles.admin.inbox import InboxPages, back
from articles.admin.room import NewsroomAdmin
from articles.models import WireDelivery, WireItem
from articles.text import html
from articles.text.dates import stamp
from articles.wire import comparing, inbox, payload, receiving

MOST_AGAIN = 50  # deliveries read once more at a time: the page waits for them
ACTS: dict[str, Callable[[WireItem], Any]] = {
    "uebernehmen": inbox.take_over,
    "veroeffentlichen": inbox.publish_item,
    "verwerfen": inbox.discard,
}


class ReadOnly:
    """Rows that arrive by themselves: nobody adds, edits or deletes them by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WireItem)
class WireItemAdmin(ReadOnly, InboxPages):
    change_form_template = "admin/articles/wireitem/change_form.html"
    list_display = ("headline_or_guid", "feed", "urgency", "place", "state", "version", "arrived")
    list_filter = ("place", "state", "feed", "needs_look")
    list_select_related = ("feed__agency",)
    search_fields = ("headline", "guid")
    ordering = ("-received_at", "-pk")
    fields = ("text", "reason", "note", "article")
    readonly_fields = fields
    actions = ("discard_selected",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        match = request.resolver_match
        return rows.defer("payload") if match is not None and match.url_name == "articles_wireitem_changelist" else rows

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change=change, **{**options, "fields": ()})

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(self.act_view)
        own = [path(f"<int:pk>/{name}/", act, {"act": name}, name=f"articles_wireitem_{name}") for name in ACTS]
        version = path("<int:pk>/fassung/", self.admin_site.admin_view(self.version_view), name="articles_wireitem_fassung")
        return [*own, version, *super().get_urls()]

    def version_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the agency's newest words, whole or by field."""
        item = WireItem.objects.filter(pk=pk).first()
        if item is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            article = comparing.adopt(item, request.POST.getlist("feld"))
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:articles_wireitem_change", args=[pk]))
        messages.success(request, _("«%s» trägt jetzt die Worte der Agentur, soweit Sie sie angekreuzt haben.") % article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any],
        add: bool = False, change: bool = False, form_url: str = "", obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        may_publish = request.user.has_perm("articles.publish_article")
        if obj is not None:
            ids = payload.notes(obj).get("deliveries", ())
            deliveries = WireDelivery.objects.filter(pk__in=ids).defer("raw").select_related("feed__agency").order_by("pk")
            context.update(deliveries=deliveries, may_see_deliveries=request.user.has_perm("articles.view_wiredelivery"))
            context.update(receipts=list(obj.receipts.all()))
            context.update(differing=comparing.compare(obj) if obj.needs_look else [])
        context.update(show_save=False, show_save_and_continue=False, may_publish=may_publish)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """One of the three acts, by POST only; the answer says what became of the item."""
        item = WireItem.objects.filter(pk=pk).select_related("feed__agency").first()
        if item is None or request.method != "POST":
            raise Http404
        if not self._may(request, act):
            raise PermissionDenied
        try:
            article = ACTS[act](item)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:articles_wireitem_change", args=[pk]))
        messages.success(request, SENTENCES[act] % item)
        return HttpResponseRedirect(_next(act, article, request))

    def _may(self, request: HttpRequest, act: str) -> bool:
        if act == "veroeffentlichen" and not request.user.has_perm("articles.publish_article"):
            return False
        return self.has_change_permission(request)

    @admin.action(description=gettext_lazy("Ausgewählte verwerfen"), permissions=["change"])
    def discard_selected(self, request: HttpRequest, queryset: QuerySet[WireItem]) -> None:
        done = 0
        for item in queryset.filter(place=WireItem.Place.INBOX).defer(None):
            inbox.discard(item)
            done += 1
        messages.success(request, ngettext("%d Meldung ist verworfen.", "%d Meldungen sind verworfen.", done) % done)

    @admin.display(description=gettext_lazy("Überschrift"), ordering="headline")
    def headline_or_guid(self, item: WireItem) -> str:
        return str(item)

    @admin.display(description=gettext_lazy("Eingegangen"), ordering="received_at")
    def arrived(self, item: WireItem) -> str:
        return stamp(item.received_at, style="short")

    @admin.display(description=gettext_lazy("Text"))
    def text(self, item: WireItem) -> str | SafeString:
        body = item.payload.get("body") or ""
        return mark_safe(html.clean(str(body))) or str(_("Die Meldung hat keinen Text."))


SENTENCES = {
    "uebernehmen": gettext_lazy("«%s» ist übernommen. Der Entwurf gehört jetzt Ihnen."),
    "veroeffentlichen": gettext_lazy("«%s» ist veröffentlicht."),
    "verwerfen": gettext_lazy("«%s» ist verworfen."),
}


def _next(act: str, article: Any, request: HttpRequest) -> str:
    """Whoever takes over goes on writing; the others go on reading, where they were."""
    if act == "uebernehmen":
        return reverse("admin:articles_article_change", args=[article.pk])
    return back(request) if request.POST.get("zurueck") == "eingang" else reverse("admin:index")


class Condition(admin.SimpleListFilter):
    """«Unlesbar» is what waits for a person; what a process is reading now is none of it."""

    title = gettext_lazy("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("unlesbar", _("Unlesbar")), ("gelesen", _("Gelesen")), ("wartet", _("Wartet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen: dict[str, dict[str, Any]] = {"unlesbar": {"is_done": False}, "gelesen": {"is_done": True}, "wartet": {"is_done": False, "error": ""}}
        found = queryset.filter(**chosen.get(self.value() or "", {}))
        return found.exclude(error="") if self.value() == "unlesbar" else found


@admin.register(WireDelivery)
class WireDeliveryAdmin(ReadOnly, NewsroomAdmin):
    change_form_template = "admin/articles/wiredelivery/change_form.html"
    list_display = ("name", "feed", "arrived", "is_done", "error")
    list_filter = (Condition, "feed")
    list_select_related = ("feed__agency",)
    search_fields = ("name",)
    ordering = ("-received_at", "-pk")
    fields = ("name", "feed", "arrived", "is_done", "error", "hash")
    readonly_fields = fields
    actions = ("read_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("raw")

    def get_urls(self) -> list[URLPattern]:
        raw = self.admin_site.admin_view(self.raw_view)
        return [path("<int:pk>/roh/", raw, name="articles_wiredelivery_raw"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Erneut einlesen"))
    def read_again(self, request: HttpRequest, queryset: QuerySet[WireDelivery]) -> None:
        """After its feed or a rule was put right; what is known already changes nothing."""
        if not request.user.has_perm("articles.change_wireitem"):
            raise PermissionDenied
        for delivery in queryset.order_by("pk").defer(None).select_related("feed__agency", "feed__category")[:MOST_AGAIN]:
            lines = list(receiving.take(delivery)) if delivery.raw else []
            said = "; ".join(dict.fromkeys(line.outcome.sentence for line in lines)) or _("ist nicht mehr aufbewahrt")
            level = messages.SUCCESS if lines and all(line.outcome.code != "refused" for line in lines) else messages.WARNING
            messages.add_message(request, level, f"{delivery.name}: {said}")

    def raw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came; as plain text and as a file, whatever they claim to be."""
        delivery = WireDelivery.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, delivery):
            raise PermissionDenied
        if delivery is None:
            raise Http404
        answer = HttpResponse(bytes(delivery.raw), content_type="text/plain; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="lieferung-{pk}.txt"'
        return answer

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("Eingegangen"), ordering="received_at")
    def arrived(self, delivery: WireDelivery) -> str:
        return stamp(delivery.received_at, style="seconds")
