"""The demo's editors, and the file in which the operator finds their passwords again."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group, User

from articles.desk.roles import ADMINISTRATOR

ROLES: Final = {"redaktion": "Redakteur", "cvd": "Chef vom Dienst", "admin": ADMINISTRATOR}
LENGTH: Final = 9  # random bytes of a password: 12 signs


@dataclass(frozen=True)
class Login:
    """password: empty where it is not known any more."""

    name: str
    role: str
    password: str


def file() -> Path:
    return Path(settings.DATA_DIR) / "demo-logins.txt"


def known() -> list[Login]:
    """What the file tells about editors who are there and still have that password."""
    told = _told()
    users = {user.username: user for user in User.objects.filter(username__in=[login.name for login in told])}
    return [login for login in told if login.name in users and users[login.name].check_password(login.password)]


def ensure_logins(*, password: str = "") -> list[Login]:
    """Create who is missing. Whoever exists keeps the password, which only the file may tell."""
    told = {login.name: login for login in known()}
    logins, made = [], 0
    for name, role in ROLES.items():
        if User.objects.filter(username=name).exists():
            logins.append(told.get(name) or Login(name, role, ""))
        else:
            made += 1
            logins.append(_create(name, role, password or secrets.token_urlsafe(LENGTH)))
    if made:
        _write(logins)
    return logins


def _told() -> list[Login]:
    if not file().exists():
        return []
    lines = (line.split("\t") for line in file().read_text("utf-8").splitlines())
    return [Login(*line) for line in lines if len(line) == len(fields(Login))]


def _create(name: str, role: str, password: str) -> Login:
    is_superuser = role == ADMINISTRATOR
    user = User.objects.create_user(name, f"{name}@tagblatt.example", password, is_staff=True, is_superuser=is_superuser)
    user.groups.add(Group.objects.get(name=role))
    return Login(name, role, password)


def _write(logins: list[Login]) -> None:
    """Readable for the operator alone from the first byte on, and never half written."""
    draft = file().with_name(f".{file().name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as sink:
        sink.writelines(f"{login.name}\t{login.role}\t{login.password}\n" for login in logins)
    draft.replace(file())
