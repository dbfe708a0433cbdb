"""A small newspaper whose articles are searched, each under a short name."""

from __future__ import annotations

from datetime import timedelta

from articles.models import Article
from tests import make

STOCK = """
    haushalt | Finanzen | Landtag beschließt Nachtragshaushalt | Die Regierung bekommt mehr Geld für Straßen und Schulen.
        | Der Nachtrag umfasst 3,5 Milliarden Euro. Die Ministerpräsidentin verteidigte die Schulden. | Landtag, Schuldenbremse
    kasse | Kommunen | Städte klagen über leere Kassen | Im Haushalt vieler Gemeinden fehlen Millionen.
        | Die Bürgermeister fordern Hilfe vom Bund. Bäder und Büchereien schließen. | Kommunen
    hafen | Häfen | Ahrensmünde baut zweiten Tiefwasserkai | Der Streit über die Elbzufahrt geht weiter.
        | Bisher können Containerschiffe den Hafen nur bei Hochwasser anlaufen. Lotsen warnen vor engen Kurven. | Seehandel
    gleis | Verkehr | Hafenbahn: Warum das Gleis erst 2029 kommt | Der Anschluss verzögert sich, weil Stellwerkstechnik fehlt.
        | Die Bahn rechnet mit Kosten von 120 Millionen Euro. Ein Gutachten liegt vor. | Schiene
    boerse | Märkte | Kurse treten auf der Stelle | An der Börse in Frankfurt blieb es ruhig.
        | Der Dax schloss kaum verändert. Anleger warten auf den Börsengang eines Autobauers. | Dax, Aktien
    boersianer | Märkte | Was Händler an der Boerse fürchten | Die Strasse zum Erfolg ist lang, sagt ein Makler.
        | Groß ist die Angst vor Zöllen. Das Maß ist voll. | Aktien
    angriff | Krieg | Neue Angriffe auf die Ukraine | Nach russischen Angriffen ist in Charkiw der Strom ausgefallen.
        | Der Generalstab in Kiew sprach von 140 Drohnen. Präsident Selenskyj bat um Hilfe. | Ukraine, Russland, USA
    gipfel | Diplomatie | Verhandlungen in Istanbul beginnen | Erdoğan lädt beide Seiten an den Bosporus.
        | Die erste Verhandlung dauerte zwei Stunden. Der Kreml nannte sie nützlich, ein «Schritt zum Frieden». | Türkei, Ukraine
    zoll | Handel | USA verhängen Zölle auf Stahl | Die EU kündigt eine Antwort an.
        | Der Handelsstreit trifft auch Autos aus Bayern. US-Präsident Trump will nachlegen. | USA, Stahl
    virus | Gesundheit | Was von der Corona-Krise blieb | Fünf Jahre nach dem ersten Lockdown zieht eine Kommission Bilanz.
        | Viren werden uns weiter beschäftigen, sagt die Ärztin Müller aus München. | Corona, Medizin
    klinik | Gesundheit | Krankenhäuser vor dem Umbau | Kliniken auf dem Land sollen schließen.
        | Ärzte warnen vor weiten Wegen. Kranke müssten lange fahren. Ein Haus am See bleibt. | Medizin
    museum | Kunst | Museen öffnen wieder | Das Museum der Stadt zeigt Gemälde aus São Paulo.
        | Im Café hängt ein Bild von Goethe. Der Eintritt ist frei, das Haus am Ufer des Sees neu. | Kultur
    fussball | Bundesliga | Freiburg schlägt Köln 3:1 | Der Stürmer trifft zweimal.
        | Der Trainer lobte seine Mannschaft. In der Nachspielzeit fiel das dritte Tor. | Fußball, 1. FC Köln
    tennis | Sport | Zverev zieht ins Finale ein | Drei Sätze reichten dem Hamburger.
        | Im Endspiel wartet der Spanier Alcaraz. Es ist das erste Endspiel seit Jahren. | Tennis
    klima | Umwelt | Gletscher schmelzen schneller | Der Klimawandel lässt das Eis der Alpen verschwinden.
        | Forscherinnen maßen einen Rückgang um 7,2 Prozent. Der Wandel ist nicht aufzuhalten. | Klima
    rat | Inland | Stadtrat streitet über Radwege | Die Räte vertagten die Abstimmung auf Donnerstag.
        | In der Stadt fehlen sichere Wege. Der Rat tagt wieder im März. | Verkehr
    heirat | Leute | Prinz gibt Heirat bekannt | Die Hochzeit findet im Juni statt.
        | Der Hof teilte mit, die Feier bleibe klein. | Adel
    preis | Verbraucher | Strompreise sinken | Der Preis für eine Kilowattstunde fällt auf 28 Cent.
        | Verbraucherschützer empfehlen den Wechsel. Der Strom kommt oft vom Wind. | Energie
    reise | Reisen | Mit dem Zug nach Łódź | Eine Dienstreise wird zum Abenteuer.
        | Züge fahren stündlich. Die Reise dauert lang, der Dienst am Gast ist gut. | Bahn
    mail | Netz | E-Mail feiert Geburtstag | Vor 50 Jahren wurde die erste Mail verschickt.
        | Das geht’s an: Die Ur-Mail lautete QWERTYUIOP. Москва schwieg. | Internet
    wahl | Parteien | Grüne wählen neue Spitze | Die Wahl fiel auf eine Lehrerin aus Görlitz.
        | Lehrer und Lehrerinnen sind in der Partei stark vertreten. Neun Kandidaten traten an. | Grüne
    bund | Inland | Bundesregierung legt Entwurf vor | Die Regierungserklärung folgt am 24.02.2025 im Bundestag.
        | Der Bund zahlt. Eine Erklärung der Länder steht aus, die Regierung hofft auf Mehrheiten. | Bundestag
"""


def publish() -> dict[str, Article]:
    """Publish it all, each an hour older than the one before."""
    found: dict[str, Article] = {}
    for number, line in enumerate(_lines()):
        name, kicker, headline, lead, body, tags = (part.strip() for part in line.split("|"))
        found[name] = make.article(
            headline, at=make.MOMENT - number * timedelta(hours=1), kicker=kicker, lead=lead, body=f"<p>{body}</p>",
            tags=[tag.strip() for tag in tags.split(",")],
        )  # fmt: skip
    return found


def _lines() -> list[str]:
    """An entry may run over several lines: the next one starts less far to the right."""
    entries: list[str] = []
    for line in STOCK.strip("\n").split("\n"):
        if line.startswith("        "):
            entries[-1] += line
        elif line.strip():
            entries.append(line)
    return entries
