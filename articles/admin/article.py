"""Articles: the form, the list, and the buttons that ask the desk to act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.admin.article_acts import ArticleActs
from articles.admin.article_side import side_of
from articles.admin.bases import InlineFormSet, StackedInline
from articles.admin.forms.article import ArticleForm
from articles.admin.forms.names import tags_named
from articles.admin.revisions import show_revision
from articles.admin.room import FIELDS, NewsroomFields
from articles.models import Article, Status, Teaser


class OwnTeasers(InlineFormSet):
    """Only the teaser without a place: the one that speaks for the article in every list."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_own"):
            self._own = super().get_queryset().filter(position=None)
        return self._own


class OwnTeaserInline(NewsroomFields, StackedInline):
    model = Teaser
    formset = OwnTeasers
    formfield_overrides = FIELDS
    fields = ("headline", "text", "picture")
    autocomplete_fields = ("picture",)
    extra = max_num = 1
    verbose_name = _("Teaser")
    verbose_name_plural = _("Teaser in Listen: nur ausfüllen, wenn er anders lauten soll als der Artikel")


@admin.register(Article)
class ArticleAdmin(ArticleActs):
    form = ArticleForm
    inlines = (OwnTeaserInline,)
    autocomplete_fields = ("picture",)
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets = (
        (None, {"fields": ("kicker", "headline", "lead", "body")}),
        (_("Einordnung"), {"fields": ("category", "further", "tag_names", "author_names", ("agency", "dateline"))}),
        (_("Bild"), {"fields": ("picture", "caption")}),
        (_("Zeit und Gewicht"), {"fields": (("kind", "urgency"), "publish_at", ("embargo_until", "visible_until"))}),
        (_("Adresse"), {"classes": ("collapse",), "fields": ("slug",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/zurueckziehen/", wrap(self.withdraw_view), name="articles_article_withdraw"),
            path("<int:pk>/fassungen/<int:version>/", wrap(self.revision_view), name="articles_article_revision"),
            *super().get_urls(),
        ]

    def revision_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        return show_revision(self, request, pk, version)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """How readers learn of a change is only asked once they know the article; what was typed there stays."""
        sets = list(self.fieldsets)
        if (obj is not None and obj.is_public()) or request.POST.get("correction"):
            sets.insert(1, (_("Was Leser erfahren"), {"fields": ("change", "correction"), "classes": ("told",)}))
        return sets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change=change, **{**options, "fields": ArticleForm.Meta.fields})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any],
        add: bool = False, change: bool = False, form_url: str = "", obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        article: Article | None = obj
        context.update(
            side=side_of(article) if article else None,
            may_publish=self.has_publish_permission(request),
            may_withdraw=_is_out(article) and self.has_withdraw_permission(request),
            show_delete=article is None or article.published_at is None,
        )
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if not change:
            obj.save()
            return
        desk.revise(obj, form.copy, kind=form.kind_of_change, editor=request.user)  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool) -> None:
        article: Article = form.instance
        before = desk.page_keys(article)
        super().save_related(request, form, formsets, change)
        if self._tie(article, form) and change:
            desk.revise(article, {"changed_at": timezone.now()}, kind=form.kind_of_change)  # type: ignore[arg-type]
        if any(formset.has_changed() for formset in formsets) or not change:
            desk.announce(before | desk.page_keys(article))
        if form.cleaned_data.get("correction"):
            desk.correct(article, form.cleaned_data["correction"])

    def _tie(self, article: Article, form: ArticleForm) -> bool:
        before = desk.page_keys(article)
        tied = [
            desk.set_tags(article, tags_named(form.cleaned_data["tag_names"])),
            desk.set_authors(article, form.authors),
            desk.set_further_categories(article, form.cleaned_data["further"]),
        ]
        if any(tied):
            desk.announce(before)
        return any(tied)

    def page_keys(self, row: Any) -> Iterable[str]:
        """For a deletion, which only drafts meet: lines above every page and pins that would go along."""
        if row.breaking.exists():
            return ["all"]
        return ["front"] if row.teasers.exclude(position=None).exists() else []

    def hindrances(self, rows: list[Any]) -> list[str]:
        shown = [row for row in rows if row.published_at]
        sentence = _("«%s» ist oder war veröffentlicht: Bitte ziehen Sie den Artikel zurück, statt ihn zu löschen.")
        return [str(sentence) % row for row in shown] or super().hindrances(rows)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet[Any], bool]:
        found, several = super().get_search_results(request, queryset, search_term)
        if search_term.strip().isdigit() and len(search_term) < 15:
            found |= queryset.filter(pk=int(search_term))
        return found, several


def _is_out(article: Article | None) -> bool:
    return article is not None and article.published_at is not None and article.status != Status.WITHDRAWN
