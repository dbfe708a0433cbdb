"""Reports of readers: bounded, done, forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import desk
from articles.desk import reporting
from articles.models import Report
from tests import make

pytestmark = pytest.mark.django_db


def test_a_bound_lets_so_many_pass_and_more_only_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("articles.desk.reporting.time.monotonic", lambda: now[0])
    bound = reporting.Bound(2, 10.0)

    first = [bound.has_room() for _ in range(3)]
    now[0] += 10.5

    assert first == [True, True, False]
    assert bound.has_room()


def test_two_forms_about_one_article_are_two() -> None:
    first, second = (reporting.drawn(reporting.draw(17)) for _ in range(2))

    assert first is not None
    assert second is not None
    assert first.article == second.article == 17
    assert first.form != second.form


def test_a_form_about_no_article_names_none() -> None:
    drawn = reporting.drawn(reporting.draw(None))

    assert drawn is not None
    assert drawn.article is None


def test_a_report_on_what_is_gone_is_kept_without_it() -> None:
    reporting.report("Falsch.", email="", article=4711, form="f")

    assert Report.objects.get().article is None


def test_done_and_open_again() -> None:
    one = make.report()

    desk.set_report_state(one, Report.State.DONE)
    assert Report.objects.get().done_at is not None

    desk.set_report_state(one, Report.State.OPEN)
    assert Report.objects.get().done_at is None


def test_what_was_done_long_ago_is_forgotten_and_nothing_else() -> None:
    long_ago = timezone.now() - timedelta(days=desk.REPORT_DAYS + 1)
    make.report(text="alt", state="done", done_at=long_ago, email="leser@example.org")
    make.report(text="neu", state="done", done_at=timezone.now())
    make.report(text="offen", created_at=long_ago)

    assert desk.forget_reports() == 1
    assert sorted(Report.objects.values_list("text", flat=True)) == ["neu", "offen"]


@pytest.mark.parametrize("fields", [{"text": ""}, {"state": "done"}, {"done_at": make.MOMENT}])
def test_the_database_refuses_what_cannot_be(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.report(**fields)


def test_a_deleted_draft_leaves_its_reports() -> None:
    draft = make.draft()
    make.report(draft)

    draft.delete()

    assert Report.objects.get().article is None
