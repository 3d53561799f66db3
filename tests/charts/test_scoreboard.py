"""The chart of an economy's scoreboard: a mark for each target at deadline and amount, by outcome."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import plotly.graph_objects as go
import pytest
from django.utils import translation

from targets.charts import scoreboard
from targets.exports import svg
from targets.progress import Reading, Status
from targets.records import EconomyPage, OpenPromises, Outcome, PairRecord, Scoreboard, Scored, TargetRow
from tests.charts.measuring import drawings, flaws
from tests.charts.pages import ARLANDIA, BOROVIA, TODAY, target
from tests.exports.svgs import texts
from tests.wording.made_up import assessment

NOTHING = OpenPromises((), (), None, None, ())
CONFEDERATION = replace(
    BOROVIA,
    name_en="Free and Most Serene Confederation of Borovia (16+1)",
    name_ru="Свободная и светлейшая Конфедерация Боровии (16+1)",
)


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
    return EconomyPage(ARLANDIA, (), (), (), 0, (), (), board, TODAY)


def drawn():
    """The scoreboard of an economy with a target of every outcome."""
    return scoreboard(page(*(scored(status) for status in Status), scored(replaced=True)))


def traces(figure):
    return {trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in figure["data"]}


def ticks(figure, axis):
    return dict(zip(figure["layout"][axis]["tickvals"], figure["layout"][axis]["ticktext"], strict=True))


def test_each_target_stands_in_the_row_of_its_deadline_at_its_power_of_ten():
    figure = scoreboard(
        page(scored(Status.MISSED, 1e11, deadline_year=2024), scored(Status.MET, 1e9, deadline_year=2020))
    )
    assert traces(figure) == {"kept": [(0.0, 1.5)], "missed": [(2.0, 0.5)]}
    assert ticks(figure, "xaxis") == {0: "$1bn", 1: "$10bn", 2: "$100bn"}
    assert ticks(figure, "yaxis") == {1.5: "2020", 0.5: "2024"}


def test_targets_without_a_deadline_stand_in_the_last_row():
    figure = scoreboard(page(scored(Status.NO_DEADLINE, deadline_year=None), scored(deadline_year=2030)))
    assert ticks(figure, "yaxis") == {1.5: "2030", 0.5: "no deadline"}
    assert sorted(y for _, y in traces(figure)["pending"]) == [0.5, 1.5]


def test_targets_on_one_spot_take_lanes_of_their_own_and_those_apart_share_one():
    alike = [scored(slug=f"t{number}", deadline_year=2030) for number in range(7)]
    figure = scoreboard(page(*alike, scored(slug="large", dollars=1e11, deadline_year=2030)))
    places = traces(figure)["pending"]
    assert sorted(y for x, y in places if x == 0) == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]
    assert [y for x, y in places if x > 0] == [6.5]
    assert ticks(figure, "yaxis") == {6.5: "2030"}


def test_every_mark_has_a_name_replaced_or_not():
    figure = scoreboard(page(scored(slug="stands"), scored(slug="went", replaced=True, dollars=1e11)))
    assert [note["name"] for note in figure["layout"]["annotations"]] == ["name:stands", "name:went", "footer"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("partner", [BOROVIA, CONFEDERATION], ids=["a short name", "a long name"])
def test_every_drawing_has_the_name_of_each_mark_beside_it(partner, language):
    pair = PairRecord("xar-xbo", ARLANDIA, partner)
    spots = product((2020, None), (1e9, 3e9, 1e10, 1.1e10, 5e10, 1e11, 9e11))
    targets = [
        scored(slug=f"t{number}", dollars=amount, deadline_year=year, pair=pair)
        for number, (year, amount) in enumerate(spots)
    ]
    with translation.override(language):
        figure = scoreboard(page(*targets))
        for size, image in drawings(figure):
            named = defaultdict(list)
            for line in texts(image):
                if line.label:
                    named[line.block].append(line.text)
            assert [" ".join(lines) for lines in named.values()] == [partner.name(language)] * len(targets), size
            assert flaws(figure, image) == [], size


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
