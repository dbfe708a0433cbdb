"""`manage.py serve`: web server and background work as one process tree; SIGTERM and Ctrl-C end it in peace."""

from __future__ import annotations

import ctypes
import errno
import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from setproctitle import setproctitle

from newsroom import background, replacing, warming
from newsroom.checks import imprint_is_filled
from newsroom.keeper import Forked, Keeper, leave_with_parent
from newsroom.pagecache.setup import release

logger = logging.getLogger(__name__)

THREADS: Final = 16  # a worker; each may hold one database connection
CONNECTIONS: Final = 4096  # a worker: half-open ones cost little, but must not shut others out
HEADERS_WITHIN: Final = 10_000  # milliseconds until a client must have sent its request's head
LAST_REQUESTS: Final = 15  # seconds that running requests get when we stop
ARENA_MAX: Final = -8  # M_ARENA_MAX of malloc.h
SWITCH_AFTER: Final = 0.001  # seconds that a thread which renders may keep those waiting who only hand out a ready page
TRIM_EVERY: Final = 10.0  # seconds
START_WITHIN: Final = 60.0  # seconds


class Command(BaseCommand):
    help = "Serve the site: web server and background work, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 for all (default: %(default)s)")
        parser.add_argument("--port", type=port, default=settings.PORT, help="default: PORT or 8000")
        parser.add_argument("--replace", action="store_true", help="take over from the server that runs at this port")
        parser.add_argument("--workers", type=positive, default=settings.WORKERS, help="web processes (default: WORKERS or 2)")
        parser.add_argument("--only-check-port", action="store_true", help="say whether the port is free, start nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        host, number = options["host"], options["port"]
        former = replacing.running(number) if options["replace"] else None
        if former is None:
            refuse_taken(host, number)
        if options["only_check_port"]:
            return
        refuse_old_database()
        self._remind()
        collect_static()
        disconnect()
        share_memory()
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "background", "--parent", str(os.getpid())]
        keeper = Keeper(command, first=Forked(partial(work_beside, command)))
        server = web_server(host, number, workers=options["workers"])
        server.on_startup(keeper.start)
        threading.Thread(target=self._greet, args=(host, number, former), daemon=True).start()
        try:
            server.serve(target_loader=partial(load, parent=os.getpid()))
        finally:
            keeper.stop()
            replacing.release(number)

    def _remind(self) -> None:
        for duty in imprint_is_filled():
            self.stderr.write(self.style.WARNING(f"{duty.msg} ({duty.hint})"))

    def _greet(self, host: str, number: int, former: int | None) -> None:
        if replacing.answers(host, number, within=START_WITHIN, server=os.getpid()):
            replacing.claim(number)
            if former is not None:
                replacing.ask_to_leave(former)
            self.stdout.write(_("Die Website läuft: %s/") % settings.SITE_URL)
            self.stdout.write(_("Zur Redaktion: %s/admin/   (Anhalten: Strg+C)") % settings.SITE_URL)
            self.stdout.flush()


class Forgetful(dict[int, float]):
    """Granian gives up when a worker dies twice within seconds. A news site does not: it starts the next one."""

    def __setitem__(self, worker: int, moment: float) -> None:
        return


def web_server(host: str, number: int, *, workers: int) -> Any:
    server = Granian(
        settings.WSGI_APPLICATION,
        address=host,
        port=number,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUESTS,
        process_name="newsroom",
        log_level=LogLevels.error,
        log_dictconfig=settings.LOGGING,
    )
    server.respawned_wrks = Forgetful()
    return server


def load(target: str, *, parent: int) -> Any:
    """What a worker serves; it goes when the server is gone, so that a killed one never keeps its port.

    Until the worker listens to signals itself it must not answer them as the server would, whose fork it is.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    leave_with_parent(parent)
    sys.setswitchinterval(SWITCH_AFTER)
    spare_memory()
    application = import_string(target)
    warming.begin(application)
    return application


def share_memory() -> None:
    """Load now what every process needs, and keep the collector's hands off it: what no process writes to is there once.

    A worker that is started later, when the files may already be those of the next release, is still one of this release.
    """
    release()
    get_resolver().url_patterns  # noqa: B018 - the views come with them
    templates = settings.BASE_DIR / "templates"
    for file in (file for room in ("pages", "parts", "feeds") for file in (templates / room).rglob("*.*")):
        get_template(str(file.relative_to(templates)))
    gc.collect()
    gc.freeze()


def work_beside(command: list[str]) -> None:
    """The background process, as a copy of ours; it goes by the name of the command that would start it."""
    parent = os.getppid()
    setproctitle(" ".join(command))
    background.main(parent=parent)


def spare_memory() -> None:
    """glibc gives each thread a heap of its own, which pages that come and go never fill, and keeps what they leave."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(ARENA_MAX, 1)
        threading.Thread(target=trim, args=(library.malloc_trim,), daemon=True, name="trim").start()


def trim(give_back: Callable[[int], int]) -> None:
    while True:
        time.sleep(TRIM_EVERY)
        give_back(0)


def port(text: str) -> int:
    number = positive(text)
    if number > 65_535:
        raise ArgumentTypeError(_("Ein Port ist eine Zahl von 1 bis 65535."))
    return number


def positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(_("Bitte geben Sie eine ganze Zahl ab 1 an."))
    return int(text)


def refuse_taken(host: str, number: int) -> None:
    """The web server itself would share the port with whoever holds it, and each would get half the requests."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = _(
                "Port %(port)d ist schon belegt. Beenden Sie das andere Programm oder wählen Sie mit PORT einen anderen."
            )
        else:
            sentence = _("Unter %(host)s, Port %(port)d, lässt sich nichts anbieten: %(reason)s.")
        raise CommandError(sentence % {"host": host, "port": number, "reason": error.strerror}) from error


def refuse_old_database() -> None:
    """A database that cannot be reached is no reason: pages answer 503 until it is back."""
    try:
        executor = MigrationExecutor(connection)
        outstanding = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError) as error:
        logger.error("The database does not answer: %s", error)
        return
    if outstanding:
        raise CommandError(_("Die Datenbank passt nicht zum Programm. Bitte rufen Sie zuerst «python manage.py migrate» auf."))


def disconnect() -> None:
    """Workers are forked and must open connections of their own, and a pool of their own."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        if hasattr(one, "close_pool"):
            one.close_pool()


def collect_static() -> None:
    """Only when something changed or is missing: compressing takes seconds."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < newest_source() or not is_complete(manifest):
        call_command("collectstatic", interactive=False, verbosity=0)


def is_complete(manifest: Path) -> bool:
    """Whether every file that the manifest names is there; a manifest that cannot be read names none."""
    try:
        names = json.loads(manifest.read_bytes())["paths"].values()
    except (ValueError, KeyError, AttributeError, TypeError):
        return False
    return all((manifest.parent / name).is_file() for name in names)


def newest_source() -> float:
    """When the youngest of all static files was changed, ours and those of packages."""
    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    return max((file.stat().st_mtime for file in files), default=0.0)
