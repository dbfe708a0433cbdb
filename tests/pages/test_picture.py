"""Renditions, colours and marks: what pages fetch besides themselves."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles.media.renditions import filename, render_all
from articles.media.shelf import shelf
from articles.models import Picture
from tests import make
from tests.page import close

pytestmark = pytest.mark.django_db


def rendered(media_folder: Path, **fields: Any) -> Picture:
    raw = make.jpeg()
    picture = make.picture(raw=raw, **fields)
    render_all(raw, focal_x=50, focal_y=50, hash=picture.rendition_key, into=shelf(), wanted=[("1x1", 112, "jpg")])
    return picture


def address(picture: Picture) -> str:
    return f"/bild/{filename(picture.rendition_key, '1x1', 112, 'jpg')}"


def test_a_rendition_is_sent_with_its_type_and_kept_long(client: Client, media_folder: Path) -> None:
    response = client.get(address(rendered(media_folder)))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=86400, immutable"
    with Image.open(BytesIO(b"".join(response))) as image:
        assert image.size == (112, 112)


def test_head_opens_no_body(client: Client, media_folder: Path) -> None:
    path = address(rendered(media_folder))

    get, head = client.get(path), client.head(path)

    assert dict(head.headers) == dict(get.headers)
    assert b"".join(get) != b""
    get.close()
    assert b"".join(head) == b""


def test_a_picture_whose_rights_ran_out_is_gone_from_page_and_address(client: Client, media_folder: Path) -> None:
    picture = rendered(media_folder, rights_until=timezone.now() + timedelta(hours=1))
    article = make.article(picture=picture)
    assert picture.rendition_key in client.get(article.get_absolute_url()).content.decode()

    Picture.objects.update(rights_until=timezone.now() - timedelta(seconds=1))

    assert client.get(address(picture)).status_code == 404
    page = client.get(article.get_absolute_url()).content.decode()
    assert picture.rendition_key not in page
    assert article.headline in page


def test_a_picture_that_is_not_yet_rendered_stands_on_no_page(client: Client) -> None:
    article = make.article(picture=make.picture(rendered=False))

    assert "/bild/" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "name", ["x.jpg", "0123456789abcdef-1x1-113.jpg", "0123456789abcdef-1x1-112.gif", "..%2f..%2fsettings.py"]
)
def test_a_size_that_nobody_made_does_not_exist(client: Client, name: str) -> None:
    assert client.get(f"/bild/{name}").status_code == 404


def test_the_palette_holds_a_readable_pair_for_each_category(client: Client) -> None:
    make.category("Ausland", colour="#ffff00")

    sheet = client.get("/ressorts-00000000.css")

    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    text = sheet.content.decode()
    assert text.startswith('@layer tokens{[data-section="ausland"]{--section:light-dark(#')
    assert "#ffff00," not in text


def test_new_colours_have_a_new_address(client: Client) -> None:
    category = make.category("Ausland")
    before = client.get("/ausland/").content.decode()

    category.colour = "#123456"
    category.save()

    after = client.get("/ausland/").content.decode()
    assert before.split("/ressorts-")[1][:8] != after.split("/ressorts-")[1][:8]


@pytest.mark.parametrize("size", [180, 192, 512])
def test_the_mark_is_drawn_in_the_sizes_devices_ask_for(client: Client, size: int) -> None:
    response = client.get(f"/icon-{size}.png")

    with Image.open(BytesIO(response.content)) as image:
        assert image.size == (size, size)
    assert client.get("/favicon.ico").headers["Content-Type"] == "image/x-icon"


def test_a_known_rendition_is_not_sent_again(client: Client, media_folder: Path) -> None:
    path = address(rendered(media_folder))
    first = client.head(path)
    assert b"".join(first) == b""

    again = client.get(path, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_readers_programs_in_a_browser_may_show_it(client: Client, media_folder: Path) -> None:
    response = client.get(address(rendered(media_folder)))
    close(response)

    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
