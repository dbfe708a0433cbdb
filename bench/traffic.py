"""Agency traffic of its own making: the same seed gives the same days, and the truth of which items tell the same event.

Several agencies tell one event in different words and not all of its facts; some copy is taken over nearly word for word; people and towns
come back in other events, and an event has its sequel a day later, which is none of the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

START: Final = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
A_DAY: Final = 420  # events
AGENCIES: Final = ("nda", "tnd", "wna")
Kind = Literal["first", "other words", "copy", "sequel"]

FIRST_NAMES: Final = (
    "Anna", "Bernd", "Carla", "Dirk", "Elke", "Frieda", "Gregor", "Hanna", "Ingo", "Jana", "Karl", "Lena", "Moritz", "Nele", "Olaf",
    "Paula", "Quirin", "Rosa", "Sven", "Tilda", "Uwe", "Vera", "Wilma", "Yannick", "Zoe", "Astrid", "Bruno", "Clara", "Detlef", "Emil",
    "Fenja", "Gerd", "Helga", "Ines", "Jochen", "Katrin", "Lutz", "Marta", "Norbert", "Ole", "Petra", "Rainer", "Silke", "Timo", "Ulla",
    "Viktor",
)  # fmt: skip
LAST_NAMES: Final = (
    "Ahlers", "Behrendt", "Clasen", "Drewes", "Eggers", "Fehling", "Gatzke", "Hollmann", "Iversen", "Jessen", "Kattner", "Lohse",
    "Mertens", "Nissen", "Oldach", "Petzold", "Quast", "Rieger", "Sievers", "Tamm", "Ulmer", "Vogt", "Wittrock", "Zander", "Brandes",
    "Dittmer", "Ehlert", "Freese", "Grube", "Harms", "Jahnke", "Krohn", "Lindner", "Moeller", "Neubert", "Ostermann", "Pohl", "Rasch",
    "Schilling", "Thoms", "Unger", "Volkers", "Westphal", "Ziegler", "Arndt", "Bentin", "Danner", "Eckhoff", "Fabian", "Gehrke",
    "Hinrichs", "Isenberg", "Jansen", "Kröger", "Lübbers",
)  # fmt: skip
TOWNS: Final = (
    "Altenwalde", "Brunsbek", "Clausthal", "Dornau", "Eichstedt", "Feldheim", "Grünau", "Hagenow", "Immenrode", "Jesberg", "Kaltenhof",
    "Lauterbach", "Mühlstedt", "Neuhaus", "Oberweer", "Pahlen", "Quernheim", "Rotenfels", "Sandhagen", "Tiefenort", "Uhlstadt", "Velten",
    "Wiesenburg", "Zellingen", "Ahrensdorf", "Buchholz", "Dettmannsdorf", "Erlenbach", "Friedland", "Gommern", "Heidenau", "Ilmsdorf",
    "Kirchlinde", "Langenau", "Mohrkirch", "Nordhorst", "Osterfeld", "Pritzwalk", "Rahden", "Schönau", "Treuen", "Ummendorf", "Vierlinden",
    "Wolfsau",
)  # fmt: skip
ROLES: Final = ("Bürgermeisterin", "Landrat", "Ministerin", "Sprecherin der Polizei", "Leiter der Feuerwehr", "Richterin", "Vorstand", "Trainerin")
THINGS: Final = (
    "Fußgängerbrücke", "Turnhalle", "Wasserleitung", "Straßenbahn", "Lagerhalle", "Talsperre", "Bibliothek", "Kläranlage", "Seilbahn",
    "Markthalle", "Umspannwerk", "Freibad", "Molkerei", "Papierfabrik", "Windpark", "Schleuse", "Grundschule", "Museum", "Werft",
    "Ziegelei",
)  # fmt: skip
CAUSES: Final = (
    "ein Riss im Träger", "ein defektes Ventil", "Starkregen", "ein Kabelbrand", "fehlende Wartung", "ein Rechenfehler",
    "Frost im Mauerwerk", "ein Bedienfehler",
)  # fmt: skip

# Each part of a report in several wordings; an agency draws one, and leaves some parts out.
PARTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "accident": {
        "headline": (
            "{thing} in {town} beschädigt - {number} Verletzte", "{number} Menschen bei Unglück in {town} verletzt", "Unglück an {thing} in {town}",
            "{town}: {number} Verletzte nach Vorfall an {thing}",
        ),
        "lead": (
            "Am frühen Morgen kommt es an der {thing} in {town} zu einem schweren Zwischenfall. Die Ursache ist noch offen.",
            "Nach dem Unglück an der {thing} von {town} suchen Fachleute nach dem Grund. Die Umgebung bleibt gesperrt.",
            "Großeinsatz in {town}: Rettungskräfte bringen {number} Menschen in Kliniken.",
        ),
        "what": (
            "Bei einem Unglück an der {thing} in {town} sind {number} Menschen verletzt worden.",
            "In {town} hat ein Zwischenfall an der {thing} {number} Verletzte gefordert.",
            "{number} Verletzte: Das ist die Bilanz eines Vorfalls, der sich an der {thing} von {town} ereignet hat.",
        ),
        "who": (
            "Das teilte {role} {person} mit.", "{person}, {role}, bestätigte die Zahl am Vormittag.",
            "Nach Angaben von {person} ({role}) schwebt niemand in Lebensgefahr.",
        ),
        "quote": ("«{said}», sagte {person}.", "{person} erklärte vor Ort: «{said}»", "«{said}» - so beschreibt {person} die Lage."),
        "money": (
            "Der Schaden wird auf {euro} Euro geschätzt.", "Erste Schätzungen gehen von {euro} Euro Schaden aus.",
            "Auf {euro} Euro beziffert die Versicherung den Schaden.",
        ),
        "cause": ("Als Ursache gilt {cause}.", "Vermutet wird, dass {cause} dahintersteckt.", "Ein Gutachter prüft, ob {cause} der Grund war."),
        "more": (
            "Die Arbeiten dauern voraussichtlich {days} Tage.", "Frühestens in {days} Tagen soll wieder geöffnet werden.",
            "Bis alles wieder frei ist, vergehen wohl {days} Tage.",
        ),
    },
    "council": {
        "headline": (
            "{town} will {thing} für {euro} Euro umbauen", "Rat von {town} beschließt Umbau der {thing}", "{euro} Euro für {thing} in {town}",
            "Umbau in {town}: Rat stimmt mit {number} Stimmen zu",
        ),
        "lead": (
            "Nach langer Debatte fällt die Entscheidung mit {number} Stimmen. Die Opposition kündigt Widerstand an.",
            "Die {thing} soll moderner werden. Das kostet {town} mehr als gedacht.",
            "{town} nimmt viel Geld in die Hand: {euro} Euro fließen in den Umbau.",
        ),
        "what": (
            "Der Rat von {town} hat den Umbau der {thing} beschlossen.", "Die {thing} in {town} wird umgebaut.",
            "Grünes Licht für das Vorhaben in {town}: Die {thing} bekommt ein neues Gesicht.",
        ),
        "who": (
            "{role} {person} sprach von einem wichtigen Tag.", "Für {person}, {role}, ist es ein Erfolg.",
            "Eingebracht hatte den Antrag {person} ({role}).",
        ),
        "quote": ("«{said}», sagte {person}.", "{person} sagte in der Sitzung: «{said}»", "«{said}», so {person} nach der Abstimmung."),
        "money": (
            "Vorgesehen sind {euro} Euro.", "Die Kosten liegen bei {euro} Euro.", "Insgesamt werden {euro} Euro ausgegeben.",
        ),
        "cause": ("{number} Ratsmitglieder stimmten dafür.", "Die Abstimmung endete mit {number} Ja-Stimmen.",
            "Am Ende standen {number} Stimmen für den Plan."),
        "more": ("Die Bauzeit beträgt {days} Wochen.", "Gebaut wird {days} Wochen lang.", "Nach {days} Wochen soll alles fertig sein."),
    },
    "court": {
        "headline": (
            "Gericht in {town}: {number} Monate Haft für {person}", "{person} muss {number} Monate ins Gefängnis", "Urteil in {town} gegen {person}",
            "Prozess um {thing}: {number} Monate Haft",
        ),
        "lead": (
            "Der Prozess um die {thing} geht nach {days} Verhandlungstagen zu Ende.",
            "Die Kammer in {town} bleibt bei {person} unter der Forderung der Anklage.",
            "{days} Tage wurde verhandelt, nun steht das Urteil fest.",
        ),
        "what": (
            "Das Landgericht {town} hat {person} zu {number} Monaten Haft verurteilt.",
            "{person} ist in {town} zu einer Strafe von {number} Monaten verurteilt worden.",
            "Zu {number} Monaten Haft hat eine Kammer in {town} {person} verurteilt.",
        ),
        "who": (
            "Es ging um Untreue beim Bau der {thing}.", "Die Anklage hatte {person} Untreue beim Bau der {thing} vorgeworfen.",
            "Im Mittelpunkt stand der Bau der {thing}.",
        ),
        "quote": ("«{said}», sagte die Vorsitzende.", "In der Begründung hieß es: «{said}»", "Die Vorsitzende sagte: «{said}»"),
        "money": ("Der Schaden betrug {euro} Euro.", "Verschwunden waren {euro} Euro.", "{euro} Euro fehlten am Ende in der Kasse."),
        "cause": ("Als Auslöser nannte die Kammer {cause}.", "Begonnen hatte alles damit: {cause}.",
            "Am Anfang stand nach Überzeugung der Kammer {cause}."),
        "more": ("Verhandelt wurde an {days} Tagen.", "Der Prozess dauerte {days} Tage.", "An {days} Tagen wurden Zeugen gehört."),
    },
    "business": {
        "headline": (
            "{firm} streicht {number} Stellen in {town}", "{number} Arbeitsplätze bei {firm} fallen weg", "{firm} schließt {thing} in {town}",
            "{town}: {firm} baut {number} Stellen ab",
        ),
        "lead": (
            "Der Umsatz sinkt auf {euro} Euro. Nun zieht das Unternehmen Konsequenzen.",
            "Betroffen ist vor allem der Standort {town}. Die Gewerkschaft spricht von einem Schlag.",
            "{firm} will in {town} bis zum Jahresende sparen.",
        ),
        "what": (
            "Das Unternehmen {firm} streicht in {town} {number} Stellen.", "{firm} hat angekündigt, sich in {town} von {number} Beschäftigten zu trennen.",
            "In {town} fallen bei {firm} {number} Stellen weg.",
        ),
        "who": ("{role} {person} nannte den Schritt unvermeidlich.", "Das gab {person}, {role}, bekannt.",
            "Vor der Belegschaft sprach {person} ({role})."),
        "quote": ("«{said}», sagte {person}.", "{person} sagte: «{said}»", "«{said}», heißt es von {person}."),
        "money": ("Der Umsatz ging auf {euro} Euro zurück.", "Zuletzt setzte die Firma {euro} Euro um.", "{euro} Euro Umsatz waren es im Vorjahr."),
        "cause": ("Als Grund gilt {cause}.", "Verwiesen wird auf {cause}.", "Den Ausschlag gab {cause}."),
        "more": ("Die Gespräche dauern {days} Wochen.", "In {days} Wochen soll ein Sozialplan stehen.",
            "{days} Wochen sind für Verhandlungen vorgesehen."),
    },
}  # fmt: skip
FILLER: Final = (
    "Viele Anwohner verfolgten das Geschehen.", "Weitere Angaben gab es zunächst nicht.", "Die Behörden wollen am Nachmittag informieren.",
    "Die Lage blieb zunächst unübersichtlich.", "Eine Stellungnahme stand am Abend noch aus.", "In der Region ist das Thema seit Jahren umstritten.",
    "Schon früher hatte es Kritik gegeben.", "Fachleute mahnen seit Langem zur Vorsicht.", "Der Verkehr wurde umgeleitet.",
    "Einzelheiten sollen in den kommenden Tagen folgen.", "Die Opposition verlangt Aufklärung.", "Vereine aus der Umgebung boten Hilfe an.",
)  # fmt: skip
OPENINGS: Final = ("Wir haben", "Niemand hat", "Alle Beteiligten haben", "Diese Stadt hat", "Unser Team hat", "Der Betrieb hat", "Die Menschen haben")
MIDDLES: Final = (
    "mit so etwas gerechnet", "die Warnungen ernst genommen", "lange darauf gewartet", "sehr gut zusammengearbeitet", "viel zu spät gehandelt",
    "aus den Fehlern gelernt", "genau nach Plan gearbeitet", "das Vertrauen verdient", "jeden Hinweis geprüft",
)  # fmt: skip
ENDINGS: Final = (
    "und nun zählt jeder Tag", "aber fertig sind wir nicht", "und das sieht man auch", "auch wenn es niemand hören will", "und dabei bleibt es",
    "obwohl die Zeit knapp war", "und darauf kommt es an", "doch das reicht nicht",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Take:
    """One first version of an item. event: equal for all that tell the same. of: guid of what a copy was taken from."""

    guid: str
    agency: str
    at: datetime
    event: str
    kind: Kind
    headline: str
    lead: str
    paragraphs: tuple[str, ...]
    of: str = ""
    facts: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def body(self) -> str:
        return "".join(f"<p>{text}</p>" for text in self.paragraphs)


def takes(number: int, *, seed: int) -> Iterator[Take]:
    """That many items in the order in which they come."""
    lot = random.Random(seed)  # noqa: S311 - the same traffic every time
    waiting: list[Take] = []
    made = event = 0
    now = START
    people = [_person(lot) for _ in range(60)]
    while made < number:
        now += timedelta(days=1) / A_DAY * lot.uniform(0.2, 1.8)
        waiting += _event(lot, f"{seed}-{event}", now, people)
        event += 1
        ready = sorted((take for take in waiting if take.at <= now), key=lambda take: (take.at, take.guid))
        waiting = [take for take in waiting if take.at > now]
        for take in ready[: number - made]:
            yield take
            made += 1


def _event(lot: random.Random, event: str, now: datetime, people: list[str]) -> list[Take]:
    """All who tell it, and perhaps its sequel a day later."""
    kind = lot.choice(sorted(PARTS))
    facts = _facts(lot, people)
    tellers = lot.sample(AGENCIES, len(AGENCIES))
    first = _told(lot, kind, facts, event, tellers[0], now, "first")
    found = [first]
    if lot.random() < 0.4:
        found.append(_told(lot, kind, facts, event, tellers[1], now + timedelta(minutes=lot.uniform(2, 900)), "other words"))
    if lot.random() < 0.12:
        found.append(_copied(lot, first, tellers[2], now + timedelta(minutes=lot.uniform(5, 600))))
    if lot.random() < 0.12:
        later = {**facts, **{name: value for name, value in _facts(lot, people).items() if name in {"number", "euro", "days", "said", "cause"}}}
        other = "council" if kind == "accident" else "court" if kind == "business" else "accident"
        found.append(_told(lot, other, later, f"{event}-b", tellers[1], now + timedelta(hours=lot.uniform(20, 32)), "sequel"))
    return found


def _facts(lot: random.Random, people: list[str]) -> dict[str, Any]:
    said = f"{lot.choice(OPENINGS)} {lot.choice(MIDDLES)}, {lot.choice(ENDINGS)}. {lot.choice(OPENINGS)} {lot.choice(MIDDLES)}"
    firm = f"{lot.choice(LAST_NAMES)} {lot.choice(('AG', 'GmbH', 'Werke', 'Logistik', 'Technik'))}"
    return {
        "town": lot.choice(TOWNS), "thing": lot.choice(THINGS), "person": lot.choice(people) if lot.random() < 0.5 else _person(lot),
        "role": lot.choice(ROLES), "number": lot.randint(3, 480), "euro": _money(lot), "days": lot.randint(2, 60), "said": said,
        "cause": lot.choice(CAUSES), "firm": firm,
    }  # fmt: skip


def _person(lot: random.Random) -> str:
    return f"{lot.choice(FIRST_NAMES)} {lot.choice(LAST_NAMES)}"


def _money(lot: random.Random) -> str:
    return lot.choice((f"{lot.randint(20, 990)}.000", f"{lot.randint(2, 99)},{lot.randint(1, 9)} Millionen", f"{lot.randint(2, 9)} Milliarden"))


def _told(lot: random.Random, kind: str, facts: dict[str, Any], event: str, agency: str, at: datetime, how: Kind) -> Take:
    wordings = PARTS[kind]
    said = {part: lot.choice(wordings[part]).format(**facts) for part in wordings}
    optional = [part for part in ("quote", "money", "cause", "more") if lot.random() < 0.75]
    told = [said["what"], said["who"], *(said[part] for part in lot.sample(optional, len(optional)))]
    filler = lot.sample(FILLER, len(told) + lot.randint(0, 2))
    paragraphs = (*map(" ".join, zip(told, filler, strict=False)), *filler[len(told) :])
    headline = said["headline"][0].upper() + said["headline"][1:]
    return Take(f"urn:{agency}:{event}:{how[0]}", agency, at, event, how, headline, said["lead"], paragraphs, facts=facts)


def _copied(lot: random.Random, first: Take, agency: str, at: datetime) -> Take:
    """Nearly word for word: another headline, a paragraph less, a word changed here and there."""
    kept = [text for place, text in enumerate(first.paragraphs) if place < 2 or lot.random() < 0.8]
    changed = tuple(text.replace("Die ", "Diese ", 1) if lot.random() < 0.3 else text for text in kept)
    headline = f"Bericht aus {first.facts['town']}: {first.headline}" if lot.random() < 0.5 else first.headline
    guid = f"urn:{agency}:{first.event}:c"
    return replace(first, guid=guid, agency=agency, at=at, kind="copy", headline=headline, paragraphs=changed, of=first.guid)
