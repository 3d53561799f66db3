"""The chart of a target: there without a script, explorable on request, the same figures in both."""

import re

import pytest

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"
SHOWN = """plot => plot.data.map(({name, x, y, meta}) => ({name, role: meta.role, x: [...x], y: [...y]}))"""


def explored(visits, prefix="", **options):
    page = visits(viewport={"width": 1280, "height": 900}, **options).to(prefix + ADDRESS)
    page.locator("button[data-explore]").click()
    page.locator(".chart-plot .main-svg").first.wait_for(timeout=30_000)
    page.locator("button[data-explore][aria-expanded=true]").wait_for()
    return page


def test_the_chart_is_there_without_a_script_and_nothing_offers_more(visits):
    page = visits(java_script_enabled=False).to(ADDRESS)
    chart = page.locator("#chart svg").first
    assert chart.is_visible()
    assert chart.get_attribute("role") == "img"
    assert not page.locator("button[data-explore]").is_visible()


def test_a_page_fetches_no_chart_library_before_it_is_asked_for(visits):
    visit = visits()
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.to(ADDRESS)
    assert not [url for url in asked if "plotly" in url]


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_exploring_draws_the_figure_that_the_still_chart_was_drawn_from(visits, prefix):
    page = explored(visits, prefix)
    figure = page.request.get(page.url + "chart.json").json()
    drawn = page.locator(".chart-plot").evaluate(SHOWN)
    told = [
        {"name": trace["name"], "role": trace["meta"]["role"], "x": trace["x"], "y": trace["y"]}
        for trace in figure["data"]
    ]
    assert drawn == told
    # The still chart has a dot for each year of each series, and the same labels.
    dots = page.locator("#chart > svg.chart-wide path[stroke-linecap=round]").all()
    years = [[y for y in trace["y"] if y is not None] for trace in figure["data"] if trace["meta"]["role"] == "series"]
    assert sorted(dot.get_attribute("d").count("h0") for dot in dots) == sorted(map(len, years))
    still = "".join(page.locator("#chart > svg.chart-wide text").all_text_contents())
    for label in figure["layout"]["annotations"]:
        for line in re.sub(r"</?b>", "", label["text"]).split("<br>"):
            assert re.sub(r"\s", "", line) in re.sub(r"\s", "", still)


def test_the_still_chart_comes_back(visits):
    page = explored(visits)
    assert not page.locator("#chart > svg.chart-wide").is_visible()
    page.locator("button[data-explore]").click()
    assert page.locator("#chart > svg.chart-wide").is_visible()
    assert page.locator(".chart-plot").count() == 0


def test_a_dark_page_explores_a_dark_chart(visits):
    page = explored(visits, color_scheme="dark")
    colour = page.locator(".chart-plot").evaluate(
        "plot => plot.data.find(one => one.meta.role === 'series').line.color"
    )
    assert colour in {"#74b3ec", "#f29559"}


def test_when_the_figure_does_not_come_the_still_chart_stays(visits):
    visit = visits(viewport={"width": 1280, "height": 900})
    page = visit.to(ADDRESS)
    page.route("**/chart.json", lambda route: route.abort())
    page.locator("button[data-explore]").click()
    page.locator(".chart-status").filter(has_text="could not be loaded").wait_for()
    assert page.locator("#chart > svg.chart-wide").is_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_verdict_rail_and_chart_come_in_this_order_within_two_screens(visits, width):
    page = visits(viewport={"width": width, "height": 800}).to(ADDRESS)
    places = [page.locator(one).first.bounding_box()["y"] for one in ("h1", ".lead", ".way .rail", "#chart")]
    assert places == sorted(places)
    assert places[-1] < 800
