"""The mirror chart: both sides' lines, the gap by year, and the same on the static drawing."""

import json
import re

import plotly.graph_objects as go
import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from targets.charts import mirror
from targets.charts.theme import LIGHT
from targets.exports import svg
from targets.exports.svg.frame import WIDE, framed
from targets.progress import Measure
from tests.charts.measuring import drawings, flaws
from tests.charts.pages import figure, pair_page, two_sides, years
from tests.charts.test_static import CHARTS
from tests.charts.test_trajectory import labels, traces
from tests.exports.svgs import SVG, root
from tests.exports.test_svg import UGLY

SHAPES = {
    "two sides": two_sides,
    "one side": lambda: pair_page(years("XAR", 2015, 10e6, 20e6)),
    "one year": lambda: pair_page([figure("XAR", 2020, 9e9), figure("XBO", 2020, 1e9)]),
    "no gap": lambda: pair_page([figure("XAR", 2020, 9e9), figure("XBO", 2020, 9e9)]),
    "nothing": pair_page,
    "the second only": lambda: pair_page([*years("XAR", 2019, 0, 1e6, 1e6), *years("XBO", 2019, 5e6, 9e6, 1.2e6)]),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_a_figure_that_plotly_and_json_take(shape, language):
    with translation.override(language):
        drawn = mirror(SHAPES[shape]())
    assert go.Figure(json.loads(json.dumps(drawn, allow_nan=False))).layout.meta["kind"] == "mirror"


def test_each_side_is_a_line_and_each_year_that_both_know_a_bar_of_the_side_that_counts_more():
    drawn = mirror(two_sides())
    (arlandia,), (borovia,) = traces(drawn, "series", "XAR"), traces(drawn, "series", "XBO")
    assert arlandia["x"] == list(range(2010, 2017))
    assert arlandia["y"] == [100.0, 120.0, None, 140.0, 160.0, 300.0, 290.0]
    assert borovia["y"] == [110.0, 115.0, 150.0, 160.0, 120.0, 130.0]
    (more,), (less,) = traces(drawn, "gap", "XAR"), traces(drawn, "gap", "XBO")
    assert dict(zip(more["x"], more["y"], strict=True)) == pytest.approx(
        {2011: 10 / 115, 2015: 180 / 210, 2016: 160 / 210}, abs=1e-4
    )
    assert dict(zip(less["x"], less["y"], strict=True)) == pytest.approx({2013: -10 / 145}, abs=1e-4)
    assert (more["marker"]["color"], less["marker"]["color"]) == (LIGHT.first, LIGHT.second)
    assert more["yaxis"] == less["yaxis"] == "y2"


def test_a_year_without_a_gap_has_no_bar():
    assert not traces(mirror(SHAPES["no gap"]()), "gap")
    assert not traces(mirror(SHAPES["one side"]()), "gap")


@pytest.mark.parametrize("shape", ["one side", "nothing"])
def test_without_a_year_that_both_know_there_is_no_panel_of_gaps(shape):
    drawn = mirror(SHAPES[shape]())
    assert "yaxis2" not in drawn["layout"]
    assert framed(drawn, WIDE).panels.keys() == {"y"}
    assert go.Figure(drawn).layout.xaxis.anchor == "y"


def test_newest_and_widest_gap_are_written_at_their_bars():
    drawn = mirror(two_sides())
    assert {name: one["text"] for name, one in labels(drawn, "gap").items()} == {
        "gap:2015": "86\u202f%",
        "gap:2016": "76\u202f%",
    }


def test_title_and_description_tell_the_gap_to_those_who_cannot_see_it():
    meta = mirror(two_sides())["layout"]["meta"]
    assert meta["title"].startswith(
        "In\u00a02016 trade came to $290m by Arlandia's figures and to about $130m by the Borovia's"
    )
    assert "a gap of about 76\u202f% of their mean" in meta["title"]
    assert "Arlandia: from $100,000,000 (2010) to $290,000,000 (2016)." in meta["description"]
    assert "It was widest in\u00a02015" in meta["description"]
    told = [entry["text"] for entry in meta["key"]]
    assert told[1:] == ["Arlandia counts more", "Borovia counts more"]


def test_a_bar_says_both_amounts_and_the_gap_under_the_pointer():
    (more,) = traces(mirror(two_sides()), "gap", "XAR")
    assert more["text"][1] == "2015: Arlandia $300m, Borovia $120m; gap $180m, 86\u202f% of their mean"


def test_another_measure_is_named_where_both_sides_know_no_goods():
    pair = pair_page(
        figure(by, 2020, 1e9, measure=Measure.GOODS_SERVICES_TURNOVER, id=number)
        for number, by in enumerate(("XAR", "XBO"))
    )
    assert mirror(pair)["layout"]["title"]["subtitle"]["text"].startswith("Turnover of goods and services")


def test_the_bars_of_the_drawing_are_those_of_the_figure():
    drawn = mirror(two_sides())
    frame = framed(drawn, WIDE)
    image = dict(drawings(drawn))["wide"]
    for by, colour in (("XAR", "f-first"), ("XBO", "f-second")):
        (trace,) = traces(drawn, "gap", by)
        (path,) = [
            e.get("d") for e in root(image).iter(SVG + "path") if e.get("class") == colour and "V" in e.get("d", "")
        ]
        bars = [tuple(map(float, bar)) for bar in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)V([\d.]+)", path)]
        wide = frame.x(0.7) - frame.x(0)
        assert bars == [
            tuple(
                pytest.approx(part, abs=0.06)
                for part in (frame.x(x) - wide / 2, frame.y(y, "y2"), wide, frame.y(0, "y2"))
            )
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        assert all(frame.panels["y"].bottom < top < frame.bottom for _, top, _, _ in bars)


def test_the_style_sheet_knows_every_class_of_the_drawing():
    names = {
        name for classes in re.findall(r'class="([^"]+)"', svg.inline(mirror(two_sides()))) for name in classes.split()
    }
    assert names - set(re.findall(r"\.([a-z]+-[a-z]+)", CHARTS)) == set()


def test_a_shared_image_keeps_its_size():
    image = svg.render(mirror(two_sides()), size="social")
    assert root(image).get("viewBox") == "0 0 1080 1080"


rows = st.builds(
    figure,
    st.sampled_from(["XAR", "XBO"]),
    st.integers(1990, 2026),
    st.one_of(st.just(0.0), st.integers(0, 10**16).map(lambda cents: cents / 100)),
    approximate=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.lists(rows, max_size=30))
@example([figure("XAR", 1990, 0.0), figure("XAR", 1991, 0.01), figure("XBO", 1991, 0.0), figure("XBO", 1990, 0.01)])
def test_whatever_the_figures_lines_bars_and_labels_lie_on_their_axes(figures):
    page = pair_page(figures)
    drawn = mirror(page)
    layout = drawn["layout"]
    for trace in drawn["data"]:
        low, high = layout["yaxis" + trace.get("yaxis", "y")[1:]]["range"]
        start, end = layout["xaxis"]["range"]
        assert all(start <= x <= end for x in trace["x"])
        assert all(low <= y <= high for y in trace["y"] if y is not None)
    if page.mirror.years:
        low, high = layout["yaxis2"]["range"]
        ticks = layout["yaxis2"]["tickvals"]
        assert len(ticks) == len(layout["yaxis2"]["ticktext"]) >= 2
        assert all(low <= tick <= high for tick in ticks)
    assert sum(len(one["x"]) for one in traces(drawn, "gap")) == sum(one.mirror_gap != 0 for one in page.mirror.years)
    for size, image in drawings(drawn):
        assert [flaw for flaw in flaws(drawn, image) if flaw.kind != "crossed"] == [], size
        assert not re.search(UGLY, " ".join(e.get("d", "") for e in root(image).iter())), size
