"""What tests of replicas need: a site in a process of its own, and a PostgreSQL with a standby that may lag."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.tools import PLACES

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """Speaks with tests/newsroom/replicated.py."""

    def __init__(self, data: Path, **variables: str) -> None:
        given = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(data), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "tests.newsroom.plain_settings", "DATABASE_REPLICA_AFTER": "1",
            **variables,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.newsroom.replicated"], cwd=ROOT, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def ask(self, command: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")

    def end(self) -> None:
        self.process.communicate(timeout=30)


class Cluster:
    """A PostgreSQL of our own, or the standby of one."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.data = programs, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"postgres://newsroom@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self._run("initdb", "-D", str(self.data), "-U", "newsroom", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")

    def follow(self, other: Cluster) -> None:
        self._run(
            "pg_basebackup",
            "-D",
            str(self.data),
            "-d",
            other.url.replace("postgres://", "postgresql://"),
            "-R",
            "-c",
            "fast",
            "-N",
        )

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data.parent} -c fsync=off -c shared_buffers=16MB"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-l", str(self.data / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-s", "stop")

    def say(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.encode())

    def _run(self, name: str, *arguments: str) -> None:
        owner = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
        subprocess.run(
            [str(self.programs / name), *arguments], cwd=self.data.parent, user=owner, group=owner, check=True,
            stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )  # fmt: skip


def programs() -> Path | None:
    """Where PostgreSQL's own programs lie, if we may run them: root may not, and needs a user who may."""
    if os.getuid() == 0 and not any(user.pw_name == "postgres" for user in pwd.getpwall()):
        return None
    places = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *(Path(place) for place in PLACES.split(os.pathsep)),
    ]
    return next((place for place in places if (place / "initdb").is_file() and (place / "pg_basebackup").is_file()), None)


@contextmanager
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and its standby, both running."""
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="newsroom-standby-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    primary, standby = Cluster(found, folder / "primary"), Cluster(found, folder / "standby")
    try:
        primary.make()
        primary.start()
        standby.follow(primary)
        standby.start()
        yield primary, standby
    finally:
        for one in (standby, primary):
            if (one.data / "postmaster.pid").exists():
                one.stop()
        shutil.rmtree(folder, ignore_errors=True)
