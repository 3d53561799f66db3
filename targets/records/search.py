"""Words as search compares them: what is kept beside a record, what a reader asks for, where in a text it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targets.progress import Status, Word
from targets.progress.vocabulary import gettext_noop
from targets.records.targets import TargetRecord
from targets.records.trade import EconomyRecord, PairRecord, PartialDate, folded
from targets.records.words import DocumentKind

_WORD = re.compile(r"[^\W_]+")
_TIED = re.compile(r"[^\W_]+(?:['’ʼʹ`´][^\W_]+)+")
"""Words that an apostrophe ties together: "people's", "d'Ivoire"."""

_DOLLAR = re.compile(r"\bus(?=\s?(?:\$|dollar))")
"""Where "US" is part of an amount: "US$ 10bn", "in US dollars"."""

CURRENCIES = frozenset(
    """
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp
    cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr
    ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt
    mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd
    scr sdg sek sgd shp sle sos srd ssp stn syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv
    wst xaf xcd xof xpf yer zar zmw
    """.split()  # noqa: SIM905
)
"""Codes of currencies, found whole only: "us" and "eu" mean the countries, not each amount in USD and EUR."""

EXCERPT = 240
"""The most letters that are shown of a text in which a word was found."""


class SearchKind(Word):
    """What a search finds, in the order of its page."""

    TARGETS = "targets", gettext_noop("Targets")
    PAIRS = "pairs", gettext_noop("Pairs")
    ECONOMIES = "economies", gettext_noop("Economies")
    STATEMENTS = "statements", gettext_noop("Statements")
    DOCUMENTS = "documents", gettext_noop("Documents")


def search_words(text: str) -> tuple[str, ...]:
    """The words that are asked for, each once, none that only begins another one; nothing but letters and digits.

    >>> search_words("Côte d’Ivoire – ТЮРКИЕ, тюрк 100%")
    ('cote', 'd', 'ivoire', 'тюркие', '100')
    """
    words = dict.fromkeys(_WORD.findall(_plain(text)))
    return tuple(word for word in words if not any(word != other and _begins(word, other) for other in words))


def search_text(texts: Iterable[str]) -> str:
    """The texts as one line of words, each with a space before it, so that a word is found by how it begins.

    What an apostrophe ties together is there in parts and as one: both "d ivoire" and "divoire" find "d'Ivoire". Codes
    of currencies have signs of their own around them, see :func:`sought`.

    >>> search_text(["Guinea-Bissau", "", "People’s Bank", "US$ 5bn"])
    ' guinea bissau people s bank peoples =usd= 5bn'
    """
    lines = []
    for text in texts:
        plain = _plain(text)
        words = (f"={word}=" if word in CURRENCIES else word for word in _WORD.findall(plain))
        tied = ("".join(_WORD.findall(one)) for one in _TIED.findall(plain))
        lines.append(" ".join((*words, *tied)))
    # Once each: a speaker's name often stands in five statements.
    return "".join(f" {line}" for line in dict.fromkeys(lines) if line)


def sought(word: str) -> tuple[str, ...]:
    """How a word asked for may stand in a search text: as the beginning of a word, also as a currency's whole code.

    >>> sought("eur")
    (' eur', '=eur=')
    """
    return (f" {word}", f"={word}=") if word in CURRENCIES else (f" {word}",)


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, True for those that a word asked for begins with.

    >>> marked("Visit to Türkiye", ("turk", "x"))
    [('Visit to ', False), ('Türk', True), ('iye', False)]
    """
    text = unicodedata.normalize("NFC", text)
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in _WORD.finditer(text):
        reach = _reach(match.group(), words)
        if reach:
            pieces += [(text[done : match.start()], False), (text[match.start() : match.start() + reach], True)]
            done = match.start() + reach
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of the text's words begins with one of these."""
    kept = search_text([text])
    return any(part in kept for word in words for part in sought(word))


def excerpt(text: str, words: Sequence[str]) -> str:
    """The text, or of a long one the part around the first word found, cut between words."""
    if len(text) <= EXCERPT:
        return text
    pieces = marked(text, words)
    before = len(pieces[0][0]) if not pieces[0][1] else 0
    start = max(0, min(before - EXCERPT // 3, len(text) - EXCERPT))
    part = text[start : start + EXCERPT]
    if start:
        part = "… " + part.partition(" ")[2]
    return part if start + EXCERPT >= len(text) else part.rpartition(" ")[0] + " …"


def _visible(text: str) -> str:
    """The text without signs that nobody sees, such as soft hyphens, that would part a word."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _plain(text: str) -> str:
    """The text as search compares it, the dollar under its code wherever it is called by its country."""
    return _DOLLAR.sub("usd ", folded(_visible(text)))


def _begins(word: str, other: str) -> bool:
    """Whether one finds the other: as its beginning, a currency's code only as the whole of it."""
    return word == other or (other.startswith(word) and other not in CURRENCIES)


def _reach(name: str, words: Iterable[str]) -> int:
    """How many letters of the name the longest of the words that it begins with takes; 0 for none."""
    plain = folded(name)
    found = max((word for word in words if _begins(word, plain)), key=len, default="")
    if not found:
        return 0
    return next((end for end in range(1, len(name)) if folded(name[:end]).startswith(found)), len(name))


@dataclass(frozen=True, slots=True)
class TargetHit:
    target: TargetRecord
    status: Status


@dataclass(frozen=True, slots=True)
class PairHit:
    pair: PairRecord
    targets: int
    """Published targets, replaced versions too."""


@dataclass(frozen=True, slots=True)
class TextHit:
    """A statement or a document in whose words something was found; ``kind`` of a document only."""

    id: int
    pair: PairRecord
    target: str
    """Slug of the target on whose page it stands; of a document empty where that is the pair's."""
    when: PartialDate
    kind: DocumentKind | None
    speaker: str
    speaker_ru: str
    role: str
    role_ru: str
    text: str
    text_ru: str
    occasion: str
    occasion_ru: str
    quote: str
    quote_language: str


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What was found for ``words``: of each kind the first rows, or a page of the one kind that was asked for."""

    words: tuple[str, ...]
    targets: tuple[TargetHit, ...] = ()
    pairs: tuple[PairHit, ...] = ()
    economies: tuple[EconomyRecord, ...] = ()
    statements: tuple[TextHit, ...] = ()
    documents: tuple[TextHit, ...] = ()
    totals: tuple[tuple[SearchKind, int], ...] = ()
    """How many there are of each kind that was looked for, without kinds of which there is nothing."""
    page: int = 1
    pages: int = 1

    @property
    def total(self) -> int:
        return sum(number for _kind, number in self.totals)
