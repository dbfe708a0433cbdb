"""The demo's editors can log in, and their passwords can be found again by the operator alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.management.demo.logins import Login, ensure_logins, file, known

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(data_dir: Path) -> Path:
    return data_dir


def test_three_editors_have_three_roles() -> None:
    logins = ensure_logins()

    assert [(login.name, login.role) for login in logins] == [
        ("redaktion", "Redakteur"), ("cvd", "Chef vom Dienst"), ("admin", "Administrator"),
    ]  # fmt: skip
    for login in logins:
        user = User.objects.get(username=login.name)
        assert user.is_staff
        assert user.is_superuser == (login.name == "admin")
        assert [group.name for group in user.groups.all()] == [login.role]


def test_each_opens_the_admin() -> None:
    for login in ensure_logins():
        client = Client()
        assert client.login(username=login.name, password=login.password)
        assert client.get("/admin/").status_code == 200


def test_passwords_are_random_and_long() -> None:
    passwords = [login.password for login in ensure_logins()]

    assert len(set(passwords)) == 3
    assert min(map(len, passwords)) >= 12


def test_a_password_may_be_given() -> None:
    assert {login.password for login in ensure_logins(password="weissmeer-2025")} == {"weissmeer-2025"}


def test_only_the_operator_can_read_the_file(data_dir: Path) -> None:
    logins = ensure_logins()

    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    assert file() == data_dir / "demo-logins.txt"
    assert all(login.password in file().read_text("utf-8") for login in logins)
    assert [path.name for path in data_dir.iterdir()] == ["demo-logins.txt"]


def test_a_second_run_tells_the_same_and_writes_nothing() -> None:
    first = ensure_logins()
    written = file().stat().st_mtime_ns

    assert ensure_logins(password="anderes-wort-9") == first
    assert known() == first
    assert file().stat().st_mtime_ns == written


def test_without_a_file_nothing_is_known() -> None:
    assert known() == []


def test_a_changed_password_is_not_told_any_more() -> None:
    ensure_logins()
    user = User.objects.get(username="cvd")
    user.set_password("eigenes-wort-7")
    user.save()

    assert [login.name for login in known()] == ["redaktion", "admin"]
    assert ensure_logins()[1] == Login("cvd", "Chef vom Dienst", "")


def test_an_operator_who_was_there_before_keeps_the_password() -> None:
    boss = User.objects.create_superuser("admin", password="laengst-da-4")

    logins = ensure_logins()

    boss.refresh_from_db()
    assert boss.check_password("laengst-da-4")
    assert logins[2] == Login("admin", "Administrator", "")
    assert [login.name for login in known()] == ["redaktion", "cvd"]


def test_a_file_of_an_earlier_database_is_replaced() -> None:
    file().write_text("redaktion\tRedakteur\taltes-wort\nkaputt\n", "utf-8")
    file().chmod(0o644)
    assert known() == []

    logins = ensure_logins()

    assert "altes-wort" not in file().read_text("utf-8")
    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    assert known() == logins


def test_an_editor_who_is_missing_is_added_to_the_others() -> None:
    first = ensure_logins()
    User.objects.get(username="cvd").delete()

    again = ensure_logins()

    assert [again[0], again[2]] == [first[0], first[2]]
    assert again[1].password not in ("", first[1].password)
    assert known() == again
