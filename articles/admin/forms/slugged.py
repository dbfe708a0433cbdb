"""Forms whose address is made from the name when the editor leaves it empty."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.admin.forms.codes import CodesField
from articles.admin.forms.versioned import VersionedForm
from articles.text.slugs import slugify


class SluggedForm(VersionedForm):
    """slug_from: the field from whose text the address is made."""

    slug_from = "name"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = self.fields["slug"].help_text or _("Leer: entsteht aus dem Namen.")

    def clean_slug(self) -> str:
        """An address that readers may have bookmarked stays when the field is emptied."""
        limit = self.instance._meta.get_field("slug").max_length or 60
        made = slugify(self.cleaned_data.get(self.slug_from) or "", limit=limit)
        return self.cleaned_data["slug"] or self.instance.slug or made


class CategoryForm(SluggedForm):
    codes = CodesField(
        label=_("Codes der Agenturen"),
        help_text=_("Einer je Zeile: Media Topics wie «medtop:04000000» oder Namen, wie die Agenturen sie senden."),
    )
