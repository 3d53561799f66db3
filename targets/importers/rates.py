"""Yearly average exchange rates: ``currency,year,usd_per_unit,observations``."""

from __future__ import annotations

import csv
import re
from decimal import Context, Decimal
from pathlib import Path

from targets.importers.acceptance import DIGITS, YEARS
from targets.importers.rows import ShippedRate, UnreadableFile
from targets.records import Rejection

COLUMNS = ("currency", "year", "usd_per_unit", "observations")
_RATE = re.compile(r"\d{1,8}(\.\d{1,30})?(e-\d{1,2})?", re.ASCII)
_DECIMALS = 12


def read_rates(path: Path) -> tuple[tuple[ShippedRate, ...], tuple[Rejection, ...]]:
    """The rates of a file, US dollars for one unit rounded to twelve decimals, and the lines not taken.

    ``observations`` is the number of days averaged. Raises UnreadableFile for a file that is no such table.
    """
    rates: dict[tuple[str, int], ShippedRate] = {}
    rejections = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
            if missing:
                raise UnreadableFile(f"{path.name}: the first line must name the columns {', '.join(COLUMNS)}")
            for cells in table:
                place = f"line {table.line_num}"
                wrong = _objection({column: cells[column] or "" for column in COLUMNS})
                if not wrong and (cells["currency"], int(cells["year"])) in rates:
                    wrong = ("year", cells["year"], f"a second rate for {cells['currency']} in this year; keep one")
                if wrong:
                    rejections.append(Rejection(path.name, place, *wrong))
                    continue
                rate = ShippedRate(
                    currency=cells["currency"],
                    year=int(cells["year"]),
                    usd_per_unit=_rate(cells["usd_per_unit"]),
                    observations=int(cells["observations"]),
                    place=place,
                )
                rates[rate.currency, rate.year] = rate
    except OSError as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8: byte {error.start}") from None
    except csv.Error as error:
        raise UnreadableFile(f"{path.name} is not a table of comma-separated values: {error}") from None
    return tuple(rates.values()), tuple(rejections)


def _rate(text: str) -> Decimal:
    """The rate with as many digits and decimals as every database keeps."""
    return round(Context(prec=DIGITS).create_decimal(text), _DECIMALS)


def _objection(cells: dict[str, str]) -> tuple[str, str, str] | None:
    if not re.fullmatch(r"[A-Z]{3}", cells["currency"]):
        return "currency", cells["currency"], "must be three capital letters, as EUR"
    if not re.fullmatch(r"\d{4}", cells["year"], re.ASCII) or int(cells["year"]) not in YEARS:
        return "year", cells["year"], f"must be a year between {YEARS[0]} and {YEARS[-1]}"
    if not _RATE.fullmatch(cells["usd_per_unit"]) or not _rate(cells["usd_per_unit"]):
        return "usd_per_unit", cells["usd_per_unit"], "must be a number of US dollars above zero"
    if not re.fullmatch(r"\d{1,3}", cells["observations"], re.ASCII) or not 0 < int(cells["observations"]) <= 366:
        return "observations", cells["observations"], "must be the number of days averaged, 1 to 366"
    return None
