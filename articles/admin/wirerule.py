"""Rules of the wire: written, rehearsed on the last days' copy, then switched on; and codes that no category knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import desk
from articles.admin.forms.codes import CodesField
from articles.admin.forms.versioned import VersionedForm
from articles.admin.room import NewsroomAdmin
from articles.models import Category, UnknownCode, WireRule
from articles.text.dates import stamp
from articles.wire import rehearsing, routing, unknown


class WireRuleForm(VersionedForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in routing.LISTS:
            if made := self.fields.get(name):
                self.fields[name] = CodesField(label=made.label, help_text=made.help_text)
                self.fields[name].widget.attrs["rows"] = 2


@admin.register(WireRule)
class WireRuleAdmin(NewsroomAdmin):
    form = WireRuleForm
    change_form_template = "admin/articles/wirerule/change_form.html"
    list_display = ("name", "feed", "position", "act", "category", "obeyed")
    list_filter = ("feed", "act")
    list_select_related = ("feed__agency", "category")
    search_fields = ("name",)
    ordering = ("feed", "position", "pk")
    fieldsets = (
        (None, {"fields": (("feed", "position"), "name")}),
        (
            gettext_lazy("Wenn all das zutrifft"),
            {"fields": (("codes", "keywords"), ("genres", "places"), ("languages", "urgency_from", "urgency_to"), ("hour_from", "hour_to"))},
        ),
        (gettext_lazy("Dann"), {"fields": (("act", "category"),)}),
    )

    def get_urls(self) -> list[URLPattern]:
        switch = self.admin_site.admin_view(self.switch_view)
        own = [path(f"<int:pk>/{name}/", switch, {"on": on}, name=f"articles_wirerule_{name}") for name, on in SWITCHES.items()]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any],
        add: bool = False, change: bool = False, form_url: str = "", obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        if obj is not None and not context["errors"]:
            context.update(rehearsal=rehearsing.rehearse(obj.feed, [obj]), is_obeyed=routing.is_obeyed(obj))
            context.update(condition=_condition(obj), may_switch=self.has_change_permission(request, obj))
        context.update(show_save_and_add_another=False, show_save_and_continue=False)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def response_add(self, request: HttpRequest, obj: WireRule, post_url_continue: str | None = None) -> HttpResponse:
        return self._to_rehearsal(request, obj)

    def response_change(self, request: HttpRequest, obj: WireRule) -> HttpResponse:
        return self._to_rehearsal(request, obj)

    def _to_rehearsal(self, request: HttpRequest, obj: WireRule) -> HttpResponse:
        """A rule is not done when it is saved: next comes what it would do."""
        messages.success(request, _("Die Regel «%s» ist gespeichert. Unten steht, was sie bewirkt hätte.") % obj)
        return HttpResponseRedirect(reverse("admin:articles_wirerule_change", args=[obj.pk]) + "#probe")

    @transaction.atomic
    def switch_view(self, request: HttpRequest, pk: int, *, on: bool) -> HttpResponse:
        """Put in force what was rehearsed, and nothing that somebody has saved since; or switch the rule off."""
        rule = WireRule.objects.select_for_update(of=("self",)).select_related("feed").filter(pk=pk).first()
        if rule is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, rule):
            raise PermissionDenied
        if on and request.POST.get("rehearsed") != str(rule.version):
            messages.error(request, _("Die Regel ist inzwischen geändert worden. Bitte sehen Sie sich die Probe noch einmal an."))
        elif on:
            routing.put_in_force(rule)
            self.log_change(request, rule, _("Eingeschaltet"))
            messages.success(request, _("Die Regel «%s» gilt ab sofort.") % rule)
        else:
            routing.switch_off(rule)
            self.log_change(request, rule, _("Ausgeschaltet"))
            messages.success(request, _("Die Regel «%s» ist ausgeschaltet.") % rule)
        return HttpResponseRedirect(reverse("admin:articles_wirerule_change", args=[pk]))

    @admin.display(description=gettext_lazy("Stand"))
    def obeyed(self, rule: WireRule) -> str:
        return _condition(rule)


SWITCHES = {"einschalten": True, "ausschalten": False}


def _condition(rule: WireRule) -> str:
    if rule.in_force is None or rule.in_force_since is None:
        return _("aus")
    since = stamp(rule.in_force_since, style="short")
    if routing.is_obeyed(rule):
        return _("gilt seit %s") % since
    return _("geändert, noch gilt die Fassung vom %s") % since


class CategoryActionForm(ActionForm):
    category = forms.ModelChoiceField(
        Category.objects.in_order(), required=False, label=gettext_lazy("Ressort:"), empty_label=gettext_lazy("Ressort wählen")
    )


@admin.register(UnknownCode)
class UnknownCodeAdmin(NewsroomAdmin):
    """Each line is a question: what does the agency mean by that?"""

    list_display = ("code", "times", "feed", "headline", "seen")
    list_filter = ("feed",)
    list_select_related = ("feed__agency",)
    search_fields = ("code", "headline")
    ordering = ("-seen_at", "-pk")
    fields = ("code", "times", "feed", "headline", "seen")
    readonly_fields = fields
    action_form = CategoryActionForm
    actions = ("assign", "forget")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Ausgewählte einem Ressort zuordnen"), permissions=["change"])
    def assign(self, request: HttpRequest, queryset: QuerySet[UnknownCode]) -> None:
        chosen = request.POST.get("category", "")
        category = Category.objects.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
        if category is None:
            messages.error(request, _("Bitte wählen Sie neben der Aktion auch das Ressort."))
            return
        codes = list(queryset)
        try:
            unknown.assign(codes, category)
        except desk.Refused as refusal:
            messages.error(request, str(refusal))
            return
        told = ngettext("%(number)d Code meint jetzt «%(category)s».", "%(number)d Codes meinen jetzt «%(category)s».", len(codes))
        messages.success(request, told % {"number": len(codes), "category": category})

    @admin.action(description=gettext_lazy("Ausgewählte vergessen"), permissions=["change"])
    def forget(self, request: HttpRequest, queryset: QuerySet[UnknownCode]) -> None:
        gone = queryset.delete()[0]
        messages.success(request, ngettext("%d Code ist vergessen, bis er wieder kommt.", "%d Codes sind vergessen, bis sie wieder kommen.", gone) % gone)

    @admin.display(description=gettext_lazy("Zuletzt"), ordering="seen_at")
    def seen(self, code: UnknownCode) -> str:
        return stamp(code.seen_at, style="short")
