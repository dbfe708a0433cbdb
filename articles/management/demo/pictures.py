"""The demo's pictures: taken in like any upload, described, and cut to the sizes that pages show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile

from articles.media import intake, rendering
from articles.models import Picture

FOLDER: Final = Path(__file__).parent / "pictures"
CREDIT: Final = "Illustration: Tagblatt"


@dataclass(frozen=True)
class Words:
    """What is said about one picture; focal: percent from the left and from the top."""

    title: str
    alt: str
    caption: str
    focal: tuple[int, int] = (50, 50)


WORDS: Final = {
    "bergsee": Words(
        "Bergsee", "Bewaldete Bergketten spiegeln sich in einem stillen See unter blauem Himmel.", "Stilles Wasser vor bewaldeten Höhen.",
    ),
    "bibliothek": Words(
        "Bibliothek", "Sechs volle Regalreihen mit Büchern in gedeckten Farben, warm beleuchtet.", "Bücher bis unter die Decke.",
    ),
    "feld": Words(
        "Feld", "Ein Getreidefeld geht vom Gelb ins Grün über, dahinter ein flacher Hügel unter weitem Himmel.", "Getreide kurz vor der Reife.",
        (50, 60),
    ),
    "hafen": Words(
        "Hafen", "Fünf Containerbrücken und gestapelte Container spiegeln sich bei Abendlicht im Hafenbecken.", "Containerbrücken im Abendlicht.",
        (68, 50),
    ),
    "nachtstadt": Words(
        "Stadt bei Nacht", "Unscharfe farbige Lichter einer Stadt vor dunklem Himmel.", "Lichter der Stadt bei Nacht.",
    ),
    "parlament": Words(
        "Parlament", "Silhouette eines Parlamentsgebäudes mit Kuppel und erleuchteten Fenstern in der Dämmerung.", "Im Parlament brennt am Abend noch Licht.",
    ),
    "rechenzentrum": Words(
        "Rechenzentrum", "Gang zwischen zwei Reihen von Serverschränken mit kleinen leuchtenden Punkten.", "Server in einem Rechenzentrum.",
    ),
    "schiene": Words(
        "Schiene", "Ein Gleis mit Oberleitung läuft durch flaches Land schnurgerade auf den Horizont zu.", "Ein Gleis, eine Oberleitung, flaches Land.",
        (58, 55),
    ),
    "stadion": Words(
        "Stadion", "Ein leeres Spielfeld vor vollen Rängen unter drei Flutlichtanlagen.", "Flutlicht über vollen Rängen.", (50, 60),
    ),
    "windpark": Words(
        "Windpark", "Drei große Windräder im Meer, dahinter eine lange Reihe kleinerer am Horizont.", "Windräder vor der Küste.", (55, 50),
    ),
    "kramer": Words("Porträt Helene Kramer", "Porträt einer Frau mit braunen Haaren in dunkelblauer Jacke.", "Helene Kramer", (50, 40)),
    "osei": Words("Porträt Kofi Osei", "Porträt eines Mannes mit kurzen schwarzen Haaren in rotbrauner Jacke.", "Kofi Osei", (50, 40)),
}  # fmt: skip


def ensure_pictures(folder: Path = FOLDER) -> dict[str, Picture]:
    """Every picture by its short name; one with the same content is not taken twice."""
    return {name: _ensure(folder / f"{name}.webp", words) for name, words in WORDS.items()}


def render_waiting(pictures: dict[str, Picture]) -> int:
    """Cut those that pages cannot show yet; return how many that were."""
    return sum(rendering.render(picture) for picture in pictures.values() if picture.rendered_at is None)


def _ensure(path: Path, words: Words) -> Picture:
    original = intake.read(path.read_bytes(), name=path.name)
    return Picture.objects.filter(hash=original.hash).first() or _take(original, words)


def _take(original: intake.Original, words: Words) -> Picture:
    picture = Picture(
        hash=original.hash, width=original.width, height=original.height, title=words.title, alt=words.alt,
        caption=words.caption, credit=CREDIT, focal_x=words.focal[0], focal_y=words.focal[1],
    )  # fmt: skip
    picture.file.save(f"{original.hash}.jpg", ContentFile(original.data))
    return picture
