"""What a reader keeps account in: flows become figures, and every value read is taken, left out or rejected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from targets.importers.acceptance import LARGEST, YEARS, objection
from targets.importers.directory import Party
from targets.importers.rows import FigureFile, LeftOut
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, Rejection, Valuation

EXPORTS, IMPORTS, TURNOVER = "exports", "imports", "turnover"

GROUPS = "a group or the world, not one economy"
FORMER = "a state or territory that is none of today's economies"
SHIFTED = "more cells than the header names: the line is shifted, or an amount is written with commas"
UNKNOWN = "no economy of this site; add it first, or leave it out"
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{0,30})?([eE][+-]?\d{1,3})?", re.ASCII)
_CENT = Decimal("0.01")
_NOTHING = Decimal(0)
_GOODS = Measure.GOODS_TURNOVER

Key = tuple[str, int, int, int, str, str]
"""Of a figure: dataset, year, first and last month, codes of reporter and partner."""
_Entry = tuple[Decimal, int, str]


@dataclass(slots=True)
class Ledger:
    """The account of one file. ``name`` is the file's, ``valuation`` and ``currency`` what the publisher says.

    A value is counted once as read, by the method that decides about it: :meth:`add`, :meth:`skip` or :meth:`reject`.
    """

    name: str
    valuation: Valuation = Valuation.UNKNOWN
    currency: str = "USD"
    standing: FigureStanding = FigureStanding.FINAL
    compiler: str = ""
    unit: str = "line"
    """What messages count: "line", or "record" where a file has no lines."""
    read: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _own: dict[Key, dict[str, Valuation | FigureStanding]] = field(default_factory=dict)
    _flows: dict[Key, dict[str, _Entry]] = field(default_factory=dict)
    _again: dict[tuple[Key, str], list[_Entry]] = field(default_factory=dict)
    """All entries of a flow that is given more than once."""
    _skipped: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Where the first stands, and how many there are."""
    _unknown: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def add(
        self,
        line: int,
        reporter: Party,
        partner: Party,
        year: int,
        flow: str,
        amount: Decimal,
        *,
        months: tuple[int, int] = (1, 12),
        dataset: str = "",
        column: str = "",
        field: str = "value",
        valuation: Valuation | None = None,
        standing: FigureStanding | None = None,
    ) -> bool:
        """Enters one flow, an amount in whole units of the currency; whether it is taken so far.

        Groups and former states are left out, unknown economies are reported. ``column`` names the cell in a wide
        table ("2019"), ``field`` the column that a complaint is about; ``valuation`` and ``standing`` are given where
        this figure's are not the file's.
        """
        if not (reporter.code and partner.code):
            side, party = ("partner", partner) if reporter.code else ("reporter", reporter)
            if party.group or party.former:
                self.skip(line, GROUPS if party.group else FORMER, party.said)
                return False
            self.read += 1
            _count(self._unknown, (side, party.said), line)
            return False
        if reporter.code == partner.code:
            self.skip(line, "trade of an economy with itself", partner.said)
            return False
        if not _NOTHING <= amount <= LARGEST:
            self.reject(line, field, str(amount), f"must lie between 0 and {LARGEST:,.0f}", column)
            return False
        key = (dataset, year, *months, reporter.code, partner.code)
        self.enter(line, key, flow, amount, column)
        if valuation is not None:
            self._own.setdefault(key, {})["valuation"] = valuation
        if standing is not None:
            self._own.setdefault(key, {})["standing"] = standing
        return True

    def sound(self, lines: Iterable[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, dict[str, str]]]:
        """The lines with nothing beyond their last column; the others are rejected: each cell may be a neighbour's."""
        for line, cells in lines:
            if "" in cells:
                self.reject(line, "", cells[""], SHIFTED)
            else:
                yield line, cells

    def enter(self, line: int, key: Key, flow: str, amount: Decimal, column: str = "") -> None:
        """Enters one flow of which a reader knows already that :meth:`add` would take it: for files of long tables."""
        self.read += 1
        entry = (amount.quantize(_CENT), line, column)
        flows = self._flows.get(key)
        if flows is None:
            self._flows[key] = {flow: entry}
        elif flow in flows:
            self._again.setdefault((key, flow), [flows[flow]]).append(entry)
        else:
            flows[flow] = entry

    def left_out(self, reason: str) -> int:
        """How many values were left out for this reason so far."""
        return sum(count for (why, _value), (_first, count) in self._skipped.items() if why == reason)

    def skip(self, line: int, reason: str, value: str = "") -> None:
        """Leaves a value out knowingly; ``value`` says which of a kind ("World")."""
        self.read += 1
        _count(self._skipped, (reason, value), line)

    def reject(self, line: int, field: str, value: str, reason: str, column: str = "") -> None:
        """Refuses a value with a reason that says what to do."""
        self.read += 1
        self.rejections.append(Rejection(self.name, self._place(line, column), field, shown(value), reason))

    def year(self, line: int, text: str, field: str = "year") -> int | None:
        """The year in a cell; None, and a rejection, where there is none."""
        if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in YEARS:
            return int(text)
        self.reject(line, field, text, f"must be a year between {YEARS[0]} and {YEARS[-1]}")
        return None

    def number(self, line: int, text: str, field: str, column: str = "") -> Decimal | None:
        """The number in a cell with a decimal point; None, and a rejection, where there is none."""
        amount = number(text)
        if amount is None:
            self.reject(line, field, text, "must be a plain number with a point for decimals", column)
        return amount

    def warn(self, sentence: str) -> None:
        """Notes something about the whole file that a person should know before taking it."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def close(self) -> FigureFile:
        """The figures, exports and imports of one reporter, partner and period as one, and the whole account.

        A flow that stands twice with one value counts once; with two values none of them is taken, as nobody can
        tell which is right.
        """
        figures: dict[str, list[FigureRow]] = {}
        taken = 0
        for key, flows in self._flows.items():
            places = self._agreed(key, flows) if self._again else list(flows.values())
            if not flows:
                continue
            row = self._figure(key, flows, self._places(places))
            if self._own and key in self._own:
                row = row._replace(**self._own[key])  # type: ignore[arg-type]  # by name, each of its kind
            wrong = objection(row)
            if wrong:
                self.rejections += [
                    Rejection(self.name, self._place(line, column), *wrong) for _amount, line, column in places
                ]
            else:
                taken += len(places)
                figures.setdefault(key[0], []).append(row)
        return FigureFile(
            figures={dataset: tuple(rows) for dataset, rows in figures.items()},
            rejections=tuple(sorted(self.rejections, key=_line_of)),
            read=self.read,
            taken=taken,
            skipped=tuple(
                LeftOut(reason, "", value, count, self._place(first))
                for (reason, value), (first, count) in self._skipped.items()
            ),
            unknown=tuple(
                LeftOut(UNKNOWN, side, value, count, self._place(first))
                for (side, value), (first, count) in self._unknown.items()
            ),
            warnings=tuple(self.warnings),
        )

    def _agreed(self, key: Key, flows: dict[str, _Entry]) -> list[_Entry]:
        """All entries of a figure's flows; a flow with two values is taken out, each of its entries rejected."""
        agreed: list[_Entry] = []
        for flow, entry in tuple(flows.items()):
            entries = self._again.get((key, flow), [entry])
            if any(amount != entry[0] for amount, _line, _column in entries):
                self._contradiction(flow, entries)
                del flows[flow]
            else:
                agreed += entries
        return agreed

    def _contradiction(self, flow: str, entries: list[_Entry]) -> None:
        for amount, line, column in entries:
            others = ", ".join(self._place(other, there) for value, other, there in entries if value != amount)
            reason = f"{others} gives another value for the same flow and year; keep one"
            self.rejections.append(Rejection(self.name, self._place(line, column), flow, str(amount), reason))

    def _figure(self, key: Key, flows: dict[str, _Entry], where: str) -> FigureRow:
        _dataset, year, from_month, through_month, reporter, partner = key
        first, second = (reporter, partner) if reporter < partner else (partner, reporter)
        exports, imports, turnover = flows.get(EXPORTS), flows.get(IMPORTS), flows.get(TURNOVER)
        # By place: with names it takes three times as long, and a file may hold hundreds of thousands.
        return FigureRow(
            first,
            second,
            "" if self.compiler else reporter,
            self.compiler,
            year,
            from_month,
            through_month,
            "",
            _GOODS,
            self.currency,
            exports and exports[0],
            imports and imports[0],
            turnover and turnover[0],
            self.valuation,
            self.standing,
            False,
            "",
            where,
        )

    def _place(self, line: int, column: str = "") -> str:
        """Where a value stands: "line 12, column 2019"."""
        return f"{self.unit} {line}, column {column}" if column else f"{self.unit} {line}"

    def _places(self, entries: list[_Entry]) -> str:
        # Nearly all figures of long files are one of these two.
        if len(entries) == 1:
            _amount, line, column = entries[0]
            return self._place(line, column)
        if len(entries) == 2 and not (entries[0][2] or entries[1][2]) and entries[0][1] < entries[1][1]:
            return f"{self.unit}s {entries[0][1]} and {entries[1][1]}"
        lines = sorted({line for _amount, line, _column in entries})
        columns = sorted({column for _amount, _line, column in entries if column})
        told = f"{self.unit} {lines[0]}"
        if len(lines) > 1:
            told = f"{self.unit}s {' and '.join(map(str, lines))}"
        if len(lines) > 4:
            told = f"{self.unit}s {lines[0]} to {lines[-1]}"
        return f"{told}, column {', '.join(columns)}" if columns else told


def number(text: str) -> Decimal | None:
    """The plain number in a text, a point for decimals, nothing else around it; None where there is none.

    >>> number("3372902165775.0"), number("1 000"), number("NaN")
    (Decimal('3372902165775.0'), None, None)
    """
    if not (len(text) <= 30 and text.isascii() and text.isdigit()) and not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def shown(cell: str) -> str:
    """A cell for messages, in quotes and cut where it is long."""
    return repr(cell if len(cell) <= 60 else f"{cell[:57]}…") if cell else "empty"


def _count(counts: dict[tuple[str, str], tuple[int, int]], what: tuple[str, str], line: int) -> None:
    first, count = counts.get(what, (line, 0))
    counts[what] = (first, count + 1)


def _line_of(rejection: Rejection) -> int:
    found = re.search(r"\d+", rejection.place)
    return int(found.group()) if found else 0
