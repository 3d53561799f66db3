"""Dates are printed no finer than known; fiscal years and parts of years are told apart from full years."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from targets import wording
from targets.progress import Measure
from targets.records import (
    DatePrecision,
    FigureRecord,
    FigureStanding,
    PartialDate,
    SourceGrade,
    SourceKind,
    SourceRecord,
    Valuation,
)

NOWHERE = SourceRecord(
    "made-up",
    SourceKind.PRESS,
    SourceGrade.AGENCY,
    "The Freedonian",
    "",
    "https://news.example/",
    "en",
    PartialDate(None, DatePrecision.UNKNOWN),
    "",
    True,
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def figure(year: int | None, first: int | None, last: int | None, fiscal: str = "") -> FigureRecord:
    return FigureRecord(
        id=1,
        pair="xfr-xis",
        reporter="XFR",
        compiler="",
        partner="XIS",
        year=year,
        from_month=first,
        through_month=last,
        fiscal=fiscal,
        measure=Measure.GOODS_TURNOVER,
        exports=None,
        imports=None,
        stated_turnover=Decimal(1),
        currency="USD",
        valuation=Valuation.UNKNOWN,
        standing=FigureStanding.FINAL,
        approximate=False,
        vintage=None,
        note="",
        source=NOWHERE,
        release_id=1,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("on", "precision", "english", "russian"),
    [
        (date(2025, 9, 30), DatePrecision.DAY, "30 September 2025", "30 сентября 2025 г."),
        (date(2025, 9, 1), DatePrecision.MONTH, "September 2025", "сентябрь 2025 г."),
        (date(2025, 1, 1), DatePrecision.YEAR, "2025", "2025"),
        (None, DatePrecision.UNKNOWN, "date not known", "дата неизвестна"),
    ],
)
def test_a_date_is_no_finer_than_known(on, precision, english, russian):
    with override("en"):
        assert plain(wording.partial_date(PartialDate(on, precision))) == english
    with override("ru"):
        assert plain(wording.partial_date(PartialDate(on, precision))) == russian


@pytest.mark.parametrize(
    ("year", "fiscal", "label"),
    [(2024, "", "2024"), (2024, "IND", "2023/24"), (2000, "IRN", "1999/00"), (2001, "IRN", "2000/01")],
)
def test_a_fiscal_year_names_both_calendar_years_it_touches(year, fiscal, label):
    assert wording.year_label(year, fiscal) == label


def test_when_and_since_carry_the_year_in_the_case_that_russian_wants():
    with override("en"):
        assert plain(wording.in_year(2024)) == "in 2024"
        assert plain(wording.since_year(2019, "IND")) == "since fiscal 2018/19"
    with override("ru"):
        assert plain(wording.in_year(2024)) == "в 2024 году"
        assert plain(wording.in_year(2024, "IND")) == "в 2023/24 финансовом году"
        assert plain(wording.since_year(2019)) == "с 2019 года"


@pytest.mark.parametrize(
    ("covered", "english", "russian"),
    [
        (figure(2024, 1, 12), "2024", "2024"),
        (figure(2024, 1, 9), "January–September 2024", "январь–сентябрь 2024"),
        (figure(2024, 3, 3), "March 2024", "март 2024"),
        (figure(2023, 1, 12, "IND"), "FY 2023/24", "2023/24 фин. год"),
        (figure(2024, 1, 8, "IRN"), "first 8 months of FY 2024/25", "первые 8 месяцев 2024/25 фин. года"),
        (figure(2024, 1, 3, "IRN"), "first 3 months of FY 2024/25", "первые 3 месяца 2024/25 фин. года"),
        (figure(2024, 1, 1, "IRN"), "first month of FY 2024/25", "1-й месяц 2024/25 фин. года"),
        (figure(2024, 4, 6, "IRN"), "months 4–6 of FY 2024/25", "4–6-й месяцы 2024/25 фин. года"),
        (figure(2024, 4, 4, "IRN"), "month 4 of FY 2024/25", "4-й месяц 2024/25 фин. года"),
        (figure(2023, None, None), "current level in 2023", "текущий уровень в 2023 году"),
        (figure(None, None, None), "current level, no year named", "текущий уровень, год не назван"),
    ],
)
def test_a_period_says_what_a_figure_covers(covered, english, russian):
    with override("en"):
        assert plain(wording.period(covered)) == english
    with override("ru"):
        assert plain(wording.period(covered)) == russian
