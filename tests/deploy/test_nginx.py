"""nginx itself reads the configuration; where it is installed, it also runs before nodes that answer, fail and die."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.tools import PLACES, free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = shutil.which("nginx", path=PLACES)
OPENSSL = shutil.which("openssl", path=PLACES)
with_nginx = pytest.mark.skipif(NGINX is None or OPENSSL is None, reason="needs nginx and openssl")


class Node(BaseHTTPRequestHandler):
    """Answers what it was asked; `/broken/` with 503, unless it is the second try."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, dict[str, str]]] = []

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
        tries = sum((command, path) == (self.command, self.path) for command, path, _ in self.seen)
        self.send_response(503 if self.path == "/broken/" and tries == 1 else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815 - http.server's names

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as an operator lays them out, with a certificate made for the occasion."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "tls").mkdir()
    for name in ("proxy.conf", "nodes.conf"):
        shutil.copy(DEPLOY / name, folder)
    subprocess.run(
        [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=www.example.org",
         "-keyout", str(folder / "tls/privkey.pem"), "-out", str(folder / "tls/fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def placed(folder: Path, *, plain: int, tls: int, nodes: list[int] | None = None) -> Path:
    """nginx.conf in that folder, with free ports and no path outside of it."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/var/log/nginx/", f"{folder}/").replace("/run/nginx.pid", f"{folder}/pid")
    text = re.sub(r"listen \[::\]:\S+.*;", "", text)
    text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{plain}", text)
    text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{tls}", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    text = text.replace("http {\n", f"http {{\n  {own}\n").replace(
        "worker_rlimit_nofile 65536;", "user root;" if os.geteuid() == 0 else ""
    )
    if nodes:
        listed = "\n".join(f"server 127.0.0.1:{port} max_fails=2 fail_timeout=2s;" for port in nodes)
        text = text.replace("include nodes.conf;", f"upstream newsroom {{ zone newsroom 64k; {listed} keepalive 64; }}")
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    return file


@with_nginx
@pytest.mark.parametrize("nodes", ["nodes.conf", "nodes.compose.conf"])
def test_nginx_accepts_the_configuration(folder: Path, nodes: str) -> None:
    file = placed(folder, plain=free_port(), tls=free_port())
    shutil.copy(DEPLOY / nodes, folder / "nodes.conf")

    told = subprocess.run([str(NGINX), "-t", "-e", "stderr", "-c", str(file)], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
    assert "[emerg]" not in told.stderr
    assert "[warn]" not in told.stderr.replace('the "listen ... http2" directive is deprecated', "")


@pytest.fixture(name="nodes")
def _nodes() -> Iterator[list[int]]:
    Node.seen = []
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Node) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [int(server.server_address[1]) for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(name="proxy")
def _proxy(folder: Path, nodes: list[int]) -> Iterator[int]:
    """The TLS port of a running nginx; the third node it knows is one that nobody has started."""
    port = free_port()
    file = placed(folder, plain=free_port(), tls=port, nodes=[*nodes, free_port()])
    process = subprocess.Popen([str(NGINX), "-e", "stderr", "-c", str(file), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        threading.Event().wait(0.02)
    yield port
    process.terminate()
    process.wait(10)


def ask(port: int, path: str, *, method: str = "GET", body: bytes | None = None) -> tuple[int, bytes]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname="www.example.org")
    client = HTTPSConnection("www.example.org", port, context=context)
    client.sock = raw
    with closing(client):
        client.request(method, path, body=body)
        answer = client.getresponse()
        return answer.status, answer.read()


@with_nginx
def test_a_dead_node_is_not_noticed(proxy: int) -> None:
    assert [ask(proxy, f"/a-{number}/")[0] for number in range(12)] == [200] * 12


@with_nginx
def test_a_node_that_cannot_answer_is_asked_no_more_and_another_is(proxy: int) -> None:
    assert ask(proxy, "/broken/")[0] == 200
    assert [path for _, path, _ in Node.seen] == ["/broken/", "/broken/"]


@with_nginx
def test_what_changes_something_is_never_sent_twice(proxy: int) -> None:
    status, _ = ask(proxy, "/broken/", method="POST", body=b"x=1")

    assert status == 503
    assert len(Node.seen) == 1


@with_nginx
def test_a_node_learns_how_it_was_asked(proxy: int) -> None:
    assert ask(proxy, "/a/", method="POST", body=b"x" * 300_000) == (200, b"x" * 300_000)

    headers = Node.seen[0][2]
    assert headers["host"] == "www.example.org"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["x-forwarded-for"] == "127.0.0.1"


@with_nginx
def test_what_is_for_the_operator_stays_inside(proxy: int) -> None:
    assert ask(proxy, "/metrics")[0] == 404
    assert Node.seen == []


@with_nginx
def test_a_picture_too_large_for_the_desk_is_stopped_before_it(proxy: int) -> None:
    status, _ = ask(proxy, "/admin/", method="POST", body=b"x" * (46 * 1024 * 1024))

    assert status == 413
    assert Node.seen == []


@with_nginx
def test_who_tries_many_passwords_has_to_wait(proxy: int) -> None:
    answers = [ask(proxy, "/admin/login/")[0] for _ in range(30)]

    assert answers[:20] == [200] * 20
    assert 429 in answers[20:]
