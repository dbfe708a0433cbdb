"""The load generator against servers that behave and servers that do not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from bench.readers import Load, at_once
from bench.tools import free_port

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nja"
Answering = Callable[[socket.socket, bytes], bool]  # says whether the connection is kept


class Server:
    """One thread a connection; `answer` decides what a request gets."""

    def __init__(self, answer: Answering) -> None:
        self.answer, self.asked, self.connections = answer, list[bytes](), 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=500)
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                link, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with suppress(OSError), link:
            while data := link.recv(65_536):
                self.asked.append(data.split(b" ")[1])
                if not self.answer(link, data):
                    return


@pytest.fixture(name="serve")
def _serve() -> Iterator[Callable[[Answering], Server]]:
    made: list[Server] = []

    def serve(answer: Answering) -> Server:
        made.append(Server(answer))
        return made[-1]

    yield serve
    for server in made:
        server.listener.close()


def good(link: socket.socket, data: bytes) -> bool:
    link.sendall(GOOD)
    return True


def hang_up(link: socket.socket, data: bytes) -> bool:
    return False


def say_nothing(link: socket.socket, data: bytes) -> bool:
    return True


Serve = Callable[[Answering], Server]


def test_all_readers_of_a_crowd_ask_once(serve: Serve) -> None:
    server = serve(good)

    answers = at_once(server.port, ["/a/", "/b/"], readers=40)

    assert [(one.status, one.trouble) for one in answers] == [(200, "")] * 40
    assert sorted(server.asked) == [b"/a/"] * 20 + [b"/b/"] * 20
    assert server.connections == 40


def test_a_steady_load_keeps_its_connections(serve: Serve) -> None:
    server = serve(good)

    with Load(server.port, ["/a/"], connections=3) as load:
        time.sleep(0.2)

    assert server.connections == 3
    assert len(load.answers) > 5
    assert {one.trouble for one in load.answers} == {""}


def test_a_rate_is_kept(serve: Serve) -> None:
    server = serve(good)

    with Load(server.port, ["/a/"], connections=3, rate=50) as load:
        time.sleep(0.5)

    assert 5 <= len(load.answers) <= 30


def test_the_same_body_has_the_same_digest(serve: Serve) -> None:
    def answer(link: socket.socket, data: bytes) -> bool:
        link.sendall(GOOD if b"/a/" in data else GOOD.replace(b"ja", b"ne"))
        return True

    answers = at_once(serve(answer).port, ["/a/", "/b/"], readers=4)

    assert len({one.digest for one in answers if one.path == "/a/"}) == 1
    assert len({one.digest for one in answers}) == 2


def test_nobody_there_is_refused() -> None:
    answers = at_once(free_port(), ["/"], readers=2)

    assert [(one.status, one.trouble) for one in answers] == [(0, "refused")] * 2


def test_a_server_that_goes_without_a_word_has_closed(serve: Serve) -> None:
    answers = at_once(serve(hang_up).port, ["/"], readers=1)

    assert answers[0].trouble == "closed"


def test_a_server_that_goes_in_the_middle_has_torn_the_answer(serve: Serve) -> None:
    def answer(link: socket.socket, data: bytes) -> bool:
        link.sendall(GOOD[:-1])
        return False

    assert at_once(serve(answer).port, ["/"], readers=1)[0].trouble == "torn"


def test_a_server_that_leaves_between_two_requests_has_harmed_nobody(serve: Serve) -> None:
    def answer(link: socket.socket, data: bytes) -> bool:
        link.sendall(GOOD.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
        return False

    server = serve(answer)
    with Load(server.port, ["/a/"], connections=1, rate=40) as load:
        time.sleep(0.3)

    assert {one.trouble for one in load.answers} == {""}
    assert server.connections >= 2


def one_answer(link: socket.socket, data: bytes) -> bool:
    """Keeps the connection for one request and goes at the second without a word."""
    if data.startswith(b"GET /first/"):
        link.sendall(GOOD)
        return True
    return False


def test_a_kept_connection_that_ends_is_a_failure_or_a_second_try(serve: Serve) -> None:
    server = serve(one_answer)
    paths = ["/first/", "/second/", "/first/"]

    with Load(server.port, paths, connections=1, rate=50) as strict:
        time.sleep(0.2)
    with Load(server.port, paths, connections=1, rate=50, again=True) as browser:
        time.sleep(0.2)

    assert [(one.path, one.trouble) for one in strict.answers[:3]] == [("/first/", ""), ("/second/", "closed"), ("/first/", "")]
    assert strict.asked_again == 0
    # The second try is made on a new connection; where that ends as well, it is a failure after all.
    assert browser.asked_again >= 1
    assert server.asked.count(b"/second/") >= 3
    assert [(one.path, one.trouble) for one in browser.answers[:2]] == [("/first/", ""), ("/second/", "closed")]


def test_a_server_that_says_nothing_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.readers.PATIENCE", 0.2)

    answers = at_once(serve(say_nothing).port, ["/"], readers=2)

    assert [one.trouble for one in answers] == ["timeout"] * 2
