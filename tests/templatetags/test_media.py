"""The tag that prints a picture."""

from __future__ import annotations

import pytest

from articles.templatetags import media
from tests import make

pytestmark = pytest.mark.django_db


def test_a_picture_comes_in_three_formats_with_its_size() -> None:
    picture = make.picture(raw=make.jpeg(1600, 900))

    printed = media.picture(picture, "article", alt="Kräne", eager=True)

    key = picture.rendition_key
    assert [kind for kind, _ in printed["sources"]] == ["avif", "webp"]
    assert printed["sources"][0][1].split(", ")[0] == f"/bild/{key}-16x9-320.avif 320w"
    assert (printed["src"], printed["width"], printed["height"]) == (f"/bild/{key}-16x9-960.jpg", 960, 540)
    assert (printed["alt"], printed["eager"]) == ("Kräne", True)


def test_a_small_picture_offers_only_what_it_has() -> None:
    picture = make.picture(raw=make.jpeg(700, 394))

    printed = media.picture(picture, "row")

    assert [part.split()[1] for part in printed["srcset"].split(", ")] == ["320w", "640w"]


def test_a_moved_focal_point_gives_new_addresses() -> None:
    picture = make.picture()
    before = media.rendition_url(picture, "1x1", 224, "webp")

    picture.focal_x = 80

    assert media.rendition_url(picture, "1x1", 224, "webp") != before
