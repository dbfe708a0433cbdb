"""`manage.py media_render`: cut the pictures that wait, or all of them again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.media.rendering import render
from articles.models import Picture


class Command(BaseCommand):
    help = "Cut the pictures that wait for it to the sizes that pages show. May be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="cut every picture again, also those that are ready")

    def handle(self, *args: Any, **options: Any) -> None:
        again = bool(options["all"])
        pictures = Picture.objects.order_by("pk") if again else Picture.objects.to_render()
        total, ready = pictures.count(), 0
        for number, picture in enumerate(pictures.iterator(chunk_size=100), start=1):
            ready += render(picture, overwrite=again)
            self._progress(number, total)
        self.stdout.write(closing(ready, total - ready))

    def _progress(self, number: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{number}/{total}", ending="\n" if number == total else "")


def closing(ready: int, broken: int) -> str:
    """The sentence that the command ends with."""
    if not ready and not broken:
        return _("Es wartet kein Bild darauf, zugeschnitten zu werden.")
    sentence = ngettext("%d Bild ist zugeschnitten.", "%d Bilder sind zugeschnitten.", ready) % ready
    if broken:
        failed = ngettext("%d Bild ließ sich nicht lesen", "%d Bilder ließen sich nicht lesen", broken) % broken
        sentence += " " + failed + _("; den Grund nennt das Protokoll.")
    return sentence
