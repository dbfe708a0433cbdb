"""Bodies that trickle in: editors' forms wait for them, readers never."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from newsroom.bodies import AT_ONCE, READERS_AT_ONCE, FewBodies
from newsroom.management.commands.serve import THREADS
from tests.newsroom.test_serve import Start, free_port, get, wait_for

SLOW = 200  # clients that send ten bytes of their form and then nothing
HEAD = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nusername=x"
)


class Waiting:
    """A view that waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.begun.release()
        self.go.wait(20)
        return HttpResponse("done")


@pytest.fixture(name="crowd")
def _crowd() -> Iterator[FewBodies]:
    """As many forms on their way as may be."""
    view = Waiting()
    middleware = FewBodies(view)
    threads = [threading.Thread(target=middleware, args=(RequestFactory().post("/admin/"),)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
        view.begun.acquire(timeout=20)
    middleware.get_response = lambda _request: HttpResponse("free")
    yield middleware
    view.go.set()
    for thread in threads:
        thread.join()


def test_some_threads_are_always_left() -> None:
    assert 0 < AT_ONCE < THREADS


def test_one_form_more_is_asked_to_come_again(crowd: FewBodies) -> None:
    answer = crowd(RequestFactory().post("/admin/login/"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/admin/"), ("head", "/admin/"), ("get", "/"), ("post", "/"), ("post", "/fehler-melden/"), ("put", "/ticker/")]
)
def test_whatever_reads_no_body_passes(crowd: FewBodies, method: str, path: str) -> None:
    assert crowd(getattr(RequestFactory(), method)(path)).status_code == 200


def test_a_place_is_free_again_whatever_happens() -> None:
    def broken(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("no")

    middleware = FewBodies(broken)
    for _number in range(AT_ONCE * 2):
        with pytest.raises(RuntimeError):
            middleware(RequestFactory().post("/admin/"))


def test_readers_forms_have_places_of_their_own() -> None:
    view = Waiting()
    middleware = FewBodies(view)
    form = RequestFactory().post("/fehler-melden/")
    threads = [threading.Thread(target=middleware, args=(form,)) for _ in range(READERS_AT_ONCE)]
    for thread in threads:
        thread.start()
        view.begun.acquire(timeout=20)
    middleware.get_response = lambda _request: HttpResponse("free")

    codes = [middleware(request).status_code for request in (form, RequestFactory().post("/admin/"), RequestFactory().get("/fehler-melden/"))]

    view.go.set()
    for thread in threads:
        thread.join()
    assert codes == [503, 200, 200]
    assert AT_ONCE + READERS_AT_ONCE < THREADS


def test_slow_forms_shut_no_reader_out(serve_small: Start) -> None:
    port = free_port()
    server = serve_small(port)
    wait_for(port, server)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for client in slow:
        client.sendall(HEAD)
    time.sleep(1)

    begun = time.monotonic()
    answers = [get(port, path)[0] for path in ("/healthz", "/", "/ticker/", "/admin/login/", "/healthz")]
    lasted = time.monotonic() - begun
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as late:
        late.request("POST", "/admin/login/", body="username=x", headers={"Cookie": "csrftoken=" + "a" * 32})
        crowded = late.getresponse().status

    for connection in slow:
        connection.close()
    assert answers == [200] * 5
    assert lasted < 10
    assert crowded == 503
