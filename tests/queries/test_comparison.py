"""Targets beside each other: in which order, on which scale, with which others offered, and what the chart shows."""

import re
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go
import pytest
from django.utils import translation

from targets import gallery, queries
from targets.exports import svg
from tests import world

STATIC = Path(__file__).resolve().parents[2] / "static" / "css"

pytestmark = pytest.mark.django_db
SLUGS = ("xbo-xca-1bn-usd-2022", "xar-xbo-500mn-usd-2030")


@pytest.fixture
def targets():
    return world.make_world()


def compared(*slugs):
    return queries.comparison(slugs or SLUGS, today=world.TODAY)


def traces(figure, role):
    return [one for one in figure["data"] if one["meta"]["role"] == role]


def test_targets_come_in_the_order_asked_for_judged_as_on_their_own_pages(targets):
    found = compared()
    assert tuple(one.target.slug for one in found.targets) == SLUGS
    for one in found.targets:
        page = queries.target_page(one.target.slug, today=world.TODAY)
        assert one.row.assessment == page.assessment
        assert one.target == page.target
        lead = page.assessment.lead
        assert one.points[0].share == 0
        assert one.points[0].year == lead.base_year
        assert one.points[-1].share == pytest.approx(lead.share_of_way)
        assert (one.points[-1].year, one.points[-1].amount) == (lead.latest_year, lead.latest_amount)


def test_what_is_no_published_target_is_named_as_missing(targets):
    found = compared("nowhere", "xbo-xca-3bn-usd-open", SLUGS[0])
    assert found.missing == ("nowhere", "xbo-xca-3bn-usd-open")
    assert len(found.targets) == 1


def test_others_of_the_same_pair_are_offered_first_and_replaced_ones_never(targets):
    world.make_target(world.make_pair("XAR", "XBO"), slug="sister", amount=Decimal(900_000_000))
    world.refresh()
    assert [target.slug for target in compared(SLUGS[1]).near] == ["sister", SLUGS[0]]
    assert compared(*SLUGS, "sister").near == ()


@pytest.mark.parametrize("number", [2, 8])
def test_a_comparison_is_four_queries_however_many_targets(number, django_assert_num_queries):
    world.make_rate("EUR", 2024, "1.08")
    pairs = [world.make_pair("XAR", "XBO"), world.make_pair("XBO", "XCA")]
    for pair in pairs:
        world.make_years(pair, "XBO", {2018: 70, 2019: 80, 2024: 99})
    for one in range(number):
        world.make_target(pairs[one % 2], slug=f"goal-{one}", currency="EUR")
    world.refresh()
    with django_assert_num_queries(4):
        assert len(compared(*(f"goal-{one}" for one in range(number))).targets) == number


def test_the_chart_has_a_line_for_each_target_from_nought_towards_its_goal(targets):
    found = compared()
    figure = gallery.comparison_of(found)
    go.Figure(figure)
    lines = traces(figure, "series")
    assert [line["name"].split(".")[0] for line in lines] == ["1", "2"]
    for line, one in zip(lines, found.targets, strict=True):
        shares = {point.year: round(100 * point.share, 2) for point in one.points}
        assert dict(zip(line["x"], line["y"], strict=True)) == {year: shares.get(year) for year in line["x"]}
        assert line["y"][0] == 0
    assert [(goal["x"], goal["y"]) for goal in traces(figure, "target")] == [([2022.0], [100.0]), ([2030.0], [100.0])]
    (rest,) = traces(figure, "path")
    assert (rest["x"][0], rest["x"][1], rest["y"][1]) == (lines[1]["x"][-1], 2030.0, 100.0)


def test_what_cannot_be_drawn_is_named_and_several_by_their_numbers(targets):
    pair = world.make_pair("XAR", "XCA")
    for slug, deadline in (("silent", 2030), ("mute", 2031)):
        world.make_target(pair, slug=slug, deadline_year=deadline)
    world.refresh()
    several = gallery.comparison_of(compared("silent", SLUGS[0], "mute"))
    assert "is known: numbers 1, 3." in several["layout"]["title"]["subtitle"]["text"]
    figure = gallery.comparison_of(compared(SLUGS[0], "silent", SLUGS[1]))
    told = re.sub(r"<br>|\s", " ", figure["layout"]["title"]["subtitle"]["text"])
    assert "is known: Arlandia – Calder Isles: $500m by 2030." in told
    assert [line["name"].split(".")[0] for line in traces(figure, "series")] == ["1", "3"]
    assert "2. Arlandia – Calder Isles" in figure["layout"]["meta"]["description"]


def test_a_comparison_of_what_has_no_figures_at_all_is_drawn_empty():
    for slug in ("a", "b"):
        world.make_target(slug=slug)
    world.refresh()
    figure = gallery.comparison_of(compared("a", "b"))
    assert svg.render(figure).startswith("<svg")
    assert figure["data"] == []


def test_shares_far_beyond_the_others_stand_at_the_edge_with_their_number():
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2018: 100, 2019: 490, 2020: 5000, 2021: 30})
    world.make_target(pair, slug="near", amount=Decimal(500_000_000), first_stated_on=world.TODAY.replace(year=2019))
    world.make_target(pair, slug="far", amount=Decimal(101_000_000), first_stated_on=world.TODAY.replace(year=2019))
    world.refresh()
    figure = gallery.comparison_of(compared("near", "far"))
    line = traces(figure, "series")[1]
    assert line["y"] == [0.0, 250.0, 250.0, -100.0]
    assert line["marker"]["symbol"][1:] == ["triangle-up", "triangle-up", "triangle-down"]
    assert "39,000" in line["text"][1]
    low, high = figure["layout"]["yaxis"]["range"]
    assert (low, high) == (-100.0, 250.0)
    assert "triangle" in figure["layout"]["title"]["subtitle"]["text"].lower()
    assert svg.inline(figure)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_chart_says_in_words_what_it_shows(targets, language):
    with translation.override(language):
        meta = gallery.comparison_of(compared())["layout"]["meta"]
    names = {"en": ("Borovia – Calder Isles", "needs"), "ru": ("Боровия – Калдеры", "нужно")}[language]
    assert all(name in meta["description"] for name in names)
    assert meta["language"] == language
    assert len(meta["key"]) == 2


@pytest.mark.parametrize("number", [2, 8])
def test_the_style_sheets_know_every_class_of_the_drawing(number):
    pair = world.make_pair()
    world.make_years(pair, "XAR", {2018: 70, 2019: 80, 2024: 99})
    for one in range(number):
        world.make_target(pair, slug=f"goal-{one}", amount=Decimal(200_000_000 + one))
    world.refresh()
    image = svg.inline(gallery.comparison_of(compared(*(f"goal-{one}" for one in range(number)))))
    sheets = "".join((STATIC / name).read_text() for name in ("charts.css", "comparison.css"))
    names = {name for classes in re.findall(r'class="([^"]+)"', image) for name in classes.split()}
    assert names - set(re.findall(r"\.([a-z]+-[a-z]+)", sheets)) == set()
