"""Our own table of figures: the template as filled in, CSV or XLSX, and the figures as the site hands them out.

The columns are those of ``targets.records.TEMPLATE_FIELDS``, in any order. Who exports a figure is its reporter;
where none reports it, the note begins with "compiler: " and the compiler's name. What says whose release it is
(vintage, source) is not read back: an import says that once for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from targets.importers.acceptance import AMOUNTS, merged, objection
from targets.importers.directory import Directory
from targets.importers.ledger import Ledger, shown
from targets.importers.opening import Glimpse, Lines, kind_of, named, separator, table
from targets.importers.rows import FigureFile, UnreadableFile
from targets.importers.workbooks import sheets
from targets.progress import Measure
from targets.records import (
    CHOICES,
    COMPILER,
    FIGURE_FIELDS,
    TEMPLATE_FIELDS,
    FigureRow,
    FigureStanding,
    Rejection,
    Valuation,
    original,
)

REQUIRED = ("year", "reporter")
DEFAULTS = {
    "measure": Measure.GOODS_TURNOVER.value,
    "valuation": Valuation.UNKNOWN.value,
    "standing": FigureStanding.UNKNOWN.value,
    "approximate": "false",
    "currency": "USD",
}


class _Wrong(ValueError):
    """What is wrong with a line: field, value and what to do."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def recognises(glimpse: Glimpse) -> bool:
    return glimpse.kind in ("table", "workbook") and any(_is_header(row) for row in glimpse.rows)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The figures of a filled-in template; a value read is a line.

    Lines of one figure that say the same, or each a part of it, become one; those that contradict each other are all
    rejected. Raises UnreadableFile for what has no such header.
    """
    account = Ledger(name)
    same: dict[tuple[object, ...], list[tuple[int, FigureRow]]] = {}
    comma = kind_of(data, name) != "workbook" and separator(data, name) == ";"
    for line, cells in _lines(data, name, account):
        try:
            row = _row(cells, line, directory, comma)
        except _Wrong as wrong:
            account.reject(line, wrong.field, wrong.value, wrong.reason)
            continue
        account.read += 1
        if problem := objection(row):
            account.rejections.append(Rejection(name, row.place, *problem))
            continue
        same.setdefault(row.key, []).append((line, row))
    rows: list[FigureRow] = []
    taken = 0
    for entries in same.values():
        one = merged(row for _line, row in entries)
        if one is not None and (problem := objection(one)) is None:
            rows.append(one)
            taken += len(entries)
            continue
        for line, row in entries:
            others = ", ".join(str(other) for other, _row in entries if other != line)
            reason = f"line {others} gives another figure of the same period; keep one, or import each source by itself"
            account.rejections.append(Rejection(name, row.place, "turnover", _amounts(row), reason))
    closed = account.close()
    return FigureFile(
        figures={"": tuple(rows)} if rows else {},
        rejections=closed.rejections,
        read=closed.read,
        taken=taken,
        warnings=closed.warnings,
    )


def _is_header(row: tuple[str, ...] | list[str]) -> bool:
    names = {cell.lower() for cell in row}
    return names >= set(REQUIRED) and bool(names & {"pair", "partner"}) and bool(names & set(AMOUNTS))


def _lines(data: bytes, name: str, account: Ledger) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines below the header; of a workbook those of the first sheet that has one."""
    found = account.sound(named(_sheet(data, name), name, REQUIRED))
    for place, (line, cells) in enumerate(found):
        if place == 0:
            for column in cells:
                if column and column not in FIGURE_FIELDS:
                    account.warn(f"The column {shown(column)} is not read; known are {', '.join(TEMPLATE_FIELDS)}.")
        yield line, cells


def _sheet(data: bytes, name: str) -> Lines:
    if kind_of(data, name) != "workbook":
        return table(data, name)
    for lines in sheets(data, name).values():
        first = next(lines, None)
        if first is not None and _is_header(first[1]):
            return _again(first, lines)
    raise UnreadableFile(
        f"{name}, line 1: no sheet begins with the columns of the template: {', '.join(TEMPLATE_FIELDS)}"
    )


def _again(first: tuple[int, list[str]], rest: Lines) -> Lines:
    yield first
    yield from rest


def _row(cells: dict[str, str], line: int, directory: Directory, comma: bool) -> FigureRow:
    """The figure of a line; ``comma``: whether decimals may follow one. Raises _Wrong."""
    text = {field: cells.get(field, "") or DEFAULTS.get(field, "") for field in TEMPLATE_FIELDS}
    for field, choices in CHOICES.items():
        if text[field].lower() not in choices:
            raise _Wrong(field, text[field], f"must be one of {', '.join(choices)}")
    first, second = _pair(text, directory)
    note, compiler = original(text["note"]), ""
    if not text["reporter"]:
        if not note.startswith(COMPILER):
            raise _Wrong(
                "reporter", "", f"name the reporter, or begin the note with {COMPILER!r} and who gives the figure"
            )
        compiler, _, note = note.removeprefix(COMPILER).partition("; ")
    amounts = {field: _amount(field, text[field], comma) for field in AMOUNTS}
    exports, imports, turnover = (amounts[field] for field in AMOUNTS)
    if exports is not None and imports is not None and turnover == exports + imports:
        turnover = None  # computed anyway, and computed it stands in the files that the site hands out
    return FigureRow(
        first=first,
        second=second,
        reporter=text["reporter"],
        compiler=compiler.strip(),
        year=_whole("year", text["year"]),
        from_month=_whole("from_month", text["from_month"]),
        through_month=_whole("through_month", text["through_month"]),
        fiscal=_fiscal(original(text["fiscal"]), directory),
        measure=Measure(text["measure"].lower()),
        exports=exports,
        imports=imports,
        turnover=turnover,
        currency=original(text["currency"]),
        valuation=Valuation(text["valuation"].lower()),
        standing=FigureStanding(text["standing"].lower()),
        approximate=text["approximate"].lower() == "true",
        note=note,
        place=f"line {line}",
    )


def _pair(text: dict[str, str], directory: Directory) -> tuple[str, str]:
    """The two economies, from the pair, or the reporter and the partner; all that is given must agree."""
    for side in ("reporter", "partner"):
        if text[side] and not directory.code(text[side], groups=True).code:
            raise _Wrong(side, text[side], "no economy of this site has this code")
    sides = {text[side] for side in ("reporter", "partner") if text[side]}
    if not text["pair"]:
        if len(sides) < 2:
            raise _Wrong("pair", "", "name the pair, as blr-kgz, or reporter and partner")
        first, second = sorted(sides)
        return first, second
    codes = text["pair"].upper().split("-")
    unknown = [code for code in codes if not directory.code(code, groups=True).code]
    if len(codes) != 2 or unknown or codes != sorted(set(codes)):
        raise _Wrong("pair", text["pair"], "must be the codes of two economies in alphabetical order, as blr-kgz")
    if not sides <= set(codes) or (text["reporter"] and text["reporter"] == text["partner"]):
        raise _Wrong("pair", text["pair"], f"reporter and partner are {text['reporter']} and {text['partner']}")
    return codes[0], codes[1]


def _fiscal(code: str, directory: Directory) -> str:
    if code and not directory.code(code, groups=True).code:
        raise _Wrong("fiscal", code, "must be the code of the economy whose fiscal year it is, as IND, or empty")
    return code


def _whole(field: str, text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise _Wrong(field, text, "must be a whole number, or empty")
    return int(text)


def _amount(field: str, text: str, comma: bool) -> Decimal | None:
    if not text:
        return None
    if comma and re.fullmatch(r"\d{1,30},\d{1,2}", text, re.ASCII):
        # One or two digits are decimals; three may be a group of thousands, and are not guessed at.
        text = text.replace(",", ".")
    if not re.fullmatch(r"\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?", text, re.ASCII):
        raise _Wrong(field, text, "must be a plain number, not below zero, with a point for decimals")
    return Decimal(text)


def _amounts(row: FigureRow) -> str:
    given = ((field, getattr(row, field)) for field in AMOUNTS)
    return ", ".join(f"{field} {amount:f}" for field, amount in given if amount is not None)
