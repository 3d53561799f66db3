"""The chart of a pair's goalposts: a row for each target, its mark at the deadline, moves joined."""

import json
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from django.utils import translation

from targets.charts import goalposts
from targets.exports import svg
from targets.gallery import as_json
from targets.records import DatePrecision, PartialDate, Relation, TargetRow
from tests.charts import pages
from tests.charts.pages import UNDATED, target, years


def pair_page(*targets, figures=(), as_of=None):
    """The page of the pair with these targets, each judged by these figures."""
    rows = [TargetRow(one, pages.page(one, figures).assessment, {}, "") for one in targets]
    return pages.pair_page(figures, targets=tuple(rows), as_of=as_of, through=None)


def stated(year, month=1, day=1):
    return PartialDate(date(year, month, day), DatePrecision.DAY)


def moved():
    """A goal of 2020 that was postponed twice, the last time after its deadline, and a goal beside it."""
    first = target(slug="first", deadline_year=2023, first_stated=stated(2018), successor="second",
                   relation=Relation.POSTPONED, replaced=True)  # fmt: skip
    second = target(slug="second", deadline_year=2024, first_stated=stated(2020), successor="third",
                    relation=Relation.POSTPONED)  # fmt: skip
    third = target(slug="third", deadline_year=2030, first_stated=stated(2025))
    beside = target(slug="beside", amount=Decimal("1e6"), deadline_year=None, first_stated=stated(2015))
    undated = target(slug="undated", deadline_year=2028, first_stated=UNDATED)
    return first, second, third, beside, undated


def drawn():
    return goalposts(pair_page(*moved(), figures=years("XAR", 2018, *[3e8] * 8)))


def traces(figure, role):
    return [one for one in figure["data"] if one["meta"]["role"] == role]


def rows(figure):
    """Slug → height of its row."""
    return {one["name"][4:]: one["y"] for one in figure["layout"]["annotations"] if one["name"].startswith("row:")}


def test_every_target_has_a_row_versions_of_a_goal_below_each_other():
    heights = rows(drawn())
    order = sorted((slug for slug in heights if slug != "today"), key=lambda slug: -heights[slug])
    assert order == ["beside", "first", "second", "third", "undated"]
    assert [heights[slug] for slug in order] == [4.5, 3.5, 2.5, 1.5, 0.5]


def test_a_line_leads_from_the_statement_to_the_deadline_and_a_mark_tells_what_became_of_it():
    figure = drawn()
    heights = rows(figure)
    marks = {
        (x, y): trace["name"]
        for trace in traces(figure, "outcome")
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }
    assert marks[2023.0, heights["first"]] == "replaced"
    assert marks[2024.0, heights["second"]] == "missed"
    assert marks[2030.0, heights["third"]] == "pending"
    (line,) = traces(figure, "line-replaced")
    assert (line["x"], line["y"]) == ([2017.5, 2023.0, 2023.0], [heights["first"], heights["first"], None])


def test_a_goal_without_a_deadline_goes_on_to_the_edge():
    figure = drawn()
    (line,) = traces(figure, "line-open")
    assert line["x"][0] == 2014.5
    assert line["x"][1] > 2030
    assert line["line"]["dash"] == "dash"


@pytest.mark.parametrize(("since", "ends"), [(stated(2020), 2019.5), (UNDATED, None)])
def test_a_goal_without_a_deadline_that_was_replaced_ends_there_or_where_no_day_is_known_at_the_edge(since, ends):
    old = target(slug="old", deadline_year=None, first_stated=stated(2015), successor="new",
                 relation=Relation.RESTATED, replaced=True)  # fmt: skip
    figure = goalposts(pair_page(old, target(slug="new", deadline_year=2030, first_stated=since)))
    (line,) = traces(figure, "line-replaced")
    (links,) = traces(figure, "goalposts")
    assert line["x"][1] == links["x"][0]
    assert line["x"][1] == ends if ends else line["x"][1] > 2030


def test_a_target_that_nobody_can_date_has_its_mark_and_no_line():
    figure = drawn()
    height = rows(figure)["undated"]
    lines = [y for role in ("line", "line-open", "line-replaced") for trace in traces(figure, role) for y in trace["y"]]
    assert height not in lines
    assert any(height in trace["y"] for trace in traces(figure, "outcome"))


def test_moves_are_joined_and_next_steps_are_not():
    figure = drawn()
    heights = rows(figure)
    (links,) = traces(figure, "goalposts")
    assert links["x"] == [2023.0, 2024.0, 2024.0, 2024.0, 2030.0, 2030.0]
    assert links["y"] == [heights["first"], heights["second"], None, heights["second"], heights["third"], None]
    step = goalposts(pair_page(target(slug="a", successor="b", relation=Relation.NEXT_STEP), target(slug="b")))
    assert traces(step, "goalposts") == []


def test_a_version_that_two_goals_share_has_one_row_after_both():
    one = target(slug="one", first_stated=stated(2018), successor="both", relation=Relation.POSTPONED, replaced=True)
    two = target(slug="two", first_stated=stated(2019), successor="both", relation=Relation.RAISED, replaced=True)
    heights = rows(goalposts(pair_page(one, two, target(slug="both"))))
    assert sorted(heights.items(), key=lambda row: row[1])[0][0] == "both"
    assert len(heights) == 4


def test_the_words_of_a_row_say_goal_standing_and_move():
    words = {note["name"][4:]: note["text"] for note in drawn()["layout"]["annotations"]}
    assert words["second"].replace("\u00a0", " ") == "$500m by 2024 · missed · postponed"
    assert words["beside"].replace("\u00a0", " ").startswith("$1m, no deadline · ")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_plotly_takes_the_figure_and_it_says_itself(language):
    with translation.override(language):
        figure = drawn()
    assert go.Figure(figure)
    assert json.loads(as_json(figure)) == figure
    meta = figure["layout"]["meta"]
    assert (meta["kind"], meta["pair"], meta["rows"], meta["language"]) == ("goalposts", "xar-xbo", 5, language)
    assert meta["title"] in figure["layout"]["title"]["text"]
    assert meta["description"]


def test_a_pair_without_targets_draws_an_empty_chart():
    figure = goalposts(pair_page())
    assert figure["data"] == []
    assert svg.render(figure)


def test_a_past_day_is_named():
    figure = goalposts(pair_page(target(), as_of=date(2026, 5, 1)))
    assert figure["layout"]["meta"]["as_of"] == "2026-05-01"
    assert "1 May 2026" in figure["layout"]["annotations"][-1]["text"].replace("\u00a0", " ")
