"""The article's form, in the order in which a newsroom writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin.forms.choices import SeveralField
from articles.admin.forms.moment import MomentField
from articles.admin.forms.names import NamesField, NamesInput, authors_named, byline_names
from articles.admin.forms.prose import ProseField
from articles.admin.forms.versioned import VersionedForm
from articles.models import Article, Author, Category, Status, Tagging
from articles.models.base import validate_printable
from articles.text.dates import stamp
from articles.text.html import plain
from articles.text.slugs import slugify

CHANGES = (
    ("edit", _("Kleine Änderung: Leser erfahren nichts davon")),
    ("update", _("Aktualisierung: Leser sehen «Aktualisiert» mit der neuen Zeit")),
)
LONGEST_CORRECTION = 1000
COUNTED = {"kicker": 40, "headline": 90, "lead": 280}  # signs after which lines break in teasers; counters show them
ONLY_SAVED = _(
    "Ein Termin gilt erst mit der Veröffentlichung: Bitte klicken Sie auf «Speichern und veröffentlichen» "
    "oder leeren Sie das Feld."
)
ALREADY_OUT = _(
    "Der Artikel erschien am %(moment)s, und dabei bleibt es auch nach einer Änderung. Bitte leeren Sie das Feld; "
    "neue Fakten melden Sie als «Aktualisierung»."
)


class ArticleForm(VersionedForm):
    body = ProseField(label=_("Text"))
    tag_names = NamesField(
        label=_("Schlagwörter"), widget=NamesInput(model="tagging", field="tag"),
        help_text=_("Durch Kommas getrennt, das wichtigste zuerst. Neue legt das Speichern an."),
    )  # fmt: skip
    author_names = NamesField(
        label=_("Autoren"), widget=NamesInput(model="authorship", field="author"),
        help_text=_("Durch Kommas getrennt, in der Reihenfolge der Autorenzeile."),
    )  # fmt: skip
    further = SeveralField(
        Category.objects.in_order(), label=_("Weitere Ressorts"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    publish_at = MomentField(
        label=_("Veröffentlichen am"), required=False,
        help_text=_("Leer: sofort. Gilt, sobald Sie auf «Speichern und veröffentlichen» klicken."),
    )  # fmt: skip
    change = forms.ChoiceField(
        label=_("Was haben Sie geändert?"), choices=CHANGES, initial="edit", required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    correction = forms.CharField(
        label=_("Berichtigung"), required=False, max_length=LONGEST_CORRECTION, validators=[validate_printable],
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Was falsch war und wie es richtig heißt. Steht für Leser unter dem Artikel; leer: keine."),
    )  # fmt: skip

    class Meta:
        model = Article
        fields = (
            "kicker", "headline", "lead", "dateline", "body", "category", "agency", "picture", "caption", "kind", "urgency",
            "embargo_until", "visible_until", "slug",
        )  # fmt: skip

    class Media:
        js = (Script("js/desk/counters.js", type="module"), Script("js/desk/leaving.js", type="module"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.authors: list[Author] = []
        if "headline" in self.fields:
            self.fields["headline"].widget = forms.Textarea({"rows": 2})
        for name, best in COUNTED.items():
            if name in self.fields:
                self.fields[name].widget.attrs["data-count"] = str(best)
        self.fields["correction"].widget.attrs.pop("maxlength", None)
        if self.instance.pk:
            self._show_links()
        else:
            self.fields["kind"].required = self.fields["urgency"].required = False

    def _show_links(self) -> None:
        article: Article = self.instance
        taggings = Tagging.objects.filter(content_object=article).select_related("tag").order_by("position", "pk")
        self.initial["tag_names"] = [tagging.tag.name for tagging in taggings]
        authorships = article.authorships.select_related("author").order_by("position", "pk")
        self.initial["author_names"] = byline_names(authorship.author for authorship in authorships)
        self.initial["further"] = list(article.further.values_list("category_id", flat=True))
        if article.status == Status.PUBLISHED and article.published_at and article.published_at > timezone.now():
            self.initial["publish_at"] = article.published_at

    def clean_headline(self) -> str:
        """The field has two lines for the eye; a headline has one."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or str(self.instance.kind)

    def clean_urgency(self) -> int:
        typed: int | None = self.cleaned_data["urgency"]
        return int(self.instance.urgency) if typed is None else typed

    def clean_slug(self) -> str:
        """An empty address keeps the one readers may have bookmarked."""
        return self.cleaned_data["slug"] or self.instance.slug or slugify(self.cleaned_data.get("headline", ""))

    def clean_author_names(self) -> list[str]:
        self.authors = authors_named(self.cleaned_data["author_names"])
        return list(self.cleaned_data["author_names"])

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        self._check_correction()
        self._check_times()
        self._check_text()
        return data

    def _check_correction(self) -> None:
        if self.cleaned_data.get("correction") and not _is_known_to_readers(self.instance):
            self.add_error("correction", _("Leser kennen den Artikel noch nicht: Bitte ändern Sie einfach den Text."))

    def _check_text(self) -> None:
        """What readers can see must not become empty; for a draft the desk asks when it is published."""
        if not {"body", "lead"} <= self.cleaned_data.keys() or self.instance.status != Status.PUBLISHED:
            return
        if not plain(self.cleaned_data["body"]).strip() and not self.cleaned_data["lead"].strip():
            self.add_error(
                "lead", _("Der Artikel ist veröffentlicht und braucht Vorspann oder Text. Soll er weg, ziehen Sie ihn zurück.")
            )

    def _check_times(self) -> None:
        at = self.cleaned_data.get("publish_at")
        begins = at or self.instance.published_at
        ends = self.cleaned_data.get("visible_until")
        if begins and ends and ends <= begins:
            self.add_error("visible_until", _("Das Ende liegt vor der Veröffentlichung. Bitte ändern oder leeren Sie es."))
        if at:
            self._check_moment(at)

    def _check_moment(self, at: datetime) -> None:
        """A date that nothing would come of is not dropped in silence."""
        first = self.instance.published_at
        if first == at:
            return
        if first and first <= timezone.now():
            self.add_error("publish_at", forms.ValidationError(ALREADY_OUT, params={"moment": stamp(first, style="short")}))
        elif "_publish" not in self.data:
            self.add_error("publish_at", ONLY_SAVED)

    @property
    def kind_of_change(self) -> str:
        return "correction" if self.cleaned_data.get("correction") else self.cleaned_data.get("change") or "edit"

    @property
    def copy(self) -> dict[str, Any]:
        """The article's own fields, as `desk.revise` takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


def _is_known_to_readers(article: Article) -> bool:
    return article.status == Status.PUBLISHED and article.published_at is not None and article.published_at <= timezone.now()
