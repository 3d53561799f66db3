"""The chart of a target: there without a script, explorable on request, the same figures in both."""

import re

import pytest
from playwright.sync_api import expect

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"


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


COVERED = """plot => {
  const points = [...plot.querySelectorAll(".scatterlayer .trace")]
    .filter((trace) => trace.__data__[0].trace.meta.role === "series")
    .flatMap((trace) => [...trace.querySelectorAll("path.js-line")])
    .flatMap((path) => Array.from({ length: Math.ceil(path.getTotalLength()) }, (_, at) =>
      path.getPointAtLength(at).matrixTransform(path.getScreenCTM())));
  return [...plot.querySelectorAll(".annotation")].filter((label) => {
    const box = label.querySelector(".annotation-text").getBoundingClientRect();
    const name = plot.layout.annotations[label.dataset.index].name;
    return /^(first|path|earlier)/.test(name) && points.some(({ x, y }) =>
      box.left + 3 < x && x < box.right - 3 && box.top + 3 < y && y < box.bottom - 3);
  }).length;
}"""


@pytest.mark.parametrize("width", [375, 640, 1280])
def test_no_label_that_may_go_covers_a_line_of_the_explored_chart(visits, width):
    page = visits(viewport={"width": width, "height": 900}).to(ADDRESS)
    # A first value in the middle of its line, a goal right on it.
    page.route("**/chart.json", _crowded)
    page.locator("button[data-explore]").click()
    page.locator("button[data-explore][aria-expanded=true]").wait_for(timeout=30_000)
    assert page.locator(".chart-plot").evaluate(COVERED) == 0
    assert page.locator(".chart-plot .annotation").count() > 0


OUTSIDE = """plot => {
  const room = plot.getBoundingClientRect();
  return [...plot.querySelectorAll(".annotation-text")].map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.left < room.left || box.right > room.right).map(([words]) => words);
}"""


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
def test_the_words_of_every_row_of_explored_goalposts_stay_whole_inside_the_plot(visits, prefix, width):
    page = visits(viewport={"width": width, "height": 900}).to(f"{prefix}/embed/pairs/xar-xbo/?chart=goalposts")
    page.route("**/goalposts.json", _wordy)
    page.locator("button[data-explore]").click()
    expect(page.locator("button[data-explore][aria-expanded=true]")).to_be_visible()
    plot = page.locator(".chart-plot")
    assert plot.evaluate(OUTSIDE) == []
    rows = [one for one in plot.evaluate("plot => plot.layout.annotations") if one["name"].startswith("row:")]
    assert len(rows) > 2
    shown = plot.evaluate("plot => [...plot.querySelectorAll('.annotation')].map(({ dataset }) => dataset.index)")
    assert len(shown) == len(rows)


def _wordy(route):
    """Words too long for a phone, and others that begin too late or end too early."""
    answer = route.fetch()
    figure = answer.json()
    rows = [one for one in figure["layout"]["annotations"] if re.match("row:x", one["name"])]
    low, high = figure["layout"]["xaxis"]["range"]
    ends = (("right", low), ("left", high))
    for number, row in enumerate(rows):
        row["text"] += "\u00a0· " + "what came next, in words".replace(" ", "\u00a0")
        row["xanchor"], row["x"] = ends[number % 2]
    route.fulfill(response=answer, json=figure)


def _crowded(route):
    answer = route.fetch()
    figure = answer.json()
    line = next(trace for trace in figure["data"] if trace["meta"]["role"] == "series")
    for label in figure["layout"]["annotations"]:
        if re.match("first|earlier|path", label["name"]):
            label.update(x=line["x"][2], y=line["y"][2], yshift=0, xanchor="center", yanchor="middle")
    route.fulfill(response=answer, json=figure)


def test_the_still_chart_comes_back(visits):
    page = explored(visits)
    assert not page.locator("#chart > svg.chart-wide").is_visible()
    page.locator("button[data-explore]").click()
    expect(page.locator("#chart > svg.chart-wide")).to_be_visible()
    expect(page.locator(".chart-plot")).to_have_count(0)


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


@pytest.mark.parametrize("width", [375, 1280])
def test_the_gap_year_by_year_is_a_table_without_a_script(visits, width):
    page = visits(viewport={"width": width, "height": 800}, java_script_enabled=False).to("/pairs/xar-xbo/")
    page.get_by_text("The gap year by year, as a table").click()
    row = page.locator(".figures-mirror tbody tr").filter(has_text="2024")
    assert row.is_visible()
    assert re.sub(r"\s+", " ", row.inner_text()).strip().endswith(("19 %", "19\u202f%"))
