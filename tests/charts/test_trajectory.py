import json
import math
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targets.charts import trajectory
from targets.charts.theme import LIGHT
from targets.progress import Measure, required_path
from targets.records import DatePrecision, FigureStanding, PartialDate, RatePoint, Relation
from tests.charts.pages import PRESS, UNDATED, busy, figure, page, source, target, years


def traces(drawn, role, by=None):
    return [one for one in drawn["data"] if one["meta"]["role"] == role and by in (None, one["meta"]["by"])]


def labels(drawn, kind):
    return {one["name"]: one for one in drawn["layout"]["annotations"] if one["name"].split(":")[0] == kind}


def test_each_side_is_one_line_in_its_own_colour_and_gaps_stay_open():
    drawn = trajectory(page(figures=[*years("XAR", 2015, 10e6, None, 30e6), *years("XBO", 2016, 5e6, 6e6)]))
    (arlandia,), (borovia,) = traces(drawn, "series", "XAR"), traces(drawn, "series", "XBO")
    assert (arlandia["x"], arlandia["y"]) == ([2015, 2016, 2017], [10.0, None, 30.0])
    assert (borovia["x"], borovia["y"]) == ([2016, 2017], [5.0, 6.0])
    assert arlandia["connectgaps"] is borovia["connectgaps"] is False
    assert (arlandia["marker"]["color"], borovia["marker"]["color"]) == (LIGHT.first, LIGHT.second)


def test_a_part_of_a_year_is_hollow_apart_and_joined_to_nothing():
    drawn = trajectory(page(figures=[*years("XAR", 2022, 10e6, 20e6), figure("XAR", 2024, 18e6, through_month=9)]))
    (part,) = traces(drawn, "partial")
    assert part["mode"] == "markers"
    assert part["marker"]["symbol"] == "circle-open"
    assert part["x"] == [2023.88], "the middle of January–September 2024"
    (line,) = traces(drawn, "series")
    assert line["x"] == [2022, 2023]


def test_a_level_without_a_period_is_drawn_as_a_part_never_as_a_year():
    drawn = trajectory(page(figures=[figure("XAR", 2023, 9e6, from_month=None, through_month=None)]))
    assert not traces(drawn, "series")
    assert traces(drawn, "partial")[0]["x"] == [2023.0]


def test_a_figure_without_a_year_is_left_to_the_table():
    drawn = trajectory(page(figures=[figure("XAR", None, 9e6, from_month=None, through_month=None)]))
    assert not traces(drawn, "partial")
    assert not traces(drawn, "series")


def test_a_figure_of_another_measure_is_not_drawn():
    drawn = trajectory(page(figures=years("XAR", 2020, 9e6, 9e6, measure=Measure.NON_OIL_TURNOVER)))
    assert not [one for one in drawn["data"] if one["meta"]["by"]]


def test_what_is_not_firm_has_another_shape():
    drawn = trajectory(
        page(
            figures=[
                figure("XAR", 2020, 1e6),
                figure("XAR", 2021, 1e6, standing=FigureStanding.PRELIMINARY),
                figure("XAR", 2022, 1e6, approximate=True),
                figure("XAR", 2023, 1e6, source=PRESS),
            ]
        )
    )
    assert traces(drawn, "series")[0]["marker"]["symbol"] == ["circle", "diamond", "diamond", "diamond"]
    assert any(one["symbol"] == "diamond" for one in drawn["layout"]["meta"]["key"])


def test_a_compiler_has_the_triangle_in_the_key_that_it_has_on_rails():
    key = trajectory(busy())["layout"]["meta"]["key"]
    assert [entry["symbol"] for entry in key if entry["role"] == "compiler"] == ["triangle-up"]


def test_a_second_figure_for_a_year_is_faint_beside_the_one_that_serves():
    drawn = trajectory(page(figures=[figure("XAR", 2020, 8e6), figure("XAR", 2020, 9e6, source=PRESS)]))
    (other,) = traces(drawn, "other")
    assert (other["x"], other["y"]) == ([2020.0], [9.0])
    assert other["marker"]["opacity"] < 1
    assert traces(drawn, "series")[0]["y"] == [8.0]


def test_the_target_is_a_flag_at_its_deadline_and_amount():
    drawn = trajectory(page())
    (flag,), (pole,) = traces(drawn, "target"), traces(drawn, "target-pole")
    assert (flag["x"], flag["y"]) == ([2030.0], [500.0])
    assert (pole["x"], pole["y"]) == ([2030.0, 2030.0], [0, 500.0])


def test_a_target_without_deadline_is_a_level_from_when_it_was_stated():
    goal = target(deadline_year=None, first_stated=PartialDate(date(2024, 7, 1), DatePrecision.DAY))
    drawn = trajectory(page(goal, years("XAR", 2020, 1e6, 2e6)))
    (level,) = traces(drawn, "target")
    assert level["y"] == [500.0, 500.0]
    assert level["x"][0] == pytest.approx(2024.0, abs=0.01)
    assert level["x"][1] == drawn["layout"]["xaxis"]["range"][1]


def test_a_range_is_a_band_between_both_ends():
    drawn = trajectory(page(target(amount=Decimal("2e9"), amount_high=Decimal("3e9"))))
    (band,) = [shape for shape in drawn["layout"]["shapes"] if shape["type"] == "rect"]
    assert (band["y0"], band["y1"], band["x1"]) == (2.0, 3.0, 2030)


def test_earlier_versions_are_faded_flags_joined_by_the_line_of_the_goalposts():
    drawn = trajectory(busy())
    (faded,) = traces(drawn, "earlier")
    (moved,) = traces(drawn, "goalposts")
    assert (faded["x"], faded["marker"]["color"]) == ([2027.0], LIGHT.earlier)
    assert (moved["x"], moved["y"]) == ([2027.0, 2030.0], [500.0, 500.0])


def test_a_next_step_moves_no_goalposts():
    step = target(slug="step", deadline_year=2027, successor="xar-xbo-500m-usd-2030", relation=Relation.NEXT_STEP)
    drawn = trajectory(page(earlier=[step]))
    assert traces(drawn, "earlier")
    assert not traces(drawn, "goalposts")


def test_an_earlier_version_in_another_currency_is_not_drawn_at_a_rate_nobody_knows():
    drawn = trajectory(page(earlier=[target(slug="euros", currency="EUR")]))
    assert not traces(drawn, "earlier")


def test_the_required_path_leads_from_base_to_target_thin_and_dashed():
    shown = page(figures=years("XAR", 2020, 50e6, 60e6, 70e6, 110e6, 133e6))
    (path,) = traces(trajectory(shown), "path")
    lead = shown.assessment.lead
    wished = required_path(lead.base_year, lead.base_amount, 2030, 500e6)
    assert path["x"] == [year for year, _ in wished]
    assert path["y"] == pytest.approx([amount / 1e6 for _, amount in wished], rel=1e-5)
    assert path["line"]["dash"] == "dash"


def test_no_path_leads_to_a_target_that_was_reached_before_it_was_stated():
    assert not traces(trajectory(page(figures=years("XAR", 2020, 600e6, 700e6, 800e6, 900e6))), "path")


def test_a_sum_over_years_is_told_and_not_drawn():
    drawn = trajectory(page(target(cumulative=True, amount=Decimal("600e9")), years("XAR", 2020, 1e9, 2e9)))
    assert not traces(drawn, "target")
    assert "$600bn" in drawn["layout"]["title"]["subtitle"]["text"]
    assert drawn["layout"]["yaxis"]["range"][1] < 3


def test_a_multiple_is_drawn_at_the_amount_its_reading_makes_of_it():
    goal = target(amount=None, factor=Decimal(2))
    drawn = trajectory(page(goal, years("XAR", 2021, 80e6, 90e6, 100e6, 120e6)))
    assert traces(drawn, "target")[0]["y"] == [200.0]


def test_a_multiple_on_which_the_sides_disagree_is_a_flag_for_each_in_its_colour():
    goal = target(amount=None, factor=Decimal(2))
    drawn = trajectory(page(goal, [*years("XAR", 2022, 90e6, 100e6), *years("XBO", 2022, 40e6, 50e6)]))
    assert [(flag["y"], flag["marker"]["color"]) for flag in traces(drawn, "target")] == [
        ([200.0], LIGHT.first),
        ([100.0], LIGHT.second),
    ]


def test_a_multiple_without_a_base_says_that_it_is_not_drawn():
    drawn = trajectory(page(target(amount=None, factor=Decimal(2))))
    assert not traces(drawn, "target")
    assert "not drawn" in drawn["layout"]["title"]["subtitle"]["text"]


def test_amounts_in_another_currency_are_converted_and_say_so():
    drawn = trajectory(
        page(
            figures=years("XAR", 2020, 100e6, currency="EUR"),
            rates=[RatePoint("EUR", 2020, Decimal("1.5"), source("bank"))],
        )
    )
    (line,) = traces(drawn, "series")
    assert line["y"] == [150.0]
    assert "EUR" in line["text"][0]


def test_first_and_last_amounts_are_written_and_the_side_is_named():
    drawn = trajectory(page(figures=years("XAR", 2020, 10e6, 20e6, 133e6)))
    assert labels(drawn, "last")["last:XAR"]["text"] == "<b>Arlandia</b><br>2022: $133m"
    assert labels(drawn, "first")["first:XAR"]["text"] == "2020: $10m"


def test_a_side_that_has_only_parts_of_years_is_named_too():
    drawn = trajectory(page(figures=[figure("XBO", 2025, 9e6, through_month=6)]))
    assert "Borovia" in labels(drawn, "last")["last:XBO"]["text"]


def test_the_year_it_was_first_stated_is_marked():
    drawn = trajectory(page())
    (mark,) = [shape for shape in drawn["layout"]["shapes"] if shape["name"] == "stated"]
    assert mark["x0"] == mark["x1"] == pytest.approx(2024.41, abs=0.01)
    assert "28\u00a0November\u00a02024" in labels(drawn, "stated")["stated"]["text"]


def test_an_undated_target_has_no_such_mark():
    drawn = trajectory(page(target(first_stated=UNDATED)))
    assert not [shape for shape in drawn["layout"]["shapes"] if shape["name"] == "stated"]


def test_the_footer_names_sources_the_day_and_us():
    (footer,) = [one for one in trajectory(busy())["layout"]["annotations"] if one["name"] == "footer"]
    for part in ("Office of Numbers", "The Daily Ledger", "20\u00a0November\u00a02026", "Tradewatch"):
        assert part in footer["text"]


def test_names_from_outside_cannot_bring_markup_into_the_figure():
    nasty = figure("", 2020, 1e6, compiler="<b>B</b><script>x</script>")
    drawn = trajectory(page(figures=[nasty]))
    (line,) = traces(drawn, "series")
    shown = [line["name"], *line["text"], *(one["text"] for one in drawn["layout"]["annotations"])]
    assert not any("<script" in text for text in shown)
    assert "&lt;script&gt;" in line["name"]


def test_the_figure_is_russian_where_the_language_is():
    with translation.override("ru"):
        drawn = trajectory(busy())
    assert "Боровия" in labels(drawn, "last")["last:XBO"]["text"]
    assert drawn["layout"]["meta"]["language"] == "ru"
    assert "Арландии" in traces(drawn, "series", "XAR")[0]["name"]


SHAPES = {
    "busy": busy,
    "empty": page,
    "nothing known": lambda: page(target(first_stated=UNDATED, deadline_year=None, amount=None, factor=Decimal(3))),
    "no deadline": lambda: page(target(deadline_year=None), years("XAR", 2020, 1e9, 2e9)),
    "range": lambda: page(target(amount_high=Decimal("900e6")), years("XBO", 2020, 1e8)),
    "cumulative": lambda: page(target(cumulative=True), years("XAR", 2020, 1e9, 2e9)),
    "multiple": lambda: page(target(amount=None, factor=Decimal("1.5")), years("XAR", 2020, 1e9, 2e9, 3e9, 3e9)),
    "one way": lambda: page(
        target(measure=Measure.EXPORTS_FIRST_TO_SECOND), [figure("XAR", 2023, exports=Decimal(5_000_000))]
    ),
    "fiscal": lambda: page(figures=years("XAR", 2020, 1e9, 2e9, fiscal="IND")),
    "zero": lambda: page(figures=years("XAR", 2020, 0.0, 0.0)),
    "huge": lambda: page(figures=years("XAR", 2020, 1e15, 1.0)),
    "ends that meet": lambda: page(
        target(amount=Decimal("500e9"), first_stated=PartialDate(date(2025, 2, 13), DatePrecision.DAY)),
        [
            *years("XBO", 2019, 92e9, 78e9, 113e9),
            figure("XBO", 2024, 129e9, approximate=True, standing=FigureStanding.SAID, source=PRESS),
            *years("XAR", 2023, 129e9, 118e9, 132e9, fiscal="IND"),
            *years("XAR", 2023, 57e9, 53e9, 62e9, through_month=9),
        ],
    ),
    "open earlier": lambda: page(earlier=[target(slug="open", deadline_year=None, successor="xar-xbo-500m-usd-2030")]),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_plotly_accepts_the_figure(shape, language):
    with translation.override(language):
        drawn = trajectory(SHAPES[shape]())
    assert len(go.Figure(drawn).data) == len(drawn["data"])
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn


amounts = st.integers(0, 10**16).map(lambda cents: cents / 100)
rows = st.builds(
    lambda reporter, year, amount, through, approximate: figure(
        reporter, year, amount, through_month=through, approximate=approximate, compiler="" if reporter else "press"
    ),
    st.sampled_from(["XAR", "XBO", ""]),
    st.integers(1990, 2026),
    amounts,
    st.sampled_from([12, 12, 12, 9, 1]),
    st.booleans(),
)
goals = st.builds(
    lambda amount, high, deadline, stated, baseline: target(
        amount=None if baseline else Decimal(repr(amount)),
        amount_high=Decimal(repr(amount * 2)) if high and not baseline else None,
        factor=Decimal(2) if baseline else None,
        baseline_year=baseline,
        baseline_amount=Decimal(repr(amount)) if baseline else None,
        deadline_year=deadline,
        first_stated=PartialDate(date(stated, 3, 3), DatePrecision.MONTH) if stated else UNDATED,
    ),
    st.floats(min_value=1, max_value=1e14),
    st.booleans(),
    st.none() | st.integers(1995, 2060),
    st.none() | st.integers(1990, 2026),
    st.none() | st.integers(1985, 2030),
)
pages = st.builds(page, goals, st.lists(rows, max_size=25))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(pages)
def test_everything_drawn_lies_on_the_axes(shown):
    drawn = trajectory(shown)
    low, high = drawn["layout"]["xaxis"]["range"]
    top = drawn["layout"]["yaxis"]["range"][1]
    for trace in drawn["data"]:
        for x, y in zip(trace["x"], trace["y"], strict=True):
            assert low <= x <= high
            assert y is None or (math.isfinite(y) and 0 <= y <= top)
    ticks = drawn["layout"]["yaxis"]["tickvals"]
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= 6
    assert len(set(drawn["layout"]["yaxis"]["ticktext"])) == len(ticks), "no two lines of the grid read the same"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(pages)
def test_the_lines_are_the_series_by_which_the_target_is_judged(shown):
    drawn = trajectory(shown)
    unit = drawn["layout"]["meta"]["unit"]["amount"]
    for series in shown.series:
        line = traces(drawn, "series", series.by)
        told = [(x, y) for x, y in zip(line[0]["x"], line[0]["y"], strict=True) if y is not None] if line else []
        assert [x for x, _ in told] == [point.year for point in series.points]
        assert [y for _, y in told] == pytest.approx([point.amount / unit for point in series.points], rel=1e-5)


def test_the_path_from_a_base_that_only_the_statement_gives_begins_on_the_axis():
    doubled = target(amount=None, factor=Decimal(2), baseline_year=2021, baseline_amount=Decimal("4e9"))
    drawn = trajectory(page(doubled, years("XAR", 2023, 5e9, 6e9)))
    (path,) = traces(drawn, "path")
    assert (path["x"][0], path["y"][0]) == (2021, 4.0)
    assert drawn["layout"]["xaxis"]["range"][0] < 2021


def test_a_year_that_is_not_over_is_not_drawn():
    drawn = trajectory(page(figures=[*years("XAR", 2024, 9e6, 10e6), figure("XAR", 2026, 300e6)]))
    assert traces(drawn, "series")[0]["x"] == [2024, 2025]
    assert not traces(drawn, "other")
