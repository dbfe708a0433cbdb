"""The page «Eingang»: everything that waits, a preview beside it, and what can be done with each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import desk
from articles.admin.forms.choices import is_id
from articles.admin.room import NewsroomAdmin
from articles.models import Feed, WireItem
from articles.text import html
from articles.wire import handling, payload, routing, waiting

FILTERS = {"dienst": "feed", "desk": "desk"}  # parameter of the page → what is narrowed
MOST_AT_ONCE = 50


class InboxPages(NewsroomAdmin):
    """Mixed into the admin class of items."""

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("eingang/", guarded(self.inbox_view), name="articles_wireitem_inbox"),
            path("eingang/verwerfen/", guarded(self.discard_view), name="articles_wireitem_inbox_discard"),
            path("<int:pk>/einarbeiten/", guarded(self.merge_view), name="articles_wireitem_einarbeiten"),
            *super().get_urls(),
        ]

    def inbox_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        given = chosen(request.GET)
        rows = list(waiting.waiting(**{FILTERS[name]: value for name, value in given.items()})[: waiting.MOST + 1])
        entries = waiting.folded(rows[: waiting.MOST])
        shown = self._shown(request.GET.get("meldung", ""), entries)
        context = {
            **self.admin_site.each_context(request), "title": _("Eingang"), "opts": self.opts, "entries": entries,
            "number": len(rows), "is_cut": len(rows) > waiting.MOST, "shown": shown, "preview": preview_of(shown) if shown else {},
            "feeds": Feed.objects.select_related("agency").order_by("agency__short_name", "name"), "desks": waiting.desks(),
            "given": given, "kept": urlencode(given), "may_publish": request.user.has_perm("articles.publish_article"),
            "may_change": self.has_change_permission(request),
        }  # fmt: skip
        return TemplateResponse(request, "admin/inbox.html", context)

    def _shown(self, wanted: str, entries: list[waiting.Entry]) -> WireItem | None:
        """The item asked for, if it still waits; else the first."""
        known = {item.pk for entry in entries for item in (entry.item, *entry.similar)}
        pk = int(wanted) if is_id(wanted) and int(wanted) in known else entries[0].item.pk if entries else 0
        return WireItem.objects.select_related("feed__agency", "feed__category", "article").filter(pk=pk).first()

    def discard_view(self, request: HttpRequest) -> HttpResponse:
        """One and what tells the same, put aside together."""
        self._refuse(request)
        wanted = [pk for pk in request.POST.getlist("meldung") if is_id(pk)][:MOST_AT_ONCE]
        rows = list(WireItem.objects.filter(pk__in=wanted, place=WireItem.Place.INBOX))
        for item in rows:
            handling.discard(item)
        messages.success(request, ngettext("%d Meldung ist verworfen.", "%d Meldungen sind verworfen.", len(rows)) % len(rows))
        return HttpResponseRedirect(back(request))

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lay it beside an article; there both texts stand side by side."""
        self._refuse(request)
        item = WireItem.objects.filter(pk=pk).first()
        if item is None:
            raise Http404
        article = waiting.article_named(request.POST.get("artikel", ""))
        try:
            if article is None:
                raise desk.Refused(_("Diesen Artikel gibt es nicht. Bitte geben Sie seine Nummer oder seine Adresse an."))
            handling.merge(item, article)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(f"{reverse('admin:articles_wireitem_inbox')}?{urlencode({**chosen(request.POST), 'meldung': pk})}")
        messages.success(request, _("Die Meldung liegt jetzt neben «%s». Übernehmen Sie daraus, was Sie brauchen.") % article)
        return HttpResponseRedirect(reverse("admin:articles_wireitem_change", args=[pk]))

    def _refuse(self, request: HttpRequest) -> None:
        if request.method != "POST":
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied


def chosen(parameters: Any) -> dict[str, str]:
    """What the inbox is narrowed to."""
    return {name: parameters[name][:120] for name in FILTERS if parameters.get(name) and "\x00" not in parameters[name]}


def back(request: HttpRequest) -> str:
    """The inbox as narrowed as it was; never anywhere else."""
    kept = urlencode(chosen(request.POST))
    return reverse("admin:articles_wireitem_inbox") + (f"?{kept}" if kept else "")


def preview_of(item: WireItem) -> dict[str, Any]:
    """What the item would be as an article, and who has it already."""
    sent = payload.load(item.payload) if item.payload.get("guid") else None
    found = routing.route(sent, feed=item.feed, obeyed=(), now=item.received_at) if sent else None
    return {
        "body": html.clean(sent.body) if sent else "", "lead": sent.lead if sent else "", "dateline": sent.dateline if sent else "",
        "kicker": sent.kicker if sent else "", "category": found.category if found else None, "told": waiting.told_already(item),
        "remarks": payload.notes(item).get("picture_remarks", ()), "keywords": sent.keywords if sent else (), "pictures": len(sent.pictures) if sent else 0,
    }  # fmt: skip
