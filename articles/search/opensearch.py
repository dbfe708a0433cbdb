"""A search server that speaks OpenSearch, for sites that have outgrown the index in their database.

It holds terms and places, no text, and is asked under the same conditions in the same order. Loaded only where SEARCH_URL names one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.conf import settings
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, OpenSearchException, RequestError

from articles.search.conditions import Condition, bool_query
from articles.search.documents import Document
from articles.search.walking import Batch

ANSWERS_WITHIN: Final = 2.0  # seconds; a reader waits for it
TAKES_WITHIN: Final = 30.0
CONNECTIONS: Final = 16  # of one process, as many as a worker has threads
MOST: Final = 10_000  # places in one answer; the server gives no more
INDEX: Final = "newsroom"
DESCRIPTION: Final[dict[str, Any]] = {
    # Sorted as it is asked: the server stops as soon as it has enough of the newest.
    "settings": {"index": {"sort.field": "place", "sort.order": "desc", "refresh_interval": "1s"}},
    "mappings": {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {"place": {"type": "long"}, "terms": {"type": "text", "analyzer": "whitespace", "norms": False}},
    },
}


class Silent(Exception):
    """The server cannot be reached, or does not answer as one that holds our index."""


@lru_cache(maxsize=4)
def _server(url: str) -> tuple[OpenSearch, str]:
    """Client, shared by all threads, and name of the index."""
    parts = urlsplit(url)
    name = parse_qs(parts.query).get("index", [INDEX])[0]
    plain = urlunsplit(parts._replace(query=""))
    return OpenSearch([plain], max_retries=0, timeout=ANSWERS_WITHIN, pool_maxsize=CONNECTIONS, send_get_body_as="POST"), name


def _asked() -> tuple[OpenSearch, str]:
    return _server(settings.SEARCH_URL)


def is_there() -> bool:
    """Whether the server has our index. Raises Silent."""
    client, name = _asked()
    try:
        return bool(client.indices.exists_alias(name=name))
    except OpenSearchException as error:
        raise Silent(str(error)) from error


def make() -> None:
    """Make an empty index; one that another node has made meanwhile stays. Raises Silent."""
    client, name = _asked()
    try:
        client.indices.create(index=f"{name}-1", body={**DESCRIPTION, "aliases": {name: {}}})
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise Silent(str(error)) from error
    except OpenSearchException as error:
        raise Silent(str(error)) from error


def walk(condition: Condition, *, below: int, above: int, size: int) -> Iterator[Batch]:
    """Places of matching documents, the newest first, more of them from batch to batch. Raises Silent."""
    asked = bool_query(condition)
    while True:
        places = _found(asked, below=below, above=above, size=size)
        if len(places) < size:
            yield Batch(places, len(places), above)
            return
        below, size = places[-1], min(size * 4, MOST)
        yield Batch(places, len(places), below)


def _found(asked: dict[str, Any], *, below: int, above: int, size: int) -> list[int]:
    client, name = _asked()
    within = {"range": {"place": {"lt": below, "gte": above}}}
    body = {
        "query": {"bool": {"filter": [asked, within]}}, "sort": [{"place": "desc"}], "size": size, "_source": False,
        "track_total_hits": False,
    }  # fmt: skip
    try:
        answer = client.search(index=name, body=body)
    except OpenSearchException as error:
        raise Silent(str(error)) from error
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        raise Silent("it has answered in part")
    return [hit["sort"][0] for hit in answer["hits"]["hits"]]


def put(documents: Sequence[Document], *, gone: Collection[int] = (), version: int, wait: bool) -> None:
    """Write documents and forget articles; of two who tell of one article, the later version counts, whoever comes last.

    wait: return when searches see it. Raises Silent, and then all of it has to be said again.
    """
    client, name = _asked()
    order = {"version": version, "version_type": "external_gte"}
    lines: list[dict[str, Any]] = []
    for one in documents:
        lines += [{"index": {"_id": str(one.article), **order}}, {"place": one.place, "terms": one.text}]
    lines += [{"delete": {"_id": str(pk), **order}} for pk in gone]
    how = {"require_alias": "true", "refresh": "wait_for" if wait else "false"}
    try:
        answer = client.bulk(body=lines, index=name, params=how, request_timeout=TAKES_WITHIN)
    except OpenSearchException as error:
        raise Silent(str(error)) from error
    refusals = [said["error"] for item in answer["items"] for said in item.values() if "error" in said and said["status"] != 409]
    if refusals:
        raise Silent(str(refusals[0]))


def drop() -> None:
    """Take the index away; it is made and filled anew. Raises Silent."""
    client, name = _asked()
    try:
        client.indices.delete(index=f"{name}-1")
    except NotFoundError:
        return
    except OpenSearchException as error:
        raise Silent(str(error)) from error
