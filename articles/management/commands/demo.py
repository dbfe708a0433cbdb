"""`manage.py demo`: a newsroom to try out, with editors, pictures and copy; with --articles as large as you like."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.management.demo import filling, pictures
from articles.management.demo.loading import load
from articles.management.demo.logins import Login, known
from articles.models import Agency, Article, Author, Category, Page, Picture, Status, Tag

MOST_DIGITS = 7


class Command(BaseCommand):
    help = "Load the demo newsroom. May be run again: what is there stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--articles", type=number, default=0, metavar="N", help="fill up with generated copy to N published articles"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is any article")
        parser.add_argument("--password", default="", help="for the demo's editors when they are made; default: random")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Article.objects.exists():
            self._report(known(), is_json=options["json"], loaded=0, filled=0)
            return
        check_password(options["password"])
        if options["articles"] < 0:
            raise CommandError(_("--articles: Bitte geben Sie eine ganze Zahl von 0 bis 9999999 an."))
        now = timezone.now()
        loaded = load(now=now, password=options["password"])
        pictures.render_waiting(loaded.cast.pictures)
        filled = filling.fill(options["articles"], loaded.cast, now=now, progress=self._progress)
        self._report(loaded.logins, is_json=options["json"], loaded=loaded.published, filled=filled)

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done >= total else "")

    def _report(self, logins: list[Login], *, is_json: bool, loaded: int, filled: int) -> None:
        counts = count()
        address = settings.SITE_URL + reverse("admin:index")
        if is_json:
            told = [vars(login) for login in logins]
            report = {"loaded": loaded, "filled": filled, "counts": counts, "admin": address, "logins": told}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(opening(loaded, filled))
        self.stdout.write(contents(counts))
        self.stdout.write(_("Zur Redaktion: %s") % address)
        for login in logins:
            self.stdout.write(line_of(login))


def number(text: str) -> int:
    """A whole number from 0; so many that no disk would hold them is a slip of the finger."""
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise ArgumentTypeError(_("Bitte geben Sie eine ganze Zahl von 0 bis 9999999 an."))
    return int(text)


def check_password(password: str) -> None:
    """Refuse a password that the admin would refuse, too."""
    if not password:
        return
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def count() -> dict[str, int]:
    return {
        "articles": Article.objects.filter(status=Status.PUBLISHED).count(),
        "categories": Category.objects.count(),
        "tags": Tag.objects.count(),
        "agencies": Agency.objects.count(),
        "authors": Author.objects.count(),
        "pictures": Picture.objects.count(),
        "pages": len(Page.Slug.values),  # the house brings them along
    }


def opening(loaded: int, filled: int) -> str:
    """What this run has done."""
    if not loaded and not filled:
        return _("Es war schon alles da, nichts wurde geändert.")
    sentences = []
    if loaded:
        sentence = ngettext("%d Artikel der Probe-Redaktion ist geladen.", "%d Artikel der Probe-Redaktion sind geladen.", loaded)
        sentences.append(sentence % loaded)
    if filled:
        sentences.append(ngettext("%d Artikel ist dazu erzeugt.", "%d Artikel sind dazu erzeugt.", filled) % filled)
    return " ".join(sentences)


def contents(counts: dict[str, int]) -> str:
    return (
        _(
            "Jetzt da: %(articles)d veröffentlichte Artikel in %(categories)d Ressorts, %(tags)d Schlagwörter, %(agencies)d Agenturen, "
            "%(authors)d Autoren, %(pictures)d Bilder, %(pages)d Seiten."
        )
        % counts
    )


def line_of(login: Login) -> str:
    password = login.password or _("(Passwort unbekannt; neu setzen mit: manage.py changepassword %s)") % login.name
    return f"  {login.name:<10}  {password:<14}  {login.role}"
