"""Redis and PostgreSQL of our own: a Redis process on a free port, a database that goes when we go."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg
import redis
from psycopg import sql

from bench.processes import end
from bench.site import wait_for
from bench.tools import Missing, free_port, program

POSTGRES: Final = "postgres://postgres@127.0.0.1:5432/postgres"


class Redis:
    """One that we started, so that we may stop and empty it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", str(self.folder), "--logfile", str(self.folder / "log"), "--daemonize", "no",
        ]  # fmt: skip
        self._process = subprocess.Popen(command)
        wait_for(self.answers, process=self._process)

    def answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(redis.Redis.from_url(self.url).ping())
        return False

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)

    def flush(self) -> None:
        redis.Redis.from_url(self.url).flushall()

    def entries(self) -> int:
        return int(redis.Redis.from_url(self.url).dbsize())


@contextmanager
def own_redis(folder: Path) -> Iterator[Redis]:
    made = Redis(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def own_database(url: str = POSTGRES) -> Iterator[str]:
    """A new, empty database beside the one named; yields its address."""
    name = f"newsroom_bench_{uuid.uuid4().hex[:8]}"
    try:
        connection = psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError as error:
        raise Missing(f"PostgreSQL at {url} does not answer: start it or name one with --postgres ({error}).") from error
    with connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{url.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(url, autocommit=True) as last:
            last.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
