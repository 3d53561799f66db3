"""Who is meant: from the numbers, letters and names that publishers write to the economies this site knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from targets.importers.spellings import (
    FORMER_LETTERS,
    FORMER_NAMES,
    FORMER_NUMBERS,
    GROUP_LETTERS,
    GROUP_NAMES,
    LETTERS,
    NAMES,
    NES_NUMBERS,
    NUMBERS,
    REGIONS,
    spelled,
)


@dataclass(frozen=True, slots=True)
class KnownEconomy:
    """An economy of this site as a file may write it; ``names`` in any language, ``group`` for a bloc."""

    code: str
    group: bool
    iso2: str
    m49: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A reporter or partner of a file: our code, or why there is none; ``said`` is what the file writes."""

    code: str
    said: str
    group: bool = False
    """The world, a region, a bloc, "not elsewhere specified": a sum over economies, left out knowingly."""
    former: bool = False
    """A state or territory that is none of today's economies, left out knowingly."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The economies of this site by each of the ways that files write them.

    Every search answers with a :class:`Party`; its code is empty for a group and for an economy the site does not
    know. Blocs count as groups, because publishers mean other members by the same word, unless ``groups`` is asked
    for by a format that knows which members are meant.
    """

    codes: Mapping[str, str]
    letters: Mapping[str, str]
    numbers: Mapping[int, str]
    names: Mapping[str, str]
    blocs: frozenset[str]

    @classmethod
    def of(cls, economies: Iterable[KnownEconomy]) -> Directory:
        """The directory of these economies; a name that two of them have means neither."""
        listed = tuple(economies)
        codes = {one.code: one.code for one in listed}
        letters = {one.iso2: one.code for one in listed if one.iso2}
        numbers = {one.m49: one.code for one in listed if one.m49 is not None}
        owners: dict[str, set[str]] = {}
        for one in listed:
            for name in one.names:
                owners.setdefault(spelled(name), set()).add(one.code)
        names = {name: code for name, code in NAMES.items() if code in codes}
        names |= {name: next(iter(whose)) for name, whose in owners.items() if name and len(whose) == 1}
        blocs = frozenset(one.code for one in listed if one.group)
        return cls(
            codes=MappingProxyType(codes),
            letters=MappingProxyType(letters),
            numbers=MappingProxyType(numbers),
            names=MappingProxyType(names),
            blocs=blocs,
        )

    def code(self, text: str, *, groups: bool = False, name: str = "") -> Party:
        """By ISO 3166-1 alpha-3 or a bloc's short name, WITS's old letters included; ``name`` only for messages."""
        said = f"{text} {name}".strip()
        if text in GROUP_LETTERS:
            return Party("", said, group=True)
        return self._party(self.codes.get(LETTERS.get(text, text), ""), said, groups, text in FORMER_LETTERS)

    def iso2(self, text: str, *, groups: bool = False, name: str = "") -> Party:
        """By ISO 3166-1 alpha-2."""
        return self._party(self.letters.get(text, ""), f"{text} {name}".strip(), groups)

    def m49(self, number: int | str, *, groups: bool = False, name: str = "", trade: bool = True) -> Party:
        """By UN M49 number, with or without zeros in front, and by the numbers that only publishers of trade use.

        ``trade`` is off for a publisher who keeps to M49: 492 is Monaco there, and a group of Comtrade's elsewhere.
        """
        said = f"{number} {name}".strip()
        if isinstance(number, str):
            if not (number.isascii() and number.isdigit() and len(number) <= 9):
                return Party("", said)
            number = int(number)
        if (number in REGIONS or (trade and number in NES_NUMBERS)) and not (groups and number in self.numbers):
            return Party("", said, group=True)
        code = self.numbers.get(NUMBERS.get(number, number) if trade else number, "")
        return self._party(code, said, groups, number in FORMER_NUMBERS)

    def name(self, text: str, *, groups: bool = False) -> Party:
        """By a name in any language or a publisher's spelling of it, case, accents and hyphens aside."""
        plain = spelled(text)
        code = self.names.get(plain, "")
        if not code and (plain in GROUP_NAMES or text in GROUP_LETTERS):  # WITS writes LCN where others have a name
            return Party("", text, group=True)
        return self._party(code, text, groups, plain in FORMER_NAMES)

    def _party(self, code: str, said: str, groups: bool, former: bool = False) -> Party:
        if code in self.blocs and not groups:
            return Party("", said, group=True)
        return Party(code, said, former=former and not code)
