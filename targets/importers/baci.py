"""CEPII's BACI: ``t,i,j,k,v,q``, one line for a year, an exporter, an importer and a product of the HS.

Values are thousand US dollars, FOB. BACI reconciles what both sides report into one value for a flow, so nobody
reports it: its figures have a compiler and no reporter. Exports and imports are a reporter's words; a flow therefore
becomes a figure of the measure that names its direction (exports, first to second or second to first), and the two
flows of a pair together a stated turnover of goods. A pair of which BACI has one direction has no turnover here.

The columns were seen in a file of 2020: ``k`` without its leading zero, ``q`` padded with blanks or "NA", and the
numbers of customs territories (251 France, 699 India, 757 Switzerland, 842 USA) in place of ISO's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from targets.importers.acceptance import objection
from targets.importers.directory import Directory, Party
from targets.importers.ledger import GROUPS, UNKNOWN, Ledger
from targets.importers.opening import Glimpse, table
from targets.importers.rows import FigureFile, LeftOut, UnreadableFile
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, Valuation

COMPILER = "CEPII BACI"
COLUMNS = ("t", "i", "j", "k", "v")
UNIT = 1_000
BROKEN = "another line of the same flow cannot be read, so its total is not known"

_Flow = tuple[str, str, str]
"""Year, exporter and importer as the file writes them."""


@dataclass(slots=True)
class _Sum:
    """The products of one flow so far; ``broken`` once a line of it cannot be counted."""

    first: int
    last: int
    amount: Decimal = Decimal(0)
    lines: int = 0
    broken: bool = False


@dataclass(slots=True)
class _Products:
    """The products of the flow that is being read: the file lists a flow's products one below the other."""

    flow: _Flow = ("", "", "")
    seen: dict[int, int] = field(default_factory=dict)


def recognises(glimpse: Glimpse) -> bool:
    return glimpse.kind == "table" and glimpse.header() >= frozenset(COLUMNS)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The flows of a file summed over products, in US dollars; a value read is a line.

    A flow with a line that cannot be read, or a product that stands twice, is left out whole, because its total would
    be wrong. Raises UnreadableFile for bytes that are no such table.
    """
    lines = table(data, name)
    place, header = next(lines, (1, []))
    names = [cell.lower() for cell in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise UnreadableFile(
            f"{name}, line {place}: the header must name the columns {', '.join(COLUMNS)}; no {', '.join(missing)}"
        )
    where = [names.index(column) for column in COLUMNS]
    account = Ledger(name)
    sums: dict[_Flow, _Sum] = {}
    products = _Products()
    for line, cells in lines:
        padded = cells if len(cells) >= len(header) else cells + [""] * len(header)
        year, exporter, importer, product, value = (padded[column] for column in where)
        flow = (year, exporter, importer)
        total = sums.get(flow)
        if total is None:
            total = sums[flow] = _Sum(line, line)
        total.last = line
        if products.flow != flow:
            products.flow, products.seen = flow, {}
        amount = _amount(account, line, product, value, products)
        if amount is None:
            total.broken = True
        else:
            total.lines += 1
            total.amount += amount
    return _figures(account, sums, directory)


def _amount(account: Ledger, line: int, product: str, value: str, products: _Products) -> Decimal | None:
    """The value of a line in thousands; None, and a rejection, for one that cannot be counted."""
    if not (product.isascii() and product.isdigit() and len(product) <= 6):
        account.reject(line, "k", product, "must be a product of the HS, up to six digits")
        return None
    first = products.seen.setdefault(int(product), line)
    if first != line:
        account.reject(line, "k", product, f"line {first} has the same product of the same flow; keep one")
        return None
    amount = account.number(line, value, "v")
    if amount is not None and amount < 0:
        account.reject(line, "v", value, "must not be below zero")
        return None
    if amount is not None:
        account.read += 1
    return amount


def _figures(account: Ledger, sums: dict[_Flow, _Sum], directory: Directory) -> FigureFile:
    """One figure for each flow between known economies, one turnover for each pair of flows, and the account."""
    parties: dict[str, Party] = {}
    skipped: Counter[tuple[str, str]] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], int] = {}
    taken = 0
    found: dict[tuple[str, str, int], dict[Measure, tuple[Decimal, _Sum]]] = {}
    for (said_year, exporter, importer), total in sums.items():
        if not total.lines:
            continue
        sides = [parties.setdefault(number, directory.m49(number)) for number in (exporter, importer)]
        strangers = [(side, party) for side, party in zip("ij", sides, strict=True) if not party.code]
        year = None if strangers or total.broken else _year(account, total, said_year)
        if strangers:
            side, party = next(((side, party) for side, party in strangers if party.group), strangers[0])
            counts, key = (skipped, (GROUPS, party.said)) if party.group else (unknown, (side, party.said))
            counts[key] += total.lines
            places.setdefault(key, total.first)
        elif total.broken or sides[0].code == sides[1].code:
            key = (BROKEN, "") if total.broken else ("trade of an economy with itself", sides[0].said)
            skipped[key] += total.lines
            places.setdefault(key, total.first)
        elif year is not None:
            first, second = sorted(party.code for party in sides)
            forth = sides[0].code == first
            measure = Measure.EXPORTS_FIRST_TO_SECOND if forth else Measure.EXPORTS_SECOND_TO_FIRST
            found.setdefault((first, second, year), {})[measure] = (round(total.amount * UNIT, 2), total)
    rows: list[FigureRow] = []
    for (first, second, year), flows in found.items():
        made = [
            _row(first, second, year, measure, amount, _place(total)) for measure, (amount, total) in flows.items()
        ]
        for row, (_amount, total) in zip(made, flows.values(), strict=True):
            wrong = objection(row)
            if wrong:
                field, value, why = wrong
                account.reject(total.first, field, value, why)
                account.read += total.lines - 1
            else:
                rows.append(row)
                taken += total.lines
        if len(made) == 2 and not any(map(objection, made)):
            both = [total for _amount, total in flows.values()]
            rows.append(
                replace(
                    made[0],
                    measure=Measure.GOODS_TURNOVER,
                    exports=None,
                    turnover=sum((amount for amount, _total in flows.values()), Decimal(0)),
                    place=" and ".join(_place(total).removeprefix("lines ") for total in both).join(("lines ", "")),
                )
            )
    closed = account.close()
    return replace(
        closed,
        figures={"": tuple(rows)} if rows else {},
        taken=taken,
        skipped=tuple(
            LeftOut(reason, "", value, count, f"line {places[reason, value]}")
            for (reason, value), count in skipped.items()
        ),
        unknown=tuple(
            LeftOut(UNKNOWN, side, value, count, f"line {places[side, value]}")
            for (side, value), count in unknown.items()
        ),
    )
