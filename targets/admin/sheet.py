"""The cells of a table of figures: texts as typed, the amounts they mean, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from targets.importers import UnreadableAmount, Why, decimal_sign, read_amount, write_amount
from targets.records import FigureRecord
from targets.wording import language, money_exact, number, period_words

COLUMNS = ("exports", "imports", "turnover")
CROSSED = {"exports": "imports", "imports": "exports", "turnover": "turnover"}
"""What the other side calls each column."""

LEVEL_ROW = "level"
"""Names the row of a level that has no year."""

YEARS_AT_FIRST = 10
EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    text: str
    label: str
    error: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A known amount in the unit of the table; in full, with its source, for who wants to know."""

    text: str
    title: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    label: str
    cells: tuple[Cell, ...]
    known: tuple[Beside, ...]
    mirror: tuple[Beside, ...]


def cell_name(year: int | None, column: str) -> str:
    return f"{LEVEL_ROW if year is None else year}-{column}"


def decimal_of_language() -> str:
    return "," if language() == "ru" else "."


class Sheet:
    """Rows for the years, oldest first; ``texts`` by name of cell, numbers in units of ten to the ``power``."""

    def __init__(
        self, years: Sequence[int | None], texts: Mapping[str, str], *, power: int, currency: str, sign: str = ""
    ) -> None:
        self.years = tuple(years)
        self.texts = {cell_name(year, column): "" for year in years for column in COLUMNS} | dict(texts)
        self.power, self.currency = power, currency
        self.amounts: dict[tuple[int | None, str], Decimal] = {}
        self.errors: dict[tuple[int | None, str], str] = {}
        sign = sign or decimal_sign(self.texts.values())
        for year in years:
            for column in COLUMNS:
                self._read(year, column, sign)

    def _read(self, year: int | None, column: str, sign: str) -> None:
        try:
            amount = read_amount(self.texts[cell_name(year, column)], sign)
        except UnreadableAmount as refused:
            self.errors[year, column] = _refusal(refused)
            return
        if amount is None:
            return
        if amount.currency and amount.currency != self.currency:
            told = gettext("This says %(said)s, the table %(currency)s.")
            self.errors[year, column] = told % {"said": amount.currency, "currency": self.currency}
            return
        self.amounts[year, column] = amount.whole(self.power)

    def filled(self) -> list[int | None]:
        """The years that have an amount."""
        return [year for year in self.years if any((year, column) in self.amounts for column in COLUMNS)]

    def row(self, year: int | None) -> dict[str, Decimal | None]:
        return {column: self.amounts.get((year, column)) for column in COLUMNS}

    def rows(
        self,
        months: tuple[int | None, int | None],
        fiscal: str,
        known: Mapping[int | None, FigureRecord],
        mirror: Mapping[int | None, FigureRecord],
    ) -> list[SheetRow]:
        """All that the table shows, by year."""
        names = column_names()
        shown = []
        for year in self.years:
            label = period_words(year, *months, fiscal)
            cells = tuple(
                Cell(
                    cell_name(year, column),
                    self.texts[cell_name(year, column)],
                    f"{names[column]}, {label}",
                    self.errors.get((year, column), ""),
                )
                for column in COLUMNS
            )
            own = tuple(self._beside(known.get(year), column) for column in COLUMNS)
            other = tuple(self._beside(mirror.get(year), CROSSED[column]) for column in COLUMNS)
            shown.append(SheetRow(label, cells, own, other))
        return shown

    def _beside(self, figure: FigureRecord | None, column: str) -> Beside:
        amount = getattr(figure, column, None)
        if figure is None or amount is None:
            return Beside("–", "")
        own = figure.currency == self.currency
        text = number(amount.scaleb(-self.power), 1 if self.power else 0)
        title = f"{money_exact(amount, figure.currency)}, {figure.source.publisher}"
        return Beside(text if own else f"{text} {figure.currency}", title)


def column_names() -> dict[str, str]:
    return {"exports": gettext("Exports"), "imports": gettext("Imports"), "turnover": gettext("Total")}


def shown_years(from_year: int, last: int, texts: Mapping[str, str], *, level: bool) -> list[int | None]:
    """The years of a table: from the first asked for to the last possible, those typed before, and a level without."""
    typed = {int(name[:4]) for name, text in texts.items() if text.strip() and name[:4].isdecimal()}
    years = set(range(max(from_year, EARLIEST), last + 1)) | typed
    return [*sorted(years), *([None] if level else [])]


def texts_in(data: Mapping[str, str]) -> dict[str, str]:
    """The cells among all that a form sent."""
    return {
        name: text
        for name, text in data.items()
        if name.rpartition("-")[2] in COLUMNS
        and (name[:-1].partition("-")[0].isdecimal() or name.startswith(LEVEL_ROW))
    }


def _refusal(refused: UnreadableAmount) -> str:
    if refused.why is Why.NEGATIVE:
        return gettext("Amounts cannot be negative.")
    if refused.why is Why.AMBIGUOUS:
        sign = decimal_of_language()
        whole, decimal = (write_amount(one, sign) for one in refused.meanings)
        return gettext("Is this %(whole)s or %(decimal)s? Write it so, or choose the decimal sign.") % {
            "whole": whole,
            "decimal": decimal,
        }
    return gettext("Write a number, for example 133.5; groups of digits may be apart.")
