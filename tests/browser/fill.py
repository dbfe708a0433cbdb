"""Fills an empty site for the browser: eight categories, full lists, and one article for each extreme."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import django
from django.core.management import call_command

CATEGORIES = {
    "Inland": "#1b4f91", "Ausland": "#0d655f", "Wirtschaft": "#7a5200", "Börse": "#52600f", "Sport": "#1d6b36",
    "Kultur": "#7d2b6c", "Wissen": "#4a3f9f", "Panorama": "#96400f",
}  # fmt: skip
SENTENCE = "Der Rat der Stadt Ahrensmünde hat am Montag nach vierstündiger Debatte über den zweiten Kai entschieden. "
LONG = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherung prüft Verkehrsinfrastrukturfinanzierungsgesetz im Land"
)
LONG_TAG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"
BODY = (
    f"<p>{SENTENCE * 2}</p><h2>Klage noch vor Weihnachten</h2><p>{SENTENCE * 4}</p><blockquote><p>„Da ist ein Jahr Prüfung Sorgfalt.“"
    f"</p></blockquote><ul><li>Baubeginn im Herbst</li><li>Anschluss an das <a href='https://example.org/'>Gleis</a></li></ul>"
    f"<table><caption>Kosten</caption><thead><tr><th scope='col'>Teil</th><th scope='col'>Euro</th></tr></thead><tbody><tr><td>Kai</td>"
    f"<td>420</td></tr></tbody></table><p>{SENTENCE * 12}</p><p>{SENTENCE * 10}</p>"
)


def fill() -> dict[str, str]:
    """Make everything; answers the address of each kind of page."""
    from django.utils import timezone

    from articles import desk
    from articles.management.demo.newsroom import HOUSE
    from articles.media.renditions import render_all
    from articles.media.shelf import shelf
    from articles.models import Article, Highlight, House, Kind, Tag
    from tests import make

    now = timezone.now().replace(microsecond=0)
    make.house(description="Nachrichten aus Ahrensmünde und der Welt", publisher="Tagblatt Verlag")
    agency, names = make.agency("nda", description="Eine Agentur."), list(CATEGORIES)
    for place, (name, colour) in enumerate(CATEGORIES.items()):
        make.category(name, colour=colour, position=place, description=f"Alles aus dem Ressort {name}.")
    make.positions()
    pictures = [make.picture() for _ in range(6)]
    for picture in pictures:
        render_all(picture.file.read(), focal_x=50, focal_y=50, hash=picture.rendition_key, into=shelf())
    for number in range(128):
        make.article(
            f"Meldung {number}: Rat der Stadt entscheidet über den Kai – und streitet", kicker="Seehandel", body=BODY,
            category=names[number % 8], at=now - timedelta(minutes=37 * number + 1), agency=agency if number % 3 else None,
            tags=["Häfen", "Seehandel", "Umweltrecht"][: number % 4], authors=[] if number % 3 else ["Helene Kramer"],
            picture=pictures[number % 6] if number % 2 else None, urgency=1 if number == 5 else 5,
            kind=Kind.OPINION if number % 16 == 8 else Kind.ADVERTISEMENT if number % 32 == 3 else Kind.REPORT,
        )  # fmt: skip
    full = make.article(
        "Ahrensmünde baut zweiten Kai – und streitet", kicker="Seehandel", body=BODY, dateline="Ahrensmünde (nda)", category="Wirtschaft",
        tags=["Häfen", "Seehandel"], authors=["Helene Kramer"], agency=agency, picture=pictures[0], at=now - timedelta(days=200),
    )  # fmt: skip
    desk.correct(full, "In einer früheren Fassung hieß es, das Land trage die Hälfte. Es sind zwei Drittel.")
    bare = make.article("Kurz", lead="", at=now - timedelta(days=400), category="Inland")
    long = make.article(LONG, kicker="Verkehrsinfrastrukturfinanzierung", at=now - timedelta(minutes=1), category="Inland",
                        tags=[*(f"Schlagwort {number}" for number in range(29)), LONG_TAG])  # fmt: skip
    gone = make.article("Zurückgezogen", at=now - timedelta(days=3))
    desk.withdraw(gone)
    make.breaking("Landtag stimmt dem Bau des zweiten Tiefwasserkais mit knapper Mehrheit zu", article=full)
    House.objects.update(**HOUSE)
    make.page(
        "grundsaetze",
        title="Grundsätze",
        lead="Wie wir arbeiten",
        body="<h2>Herausgeber</h2><p>Tagblatt Verlag<br>Kaistraße 12</p>",
    )
    for article in Article.objects.public().exclude(pk=full.pk)[:40]:
        make.reads(article, 20 + article.pk)
    desk.rank_reads()
    topic = make.tag("Häfen", description="Kais und Kräne.")
    Tag.objects.filter(pk=topic.pk).update(picture=pictures[1])
    for place, article in enumerate(Article.objects.public().filter(tags=topic)[:6]):
        Highlight.objects.create(tag=topic, article=article, kind="pinned" if place < 2 else "milestone")
    fill_inbox()
    draft = make.draft("Ein Entwurf")
    make.editor("Chef vom Dienst", name="cvd")
    day = timezone.localdate(now)
    return {
        "front": "/", "category": "/wirtschaft/", "article": full.get_absolute_url(), "bare article": bare.get_absolute_url(),
        "long headline": long.get_absolute_url(), "topic": "/thema/haefen/", "author": "/autor/helene-kramer/", "source": "/quelle/nda/",
        "ticker": "/ticker/", "archive": "/archiv/", "archive year": f"/archiv/{day.year}/", "archive month": f"/archiv/{day:%Y/%m}/",
        "archive day": f"/archiv/{timezone.localdate(now - timedelta(days=1)):%Y/%m/%d}/", "notice": "/impressum/",
        "empty notice": "/barrierefreiheit/",
        "own notice": "/grundsaetze/", "contact": "/kontakt/", "corrections": "/korrekturen/",
        "report": f"/fehler-melden/?artikel={full.pk}", "thanks": "/fehler-melden/danke/",
        "missing": "/gibt-es-nicht/", "gone": gone.get_absolute_url(), "preview": desk.preview_path(draft),
    }  # fmt: skip


def fill_inbox() -> None:
    """Copy that waits: several things, and one of them twice."""
    from articles.wire.receiving import deliver
    from tests import make

    feed = make.feed("eingang", agency=make.agency("nda"), rule="inbox")
    for number, (headline, text) in enumerate((
        ("Kai wird gebaut", SENTENCE * 3), ("Kai wird doch gebaut", SENTENCE * 3), ("Fähre fährt wieder", "Die Fähre fährt seit Montag wieder über den Sund."),
        ("Museum öffnet", "Das Museum zeigt alte Seekarten."),
    )):  # fmt: skip
        told = {
            "uri": f"urn:nda:{number}", "version": "1", "language": "de", "type": "text", "pubstatus": "usable", "urgency": number + 1,
            "headline": headline, "body_xhtml": f"<p>{text}</p>", "keyword": ["Inland"],
        }  # fmt: skip
        list(deliver(json.dumps(told).encode(), feed=feed, name=f"{number}.json"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sys.stdout.write(json.dumps(fill()))


if __name__ == "__main__":
    main()
