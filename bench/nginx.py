"""nginx as the reference: the very same bytes and headers from files, and as the proxy before several nodes."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.http1 import Reply
from bench.processes import end
from bench.site import ROOT, wait_for
from bench.tools import Missing, is_free, program

FRAME: Final = """
%(user)s
worker_processes auto;
pid %(folder)s/pid;
error_log %(folder)s/error.log;
events { worker_connections 4096; multi_accept on; }
http {
  access_log off;
  default_type text/html;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 60;
  keepalive_requests 1000000000;
  open_file_cache max=4000 inactive=600s;
  open_file_cache_valid 600s;
  reset_timedout_connection on;
  %(temporary)s
  %(inner)s
}
"""
OWN: Final = ("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding")  # nginx writes these itself


@contextmanager
def running(folder: Path, port: int, inner: str) -> Iterator[int]:
    """nginx with this inside its `http`; yields its process id."""
    folder.mkdir(parents=True, exist_ok=True)
    if not is_free(port):
        raise Missing(f"Port {port} is taken: choose another with --port.")
    file = folder / "nginx.conf"
    file.write_text(
        FRAME % {"user": _user(), "folder": folder, "temporary": _temporary(folder), "inner": inner}, encoding="utf-8"
    )
    command = [program("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(file), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        wait_for(lambda: not is_free(port), process=process)
        yield process.pid
    finally:
        end(process)


def _user() -> str:
    return f"user {getpass.getuser()};" if os.geteuid() == 0 else ""


def _temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def same_bytes(folder: Path, port: int, replies: Mapping[str, Reply]) -> str:
    """Write the answers as files and say how to serve them: `/identity`, `/gzip` … by name."""
    folder.mkdir(parents=True, exist_ok=True)
    places = []
    for name, reply in replies.items():
        (folder / name).write_bytes(reply.body)
        places.append(f"location = /{name} {{ alias {folder / name}; etag off; types {{ }} {_headers(reply)} }}")
    places.append(f"location = /known {{ alias {folder / next(iter(replies))}; etag on; types {{ }} }}")
    return f"server {{ listen 127.0.0.1:{port} backlog=4096; {' '.join(places)} }}"


def _headers(reply: Reply) -> str:
    """The same headers; type and last change are nginx's own to write."""
    lines = [f'default_type "{reply.headers.get("content-type", "text/html")}";']
    for name, value in reply.headers.items():
        if name not in (*OWN, "content-type", "last-modified"):
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'add_header {name.title()} "{quoted}" always;')
    return " ".join(lines)


def before(ports: list[int], port: int) -> str:
    """The proxy before these nodes, set up by the very file that deploy/ recommends."""
    nodes = " ".join(f"server 127.0.0.1:{node} max_fails=1 fail_timeout=1s;" for node in ports)
    return (
        f"upstream newsroom {{ zone newsroom 64k; {nodes} keepalive 64; keepalive_requests 1000000; }} "
        f"server {{ listen 127.0.0.1:{port} backlog=4096; "
        f"location / {{ proxy_pass http://newsroom; include {ROOT / 'deploy' / 'proxy.conf'}; }} }}"
    )
