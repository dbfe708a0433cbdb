"""A search server: the real one that SEARCH_TEST_URL names, or one that knows as much of OpenSearch as we ask for, and refuses the rest."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

DESCRIBED = {"settings", "mappings", "aliases"}
ASKED = {"query", "sort", "size", "_source", "track_total_hits"}


class Refused(Exception):
    """status, type of the error."""


class Index:
    """Documents by id, and the version of each, also of those that are gone. One index, below one alias."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, int] = {}

    def write(self, act: str, order: dict[str, Any], source: dict[str, Any] | None) -> dict[str, Any]:
        known = order.pop("_id")
        assert set(order) == {"version", "version_type"}
        assert order["version_type"] == "external_gte"
        if self.versions.get(known, 0) > order["version"]:
            return {act: {"_id": known, "status": 409, "error": {"type": "version_conflict_engine_exception"}}}
        self.versions[known] = order["version"]
        if act == "delete":
            was_there = self.documents.pop(known, None) is not None
            return {act: {"_id": known, "status": 200 if was_there else 404, "result": "deleted" if was_there else "not_found"}}
        assert source is not None
        if set(source) != {"place", "terms"}:
            return {act: {"_id": known, "status": 400, "error": {"type": "strict_dynamic_mapping_exception"}}}
        self.documents[known] = source
        return {act: {"_id": known, "status": 201, "result": "created"}}

    def search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        if set(body) - ASKED or body["sort"] != [{"place": "desc"}] or not 0 < body["size"] <= 10_000:
            raise Refused(400, "parsing_exception")
        found = [(one["place"], known) for known, one in self.documents.items() if _holds(body["query"], one)]
        return [{"_id": known, "sort": [place]} for place, known in sorted(found, reverse=True)[: body["size"]]]


def _holds(query: dict[str, Any], document: dict[str, Any]) -> bool:
    [(kind, told)] = query.items()
    words = document["terms"].split()
    if kind == "bool":
        assert set(told) <= {"filter", "must_not", "should", "minimum_should_match"}
        wanted = [_holds(part, document) for part in told.get("filter", ())]
        either = [_holds(part, document) for part in told.get("should", ())]
        unwanted = [_holds(part, document) for part in told.get("must_not", ())]
        return all(wanted) and sum(either) >= told.get("minimum_should_match", 0) and not any(unwanted)
    [(field, value)] = told.items()
    if kind == "range":
        assert set(value) == {"lt", "gte"}
        assert max(value.values()) < 2**63
        return bool(value["gte"] <= document[field] < value["lt"])
    if kind == "term":
        return value in words
    if kind == "terms":
        return not set(value).isdisjoint(words)
    if kind == "match_phrase":
        asked = value.split()
        return any(words[place : place + len(asked)] == asked for place in range(len(words)))
    raise Refused(400, "parsing_exception")


class Server(ThreadingHTTPServer):
    """indices: by name. aliases: which index stands below which alias. trouble: the status that everything is answered with, if any."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.indices: dict[str, Index] = {}
        self.aliases: dict[str, str] = {}
        self.trouble = 0
        self.searches = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/?index=tests"

    def of(self, alias: str) -> Index:
        if alias not in self.aliases:
            raise Refused(404, "index_not_found_exception")
        return self.indices[self.aliases[alias]]

    def create(self, name: str, told: dict[str, Any]) -> dict[str, Any]:
        if name in self.indices:
            raise Refused(400, "resource_already_exists_exception")
        assert set(told) == DESCRIBED
        self.indices[name] = Index()
        self.aliases |= dict.fromkeys(told["aliases"], name)
        return {"acknowledged": True}

    def delete(self, name: str) -> dict[str, Any]:
        if self.indices.pop(name, None) is None:
            raise Refused(404, "index_not_found_exception")
        self.aliases = {alias: index for alias, index in self.aliases.items() if index != name}
        return {"acknowledged": True}


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has there
        """Nobody reads it."""

    def do_HEAD(self) -> None:
        path = urlsplit(self.path).path
        self._answer(self.server.trouble or (200 if path.removeprefix("/_alias/") in self.server.aliases else 404), None)

    def do_PUT(self) -> None:
        self._do(lambda path, body: self.server.create(path, json.loads(body)))

    def do_DELETE(self) -> None:
        self._do(lambda path, _body: self.server.delete(path))

    def do_POST(self) -> None:
        self._do(self._posted)

    def _posted(self, path: str, body: bytes) -> dict[str, Any]:
        alias, _, verb = path.partition("/")
        if verb == "_search":
            self.server.searches += 1
            return {"timed_out": False, "_shards": {"failed": 0}, "hits": {"hits": self.server.of(alias).search(json.loads(body))}}
        assert verb == "_bulk"
        assert parse_qs(urlsplit(self.path).query)["require_alias"] == ["true"]
        return self._bulk(alias, iter(json.loads(line) for line in body.splitlines()))

    def _bulk(self, alias: str, lines: Iterator[dict[str, Any]]) -> dict[str, Any]:
        items = []
        for line in lines:
            [(act, order)] = line.items()
            source = next(lines) if act == "index" else None
            if alias in self.server.aliases:
                items.append(self.server.of(alias).write(act, order, source))
            else:
                items.append({act: {"_id": order["_id"], "status": 404, "error": {"type": "index_not_found_exception"}}})
        return {"errors": any("error" in said for item in items for said in item.values()), "items": items}

    def _do(self, act: Any) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            if self.server.trouble:
                raise Refused(self.server.trouble, "unavailable")
            self._answer(200, act(urlsplit(self.path).path.strip("/"), body))
        except Refused as refusal:
            status, kind = refusal.args
            self._answer(status, {"error": {"type": kind, "root_cause": [{"type": kind}]}, "status": status})

    def _answer(self, status: int, told: dict[str, Any] | None) -> None:
        body = b"" if told is None else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def told(server: Server) -> dict[str, str]:
    """Terms of what the server holds, by id."""
    return {known: one["terms"] for known, one in server.of("tests").documents.items()}


@contextmanager
def double() -> Iterator[Server]:
    """The one that knows little; tests may look into it."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # seconds between two looks whether to end
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty server: the real one, where there is one. What its index `tests` held is gone."""
    if url := os.environ.get("SEARCH_TEST_URL"):
        from django.test import override_settings

        from articles.search import opensearch

        with override_settings(SEARCH_URL=f"{url.rstrip('/')}/?index=tests"):
            opensearch.drop()
            yield f"{url.rstrip('/')}/?index=tests"
            opensearch.drop()
    else:
        with double() as server:
            yield server.url
