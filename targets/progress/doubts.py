"""The shapes of a doubt: trade as it was entered or is known, and a question about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from targets.progress.vocabulary import Word, gettext_noop

CLOSE = 0.05
"""The share up to which two sources differ as sources do."""

COLUMNS = ("exports", "imports", "turnover")


class Suspicion(Word):
    """What may be wrong with figures that somebody is about to store."""

    SUM = "sum", gettext_noop("exports and imports do not make the total")
    UNIT = "unit", gettext_noop("the unit may be wrong")
    JUMP = "jump", gettext_noop("a jump against neighbouring years")
    SWAPPED = "swapped", gettext_noop("exports and imports may be swapped")
    PART_LARGER = "part_larger", gettext_noop("a part of the year is larger than the year")
    KNOWN_OTHERWISE = "known_otherwise", gettext_noop("another source has other figures")
    KNOWN_SAME = "known_same", gettext_noop("another source has the same figures")


class Against(Word):
    """What the figures were compared with."""

    NOTHING = "nothing", gettext_noop("nothing else")
    BLOCK = "block", gettext_noop("the other years entered")
    OWN = "own", gettext_noop("the same side's known figures")
    MIRROR = "mirror", gettext_noop("the other side's figures")


@dataclass(frozen=True, slots=True)
class Flows:
    """Trade of one period as one reporter sees it, in one currency; ``source`` is the key of who published it."""

    year: int | None
    exports: Decimal | None = None
    imports: Decimal | None = None
    turnover: Decimal | None = None
    from_month: int | None = 1
    through_month: int | None = 12
    source: str = ""

    @property
    def span(self) -> tuple[int | None, int | None]:
        return self.from_month, self.through_month

    def amount(self, column: str) -> Decimal | None:
        """The amount of a column; the turnover is the sum of both flows where both are known."""
        if column == "turnover" and self.exports is not None and self.imports is not None:
            return self.exports + self.imports
        return getattr(self, column)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about one row or several: what it is about, and the numbers that a sentence needs.

    ``column`` is one of :data:`COLUMNS`, empty where the whole row is meant. ``entered`` and ``other`` are the amounts
    compared, of the last of ``years``; ``power`` is the power of ten between them, ``share`` how far apart two sources
    are at most. ``source`` is the other source's key; ``span`` the other period's months.
    """

    suspicion: Suspicion
    years: tuple[int | None, ...]
    column: str = ""
    against: Against = Against.NOTHING
    entered: Decimal | None = None
    other: Decimal | None = None
    power: int = 0
    share: float = 0.0
    source: str = ""
    span: tuple[int | None, int | None] = (1, 12)

    @property
    def key(self) -> str:
        """What names the doubt while the figures are looked at again: another year makes it another doubt."""
        against = "" if self.against is Against.NOTHING else self.against.value
        span = "to".join(map(str, self.span)) if self.suspicion is Suspicion.PART_LARGER or self.span != (1, 12) else ""
        parts = (self.suspicion.value, self.column, against, self.source, span, *map(str, self.years))
        return "-".join(filter(None, parts))

    @property
    def serious(self) -> bool:
        """Whether the figures should not be stored before somebody says why they are right."""
        if self.suspicion is Suspicion.KNOWN_OTHERWISE:
            return self.share > CLOSE
        return self.suspicion is not Suspicion.KNOWN_SAME
