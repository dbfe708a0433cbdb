"""One article that everybody reads: `serve` against nginx with the same bytes, and against Django's cache middleware."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import redis

from bench import wrk
from bench.figures import figure, note, ratio, whole
from bench.http1 import Reply, fetch
from bench.newsdesk import Newsdesk
from bench.nginx import running, same_bytes
from bench.processes import end
from bench.site import ROOT, Site, is_answered, main, parser, served, site_of, wait_for
from bench.tools import Missing

VARIANTS: Final[dict[str, dict[str, str]]] = {
    "identity": {},
    "gzip": {"Accept-Encoding": "gzip"},
    "br": {"Accept-Encoding": "br"},
}
CONNECTIONS: Final = (8, 32)
ROUNDS: Final = 3
Target = tuple[int, str, Mapping[str, str]]  # port, path, headers


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with Newsdesk(site) as desk:
        path = desk.paths(1)[0]
    with served(site):
        replies = {name: fetch(site.port, path, headers) for name, headers in VARIANTS.items()}
        check(path, replies)
        inner = same_bytes(site.folder / "nginx", site.port + 1, replies)
        with running(site.folder / "nginx", site.port + 1, inner):
            targets = targets_of(site.port, path, replies)
            for name, (own, reference) in targets.items():
                for connections in CONNECTIONS:
                    compare(name, own, reference, connections=connections, seconds=given.seconds)
            with django_cache(site, given.redis):
                beside_django(targets["identity"][0], path, site.port + 2, seconds=given.seconds)


def check(path: str, replies: Mapping[str, Reply]) -> None:
    """No figure of a page that is not one."""
    for name, reply in replies.items():
        if reply.status != 200 or reply.headers.get("content-encoding", "identity") != name:
            raise Missing(f"{path} as {name}: answered {reply.status}, {reply.headers.get('content-encoding', 'identity')}.")
    sizes = ", ".join(f"{name} {len(reply.body):,} bytes" for name, reply in replies.items())
    note(f"hot article {path}: {sizes}")


def targets_of(port: int, path: str, replies: Mapping[str, Reply]) -> dict[str, tuple[Target, Target]]:
    """What to ask `serve` and what to ask nginx, by name of the figure."""
    found: dict[str, tuple[Target, Target]] = {
        name: ((port, path, headers), (port + 1, f"/{name}", {})) for name, headers in VARIANTS.items()
    }
    known = fetch(port + 1, "/known").headers["etag"]
    own = {"If-None-Match": replies["identity"].headers.get("etag", '"none"')}
    if fetch(port, path, own).status != 304 or fetch(port + 1, "/known", {"If-None-Match": known}).status != 304:
        raise Missing("No 304 for a known ETag.")
    found["304"] = ((port, path, own), (port + 1, "/known", {"If-None-Match": known}))
    return found


def once(target: Target, *, connections: int, seconds: int) -> wrk.Measured:
    port, path, headers = target
    return wrk.run(port, path, headers=headers, connections=connections, seconds=seconds)


def compare(name: str, own: Target, reference: Target, *, connections: int, seconds: int) -> None:
    """Rounds in turn, so that a slow minute of the machine hits both."""
    ours, theirs = [], []
    for target in (own, reference):
        once(target, connections=connections, seconds=1)
    for _ in range(ROUNDS):
        ours.append(once(own, connections=connections, seconds=seconds))
        theirs.append(once(reference, connections=connections, seconds=seconds))
    we, they = wrk.middle(ours), wrk.middle(theirs)
    errors = f", {we.errors} errors" if we.errors else ""
    figure(
        ratio(we.per_second, they.per_second),
        f"hot article {name}, {connections} connections: {whole(we.per_second)} requests/s of nginx {whole(they.per_second)}"
        f" (p50 {we.p50:.1f} ms, p99 {we.p99:.1f} ms{errors})",
    )


@contextmanager
def django_cache(site: Site, url: str) -> Iterator[None]:
    """Two granian workers with the product behind Django's cache middleware, in both orders, at the next two ports."""
    try:
        redis.Redis.from_url(url).ping()
    except redis.RedisError as error:
        raise Missing(f"Redis at {url} does not answer ({error}): start one or name it with --redis.") from error
    started = [_granian(site, url, site.port + 2, order="manual"), _granian(site, url, site.port + 3, order="front")]
    try:
        for port, process in zip((site.port + 2, site.port + 3), started, strict=True):
            wait_for(lambda port=port: is_answered(port, "/"), process=process)  # type: ignore[misc]
        yield
    finally:
        for process in started:
            end(process)
        forget(url)


def _granian(site: Site, url: str, port: int, *, order: str) -> subprocess.Popen[bytes]:
    more = {"DJANGO_SETTINGS_MODULE": "bench.djangocache", "BENCH_REDIS_URL": url, "BENCH_CACHE_ORDER": order, "REDIS_URL": ""}
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", "2", "--blocking-threads", "16",
        "--backlog", "4096", "--port", str(port), "--log-level", "error", "django.core.wsgi:get_wsgi_application",
    ]  # fmt: skip
    with (site.folder / "django.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=site.environment() | more, stdout=log, stderr=log)


def forget(url: str) -> None:
    """Take our entries, and only ours, out of the Redis that was lent."""
    store = redis.Redis.from_url(url)
    for key in store.scan_iter("*newsroom-bench-*", count=1000):
        store.delete(key)


def beside_django(own: Target, path: str, port: int, *, seconds: int) -> None:
    for name, place in (("in the order of its manual", port), ("in front of all other middleware", port + 1)):
        reference: Target = (place, path, {})
        once(reference, connections=8, seconds=1)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(once(own, connections=8, seconds=seconds))
            theirs.append(once(reference, connections=8, seconds=seconds))
        we, they = wrk.middle(ours), wrk.middle(theirs)
        figure(
            ratio(we.per_second, they.per_second),
            f"times Django's cache middleware with Redis, {name}, 8 connections: {whole(we.per_second)} requests/s against"
            f" {whole(they.per_second)} (p99 {we.p99:.1f} ms against {they.p99:.1f} ms)",
        )


if __name__ == "__main__":
    told = parser("One hot article through `serve`, as a share of nginx")
    told.add_argument("--redis", default=os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"), help="default: %(default)s")
    sys.exit(main(measure, told, needs=("nginx", "wrk")))
