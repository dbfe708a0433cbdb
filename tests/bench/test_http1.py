"""Answers as they come off the line: whole, in pieces, in chunks, without a body, broken."""

from __future__ import annotations

import pytest

from bench.http1 import Malformed, parse, request

PLAIN = b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: W/"a:b"\r\n\r\nhallo'
CHUNKED = b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhall\r\n1;x=y\r\no\r\n0\r\n\r\n"


def test_a_whole_answer_is_read() -> None:
    reply = parse(PLAIN)

    assert reply is not None
    assert (reply.status, reply.body, reply.length, reply.is_last) == (200, b"hallo", len(PLAIN), False)
    assert reply.headers["etag"] == 'W/"a:b"'


@pytest.mark.parametrize("whole", [PLAIN, CHUNKED])
def test_no_beginning_of_an_answer_is_taken_for_it(whole: bytes) -> None:
    assert [cut for cut in range(len(whole)) if parse(whole[:cut]) is not None] == []
    assert parse(whole) is not None


def test_chunks_are_put_together() -> None:
    reply = parse(CHUNKED)

    assert reply is not None
    assert (reply.status, reply.body, reply.length) == (404, b"hallo", len(CHUNKED))


def test_what_follows_belongs_to_the_next_answer() -> None:
    reply = parse(PLAIN + CHUNKED)

    assert reply is not None
    assert reply.length == len(PLAIN)
    assert reply.body == b"hallo"


@pytest.mark.parametrize("status", [204, 304])
def test_some_answers_have_no_body_whatever_their_headers_say(status: int) -> None:
    reply = parse(f"HTTP/1.1 {status} X\r\nContent-Length: 900\r\n\r\n".encode())

    assert reply is not None
    assert reply.body == b""


def test_a_server_that_leaves_says_so() -> None:
    reply = parse(b"HTTP/1.1 503 X\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n")

    assert reply is not None
    assert reply.is_last


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\r\n\r\n", b"HTTP/2 200\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_answer_is_refused(garbage: bytes) -> None:
    with pytest.raises(Malformed):
        parse(garbage)


def test_a_request_names_its_host_once() -> None:
    text = request("/inland/", "127.0.0.1:1", {"Accept-Encoding": "br", "Host": "tagblatt.example"})

    assert text == b"GET /inland/ HTTP/1.1\r\nHost: tagblatt.example\r\nAccept-Encoding: br\r\n\r\n"
