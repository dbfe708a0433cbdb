"""Who may log in: German throughout, the three roles first."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests import make
from tests.admin import forms

ADD = "/admin/auth/user/add/"
ENGLISH = re.compile(
    r"\b(Can|add|change|delete|view|password|Password|Enabled|Disabled|Reset|user|permission|Whether|Designates|Required|the)\b"
)


def printed(page: str) -> str:
    """What an editor reads: no tags, no scripts, no attributes."""
    text = re.sub(r"<(script|style|option)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", text)


@pytest.mark.parametrize(
    "path",
    ["user/add/", "user/", "group/add/", "group/", "user/{user}/change/", "group/{group}/change/", "user/{user}/password/"],
)
def test_every_word_is_german(boss: Client, path: str) -> None:
    user, group = make.editor("Redakteur"), Group.objects.get(name="Redakteur")

    page = boss.get("/admin/auth/" + path.format(user=user.pk, group=group.pk))

    assert page.status_code == 200
    assert ENGLISH.findall(printed(page.content.decode())) == []


def test_the_roles_stand_in_the_empty_form(boss: Client) -> None:
    page = boss.get(ADD).content.decode()

    for role in ("Redakteur", "Chef vom Dienst", "Administrator"):
        assert role in page
    assert page.index("Chef vom Dienst") < page.index("Vorname")


def test_a_new_editor_may_log_in_at_once(boss: Client) -> None:
    role = Group.objects.get(name="Redakteur")
    typed = {**forms.shown(boss, ADD), "username": "helene", "password1": "Kaimauer-2025", "password2": "Kaimauer-2025"}

    boss.post(ADD, {**typed, "groups": [role.pk]})

    user = User.objects.get(username="helene")
    assert user.is_staff
    assert list(user.groups.all()) == [role]
    desk = Client()
    assert desk.post("/admin/login/", {"username": "helene", "password": "Kaimauer-2025", "next": "/admin/"}).status_code == 302
    assert "In Arbeit" in desk.get("/admin/").content.decode()


def test_rights_are_named_as_acts(boss: Client) -> None:
    page = boss.get("/admin/auth/group/add/").content.decode()

    for name in ("Artikel: ändern", "Bild: löschen", "Darf Artikel veröffentlichen"):
        assert name in page
    assert "Session" not in page


@pytest.mark.parametrize("name", ["groups", "user_permissions"])
@pytest.mark.parametrize("value", ["abc", "9" * 20, "-1", "0"])
def test_a_role_or_right_that_cannot_be_is_refused(boss: Client, name: str, value: str) -> None:
    user = make.editor("Redakteur")
    address = f"/admin/auth/user/{user.pk}/change/"

    page = boss.post(address, {**forms.shown(boss, address), name: [value]})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_a_right_is_given(boss: Client) -> None:
    user, right = make.editor("Redakteur"), Permission.objects.get(codename="withdraw_article")
    address = f"/admin/auth/user/{user.pk}/change/"

    boss.post(address, {**forms.shown(boss, address), "user_permissions": [right.pk]})

    assert list(user.user_permissions.all()) == [right]


def test_two_people_cannot_share_a_name(boss: Client) -> None:
    make.editor("Redakteur", name="helene")

    page = boss.post(ADD, {"username": "Helene", "password1": "Kaimauer-2025", "password2": "Kaimauer-2025"}).content.decode()

    assert "errorlist" in page
    assert User.objects.filter(username__iexact="helene").count() == 1


def test_a_forgotten_password_is_set_anew(boss: Client) -> None:
    user = make.editor("Redakteur")

    boss.post(
        f"/admin/auth/user/{user.pk}/password/", {"password1": "Kaimauer-2025", "password2": "Kaimauer-2025", "set-password": "1"}
    )

    user.refresh_from_db()
    assert user.check_password("Kaimauer-2025")


def test_who_has_worked_here_is_closed_out_and_not_deleted(boss: Client) -> None:
    user = make.editor("Redakteur")
    writer = Client()
    writer.force_login(user)
    writer.post("/admin/articles/article/add/", forms.article(category=make.category().pk))
    address = f"/admin/auth/user/{user.pk}/delete/"

    page = boss.post(address, {"post": "yes"}).content.decode()

    assert "hat hier gearbeitet und steht im Verlauf" in page
    assert User.objects.filter(pk=user.pk).exists()


def test_an_account_made_by_mistake_is_deleted(boss: Client) -> None:
    user = make.editor("Redakteur", name="vertippt")

    assert "vertippt" in boss.get(f"/admin/auth/user/{user.pk}/delete/").content.decode()
    boss.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=user.pk).exists()


def test_the_hash_of_a_password_is_shown_to_nobody(boss: Client) -> None:
    user = make.editor("Redakteur")

    page = boss.get(f"/admin/auth/user/{user.pk}/change/").content.decode()

    assert user.password.split("$")[-1] not in page
    assert "Neues Passwort setzen" in page
