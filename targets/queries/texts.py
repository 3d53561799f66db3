"""Every text that search looks through, read once for each version of the data, and the records in which words begin.

Sixty thousand of them are some twenty megabytes and are gone through in milliseconds; a database asked for the same
sorts and counts whole rows. Both databases give the same answers, because neither is asked.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet

from targets.models import Judgement, RoadmapDocument, Statement
from targets.queries.journal import remembered
from targets.records import ReviewState, SearchKind, sought

Record = TypeVar("Record")

WORDS_KEPT = 100
"""Readers ask for the same countries and people: of so many words each kind keeps where they were found."""


Places = int
"""Where in an order records stand: the bit of each place is set. Joined and counted in microseconds, however many."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one kind, in the order in which a search shows the records: newest first, undated ones last.

    Of targets, replaced versions come after all others.
    """

    numbers: Sequence[int]
    places: Mapping[str, Places]
    """Where the records of each economy's pairs stand, by its code."""
    words: Sequence[bytes]
    """Each word with a space before it, in few bytes."""
    known: dict[str, Places] = field(default_factory=dict)
    """Where words were found that were asked for before."""

    def holding(self, word: str) -> Places:
        """Where the texts stand that have a word beginning so."""
        found = self.known.get(word)
        if found is None:
            found = reduce(or_, (self._with(part.encode()) for part in sought(word)))
            if len(self.known) >= WORDS_KEPT:
                self.known.clear()
            self.known[word] = found
        return found

    def _with(self, part: bytes) -> Places:
        return places_of((place for place, text in enumerate(self.words) if part in text), len(self.words))


@dataclass(frozen=True, slots=True)
class Found(Generic[Record]):
    """The records at these places, in their order: only those that are asked for are looked at."""

    records: Sequence[Record]
    places: Places
    first: Places = 0
    """Those of the places that come before all others."""

    def __len__(self) -> int:
        return self.places.bit_count()

    def __iter__(self) -> Iterator[Record]:
        for places in (self.places & self.first, self.places & ~self.first):
            bits = f"{places:b}"[::-1]
            place = bits.find("1")
            while place >= 0:
                yield self.records[place]
                place = bits.find("1", place + 1)


def places_of(places: Iterable[int], size: int) -> Places:
    """These places, each below ``size``, as one number. No SQL query."""
    bits = bytearray(size // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_by_code(pairs: Iterable[tuple[str, str]], size: int) -> dict[str, Places]:
    """Where each economy stands in an order of pairs, given by the codes of both sides. No SQL query."""
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
    for place, codes in enumerate(pairs):
        for code in codes:
            places[code].append(place)
    return {code: places_of(own, size) for code, own in places.items()}


def naming(codes: Iterable[str], places: Mapping[str, Places]) -> Places:
    """Where any of these economies stands. No SQL query."""
    return reduce(or_, (places.get(code, 0) for code in codes), 0)


def found(
    kind: SearchKind,
    words: Sequence[str],
    named: Mapping[str, Set[str]] | None = None,
    first: Mapping[str, Set[str]] | None = None,
) -> Found[int]:
    """The ids of the published records of a kind in whose text every word begins a word, in the order of their pages.

    With ``named``, codes of economies by word, a word may also be found in the pair's names, as long as another one is
    in the text. With ``first``, also such codes, the records come first in whose pair every word names an economy. One
    SQL query after each change of the data.
    """
    every = remembered(("texts", kind), lambda: _read(kind))
    places = {word: every.holding(word) for word in words}
    # Words that name nobody must stand in the text itself; where there is none of them, at least one of the others.
    needed = [places[word] for word in words if not (named and named[word])]
    chosen = reduce(and_, needed) if needed else reduce(or_, places.values(), 0)
    for word in words if named else ():
        if codes := named[word]:
            chosen &= places[word] | naming(codes, every.places)
    fitting = reduce(and_, (naming(first[word], every.places) for word in words)) if first else 0
    return Found(every.numbers, chosen, fitting)


def _read(kind: SearchKind) -> Texts:
    """The texts of the published records of a kind. One SQL query."""
    shown = ReviewState.PUBLISHED
    if kind is SearchKind.TARGETS:
        judged = Judgement.objects.filter(is_verdict=True, target__state=shown).order_by()
        rows = _rows(judged, "target_id", "target__", "replaced", "target__first_stated_on", "target__slug")
        # Sorted here, because databases disagree on the order of hyphens.
        rows = sorted(rows, key=lambda row: (row[4], -row[5].toordinal() if row[5] else 0, row[6]))
    elif kind is SearchKind.STATEMENTS:
        said = Statement.objects.filter(state=shown, target__state=shown)
        rows = _rows(said.order_by(F("stated_on").desc(nulls_last=True), "-pk"), "pk", "", pair="target__pair__")
    else:
        papers = RoadmapDocument.objects.filter(state=shown)
        rows = _rows(papers.order_by(F("signed_on").desc(nulls_last=True), "-pk"), "pk", "")
    places = places_by_code((row[1:3] for row in rows), len(rows))
    return Texts([row[0] for row in rows], places, [row[3].encode() for row in rows])


def _rows(found: QuerySet[Any], number: str, path: str, *order: str, pair: str = "") -> list[tuple[Any, ...]]:
    """Of each record its id, the codes of its pair, its text, and by what it is ordered. One SQL query."""
    pair = pair or f"{path}pair__"
    return list(found.values_list(number, f"{pair}first_id", f"{pair}second_id", f"{path}search_text", *order))
