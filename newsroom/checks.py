"""Refuses starts that would put readers or copy at risk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - as Django calls it
from django.db import DatabaseError, InterfaceError
from django.utils.module_loading import import_string

from newsroom.pagecache.purge import BadAddress, purger


def secrets_are_strong(**_: Any) -> list[CheckMessage]:
    """A guessable key lets strangers sign previews and sessions."""
    if settings.DEBUG or len(settings.SECRET_KEY) >= 32:
        return []
    return [Error("SECRET_KEY is shorter than 32 signs.", hint="Make one: `openssl rand -base64 48`.", id="newsroom.E001")]


def hosts_are_named(**_: Any) -> list[CheckMessage]:
    """A wildcard lets a stranger's domain serve as ours."""
    if settings.DEBUG or "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS holds «*».", hint="Name the hosts, separated by commas.", id="newsroom.E002")]


def purge_address_is_known(**_: Any) -> list[CheckMessage]:
    """A CDN that nobody can tell of changes shows withdrawn copy."""
    try:
        purger(settings.CDN_PURGE_URL)
    except BadAddress as error:
        return [Error(str(error), id="newsroom.E003")]
    return []


def imprint_is_filled(**_: Any) -> list[CheckMessage]:
    """A site without Impressum breaks the law, but to refuse its start would keep those out who are to fill it in."""
    if settings.DEBUG:
        return []
    try:
        lacks = import_string("articles.desk.imprint_lacks")()  # by name: this module is read before any model exists
    except (DatabaseError, InterfaceError):
        return []  # no database, no readers: that is told elsewhere
    if not lacks:
        return []
    hint = "Redaktion → Verwaltung → Website: " + ", ".join(lacks)
    return [Warning("Im Impressum fehlen Angaben, die das Gesetz verlangt.", hint=hint, id="newsroom.W001")]
