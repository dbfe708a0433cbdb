"""The demo's house, its categories, its two agencies with their feeds, and the people behind the bylines."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from articles import desk
from articles.models import Agency, Author, Category, Feed, House, Picture
from articles.models.agency import Quotes

HOUSE: Final = {
    "description": "Nachrichten aus Altenwalde, dem Land und der Welt: geprüft, mit Quelle und Uhrzeit.",
    "publisher": "Tagblatt Verlag GmbH (Muster)",
    "email": "redaktion@tagblatt.example",
    "address": "Kaistraße 12\n00000 Altenwalde",
    "phone": "0000 000000",
    "represented_by": "Vorname Nachname, Geschäftsführung (Muster)",
    "register": "Amtsgericht Altenwalde, HRB 00000 (Muster)",
    "vat_id": "DE000000000",
    "responsible": "Kofi Osei, Chefredakteur, Anschrift wie oben",
    "arbitration": "Wir nehmen an Verfahren vor einer Verbraucherschlichtungsstelle nicht teil und sind dazu nicht verpflichtet.",
    "privacy_email": "datenschutz@tagblatt.example",
    "supervisor": "die Datenschutzbehörde Ihres Landes (Muster)",
}
# name, slug, colour, what agencies call it, description
CATEGORIES: Final[tuple[tuple[str, str, str, list[str], str], ...]] = (
    (
        "Inland", "inland", "#1b4f91",
        ["medtop:11000000", "medtop:02000000", "medtop:05000000", "medtop:12000000", "medtop:14000000", "Politik", "dpacat:pl", "Inrikes"],
        "Politik, Städte und Gemeinden: was Landtag, Behörden und Gerichte entscheiden und was davon ankommt.",
    ),
    (
        "Ausland", "ausland", "#0d655f", ["medtop:16000000", "International", "Weltpolitik"],
        "Berichte von jenseits der Grenzen, vom Weißmeer bis Velmora, mit den Folgen für hier.",
    ),
    (
        "Wirtschaft", "wirtschaft", "#7a5200", ["medtop:04000000", "medtop:09000000", "dpacat:wi"],
        "Unternehmen, Arbeit, Häfen und Handel: wer investiert, wer spart und wer das bezahlt.",
    ),
    (
        "Börse", "boerse", "#52600f", ["medtop:20000385", "medtop:20000391", "medtop:20000394", "medtop:20000183", "Finanzmärkte"],
        "Kurse, Zinsen und Devisen des Tages, dazu Hintergründe für alle, die selbst rechnen.",
    ),
    (
        "Sport", "sport", "#1d6b36", ["medtop:15000000", "dpacat:sp"],
        "Ergebnisse, Spielberichte und Geschichten aus Stadien, Hallen und Vereinen.",
    ),
    (
        "Kultur", "kultur", "#7d2b6c", ["medtop:01000000", "Feuilleton", "dpacat:ku"],
        "Bühne, Bücher, Museen und Musik: Berichte, Kritiken und Debatten.",
    ),
    (
        "Wissen", "wissen", "#4a3f9f", ["medtop:13000000", "medtop:07000000", "medtop:06000000", "Wissenschaft", "Digital"],
        "Forschung, Medizin, Klima und Technik, verständlich erklärt und mit Quellen.",
    ),
    (
        "Panorama", "panorama", "#96400f",
        ["medtop:03000000", "medtop:08000000", "medtop:10000000", "medtop:17000000", "Vermischtes", "dpacat:vm"],
        "Wetter, Unglücke, Menschen und Merkwürdiges aus dem Alltag.",
    ),
)  # fmt: skip
AGENCIES: Final = {
    "nda": {
        "name": "Nordische Depeschen-Agentur", "short_name": "nda", "credit_line": "nda.example", "address": "https://nda.example/",
        "quote_style": Quotes.SWISS, "priority": 3,
        "description": "Erfundene Nachrichtenagentur mit Sitz in Ahrensmünde. Sie liefert rund um die Uhr aus dem Land und von den Küsten.",
        "licence": "Muster: Texte dürfen mit Quelle erscheinen und bearbeitet werden. Keine Weitergabe.",
    },
    "tnd": {
        "name": "tnd Nachrichtenagentur", "short_name": "tnd", "credit_line": "tnd.example", "address": "https://tnd.example/",
        "quote_style": Quotes.AS_DELIVERED, "priority": 5,
        "description": "Erfundene Nachrichtenagentur mit Sitz in Altenwalde, vor allem für Landespolitik, Sport und Panorama.",
        "licence": "Muster: Texte dürfen mit Quelle unverändert erscheinen.",
    },
}  # fmt: skip
# slug: name, role, portrait, about
AUTHORS: Final = {
    "helene-kramer": (
        "Helene Kramer", "Redakteurin Wirtschaft", "kramer",
        "Helene Kramer schreibt über Häfen, Handel und Geldpolitik. Vor dem Journalismus hat sie vier Jahre in einer Reederei gearbeitet.",
    ),
    "kofi-osei": (
        "Kofi Osei", "Chefredakteur", "osei",
        "Kofi Osei leitet die Redaktion und berichtet über Landespolitik. Er begann als Lokalreporter in Brunsfelde.",
    ),
    "marit-sandvoss": (
        "Marit Sandvoß", "Redakteurin Kultur", "",
        "Marit Sandvoß besucht Premieren, Ausstellungen und Archive. Am liebsten schreibt sie über Dinge, die fast verloren gegangen wären.",
    ),
    "jonas-brandt": (
        "Jonas Brandt", "Redakteur Sport", "",
        "Jonas Brandt berichtet von Fußball und Leichtathletik und rechnet gern nach, ob die Statistik hält, was der Trainer verspricht.",
    ),
    "leyla-aydin": (
        "Leyla Aydın", "Redakteurin Wissen", "",
        "Leyla Aydın ist Physikerin und schreibt über Forschung, Klima und Medizin. Sie nennt zu jeder Zahl die Quelle.",
    ),
    "piet-harms": (
        "Piet Harms", "Reporter Panorama", "",
        "Piet Harms ist viel im Land unterwegs und erzählt Geschichten von Leuchttürmen, Fundbüros und freiwilligen Feuerwehren.",
    ),
    "ruth-ebeling": (
        "Ruth Ebeling", "Korrespondentin Ausland", "",
        "Ruth Ebeling berichtet seit zwölf Jahren aus den Ländern am Weißmeer und lebt in Stenby.",
    ),
}  # fmt: skip


def ensure_house(*, name: str) -> None:
    """Fill in what the house does not say yet; what an editor has written stays."""
    house, _made = House.objects.get_or_create(pk=1, defaults={"name": name})
    missing = {field: value for field, value in HOUSE.items() if not getattr(house, field)}
    for field, value in missing.items():
        setattr(house, field, value)
    if missing:
        house.changed_at = timezone.now()
        house.save()


def ensure_categories() -> dict[str, Category]:
    for place, (name, slug, colour, codes, description) in enumerate(CATEGORIES, start=1):
        rest = {"name": name, "colour": colour, "codes": codes, "description": description, "position": place}
        Category.objects.get_or_create(slug=slug, defaults=rest)
    desk.ensure_positions()
    for category in Category.objects.in_order():
        desk.add_block(category)
    return {category.slug: category for category in Category.objects.all()}


def ensure_agencies() -> dict[str, Agency]:
    """The agencies; each has one feed of the same name, whose copy waits for an editor."""
    for slug, fields in AGENCIES.items():
        agency, _made = Agency.objects.get_or_create(slug=slug, defaults=fields)
        Feed.objects.get_or_create(slug=slug, defaults={"agency": agency, "name": "Basisdienst", "rule": Feed.Rule.INBOX})
    return {agency.slug: agency for agency in Agency.objects.filter(slug__in=AGENCIES)}


def ensure_authors(portraits: dict[str, Picture]) -> dict[str, Author]:
    for slug, (name, role, portrait, about) in AUTHORS.items():
        rest = {
            "name": name,
            "role": role,
            "about": about,
            "email": f"{slug}@tagblatt.example",
            "picture": portraits.get(portrait),
        }
        Author.objects.get_or_create(slug=slug, defaults=rest)
    return {author.slug: author for author in Author.objects.filter(slug__in=AUTHORS)}
