"""Every sitemap keeps to its schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from articles.models import Kind
from tests import make

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


def errors(schema: etree.XMLSchema, content: bytes) -> list[str]:
    schema.validate(etree.fromstring(content))
    return [str(entry.message) for entry in schema.error_log]


@pytest.mark.django_db
def test_every_file_keeps_to_its_schema(client: Client, schema: etree.XMLSchema) -> None:
    make.house(name="Tag & Blatt <b>")
    make.article("«Ja» & „nein“ <script>", tags=["Häfen", "A & B"], picture=make.picture(), authors=["Ayşe Öztürk"])
    make.article("Heute", at=timezone.now(), agency=make.agency(), kind=Kind.OPINION)
    make.page("impressum")
    index = client.get("/sitemap.xml").content
    assert errors(schema, index) == []
    files = [str(loc.text) for loc in etree.fromstring(index).iter("{*}loc")]
    assert len(files) >= 3
    for address in [*files, "http://testserver/sitemap-news.xml"]:
        path = f"/{address.split('/', 3)[3]}"
        assert errors(schema, client.get(path).content) == [], path


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("<url><lastmod>2025-02-24</lastmod><loc>https://a.example/</loc></url>", "lastmod"), ("<url><loc>/a/</loc></url>", "/a/"),
        ("<url><loc>https://a.example/</loc><lastmod>24.02.2025</lastmod></url>", "24.02.2025"), ("<url/>", "loc"),
        ("<url><loc>https://a.example/</loc><priority>2</priority></url>", "2"),
        ('<url><loc>https://a.example/</loc><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"/></url>', "news"),
    ],
)  # fmt: skip
def test_the_schema_finds_faults(schema: etree.XMLSchema, entry: str, complaint: str) -> None:
    file = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entry}</urlset>'
    assert complaint in " ".join(errors(schema, file.encode()))
