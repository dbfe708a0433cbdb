"""Words and patterns of sentences from which generated copy is made; every phrase fits wherever its kind is asked for."""

from __future__ import annotations

from typing import Final

_FIRST: Final = (
    "Energie Verkehrs Hafen Schul Klima Wasser Wohnungs Gesundheits Agrar Forst "
    "Industrie Außenhandels Sport Kultur Raumfahrt Stadt Regional Küsten Finanz Verwaltungs"
)
_SECOND: Final = (
    "politik planung förderung recht technik geschichte statistik verband bericht reform "
    "aufsicht ausbildung messe netz projekt zentrum abkommen rat fonds forum"
)
TAGS: Final = tuple(first + second for second in _SECOND.split() for first in _FIRST.split())  # 400

_GIVEN: Final = (
    "Anke Bente Carsten Dörte Enno Frauke Gesa Hauke Imke Jasper Karin Lasse Merle Nils Okka Per Rieke Sönke Tjark Wiebke"
)
_FAMILY: Final = "Albers Brammer Claasen Detlefs Eggers Friis Grotjahn Hinsch Ingwers Jürgs Kröger Lührs Meinders Nissen Ohlsen Petersen Reimers"

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "place": (
        "Ahrensmünde", "Altenwalde", "Brunsfelde", "Seefurt", "Lindenau", "Altendiek", "Oberweer", "Nordersiel", "Hohenhagen", "Kirchwarden",
        "Tiefensee", "Mühlrade", "Steinhorst", "Varnhold", "Stenby", "Vessin", "Harvik", "Osterfehn", "Westerloh", "Grünau",
    ),
    # nominative, with its article; the verb is singular
    "body": (
        "der Stadtrat", "der Kreistag", "die Verwaltung", "das Landesamt", "der Rechnungshof", "das Ministerium", "die Hafengesellschaft",
        "der Wasserverband", "die Universität", "das Klinikum", "der Verkehrsverbund", "die Handelskammer", "die Genossenschaft",
        "der Zweckverband", "das Institut", "die Behörde",
    ),
    # nominative and accusative alike
    "plan": (
        "die Sanierung der Schleuse", "das neue Hallenbad", "die Umgehungsstraße", "das Wärmenetz", "die zweite Fähre", "das Schulzentrum",
        "die Erweiterung der Bibliothek", "das Programm für sichere Radwege", "die Reform der Gebühren", "das Rückhaltebecken",
        "die neue Buslinie", "das Labor für Wasserproben", "die Leitstelle", "das Museumsdepot", "die Kartierung der Moore", "das Flutlicht",
    ),
    "person": tuple(f"{given} {family}" for family in _FAMILY.split() for given in _GIVEN.split()),
    "group": (
        "die Anwohner", "die Gewerkschaften", "die Landwirte", "die Eltern", "die Fischer", "die Händler", "die Naturschützer",
        "die Pendler", "die Vereine", "die Nachbargemeinden", "die Fachleute", "die Betriebe",
    ),
    "when": (
        "am Montag", "am Dienstag", "am Mittwoch", "am Donnerstag", "am Freitag", "nach kurzer Beratung", "am frühen Morgen",
        "am späten Abend", "nach sechsstündiger Sitzung", "überraschend", "wie erwartet", "ohne Gegenstimme",
    ),
    "until": (
        "bis zum Frühjahr", "bis zum Herbst", "in drei Wochen", "in zwei Monaten", "noch in diesem Quartal", "vor den Sommerferien",
        "im kommenden Jahr", "nach der nächsten Sitzung", "binnen 90 Tagen", "zum Jahresende",
    ),
    "number": tuple(str(number) for number in range(3, 980, 7)),
    "few": tuple(str(number) for number in range(3, 29)),
    "percent": tuple(str(number) for number in range(5, 96, 3)),
    "millions": tuple(f"{number // 10},{number % 10}" for number in range(12, 880, 13)),
    "said": (
        "Niemand soll später sagen, er habe die Zahlen nicht gekannt", "Wir fangen dort an, wo es am meisten klemmt",
        "Das ist kein Luxus, sondern überfällige Pflege", "Wer jetzt zögert, zahlt am Ende das Doppelte",
        "Ich hätte mir mehr Zeit für die Prüfung gewünscht", "Der Plan ist gut, der Zeitplan ist es nicht",
        "Darauf haben hier viele Menschen gewartet", "Wir messen weiter und entscheiden dann",
        "Am Geld allein wird es nicht liegen", "Es fehlt an Leuten, nicht an Ideen",
    ),
    "because": (
        "weil die Kosten seit dem ersten Entwurf gestiegen sind", "weil zwei Gutachten einander widersprechen", "weil der Boden weicher ist als gedacht",
        "weil eine Frist ausläuft", "weil sich nur ein Unternehmen beworben hat", "weil das Land einen Teil der Summe übernimmt",
        "weil der Winter länger dauerte als sonst", "weil Fachkräfte fehlen", "weil die Nachfrage nachgelassen hat", "weil ein Vertrag endet",
    ),
}  # fmt: skip

HEADLINES: Final = (
    "{place}: {body} gibt {millions} Millionen Euro für {plan} frei",
    "{body} in {place} prüft {plan} noch einmal",
    "{place} streitet über {plan}",
    "{number} Stellen in {place}: {body} legt Zahlen vor",
    "{body} verschiebt {plan} in {place}",
    "Warum {place} auf {plan} wartet",
    "{group} in {place} verlangen Auskunft über {plan}",
    "{plan} in {place} kostet {millions} Millionen Euro mehr",
)
LEADS: Final = (
    "{body} von {place} hat {when} {plan} gebilligt. {group} hatten bis zuletzt Einwände, {because}.",
    "In {place} geht es um {millions} Millionen Euro und um {plan}. {body} will {until} entscheiden, {group} dringen auf Eile.",
    "{group} in {place} warten seit {few} Monaten auf eine Antwort. {body} vertröstet sie, {because}, und nennt kein Datum.",
)
SENTENCES: Final = (
    "{body} bestätigte {when}, dass {plan} in {place} auf der Liste steht.",
    "Vorgesehen sind dafür {millions} Millionen Euro, {percent} Prozent davon trägt der Kreis in den ersten Jahren nicht.",
    "„{said}“, sagte {person} aus {place}.",
    "{group} hatten vor {few} Tagen Unterschriften übergeben, {because}.",
    "In {place} ist {plan} schon länger Thema, {because}.",
    "Nach Angaben der Beteiligten sind {number} Haushalte und {number} Betriebe betroffen.",
    "{person}, in {place} für Finanzen zuständig, rechnet mit {millions} Millionen Euro im Jahr.",
    "Einen Beschluss soll es {until} geben.",
    "{body} will {until} offenlegen, wie viel Geld bereits gebunden ist.",
    "Vor {few} Wochen hatte {body} noch anders geplant.",
    "Für {place} wäre es die größte Ausgabe seit {few} Jahren.",
    "„{said}“, heißt es in einer Stellungnahme, die {person} verlesen hat.",
    "{group} halten dagegen, {plan} komme zu spät.",
    "Ein Gutachten über {number} Seiten empfiehlt, zuerst {plan} abzuschließen.",
    "Gezählt wurden zuletzt {number} Fälle, im Jahr davor waren es {number}.",
    "{person} widersprach {when} und verwies auf Erfahrungen in {place}.",
    "Ob {body} zustimmt, ist offen, {because}.",
    "Die Ausschreibung läuft, Angebote werden {until} erwartet.",
    "Beobachtet wird das auch in {place}, wo {plan} vor {few} Tagen begonnen hat.",
    "Sollte {body} ablehnen, müsste {place} neu verhandeln.",
)
SUBHEADS: Final = (
    "Was jetzt geplant ist",
    "Einwände aus der Nachbarschaft",
    "Die Zahlen",
    "Wie es weitergeht",
    "Streit um die Zuständigkeit",
)
