import json
from datetime import UTC, date, datetime

import pytest

from targets import gallery
from tests.charts.pages import busy
from tests.world import TODAY, make_office, make_pair, make_release, make_target, make_years

pytestmark = pytest.mark.django_db


def test_the_chart_of_a_target_is_drawn_of_its_page():
    target = make_target(make_pair(), slug="xar-xbo-goal")
    make_years(target.pair, "XAR", {2022: 5, 2023: 6})
    page, figure = gallery.trajectory("xar-xbo-goal", today=TODAY)
    assert page.target.slug == figure["layout"]["meta"]["target"] == "xar-xbo-goal"
    assert figure == gallery.trajectory_of(page)
    assert any(trace["meta"]["role"] == "series" and trace["x"] == [2022, 2023] for trace in figure["data"])


@pytest.mark.parametrize("published", [True, False])
def test_what_is_not_public_has_no_chart(published):
    make_target(make_pair(), published=False, slug="draft")
    assert gallery.trajectory("nowhere" if published else "draft", today=TODAY) is None


def test_a_chart_of_a_past_day_knows_only_what_was_recorded_then():
    target = make_target(make_pair(), slug="xar-xbo-goal", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    release = make_release(make_office("XAR"), recorded_at=datetime(2026, 11, 21, 12, tzinfo=UTC))
    make_years(target.pair, "XAR", {2023: 6}, release=release)
    drawn = {}
    for day in (date(2026, 11, 20), date(2026, 11, 21)):
        _, figure = gallery.trajectory("xar-xbo-goal", today=TODAY, as_of=day)
        assert figure["layout"]["meta"]["as_of"] == day.isoformat()
        drawn[day.day] = [trace["x"] for trace in figure["data"] if trace["meta"]["role"] == "series"]
    assert drawn == {20: [], 21: [[2023]]}


def test_the_json_is_the_figure_and_short():
    figure = gallery.trajectory_of(busy())
    text = gallery.as_json(figure)
    assert json.loads(text) == figure
    assert ": " not in text.split('"text"')[0]
    assert "NaN" not in text


def test_a_number_that_json_does_not_know_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        gallery.as_json({"data": [float("nan")]})
