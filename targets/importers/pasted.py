"""A block of cells as it comes from a spreadsheet: which column is what, which row is which year.

Cells stay texts, as they were; :mod:`targets.importers.amounts` reads them later, all of a table together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from targets.importers.amounts import UnreadableAmount, decimal_sign, is_nothing, read_amount, unit_words
from targets.importers.rows import UnreadableFile
from targets.progress import adds_up
from targets.records import folded

COLUMNS = ("exports", "imports", "turnover")

MOST_SIGNS = 100_000
MOST_LINES = 500
MOST_CELLS = 200
"""A line has no more; a table of trade by year has four."""

NAMES = {
    "exports": ("export", "exports", "экспорт", "экспорта", "вывоз", "outgoing", "x"),
    "imports": ("import", "imports", "импорт", "импорта", "ввоз", "incoming", "m"),
    "turnover": (
        "total", "turnover", "trade", "оборот", "товарооборот", "внешнеторговый", "итого", "всего", "сумма", "sum",
    ),
}  # fmt: skip
OTHER = (
    "balance",
    "сальдо",
    "баланс",
    "share",
    "доля",
    "growth",
    "рост",
    "прирост",
    "темп",
    "change",
    "изменение",
    "%",
)
"""Words of columns that hold no amounts of ours, whatever else their heading says."""

_YEAR = re.compile(
    r"(?:fy\s*|фг\s*)?((?:19|20|21)\d\d)(?:\s*[/–—-]\s*(\d\d|(?:19|20|21)\d\d))?\s*(?:г\.?|гг\.?|год|year)?\s*[*†¹²³⁴]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PastedRow:
    """The cells of one line by column; ``year`` is None where the block has no years."""

    line: int
    year: int | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block was understood as: its rows, the unit and currency that its headings name, and what was left out.

    ``columns`` are those found; ``named`` tells that a heading said so, and not the order. ``fiscal`` tells that years
    are written as fiscal ones are, "2023/24"; they then begin in ``year``. ``left_out`` are headings and lines not
    taken, as written.
    """

    rows: tuple[PastedRow, ...]
    columns: tuple[str, ...]
    named: bool
    dated: bool
    fiscal: bool
    power: int | None
    currency: str
    left_out: tuple[str, ...]


def read_pasted(text: str, start: str = "exports") -> Pasted:
    """The block of cells, tabs between them, or semicolons, or wide gaps; years down or across, headings or none.

    Columns without a heading are ``start`` and those after it; of three the one that is the sum of the others is the
    total. Raises UnreadableFile for a text that is too large or holds no amount.
    """
    if len(text) > MOST_SIGNS:
        raise UnreadableFile(f"more than {MOST_SIGNS:,} signs")
    grid = _grid(text)
    if len(grid) > MOST_LINES or any(len(cells) > MOST_CELLS for _, cells in grid):
        raise UnreadableFile(f"more than {MOST_LINES} lines, or a line of more than {MOST_CELLS} cells")
    grid = _years_down(grid)
    at = _year_column(grid)
    heads, body = _headed(grid, at)
    left_out: list[str] = []
    wanted = [place for place in range(_width(grid)) if place != at]
    headings = {place: " ".join(cells[place] for _, cells in heads if cells[place]) for place in wanted}
    filled = [place for place in wanted if any(_is_amount(cells[place]) for _, cells in body)]
    columns = _named(headings, filled)
    named = bool(columns)
    if not named:
        columns = _in_order([place for place in filled if not _other(headings[place])], body, start)
    left_out += [headings[place] or body[0][1][place] for place in filled if place not in columns]
    rows = []
    for line, cells in body:
        year, _ = _year(cells[at]) if at is not None else (None, False)
        if at is not None and year is None:
            left_out.append(" ".join(filter(None, cells)))
            continue
        rows.append(PastedRow(line, year, {name: cells[place] for place, name in columns.items() if cells[place]}))
    if not columns or not any(row.cells for row in rows):
        raise UnreadableFile("no amounts found")
    # A title above the table speaks for all of it, and so does the cell above the years.
    said = [unit_words(cell) for _, cells in heads for cell in cells]
    powers = {power for power, _ in said if power is not None}
    currencies = {currency for _, currency in said if currency}
    return Pasted(
        rows=tuple(rows),
        columns=tuple(name for name in COLUMNS if name in columns.values()),
        named=named,
        dated=at is not None,
        fiscal=at is not None and any(_year(cells[at])[1] for _, cells in body),
        power=powers.pop() if len(powers) == 1 else None,
        currency=currencies.pop() if len(currencies) == 1 else "",
        left_out=tuple(left_out),
    )


_Line = tuple[int, list[str]]


def _grid(text: str) -> list[_Line]:
    """The lines that hold anything, with their number, all of one width."""
    lines = re.split(r"\r\n|\n|\r", text)
    if "\t" in text:
        gap = r"\t"
    elif ";" in text:
        gap = ";"
    else:
        gap = r"[ \u00a0]{2,}"
    cut = [
        (number, [cell.strip().strip('"').strip() for cell in re.split(gap, line)])
        for number, line in enumerate(lines, 1)
    ]
    kept = [(number, cells) for number, cells in cut if any(cells)]
    width = max((len(cells) for _, cells in kept), default=0)
    return [(number, cells + [""] * (width - len(cells))) for number, cells in kept]


def _width(grid: Sequence[_Line]) -> int:
    return len(grid[0][1]) if grid else 0


def _years_down(grid: list[_Line]) -> list[_Line]:
    """The block turned so that years run down; lines of a turned block are its columns."""
    across = next((place for place, (_, cells) in enumerate(grid[:3]) if _years_in(cells[1:]) > 1), None)
    if across is None or any(_years_in([cells[place] for _, cells in grid]) > 1 for place in range(_width(grid))):
        return grid
    head = grid[:across]
    body = [cells for _, cells in grid[across:]]
    turned = [(place + 1, [cells[place] for cells in body]) for place in range(_width(grid))]
    width = len(body)
    titles = [(number, [" ".join(filter(None, cells)), *[""] * (width - 1)]) for number, cells in head]
    return titles + turned


def _years_in(cells: Sequence[str]) -> int:
    years = [year for year, _ in map(_year, cells) if year is not None]
    # Amounts near two thousand repeat or jump; years do neither.
    return len(years) if years == sorted(set(years)) or years == sorted(set(years), reverse=True) else 0


def _year(cell: str) -> tuple[int | None, bool]:
    """The year that a cell names, and whether it is written as a fiscal one."""
    match = _YEAR.fullmatch(cell)
    if match is None:
        return None, False
    year, until = int(match[1]), match[2]
    if until is None:
        return year, False
    return (year, True) if int(until) % 100 == (year + 1) % 100 else (None, False)


def _year_column(grid: Sequence[_Line]) -> int | None:
    """The first column in which most cells below a heading are years; a single column is amounts."""
    width = _width(grid)
    for place in range(width if width > 1 else 0):
        found = [number for number, (_, cells) in enumerate(grid) if _year(cells[place])[0] is not None]
        if found and 2 * len(found) >= len(grid) - found[0]:
            return place
    return None


def _headed(grid: list[_Line], at: int | None) -> tuple[list[_Line], list[_Line]]:
    """The lines of headings, and those of the body: it begins with the first year, or else the first amount."""
    for place, (_, cells) in enumerate(grid):
        begins = _year(cells[at])[0] is not None if at is not None else any(map(_is_amount, cells))
        if begins:
            return grid[:place], grid[place:]
    raise UnreadableFile("no amounts found")


def _is_amount(cell: str) -> bool:
    if is_nothing(cell):
        return False
    try:
        read_amount(cell)
    except UnreadableAmount as refused:
        return bool(refused.meanings)
    return True


def _other(heading: str) -> bool:
    text = folded(heading)
    return any(word in text for word in OTHER)


def _named(headings: Mapping[int, str], filled: Sequence[int]) -> dict[int, str]:
    """The columns whose headings name them, the first of each name; those without amounts are left out."""
    found: dict[int, str] = {}
    for place in filled:
        words = set(re.findall(r"\w+", folded(headings[place])))
        names = [name for name in COLUMNS if words.intersection(NAMES[name])]
        # "Total exports" are exports; "exports and imports" are the total.
        flows = [name for name in names if name != "turnover"]
        name = flows[0] if len(flows) == 1 else "turnover" if names else ""
        if name and not _other(headings[place]) and name not in found.values():
            found[place] = name
    return found


def _in_order(filled: Sequence[int], body: Sequence[_Line], start: str) -> dict[int, str]:
    """The columns by their order, from ``start`` on; of three, the total is the one that is the sum of the others."""
    if len(filled) == len(COLUMNS):
        for total in filled:
            flows = [place for place in filled if place != total]
            if _is_sum(body, flows, total):
                return dict(zip([*flows, total], COLUMNS, strict=True))
    names = COLUMNS[COLUMNS.index(start) :] if len(filled) < len(COLUMNS) else COLUMNS
    return dict(zip(filled, names, strict=False))


def _is_sum(body: Sequence[_Line], flows: Sequence[int], total: int) -> bool:
    rows = list(_amounts(body, [*flows, total]))
    return bool(rows) and all(adds_up(*row) for row in rows)


def _amounts(body: Sequence[_Line], places: Sequence[int]) -> Iterator[list]:  # type: ignore[type-arg]
    sign = decimal_sign(cells[place] for _, cells in body for place in places)
    for _, cells in body:
        try:
            read = [read_amount(cells[place], sign) for place in places]
        except UnreadableAmount:
            continue
        amounts = [one.whole(0) for one in read if one is not None]
        if len(amounts) == len(places) and all(amounts):
            yield amounts
