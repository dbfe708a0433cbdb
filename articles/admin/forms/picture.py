"""Uploading a picture: checked by what is in it, its words filled in from what the photographer wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin.forms.versioned import VersionedForm
from articles.media.intake import Original, PictureError, read
from articles.models import Picture

FROM_FILE = {"credit": 200, "caption": 500}  # what may stand in the file already, and how much of it we keep


class PictureForm(VersionedForm):
    class Media:
        js = (Script("js/desk/focal.js", type="module"),)


class UploadForm(PictureForm):
    upload = forms.FileField(
        label=_("Datei"), help_text=_("JPEG, PNG, WebP, AVIF, GIF oder TIFF, höchstens 40 MB."),
        widget=forms.FileInput({"accept": "image/*"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.original: Original | None = None
        for name in FROM_FILE:
            self.fields[name].required = False
            self.fields[name].help_text = _("Leer: was in der Datei steht.")

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        try:
            self.original = read(file.read(), name=file.name)
        except PictureError as error:
            raise forms.ValidationError(str(error), code=error.reason) from error
        known = Picture.objects.filter(hash=self.original.hash).first()
        if known is not None:
            raise forms.ValidationError(_known_sentence(known), code="known")
        return file

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        for name, limit in FROM_FILE.items():
            if self.original and not self.cleaned_data.get(name) and name not in self.errors:
                self.cleaned_data[name] = getattr(self.original, name)[:limit]
        if self.original and not self.cleaned_data.get("credit") and "credit" not in self.errors:
            self.add_error("credit", _("In der Datei steht kein Bildnachweis. Bitte tragen Sie Fotograf und Agentur ein."))
        return data

    def _post_clean(self) -> None:
        """Size and hash belong to the row before its constraints are checked."""
        if self.original is not None:
            for name in ("hash", "width", "height"):
                setattr(self.instance, name, getattr(self.original, name))
        super()._post_clean()  # type: ignore[misc]

    def save(self, commit: bool = True) -> Any:
        if self.original is None:
            raise ValueError("save() needs a valid form")
        name = f"{self.original.hash}.jpg"
        self.instance.file.save(name, ContentFile(self.original.data), save=False)
        return super().save(commit)


def _known_sentence(picture: Picture) -> Any:
    return format_html(
        str(_('Dieses Bild gibt es schon: <a href="{}">{}</a>. Bitte nehmen Sie jenes.')),
        reverse("admin:articles_picture_change", args=[picture.pk]),
        picture,
    )
