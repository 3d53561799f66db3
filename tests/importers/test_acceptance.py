"""Which rows are taken, on both sides of each border."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.importers.acceptance import merged, objection, unfinished
from targets.progress import Measure, adds_up
from targets.records import FigureRow, FigureStanding, Valuation

SOUND = FigureRow(
    first="XAR",
    second="XBO",
    reporter="XAR",
    compiler="",
    year=2024,
    from_month=1,
    through_month=12,
    fiscal="",
    measure=Measure.GOODS_TURNOVER,
    exports=None,
    imports=None,
    turnover=Decimal(100),
    currency="USD",
    valuation=Valuation.UNKNOWN,
    standing=FigureStanding.FINAL,
    approximate=False,
    note="",
    place="line 2",
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"year": 1900},
        {"year": 2200},
        {"from_month": 12},
        {"through_month": 1},
        {"from_month": None, "through_month": None},
        {"year": None, "from_month": None, "through_month": None},
        {"reporter": "", "compiler": "press"},
        {"turnover": Decimal(0)},
        {"turnover": Decimal(10) ** 15},
        {"turnover": Decimal("9999999999999.99")},
        {"exports": Decimal(60), "imports": Decimal(40)},
        {"exports": Decimal(60), "imports": Decimal(340), "note": "the page prints both"},
        {"exports": Decimal(60), "imports": Decimal(340), "approximate": True},
    ],
)
def test_a_sound_row_is_taken(changes):
    assert objection(SOUND._replace(**changes)) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": "XBO"}, "economies"),
        ({"first": "XCA"}, "economies"),
        ({"reporter": "XCA"}, "reporter"),
        ({"reporter": ""}, "reporter"),
        ({"compiler": "press"}, "reporter"),
        ({"year": 1899}, "year"),
        ({"year": 2201}, "year"),
        ({"year": None}, "year"),
        ({"from_month": 0}, "period"),
        ({"through_month": 13}, "period"),
        ({"from_month": 7, "through_month": 6}, "period"),
        ({"from_month": None}, "period"),
        ({"turnover": None}, "turnover"),
        ({"turnover": Decimal(-1)}, "turnover"),
        ({"turnover": Decimal("NaN")}, "turnover"),
        ({"turnover": Decimal("Infinity")}, "turnover"),
        ({"turnover": Decimal(10) ** 15 + 1}, "turnover"),
        ({"turnover": Decimal("0.001")}, "turnover"),
        ({"turnover": Decimal("99999999999999.99")}, "turnover"),
        ({"imports": Decimal(-1)}, "imports"),
        ({"currency": "usd"}, "currency"),
        ({"currency": "US"}, "currency"),
        ({"exports": Decimal(60), "imports": Decimal(340)}, "turnover"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_field(changes, field):
    found = objection(SOUND._replace(**changes))
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize(
    ("exports", "imports", "turnover", "expected"),
    [
        (50, 50, 100, True),
        (16_700_000_000, 26_700_000_000, 43_300_000_000, True),
        (178_400_000, 196_500_000, 374_000_000, True),  # cut, not rounded: Kazakhstan and Kyrgyzstan 2012
        (3_740_000_000, 963_000_000, 4_680_000_000, False),  # Cambodia and Vietnam 2018, as printed
        (50, 51, 102, True),
        (51, 51, 106, False),
        (0, 100, 100, True),
        (0, 0, 1, True),
        (0, 0, 11, False),
    ],
)
def test_flows_add_up_to_the_total_within_the_last_digit_of_each(exports, imports, turnover, expected):
    assert adds_up(Decimal(exports), Decimal(imports), Decimal(turnover)) is expected


@given(exports=st.integers(0, 10**12), imports=st.integers(0, 10**12), digits=st.integers(0, 6))
def test_a_total_rounded_to_any_digit_always_adds_up(exports, imports, digits):
    total = round(exports + imports, -digits)
    # A total of zero has lost its digits; nobody prints one for flows that are not zero.
    assert total == 0 or adds_up(Decimal(exports), Decimal(imports), Decimal(total).scaleb(0))


def test_the_parts_of_one_figure_become_one_and_keep_every_note():
    total = SOUND._replace(note="over", approximate=True)
    flow = SOUND._replace(turnover=None, exports=Decimal(30), note="exports down")
    for rows in ([total, flow], [flow, total]):
        one = merged(rows)
        assert (one.turnover, one.exports, one.imports, one.approximate) == (Decimal(100), Decimal(30), None, True)
        assert set(one.note.split("; ")) == {"over", "exports down"}


def test_a_figure_said_twice_is_one():
    assert merged([SOUND, SOUND]) == SOUND


@pytest.mark.parametrize(
    "changes", [{"turnover": Decimal(101)}, {"standing": FigureStanding.SAID}, {"valuation": Valuation.CIF}]
)
def test_figures_that_contradict_each_other_are_not_one(changes):
    assert merged([SOUND, SOUND._replace(**changes)]) is None


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({"year": 2025}, True),
        ({"year": 2026}, False),
        ({"year": 2026, "through_month": 11}, True),
        ({"year": 2026, "through_month": 12, "from_month": 12}, False),
        ({"year": 2026, "from_month": None, "through_month": None}, True),
        ({"year": 2026, "fiscal": "IND"}, False),
        ({"year": 2026, "fiscal": "IND", "through_month": 11}, True),
        ({"year": 2025, "fiscal": "IND"}, True),
        ({"year": 2027, "through_month": 1}, False),
        ({"year": 2027, "from_month": None, "through_month": None}, False),
        ({"year": None, "from_month": None, "through_month": None}, True),
    ],
)
def test_a_period_is_taken_once_it_is_over(changes, taken):
    found = unfinished(SOUND._replace(**changes), date(2026, 11, 22))
    assert found == (None if taken else ("year", str(changes["year"]), found and found[2]))
    assert taken or "not over yet" in found[2]
