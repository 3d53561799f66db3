"""The chart of an economy's scoreboard: a mark for each target at deadline and amount, by outcome."""

import plotly.graph_objects as go
import pytest
from django.utils import translation

from targets.charts import scoreboard
from targets.exports import svg
from targets.progress import Reading, Status
from targets.records import EconomyPage, OpenPromises, Outcome, Scoreboard, Scored, TargetRow
from tests.charts.pages import ARLANDIA, target
from tests.wording.made_up import assessment

NOTHING = OpenPromises((), (), None, None, ())


def scored(status=Status.TOO_SLOW, dollars=1e9, replaced=False, **fields):
    one = target(replaced=replaced, **fields)
    row = TargetRow(one, assessment(one, Reading("XAR", True, status)), {}, "")
    return Scored(row, Outcome.REPLACED if replaced else outcome(status), dollars)


def outcome(status):
    return next(outcome for outcome in Outcome if status in outcome.statuses)


def page(*targets):
    counts = {kind: sum(one.outcome is kind for one in targets) for kind in Outcome}
    tally = tuple((kind, count) for kind, count in counts.items() if count)
    board = Scoreboard(tally, targets, (), (), NOTHING)
    return EconomyPage(ARLANDIA, (), (), (), 0, (), (), board)


def drawn():
    """The scoreboard of an economy with a target of every outcome."""
    return scoreboard(page(*(scored(status) for status in Status), scored(replaced=True)))


def traces(figure):
    return {trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in figure["data"]}


def test_each_target_stands_at_its_deadline_and_its_power_of_ten():
    figure = scoreboard(
        page(scored(Status.MET, 1e9, deadline_year=2020), scored(Status.MISSED, 1e11, deadline_year=2024))
    )
    assert traces(figure) == {"kept": [(2020.0, 0.0)], "missed": [(2024.0, 2.0)]}
    axis = figure["layout"]["yaxis"]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True)) == {0: "$1bn", 1: "$10bn", 2: "$100bn"}


def test_targets_without_a_deadline_stand_in_a_column_right_of_the_last_year():
    figure = scoreboard(page(scored(deadline_year=2030), scored(Status.NO_DEADLINE, deadline_year=None)))
    (open_ended,) = [x for x, _ in traces(figure)["pending"] if x > 2031]
    assert open_ended < figure["layout"]["xaxis"]["range"][1]
    assert "no deadline" in [note["text"] for note in figure["layout"]["annotations"]]
    assert all(year <= 2030 for year in figure["layout"]["xaxis"]["tickvals"])


def test_targets_on_one_spot_stand_beside_each_other_within_their_year():
    figure = scoreboard(page(*(scored(slug=f"t{number}", deadline_year=2030) for number in range(7))))
    places = [x for x, _ in traces(figure)["pending"]]
    assert len(set(places)) == 7
    assert all(2029.5 < x < 2030.5 for x in places)


def test_what_has_no_amount_is_counted_in_words_and_not_drawn():
    figure = scoreboard(page(scored(), scored(Status.NOT_ASSESSABLE, dollars=None)))
    assert sum(len(trace["x"]) for trace in figure["data"]) == 1
    assert "1 target is not drawn" in figure["layout"]["title"]["subtitle"]["text"]
    assert figure["layout"]["meta"]["title"] == "Arlandia: 2 targets: 1 pending, 1 not assessable"


def test_no_two_outcomes_look_alike():
    statuses = (
        Status.MET,
        Status.MET_THEN_LOST,
        Status.MISSED,
        Status.DISPUTED,
        Status.TOO_SLOW,
        Status.NOT_ASSESSABLE,
    )
    figure = scoreboard(page(*(scored(status) for status in statuses), scored(replaced=True)))
    assert [trace["name"] for trace in figure["data"]] == [
        "kept", "lost again", "missed", "disputed", "pending", "not assessable", "replaced",
    ]  # fmt: skip
    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == len(figure["data"])
    assert [entry["text"] for entry in figure["layout"]["meta"]["key"]] == [trace["name"] for trace in figure["data"]]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_both_renderers_take_it(language):
    with translation.override(language):
        figure = scoreboard(
            page(scored(Status.MET), scored(replaced=True), scored(Status.MISSED, 5e11, deadline_year=2020))
        )
        assert go.Figure(figure)
        assert "<svg" in svg.render(figure, size="print")
        assert svg.inline(figure).count("<svg") == 2


def test_an_economy_without_targets_draws_an_empty_chart():
    figure = scoreboard(page())
    assert figure["data"] == []
    assert svg.render(figure)
