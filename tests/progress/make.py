"""Records for the tests of the progress rules, with only the fields that matter to a test spelled out."""

from collections.abc import Mapping
from datetime import date

from targets.progress import Figure, Measure, Point, Reading, Series, SourceRank, Status, Terms

TODAY = date(2026, 11, 22)


def figure(
    year: int | None = 2024,
    turnover: float | None = None,
    *,
    exports: float | None = None,
    imports: float | None = None,
    months: tuple[int | None, int | None] = (1, 12),
    fiscal: str = "",
    measure: Measure = Measure.GOODS_TURNOVER,
    currency: str = "USD",
    rank: SourceRank = SourceRank.NATIONAL_OFFICE,
    vintage: date | None = None,
    approximate: bool = False,
    key: int | str = 1,
) -> Figure:
    """A full-year figure of goods trade in dollars."""
    return Figure(year, *months, fiscal, measure, exports, imports, turnover, currency, rank, vintage, approximate, key)


def series(
    amounts: Mapping[int, float],
    by: str = "AAA",
    *,
    reporter: bool = True,
    fiscal: str = "",
    about: tuple[int, ...] = (),
    skipped: tuple[int, ...] = (),
    measure: Measure = Measure.GOODS_TURNOVER,
) -> Series:
    """A series from ``{year: amount}``; the years in ``about`` are approximate."""
    points = tuple(
        Point(year, amount, year in about, measure, "", f"{by}-{year}", SourceRank.NATIONAL_OFFICE)
        for year, amount in sorted(amounts.items())
    )
    return Series(by, reporter, fiscal, points, skipped)


def terms(
    amount: float | None = 100.0,
    *,
    stated: int | None = 2020,
    deadline: int | None = 2030,
    factor: float | None = None,
    baseline_year: int | None = None,
    baseline_amount: float | None = None,
    measure: Measure = Measure.GOODS_TURNOVER,
    currency: str = "USD",
    cumulative: bool = False,
    replaced: bool = False,
) -> Terms:
    """A target of goods trade of AAA and BBB."""
    return Terms(
        measure=measure,
        amount=amount,
        amount_high=None,
        currency=currency,
        factor=factor,
        baseline_year=baseline_year,
        baseline_amount=baseline_amount,
        stated=stated,
        deadline=deadline,
        cumulative=cumulative,
        replaced=replaced,
        first="AAA",
        second="BBB",
    )


def reading(status: Status, by: str = "AAA", **fields: object) -> Reading:
    """A reading with that status by a reporter; latest year 2025 and latest amount 50 of 100 unless told."""
    known: dict[str, object] = {
        "reporter": True,
        "latest_year": 2025,
        "latest_amount": 50.0,
        "target_amount": 100.0,
        "years": 5,
    }
    return Reading(by=by, status=status, **(known | fields))  # type: ignore[arg-type]
