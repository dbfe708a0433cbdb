"""What the demo's topic pages say about themselves, and other words that mean the same."""

from __future__ import annotations

from typing import Final

from articles.models import Tag, TagAlias

DESCRIPTIONS: Final = {
    "Häfen": "Kais, Kräne und Fahrrinnen: Berichte aus Ahrensmünde, Seefurt und den Häfen am Weißmeer, vom Ausbau bis zum Streik.",
    "Seehandel": "Wie Waren über das Meer kommen, was Reedereien verdienen und wovon die Preise der Fracht abhängen.",
    "Haushalt": "Woher das Land und die Städte ihr Geld nehmen und wofür sie es ausgeben: Beschlüsse, Streit und Prüfberichte.",
    "Bahnverkehr": "Neue und alte Strecken, Fahrpläne und Verspätungen, dazu die Geschichte der Eisenbahn.",
    "Wasser": "Talsperren, Brunnen, Flüsse und Küsten: Wie viel Wasser da ist und wer es nutzen darf.",
    "Energie": "Strom, Wärme und Netze: Was gebaut wird, was es kostet und wie die Technik funktioniert.",
    "Bildung": "Schulen, Hochschulen und Ausbildung im Land, von der Einschulung bis zum Meisterbrief.",
    "Diplomatie": "Verträge, Vermittler und Verhandlungen: wie Staaten Streit beilegen und wann es misslingt.",
    "Tarvien": "Nachrichten aus Tarvien: Politik, Küstenhandel und das Verhältnis zu den Nachbarn am Weißmeer.",
    "Weißmeer": "Das Weißmeer und seine Anrainer: Grenzen, Fischfang, Forschung und Schifffahrt.",
    "Börse": "Kurse, Unternehmen und Marktregeln, dazu die Geschichte des Handels mit Anteilen.",
    "Zinsen": "Was Notenbanken beschließen und was das für Kredite, Sparen und Staatsschulden bedeutet.",
    "Arbeitsmarkt": "Stellen, Löhne und Tarifstreit: wer sucht, wer streicht und wer ausbildet.",
    "Forschung": "Ergebnisse aus Instituten und Laboren, mit der Frage, wie sicher sie sind.",
    "Fußball": "Spiele, Trainer und Tabellen aus den Ligen des Landes.",
    "Geschichte": "Wie Dinge wurden, was sie sind: vom Buchdruck bis zum Container.",
    "Windkraft": "Windparks auf See und an Land: Planung, Bau, Ertrag und Widerspruch.",
}
ALIASES: Final = {"Hafen": "Häfen", "Eisenbahn": "Bahnverkehr", "Offshore": "Windkraft", "Etat": "Haushalt", "Leitzins": "Zinsen"}


def ensure_tags(names: list[str]) -> dict[str, Tag]:
    """The tags of that name, with their descriptions where there is one; existing ones are not changed."""
    for name in dict.fromkeys([*names, *DESCRIPTIONS]):
        Tag.objects.get_or_create(name=name, defaults={"description": DESCRIPTIONS.get(name, "")})
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=[*names, *DESCRIPTIONS])}
    for name, meaning in ALIASES.items():
        TagAlias.objects.get_or_create(name=name, defaults={"tag": tags[meaning]})
    return tags
