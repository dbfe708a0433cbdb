"""The rules of the data live in the database: each constraint refuses what its name says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles import desk
from articles.models import (
    Agency,
    Article,
    Author,
    Authorship,
    Breaking,
    Category,
    Correction,
    FurtherCategory,
    House,
    Page,
    Picture,
    Position,
    Revision,
    Tag,
    Tagging,
    Teaser,
    WireItem,
)
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _category(**fields: object) -> Category:
    return Category.objects.create(**{"name": "Neu", "slug": "neu", **fields})


def _wire_item(**fields: object) -> WireItem:
    now = timezone.now()
    return WireItem.objects.create(**{"guid": "urn:x", "feed": make.feed(), "updated_at": now, "issued_at": now, **fields})


def _changed(**fields: object) -> Callable[[], object]:
    return lambda: Article.objects.filter(pk=make.article().pk).update(**fields)


def _twice(model: type[Tagging | Authorship | FurtherCategory | Teaser], **ends: Callable[[], object]) -> Callable[[], object]:
    def act() -> None:
        made = {name: end() for name, end in ends.items()}
        for _ in range(2):
            model.objects.create(**made)

    return act


REFUSED: dict[str, Callable[[], object]] = {
    "article_published_has_date": _changed(published_at=None),
    "article_urgency_is_1_to_9 (0)": _changed(urgency=0),
    "article_urgency_is_1_to_9 (10)": _changed(urgency=10),
    "article_status_is_known": _changed(status="lost"),
    "article_kind_is_known": _changed(kind="rumour"),
    "article_has_headline_and_slug": _changed(slug=""),
    "article_ends_after_it_begins": _changed(visible_until=make.MOMENT - HOUR),
    "category_slug_is_not_reserved": lambda: _category(slug="archiv"),
    "category_has_name_and_slug": lambda: _category(name=""),
    "category name once": lambda: (_category(), _category(slug="anders")),
    "tag_has_name_and_slug": lambda: Tag.objects.filter(pk=make.tag().pk).update(name=""),
    "tag_is_not_merged_into_itself": lambda: Tag.objects.filter(pk=make.tag().pk).update(merged_into=make.tag().pk),
    "tagging_once_per_article": _twice(Tagging, content_object=make.draft, tag=make.tag),
    "authorship_once_per_article": _twice(Authorship, article=make.draft, author=make.author),
    "further_category_once_per_article": _twice(FurtherCategory, article=make.draft, category=make.category),
    "teaser_one_without_position": _twice(Teaser, article=make.draft),
    "teaser_once_per_position": _twice(Teaser, article=make.draft, position=lambda: make.positions()["lead"]),
    "teaser_ends_after_it_begins": lambda: make.own_teaser(make.draft(), visible_from=make.MOMENT, visible_until=make.MOMENT),
    "agency_has_credit_line": lambda: make.agency("neu", credit_line=""),
    "author_has_name_and_slug": lambda: Author.objects.filter(pk=make.author().pk).update(name=""),
    "picture_focal_point_is_inside": lambda: make.picture(focal_x=101),
    "picture_has_a_size": lambda: Picture.objects.filter(pk=make.picture().pk).update(width=0),
    "picture_has_credit_and_alt": lambda: make.picture(credit=""),
    "position_once_per_page": lambda: (make.positions(), Position.objects.create(slug="lead", label="Noch einer")),
    "position_holds_1_to_20": lambda: Position.objects.create(slug="viel", label="Viel", limit=21),
    "position_category_rule_names_one": lambda: Position.objects.create(slug="leer", label="Leer", rule=Position.Rule.CATEGORY),
    "breaking_ends_after_it_begins": lambda: make.breaking(visible_until=make.MOMENT),
    "house_is_one": lambda: House.objects.create(pk=2, name="Zweites Haus"),
    "house_related_count_is_1_to_20": lambda: make.house(related_count=21),
    "page_address_is_known": lambda: make.page("geheim"),
    "page once": lambda: (make.page("impressum"), make.page("impressum")),
    "correction_says_something": lambda: Correction.objects.create(article=make.draft(), text=""),
    "revision_once_per_version": lambda: (
        [Revision.objects.create(article=make.draft("Eins"), version=1)]
        and [Revision.objects.create(article=Article.objects.get(), version=1)]
    ),
    "wire_item_has_guid": lambda: _wire_item(guid=""),
    "wire_item_urgency_is_1_to_9": lambda: _wire_item(urgency=0),
    "wire item once per guid": lambda: (_wire_item(), _wire_item(feed=make.feed("zweiter"))),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_the_database_refuses_what_breaks_the_rule(rule: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[rule]()


@pytest.mark.parametrize("name", ["category", "agency", "picture", "tag", "author"])
def test_what_is_in_use_cannot_be_deleted(name: str) -> None:
    article = make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"), picture=make.picture())
    used = {"tag": make.tag("Russland"), "author": make.author("Helene Kramer")}.get(name) or getattr(article, name)

    with pytest.raises(ProtectedError):
        used.delete()

    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\u200f", "\ud800"])
def test_signs_that_cannot_be_seen_are_named_and_refused(sign: str) -> None:
    article = make.draft()
    article.headline = f"Rat {sign} beschließt"

    with pytest.raises(ValidationError) as refusal:
        article.full_clean(validate_constraints=False, validate_unique=False)

    assert "Stelle 5 ein unsichtbares Steuerzeichen" in str(refusal.value.message_dict["headline"])


def test_a_body_of_five_megabytes_is_refused_with_a_sentence() -> None:
    article = make.draft()
    article.body = "a" * 5_000_000

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert "höchstens 400000 Zeichen" in str(refusal.value.message_dict["body"])


@pytest.mark.parametrize("slug", ["archiv", "thema", "suche", "admin", "Über", "a--b", "-a", "a b", ""])
def test_a_category_needs_an_address_that_is_free_and_readable(slug: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Category(name="Neu", slug=slug).full_clean()

    assert "slug" in refusal.value.message_dict


def test_every_change_raises_the_version() -> None:
    agency = make.agency("nda")
    version = agency.version

    agency.save()
    agency.save(update_fields=["description"])

    assert Agency.objects.get(pk=agency.pk).version == version + 2


def test_slugs_are_made_from_names_and_kept_when_given() -> None:
    assert make.draft("Ärger über Öl").slug == "aerger-ueber-oel"
    assert make.draft("Ärger", slug="eigen").slug == "eigen"
    assert make.author("Jörg Groß").slug == "joerg-gross"
    assert make.tag("Außenpolitik").slug == "aussenpolitik"


def test_two_tags_with_the_same_slug_get_two_addresses() -> None:
    first, second = make.tag("Öl"), make.tag("Oel")

    assert (first.slug, second.slug) == ("oel", "oel-1")


def test_names_stand_for_things_in_the_admin() -> None:
    article = make.article("Überschrift", tags=["Russland"], authors=["Helene Kramer"])
    desk.revise(article, {"lead": "Neu."})
    things = [
        (article, "Überschrift"), (make.category(), "Ausland"), (make.tag("Russland"), "Russland"), (make.agency("nda"), "nda"),
        (make.author("Helene Kramer"), "Helene Kramer"), (make.picture(title="Hafen"), "Hafen"), (make.house(), "Tagblatt"),
        (make.positions()["lead"], "Aufmacher"), (make.page("kontakt"), "Kontakt"), (make.breaking("Eil"), "Eil"),
        (make.own_teaser(article, headline="Teaser"), "Teaser"), (Correction(text="Falsch"), "Falsch"),
    ]  # fmt: skip

    assert [str(thing) for thing, _ in things] == [name for _, name in things]
    assert Page.objects.get().get_absolute_url() == "/kontakt/"
    assert Breaking.objects.showing().get().headline == "Eil"
