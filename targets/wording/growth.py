"""Growth had: which rate a reading's status speaks of, and over which years."""

from __future__ import annotations

from typing import NamedTuple

from targets.progress import Reading, Status
from targets.records import TargetRecord
from targets.wording.clauses import base_label
from targets.wording.dates import year_label


class Growth(NamedTuple):
    """Growth a year, as a fraction, and over which years."""

    rate: float
    years: str


def deciding_growth(target: TargetRecord, reading: Reading | None) -> Growth | None:
    """The growth that the status speaks of: with a pace since the base, else the recent one; none without a status."""
    if reading is None or reading.status is Status.NOT_ASSESSABLE:
        return None
    return _paced(target, reading) or _recent(reading)


def other_growth(target: TargetRecord, reading: Reading) -> Growth | None:
    """The recent growth where it is not the deciding one."""
    recent = _recent(reading)
    return None if recent == deciding_growth(target, reading) else recent


def _paced(target: TargetRecord, reading: Reading) -> Growth | None:
    if reading.growth_ratio is None or reading.observed_cagr is None or reading.latest_year is None:
        return None
    latest = year_label(reading.latest_year, reading.fiscal)
    return Growth(reading.observed_cagr, f"{base_label(target, reading)}–{latest}")


def _recent(reading: Reading) -> Growth | None:
    if reading.recent_cagr is None or reading.recent_since is None or reading.latest_year is None:
        return None
    years = [year_label(year, reading.fiscal) for year in (reading.recent_since, reading.latest_year)]
    return Growth(reading.recent_cagr, "–".join(years))
