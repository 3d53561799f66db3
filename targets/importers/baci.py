"""CEPII's BACI: ``t,i,j,k,v,q``, one line for a year, an exporter, an importer and a product of the HS.

Values are thousand US dollars, FOB. BACI reconciles what both sides report into one value for a flow, so nobody
reports it: its figures have a compiler and no reporter. Exports and imports are a reporter's words; a flow therefore
becomes a figure of the measure that names its direction (exports, first to second or second to first), and the two
flows of a pair together a stated turnover of goods. A pair of which BACI has one direction has no turnover here.

The columns were seen in a file of 2020: ``k`` without its leading zero, ``q`` padded with blanks or "NA", and the
numbers of customs territories (251 France, 699 India, 757 Switzerland, 842 USA) in place of ISO's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from targets.importers.acceptance import LARGEST, YEARS, objection
from targets.importers.directory import Directory, Party
from targets.importers.ledger import FORMER, GROUPS, SHIFTED, UNKNOWN, Ledger
from targets.importers.opening import Glimpse, table
from targets.importers.rows import FigureFile, LeftOut, UnreadableFile
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, Rejection, Valuation

COMPILER = "CEPII BACI"
COLUMNS = ("t", "i", "j", "k", "v")
UNIT = 1_000
MOST = LARGEST / UNIT

BROKEN = "another line of the same flow cannot be read, so its total is not known"
MOST_PRODUCTS = 10_000
"""Different products in one file: twice as many as any revision of the HS has."""

ITSELF = "trade of an economy with itself"


@dataclass(slots=True)
class _Flow:
    """What one economy sold to another in a year: thousands of dollars, summed over products."""

    year: int
    exporter: Party
    importer: Party
    first: int
    last: int
    amount: Decimal = Decimal(0)
    lines: int = 0
    broken: bool = False
    products: bytearray = field(default_factory=bytearray)
    """One bit for each product so far: a file has ten million of them, and sets of numbers would fill the memory."""

    @property
    def pair(self) -> tuple[str, str, int]:
        first, second = sorted((self.exporter.code, self.importer.code))
        return first, second, self.year

    @property
    def place(self) -> str:
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"

    def left_out(self) -> tuple[str, str, str] | None:
        """Why no figure comes of it: reason, column and value as a :class:`LeftOut` has them."""
        for column, party in (("i", self.exporter), ("j", self.importer)):
            if party.group or party.former:
                return GROUPS if party.group else FORMER, "", party.said
            if not party.code:
                return UNKNOWN, column, party.said
        if self.exporter.code == self.importer.code:
            return ITSELF, "", self.exporter.said
        return (BROKEN, "", "") if self.broken else None


def recognises(glimpse: Glimpse) -> bool:
    return glimpse.kind == "table" and glimpse.header() >= frozenset(COLUMNS)


def read(data: bytes, name: str, directory: Directory) -> FigureFile:
    """The flows of a file summed over products, in US dollars; a value read is a line.

    A flow with a line that cannot be read, or a product that stands twice, is left out whole, because its total would
    be wrong. Raises UnreadableFile for bytes that are no such table.
    """
    account = Ledger(name)
    flows = _summed(data, account, directory)
    rows: list[FigureRow] = []
    taken = 0
    left: dict[tuple[str, str, str], tuple[int, str]] = {}
    pairs: dict[tuple[str, str, int], list[FigureRow]] = {}
    for flow in flows:
        why = flow.left_out()
        if why is None:
            row = _one_way(flow)
            wrong = objection(row)
            if wrong is None:
                taken += flow.lines
                rows.append(row)
                pairs.setdefault(flow.pair, []).append(row)
                continue
            account.rejections.append(Rejection(name, flow.place, *wrong))
            flow.lines -= 1
            why = BROKEN, "", ""
        count, place = left.get(why, (0, f"line {flow.first}"))
        left[why] = count + flow.lines, place
    rows += [_turnover(*both) for both in pairs.values() if len(both) == 2]
    out = [LeftOut(*why, count, place) for why, (count, place) in left.items() if count]
    return replace(
        account.close(),
        figures={"": tuple(rows)} if rows else {},
        taken=taken,
        skipped=tuple(one for one in out if one.reason != UNKNOWN),
        unknown=tuple(one for one in out if one.reason == UNKNOWN),
    )


def _summed(data: bytes, account: Ledger, directory: Directory) -> Iterable[_Flow]:
    """The flows of the file in order of their first line; lines that cannot be counted are rejected on the way."""
    lines = table(data, account.name)
    place, header = next(lines, (1, []))
    names = [cell.lower() for cell in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise UnreadableFile(
            f"{account.name}, line {place}: the header must name the columns {', '.join(COLUMNS)}; "
            f"no {', '.join(missing)}"
        )
    where = [names.index(column) for column in COLUMNS]
    years = {str(year): year for year in YEARS}
    # By what stands there, as that is quick; 842 and 840, 004 and 4 lead to one flow of the same two economies.
    flows: dict[tuple[str, str, str], _Flow] = {}
    by_economies: dict[tuple[str, str, str], _Flow] = {}
    bits: dict[str, tuple[int, int]] = {}
    numbers: dict[int, int] = {}
    for line, cells in lines:
        if len(cells) < len(header):
            cells += [""] * (len(header) - len(cells))
        said, exporter, importer, product, value = (cells[column] for column in where)
        beyond = len(cells) > len(header) and " ".join(filter(None, cells[len(header) :]))
        if said not in years:
            account.reject(line, "t", said, f"must be a year between {YEARS[0]} and {YEARS[-1]}")
            continue
        flow = flows.get((said, exporter, importer))
        if flow is None:
            sides = directory.m49(exporter), directory.m49(importer)
            economies = said, sides[0].code or exporter, sides[1].code or importer
            flow = by_economies.setdefault(economies, _Flow(years[said], *sides, line, line))
            flows[said, exporter, importer] = flow
        flow.last = line
        bit = bits.get(product) or _bit(account.name, line, product, bits, numbers)
        if beyond:
            account.reject(line, "", beyond, SHIFTED)
            flow.broken = True
            continue
        amount = _amount(account, line, flow, product, bit, value)
        if amount is None:
            flow.broken = True
        else:
            flow.lines += 1
            flow.amount += amount
    return by_economies.values()


def _bit(
    name: str, line: int, product: str, bits: dict[str, tuple[int, int]], numbers: dict[int, int]
) -> tuple[int, int] | None:
    """The byte and the bit in it for a product, with or without its leading zero; None for what is no product."""
    if not (product.isascii() and product.isdigit() and len(product) <= 6):
        return None
    place, bit = divmod(numbers.setdefault(int(product), len(numbers)), 8)
    bits[product] = place, 1 << bit
    if len(numbers) > MOST_PRODUCTS:
        raise UnreadableFile(f"{name}, line {line}: more than {MOST_PRODUCTS:,} products; the HS has half as many")
    return bits[product]


def _amount(
    account: Ledger, line: int, flow: _Flow, product: str, where: tuple[int, int] | None, value: str
) -> Decimal | None:
    """The value of a line; None, and a rejection, for one that cannot be counted."""
    if where is None:
        account.reject(line, "k", product, "must be a product of the HS, up to six digits")
        return None
    (place, bit), products = where, flow.products
    if place >= len(products):
        products.extend(bytes(place + 1 - len(products)))
    if products[place] & bit:
        reason = f"the same flow, from line {flow.first} on, has this product already; keep one"
        account.reject(line, "k", product, reason)
        return None
    products[place] |= bit
    amount = account.number(line, value, "v")
    if amount is None:
        return None
    if not 0 <= amount <= MOST:
        account.reject(line, "v", value, f"must lie between 0 and {MOST:,.0f}")
        return None
    account.read += 1
    return amount


def _one_way(flow: _Flow) -> FigureRow:
    first, second, year = flow.pair
    forth = flow.exporter.code == first
    return FigureRow(
        first=first,
        second=second,
        reporter="",
        compiler=COMPILER,
        year=year,
        from_month=1,
        through_month=12,
        fiscal="",
        measure=Measure.EXPORTS_FIRST_TO_SECOND if forth else Measure.EXPORTS_SECOND_TO_FIRST,
        exports=round(flow.amount * UNIT, 2),
        imports=None,
        turnover=None,
        currency="USD",
        valuation=Valuation.FOB,
        standing=FigureStanding.FINAL,
        approximate=False,
        note="",
        place=flow.place,
    )


def _turnover(forth: FigureRow, back: FigureRow) -> FigureRow:
    """The trade of a pair out of its two flows."""
    total = (forth.exports or Decimal(0)) + (back.exports or Decimal(0))
    place = f"{forth.place}, {back.place}"
    return forth._replace(measure=Measure.GOODS_TURNOVER, exports=None, turnover=total, place=place)
