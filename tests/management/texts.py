"""Copy for tests of the demo, in the form in which the demo's files are written."""

from __future__ import annotations

INLAND = """headline: Landtag billigt Nachtragshaushalt nach vierzehn Stunden Debatte
kicker: Landesfinanzen
tags: Haushalt, Landtag, Altenwalde
agency: nda
dateline: Altenwalde
picture: parlament
age: 0d 04:48:19
kind: report
urgency: 3
updated: 0d 05:20:00
further: wirtschaft, boerse

Mit knapper Mehrheit hat das Parlament
640 Millionen Euro freigegeben.

Dafür stimmten 57 Abgeordnete. Der Minister nannte es «überfällig & richtig».

## Was geplant ist

- 260 Millionen für Schulen
- 180 Millionen für Brücken

> Wer heute kein Dach abdichtet, bezahlt in fünf Jahren
> das ganze Haus.
-- Henning Aschoff, Finanzminister

Das Gesetz tritt nach der Verkündung in Kraft.
====
headline: Geburtshilfe in Seefurt bleibt geöffnet
kicker: Krankenhäuser
tags: Gesundheit
author: helene-kramer, kofi-osei
age: 3d 11:17:32
kind: report
urgency: 4
correction: In einer früheren Fassung hieß es, 61 Kinder. Richtig sind 16.

Die Schließung ist abgewendet.

Zwei Ärztinnen haben unterschrieben.
====
headline: Warum Brücken altern
kicker: Meinung
tags: Verkehr, Geschichte
author: piet-harms
age: 400d 08:00:00
kind: opinion
urgency: 6

Beton lebt.

Er atmet sogar ein wenig.
"""
BOERSE = """headline: Skelland gibt festen Wechselkurs der Mark auf
kicker: Währung
tags: Devisen
agency: tnd
dateline: Varnhold
picture: hafen
age: 0d 05:07:03
kind: report
urgency: 1

Die Zentralbank hat die Bindung beendet.

"Wir hätten den Kurs nicht halten können", sagte der Chef der Bank.
====
headline: Kurse treten auf der Stelle
kicker: Markt
tags: Börse
agency: nda
age: 1d 18:00:00
kind: report
urgency: 5
updated: 1d 19:00:00
correction: In einer früheren Fassung standen Punkte, gemeint sind Prozent.

Der Leitindex hat sich kaum bewegt.

Die Händler warten ab.

Morgen kommen neue Zahlen.
"""
