"""Uploading pictures: what is taken, what is refused, what is filled in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, IptcImagePlugin

from articles.models import Picture
from tests import make
from tests.admin import forms

ADD = "/admin/articles/picture/add/"


def upload(client: Client, raw: bytes, *, name: str = "kai.jpg", **typed: Any) -> Any:
    data = {"upload": SimpleUploadedFile(name, raw), "alt": "Kräne im Hafen", "credit": "Petersen/nda", **typed}
    return client.post(ADD, data)


def test_an_upload_is_kept_as_a_clean_jpeg(writer: Client) -> None:
    stream = BytesIO()
    Image.new("RGBA", (800, 600), (10, 20, 30, 128)).save(stream, "PNG")

    answer = upload(writer, stream.getvalue(), name="kai.png")

    picture = Picture.objects.get()
    assert answer.status_code == 302
    assert (picture.width, picture.height, picture.rendered_at) == (800, 600, None)
    with picture.file.open("rb") as file:
        assert Image.open(file).format == "JPEG"


def test_words_in_the_file_fill_what_is_left_empty(writer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    records = {(2, 80): b"Ole Petersen", (2, 110): b"nda", (2, 120): "Kräne am Kai".encode()}
    monkeypatch.setattr(IptcImagePlugin, "getiptcinfo", lambda _: records)

    upload(writer, make.jpeg(), credit="", caption="Eigene Zeile")

    picture = Picture.objects.get()
    assert (picture.credit, picture.caption) == ("Ole Petersen/nda", "Eigene Zeile")


def test_a_picture_without_credit_asks_for_it_and_keeps_the_words(writer: Client) -> None:
    page = upload(writer, make.jpeg(), credit="").content.decode()

    assert "In der Datei steht kein Bildnachweis" in page
    assert "Kräne im Hafen" in page
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg", "ist eine SVG-Zeichnung"),
        (b"<svg/>", "x.jpg", "ist eine SVG-Zeichnung"),
        (b"<!doctype html><p>", "x.jpg", "ist eine Internetseite"),
        (b"%PDF-1.7", "x.jpg", "ist ein PDF"),
        (b"Nur Text", "x.jpg", "ist kein Bild"),
        (make.jpeg()[:900], "x.jpg", "ist beschädigt oder unvollständig"),
    ],
)
def test_what_is_no_picture_is_named_and_words_stay(writer: Client, raw: bytes, name: str, sentence: str) -> None:
    page = upload(writer, raw, name=name, caption="Lange Bildzeile").content.decode()

    assert sentence in page
    assert "Lange Bildzeile" in page
    assert not Picture.objects.exists()


def test_a_picture_of_65000_pixels_a_side_is_refused_before_it_is_decoded(writer: Client) -> None:
    stream = BytesIO()
    Image.new("1", (20, 20)).save(stream, "PNG")
    raw = bytearray(stream.getvalue())
    raw[16:24] = (65_000).to_bytes(4, "big") * 2

    page = upload(writer, bytes(raw), name="x.png").content.decode()

    assert "x.png" in page
    assert "errorlist" in page
    assert not Picture.objects.exists()


def test_a_picture_we_have_is_pointed_to(writer: Client) -> None:
    raw = make.jpeg(shade=7)
    known = make.picture("Schon da", raw=raw)

    page = upload(writer, raw).content.decode()

    assert "Dieses Bild gibt es schon" in page
    assert reverse("admin:articles_picture_change", args=[known.pk]) in page
    assert Picture.objects.count() == 1


def test_a_name_in_a_file_cannot_become_markup(writer: Client) -> None:
    page = upload(writer, b"x", name="<img src=x onerror=alert(1)>.jpg").content.decode()

    assert "<img src=x" not in page


def test_a_moved_focal_point_asks_for_new_renditions(writer: Client) -> None:
    picture = make.picture()
    address = reverse("admin:articles_picture_change", args=[picture.pk])
    writer.post(address, {**forms.shown(writer, address), "caption": "Neu", "_save": "1"})
    picture.refresh_from_db()
    assert picture.rendered_at is not None

    writer.post(address, {**forms.shown(writer, address), "focal_x": "68", "_save": "1"})

    picture.refresh_from_db()
    assert picture.focal_x == 68
    assert Picture.objects.to_render().get() == picture


def test_a_focal_point_outside_is_refused(writer: Client) -> None:
    picture = make.picture()
    address = reverse("admin:articles_picture_change", args=[picture.pk])

    page = writer.post(address, {**forms.shown(writer, address), "focal_x": "101"}).content.decode()

    assert "errorlist" in page


def test_editors_see_the_original_and_nobody_else(writer: Client) -> None:
    address = reverse("admin:articles_picture_original", args=[make.picture().pk])

    answer = writer.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert Client().get(address).status_code == 302
    assert writer.get(reverse("admin:articles_picture_original", args=[999])).status_code == 404
