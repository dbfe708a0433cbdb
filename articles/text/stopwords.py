"""Words so common that nobody means them: they are part of phrases, but no condition of a search."""

from __future__ import annotations

from typing import Final

from articles.text.stems import fold

_GERMAN = """
    aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass davon dazu dem den
    denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es
    etwa etwas euch für gegen gibt hab habe haben hat hatte hatten ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja
    kann kein keine keinem keinen keiner man mehr mein meine mit nach nicht noch nun nur ob oder ohne sehr sei sein seine seinem
    seinen seiner seit sich sie sind so soll sollen über um und uns unser unsere unter vom von vor war waren was weil weiter wenn
    wer werde werden wie wir wird wo wurde wurden während zu zum zur zwischen
"""
STOPWORDS: Final[frozenset[str]] = frozenset(fold(word) for word in _GERMAN.split())


def is_stopword(word: str) -> bool:
    """Of a word as it is written."""
    return fold(word) in STOPWORDS
