"""Pictures: upload, focal point, words, rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.admin.forms.picture import PictureForm, UploadForm
from articles.admin.room import NewsroomAdmin
from articles.media.renditions import filename, widths_for
from articles.models import Article, Picture
from articles.text.dates import stamp

MOST_ARTICLES = 50  # with more of them, every page is dropped from the caches instead
WORDS = ("alt", "caption", "credit", "title", "rights_until")


@admin.register(Picture)
class PictureAdmin(NewsroomAdmin):
    list_display = ("thumbnail", "named", "credit", "rights", "taken_in")
    list_display_links = ("thumbnail", "named")
    list_per_page = 30
    search_fields = ("title", "alt", "caption", "credit")
    ordering = ("-created_at", "-pk")
    readonly_fields = ("preview",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change=change, **{**options, "form": PictureForm if obj else UploadForm})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("preview", ("focal_x", "focal_y"), *WORDS) if obj else ("upload", *WORDS)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/original/", wrap(self.original_view), name="articles_picture_original"),
            path("<int:pk>/klein/", wrap(self.small_view), name="articles_picture_small"),
            *super().get_urls(),
        ]

    def small_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The smallest rendition; the original as long as there is none."""
        picture = Picture.objects.filter(pk=pk).first()
        if picture is None or not picture.is_public():
            return self.original_view(request, pk)
        return HttpResponseRedirect(_small(picture))

    def original_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        picture = Picture.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        if picture is None or not picture.file.storage.exists(picture.file.name or ""):
            raise Http404
        headers = {"Cache-Control": "private, max-age=3600"}
        return FileResponse(picture.file.open("rb"), content_type="image/jpeg", headers=headers)

    @admin.display(description=_("Bild"))
    def preview(self, picture: Picture) -> SafeString:
        """The whole picture; script sets the focal point by click or arrow keys and shows the crops."""
        return format_html(
            '<div class="focal" data-focal><img src="{}" alt="{}" width="{}" height="{}"></div>',
            reverse("admin:articles_picture_original", args=[picture.pk]), picture.alt, picture.width, picture.height,
        )  # fmt: skip

    @admin.display(description=_("Vorschau"))
    def thumbnail(self, picture: Picture) -> str | SafeString:
        if picture.rendered_at is None or not picture.is_public():
            return str(_("wird zugeschnitten")) if picture.rendered_at is None else str(_("Rechte abgelaufen"))
        return format_html('<img class="thumb" src="{}" alt="" width="120" height="90" loading="lazy">', _small(picture))

    @admin.display(description=_("Titel"), ordering="title")
    def named(self, picture: Picture) -> str:
        return str(picture)

    @admin.display(description=_("Rechte bis"), ordering="rights_until")
    def rights(self, picture: Picture) -> str:
        return stamp(picture.rights_until, style="short") if picture.rights_until else str(_("unbegrenzt"))

    @admin.display(description=_("Aufgenommen"), ordering="created_at")
    def taken_in(self, picture: Picture) -> str:
        return stamp(picture.created_at, style="short")

    def page_keys(self, row: Any) -> Iterable[str]:
        shown = list(Article.objects.filter(picture=row).select_related("category").defer("body")[: MOST_ARTICLES + 1])
        if len(shown) > MOST_ARTICLES or row.authors.exists() or row.teasers.exists():
            return ["all", row.page_key]
        return {row.page_key, *(key for article in shown for key in desk.page_keys(article))}

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """A moved focal point asks for new renditions: the old ones have another address."""
        if {"focal_x", "focal_y"} & set(form.changed_data):
            obj.rendered_at = None
        super().save_model(request, obj, form, change)


def _small(picture: Picture) -> str:
    width = widths_for(picture.width, picture.height, "4x3")[0]
    return reverse("articles:picture", args=[filename(picture.rendition_key, "4x3", width, "jpg")])
