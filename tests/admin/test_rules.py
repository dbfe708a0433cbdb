"""Rules in the admin: written, rehearsed, switched on; codes assigned."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Feed, UnknownCode, WireRule
from articles.wire import routing
from tests import make
from tests.admin.forms import messages_of
from tests.wire import delivering
from tests.wire.delivering import sent, take

ADD = "admin:articles_wirerule_add"


@pytest.fixture
def feed(db: None) -> Feed:
    return delivering.feed("inbox")


def typed(feed: Feed, **fields: object) -> dict[str, object]:
    usual = {"feed": feed.pk, "name": "Verkehr", "position": 1, "act": "publish", "category": ""}
    texts = dict.fromkeys(("codes", "genres", "keywords", "places", "languages", "urgency_from", "urgency_to", "hour_from", "hour_to"), "")
    return {**texts, **usual, **fields}


def change(rule: WireRule) -> str:
    return reverse("admin:articles_wirerule_change", args=[rule.pk])


def switch(client: Client, rule: WireRule, name: str, **data: object) -> list[str]:
    return messages_of(client.post(reverse(f"admin:articles_wirerule_{name}", args=[rule.pk]), data, follow=True))


def test_a_saved_rule_is_off_and_shows_what_it_would_have_done(chief: Client, feed: Feed) -> None:
    take(sent(), feed, now=timezone.now())

    answer = chief.post(reverse(ADD), typed(feed, keywords="Brücken\n"), follow=True)

    rule = WireRule.objects.get()
    assert rule.keywords == ["Brücken"]
    assert rule.in_force is None
    page = answer.content.decode()
    assert "Von 1 Meldung" in page
    assert "veröffentlicht in Panorama" in page
    assert "Einschalten" in page


def test_it_holds_after_it_was_switched_on(chief: Client, feed: Feed) -> None:
    chief.post(reverse(ADD), typed(feed))
    rule = WireRule.objects.get()

    switch(chief, rule, "einschalten", rehearsed=rule.version)

    assert take(sent(), feed).code == "published"
    rule.refresh_from_db()
    switch(chief, rule, "ausschalten")
    assert take(sent(guid="urn:nda:2"), feed).code == "inbox"


def test_what_was_saved_after_the_rehearsal_is_not_switched_on(chief: Client, feed: Feed) -> None:
    chief.post(reverse(ADD), typed(feed))
    rule = WireRule.objects.get()
    seen = rule.version
    chief.post(change(rule), typed(feed, act="discard", seen_version=seen))

    told = switch(chief, rule, "einschalten", rehearsed=seen)

    assert "inzwischen geändert" in told[-1]
    assert not routing.Rule.in_force(feed)


def test_what_makes_no_sense_is_said_at_its_field(chief: Client, feed: Feed) -> None:
    answer = chief.post(reverse(ADD), typed(feed, hour_from="22", hour_to="", urgency_from="9", urgency_to="2"))

    assert "Bitte nennen Sie beide Stunden oder keine." in answer.content.decode()
    assert not WireRule.objects.exists()


def test_writers_have_no_rules(writer: Client, feed: Feed) -> None:
    rule = WireRule.objects.create(feed=feed, name="Verkehr")

    assert writer.get(reverse(ADD)).status_code == 403
    assert writer.post(reverse("admin:articles_wirerule_einschalten", args=[rule.pk])).status_code == 403
    assert chief_only(writer) == 403


def chief_only(client: Client) -> int:
    return client.get(reverse("admin:articles_unknowncode_changelist")).status_code


def test_switches_answer_posts_only(chief: Client, feed: Feed) -> None:
    rule = WireRule.objects.create(feed=feed, name="Verkehr")

    assert chief.get(reverse("admin:articles_wirerule_einschalten", args=[rule.pk])).status_code == 404
    assert chief.post(reverse("admin:articles_wirerule_einschalten", args=[rule.pk + 1])).status_code == 404


def code(feed: Feed, name: str = "dpacat:xy") -> UnknownCode:
    return UnknownCode.objects.create(code=name, feed=feed, headline="Kai wird gebaut", seen_at=timezone.now())


def assign(client: Client, *codes: UnknownCode, category: object) -> list[str]:
    data = {"action": "assign", "_selected_action": [one.pk for one in codes], "category": category}
    return messages_of(client.post(reverse("admin:articles_unknowncode_changelist"), data, follow=True))


def test_codes_are_assigned_from_the_list(chief: Client, feed: Feed) -> None:
    sport = make.category("Sport")

    told = assign(chief, code(feed), code(feed, "dpacat:zz"), category=sport.pk)

    sport.refresh_from_db()
    assert sorted(sport.codes) == ["dpacat:xy", "dpacat:zz"]
    assert told == ["2 Codes meinen jetzt «Sport»."]
    assert not UnknownCode.objects.exists()


def test_without_a_category_the_list_asks_for_it(chief: Client, feed: Feed) -> None:
    assert "Bitte wählen Sie" in assign(chief, code(feed), category="")[0]
    assert UnknownCode.objects.exists()


@pytest.mark.parametrize("category", ["x", "99999999999999999999", "0"])
def test_category_that_does_not_exist_changes_nothing(chief: Client, feed: Feed, category: str) -> None:
    assign(chief, code(feed), category=category)

    assert UnknownCode.objects.exists()


def test_desk_says_that_codes_are_unknown(chief: Client, writer: Client, feed: Feed) -> None:
    code(feed)

    assert "1 Code, den kein Ressort kennt" in chief.get(reverse("admin:index")).content.decode()
    assert "kein Ressort kennt" not in writer.get(reverse("admin:index")).content.decode()


def test_code_written_into_a_category_is_unknown_no_more(boss: Client, feed: Feed) -> None:
    code(feed)
    sport = make.category("Sport")
    fields = {"name": "Sport", "slug": "sport", "description": "", "colour": "#1d6b36", "position": 4, "codes": "dpacat:xy"}

    boss.post(reverse("admin:articles_category_change", args=[sport.pk]), fields)

    assert not UnknownCode.objects.exists()
