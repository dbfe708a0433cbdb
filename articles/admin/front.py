"""The front page's places, what is pinned to them, and the breaking line above all pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.admin.forms.slugged import SluggedForm
from articles.admin.pins import place_of, sentence_for, standing
from articles.admin.room import NewsroomAdmin
from articles.front.arrangement import pins_showing
from articles.models import Breaking, Position, Teaser
from articles.text.dates import stamp

USUAL_TIME = timedelta(hours=2)  # how long a breaking line stands unless an editor says otherwise


@admin.register(Teaser)
class TeaserAdmin(NewsroomAdmin):
    list_display = ("shown", "position", "article", "until")
    list_filter = ("position",)
    list_select_related = ("position", "article")
    search_fields = ("headline", "article__headline")
    autocomplete_fields = ("article", "picture")
    fieldsets = (
        (None, {"fields": ("article", "position", "pinned", "standing")}),
        (_("Wortlaut: leer gilt, was der Artikel sagt"), {"fields": ("headline", "text", "picture")}),
        (_("Zeit"), {"fields": (("visible_from", "visible_until"),)}),
    )

    readonly_fields = ("standing",)

    def get_list_display(self, request: HttpRequest) -> Any:
        return (*self.list_display[:2], place_of(pins_showing()), *self.list_display[2:])

    @admin.display(description=_("Jetzt festgehalten"))
    def standing(self, teaser: Teaser) -> str:
        return standing()

    def response_add(self, request: HttpRequest, obj: Teaser, post_url_continue: str | None = None) -> HttpResponse:
        self._tell(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Teaser) -> HttpResponse:
        self._tell(request, obj)
        return super().response_change(request, obj)

    def _tell(self, request: HttpRequest, teaser: Teaser) -> None:
        sentence = sentence_for(teaser)
        if sentence:
            messages.warning(request, sentence)

    @admin.display(description=_("Teaser"), ordering="headline")
    def shown(self, teaser: Teaser) -> str:
        return teaser.headline or teaser.article.headline

    @admin.display(description=_("Sichtbar bis"), ordering="visible_until")
    def until(self, teaser: Teaser) -> str:
        return stamp(teaser.visible_until, style="short") if teaser.visible_until else str(_("unbegrenzt"))

    def page_keys(self, row: Any) -> Iterable[str]:
        return desk.page_keys(row.article)


class PositionForm(SluggedForm):
    slug_from = "label"

    def clean_slug(self) -> str:
        """The page is no field of the form, so the form cannot see by itself that an address is taken."""
        slug = super().clean_slug()
        if Position.objects.filter(page=self.instance.page, slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Einen Platz mit der Kennung «%s» gibt es schon. Bitte wählen Sie eine andere.") % slug)
        return slug


@admin.register(Position)
class PositionAdmin(NewsroomAdmin):
    form = PositionForm
    list_display = ("label", "rule", "category", "limit", "position")
    list_editable = ("position",)
    list_select_related = ("category",)
    search_fields = ("label", "slug")
    ordering = ("position", "pk")
    fields = ("label", "slug", "rule", "category", "limit", "position")

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["front"]


@admin.register(Breaking)
class BreakingAdmin(NewsroomAdmin):
    list_display = ("headline", "article", "since", "until")
    list_select_related = ("article",)
    search_fields = ("headline",)
    ordering = ("-visible_from",)
    autocomplete_fields = ("article",)
    fields = ("headline", "article", ("visible_from", "visible_until"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        now = timezone.now()
        return {"visible_from": now, "visible_until": now + USUAL_TIME, **super().get_changeform_initial_data(request)}

    @admin.display(description=_("Sichtbar ab"), ordering="visible_from")
    def since(self, line: Breaking) -> str:
        return stamp(line.visible_from, style="short")

    @admin.display(description=_("Sichtbar bis"), ordering="visible_until")
    def until(self, line: Breaking) -> str:
        return stamp(line.visible_until, style="short")

    def page_keys(self, row: Any) -> Iterable[str]:
        return ["all"]
