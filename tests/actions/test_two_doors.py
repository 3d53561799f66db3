"""Figures come in by the desk's table and by files; what one door takes the other takes too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from targets.actions.entry import check_row
from targets.actions.journal import ActionRefused
from targets.importers.acceptance import objection, unfinished
from targets.progress import Measure
from targets.records import FigureRow, FigureStanding, Valuation

TODAY = date(2026, 5, 20)
AMOUNTS = st.none() | st.sampled_from(
    [Decimal(text) for text in ("0", "-1", "0.01", "0.001", "12345678901234.5", "999999999999999", "1e15", "1e16")]
)
MONTHS = st.none() | st.integers(0, 13)


def row(**fields):
    usual = {
        "first": "XAR", "second": "XBO", "reporter": "XAR", "compiler": "", "year": 2024, "from_month": 1,
        "through_month": 12, "fiscal": "", "measure": Measure.GOODS_TURNOVER, "currency": "USD", "exports": None,
        "imports": None, "turnover": Decimal(7), "valuation": Valuation.UNKNOWN, "standing": FigureStanding.UNKNOWN,
        "approximate": False, "note": "", "place": "",
    }  # fmt: skip
    return FigureRow(**usual | fields)


def refused_at_the_desk(one):
    try:
        check_row(one, TODAY)
    except ActionRefused:
        return True
    return False


@given(
    st.builds(
        row,
        reporter=st.sampled_from(["", "XAR"]),
        compiler=st.sampled_from(["", "OEC"]),
        year=st.none() | st.sampled_from([1899, 1900, 2025, 2026, 2027]),
        from_month=MONTHS,
        through_month=MONTHS,
        fiscal=st.sampled_from(["", "XAR"]),
        currency=st.sampled_from(["USD", "usd", "US", ""]),
        exports=AMOUNTS,
        turnover=AMOUNTS,
    )
)
@example(row(turnover=Decimal("12345678901234.56")))
def test_a_row_is_refused_at_the_desk_just_where_a_file_is_refused_it(one):
    assert refused_at_the_desk(one) == bool(objection(one) or unfinished(one, TODAY))


@pytest.mark.parametrize("amount", ["12345678901234.56", "9999999999999.999"])
def test_an_amount_of_more_digits_than_are_kept_is_refused_and_not_rounded(amount):
    with pytest.raises(ActionRefused) as refused:
        check_row(row(turnover=Decimal(amount)), TODAY)
    assert refused.value.field == "turnover"
