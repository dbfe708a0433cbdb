"""Copy that its agency killed, or a colleague withdrew, does not come back by the way."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.models import Article, Status, WireItem
from tests import make

pytestmark = pytest.mark.django_db


def status(article: Article) -> str:
    return Article.objects.get(pk=article.pk).status


def test_what_the_agency_killed_cannot_be_published_again() -> None:
    article, now = make.article(agency=make.agency("nda")), timezone.now()
    WireItem.objects.create(
        guid="urn:x", feed=make.feed(), article=article, updated_at=now, issued_at=now, state=WireItem.State.CANCELED
    )
    desk.withdraw(article)

    with pytest.raises(desk.Refused, match="zurückgerufen"):
        desk.publish(article)

    assert status(article) == Status.WITHDRAWN


@pytest.mark.parametrize(("role", "after"), [("Redakteur", Status.WITHDRAWN), ("Chef vom Dienst", Status.PUBLISHED)])
def test_what_was_withdrawn_comes_back_only_through_who_may_withdraw(client: Client, role: str, after: str) -> None:
    article = make.article()
    desk.withdraw(article)
    client.force_login(make.editor(role))

    client.post(reverse("admin:articles_article_changelist"), {"action": "publish_selected", "_selected_action": [article.pk]})

    assert status(article) == after
