"""Publishing and withdrawing from the form and from the list: questions to the desk, answers to the editor."""

from __future__ import annotations

import csv

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import desk
from articles.admin.article_list import ArticleList
from articles.admin.forms.moment import MomentField
from articles.models import Article, Status
from articles.text.dates import stamp

CHECKBOX = "_selected_action"

MOST_JOINED = 20


def _harmless(text: str) -> str:
    """A spreadsheet would reckon with what begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class ArticleActs(ArticleList):
    """What the article's admin class does when a button is pressed."""

    actions = ("publish_selected", "withdraw_selected", "join_selected", "split_selected", "list_selected")

    @admin.action(description=gettext_lazy("Als Liste herunterladen (CSV)"), permissions=["view"])
    def list_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        """What an agency wants to see of its licence: which of its copy stood here, and until when."""
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="artikel.csv"'
        answer.write("\ufeff")  # without it, spreadsheets take umlauts for something else
        writer = csv.writer(answer, delimiter=";")
        writer.writerow([_("Nummer"), _("Überschrift"), _("Adresse"), _("Agentur"), _("Veröffentlicht"), _("Lizenz bis"), _("Abgelaufen"), _("Stand")])
        for article in queryset.select_related("category", "agency"):
            moments = (article.published_at, desk.licence_end(article), article.licence_ended_at)
            told = [stamp(moment, style="seconds") if moment else "" for moment in moments]
            address = f"{settings.SITE_URL}{article.get_absolute_url()}"
            writer.writerow([article.pk, _harmless(article.headline), address, article.agency or "", *told, article.get_status_display()])
        return answer

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.withdraw_article")

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def _answer(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """After saving: do what the button says, and stay with the article."""
        if "_popup" in request.POST:
            return None
        if "_publish" in request.POST and self.has_publish_permission(request):
            self._publish(request, article)
        elif "_review" in request.POST:
            desk.send_to_review(article)
            messages.success(request, _("Gespeichert. «%s» wartet jetzt auf Abnahme.") % article)
        else:
            messages.success(request, _("«%s» ist gespeichert.") % article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _publish(self, request: HttpRequest, article: Article) -> None:
        at = MomentField(required=False).clean(request.POST.get("publish_at", ""))
        try:
            self._refuse_return(request, article)
            if not article.is_public():
                desk.publish(Article.objects.select_related("category", "agency").get(pk=article.pk), at=at)
        except desk.Refused as refusal:
            messages.error(request, _("Gespeichert, aber nicht veröffentlicht: %s") % refusal)
            return
        messages.success(request, self._published_sentence(article))

    def _refuse_return(self, request: HttpRequest, article: Article) -> None:
        """What was withdrawn comes back only through somebody who may withdraw."""
        if article.status == Status.WITHDRAWN and not self.has_withdraw_permission(request):
            raise desk.Refused(_("«%s» ist zurückgezogen. Nur der Chef vom Dienst kann den Artikel wieder zeigen.") % article)

    def _published_sentence(self, article: Article) -> str:
        article.refresh_from_db(fields=["status", "published_at", "embargo_until"])
        if article.is_public():
            return _("«%s» ist öffentlich.") % article
        begins = max((moment for moment in (article.published_at, article.embargo_until) if moment), default=None)
        moment = stamp(begins, style="short") if begins else "–"
        return _("«%(article)s» erscheint am %(moment)s.") % {"article": article, "moment": moment}

    @admin.action(description=gettext_lazy("Ausgewählte veröffentlichen"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = 0
        for article in queryset.select_related("category", "agency").defer(None):
            try:
                self._refuse_return(request, article)
                desk.publish(article, at=article.published_at)  # what is planned keeps its moment
                if article.is_public():
                    done += 1
                else:
                    messages.warning(request, self._published_sentence(article))
            except desk.Refused as refusal:
                messages.error(request, str(refusal))
        if done:
            messages.success(request, ngettext("%d Artikel ist öffentlich.", "%d Artikel sind öffentlich.", done) % done)

    @admin.action(description=gettext_lazy("Erzählen dieselbe Geschichte"), permissions=["change"])
    def join_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Readers see one of them in lists, and the others below it."""
        chosen = list(queryset.defer(None)[:MOST_JOINED])
        if len(chosen) < 2:
            messages.error(request, _("Bitte wählen Sie mindestens zwei Artikel."))
            return
        for other in chosen[1:]:
            desk.join_stories(chosen[0], other, by=request.user)
        messages.success(request, _("%d Artikel stehen jetzt als eine Geschichte in den Listen.") % len(chosen))

    @admin.action(description=gettext_lazy("Aus der Geschichte lösen"), permissions=["change"])
    def split_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        parted = sum(desk.split_story(article, by=request.user) for article in queryset.defer(None)[:MOST_JOINED])
        if parted:
            messages.success(request, ngettext("%d Artikel steht wieder für sich.", "%d Artikel stehen wieder für sich.", parted) % parted)
        else:
            messages.warning(request, _("Keiner der Artikel gehört zu einer Geschichte."))

    @admin.action(description=gettext_lazy("Ausgewählte zurückziehen"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, list(queryset))
        self._withdraw(request, list(queryset.defer(None)))
        return None

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = Article.objects.filter(pk=pk).select_related("category").first()
        if article is None:
            raise Http404
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, [article])
        self._withdraw(request, [article])
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def _withdraw(self, request: HttpRequest, listed: list[Article]) -> None:
        done = 0
        for article in listed:
            try:
                desk.withdraw(article)
                done += 1
            except desk.Refused as refusal:
                messages.error(request, str(refusal))
        if done:
            messages.success(request, ngettext("%d Artikel ist zurückgezogen.", "%d Artikel sind zurückgezogen.", done) % done)

    def _ask(self, request: HttpRequest, listed: list[Article]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Zurückziehen"),
            "opts": self.opts,
            "listed": listed,
            "checkbox": CHECKBOX,
            "is_action": "action" in request.POST,
        }
        return TemplateResponse(request, "admin/articles/article/withdraw.html", context)
