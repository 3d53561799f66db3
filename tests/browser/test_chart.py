"""The chart of a target: there without a script, explorable on request, the same figures in both."""

import re

import pytest

ADDRESS = "/targets/xar-xbo-500mn-usd-2030/"
SHOWN = """plot => plot.data.map(({name, x, y, meta}) => ({name, role: meta.role, x: [...x], y: [...y]}))"""


BUTTONS = {"": ["Zoom in", "Zoom out", "Reset axes"], "/ru": ["Ближе", "Дальше", "Все годы"]}


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
    buttons = page.locator(".modebar-btn").all()
    assert [button.get_attribute("data-title") for button in buttons][2:] == BUTTONS[prefix]
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


@pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])
@pytest.mark.parametrize(
    ("address", "kind"), [("/pairs/xar-xbo/", "goalposts"), ("/economies/XBO/", "scoreboard")], ids=["pair", "economy"]
)
def test_goalposts_and_scoreboards_are_explored_as_they_are_drawn(visits, prefix, address, kind):
    page = visits(viewport={"width": 1280, "height": 900}).to(prefix + address)
    still = "".join(page.locator(f"#{kind}-chart > svg.chart-wide text").all_text_contents())
    button = page.locator(f"button[data-figure={kind}-chart]")
    button.click()
    page.locator(f"button[data-figure={kind}-chart][aria-expanded=true]").wait_for(timeout=30_000)
    figure = page.request.get(f"{page.url}{kind}.json").json()
    told = [
        {"name": trace["name"], "role": trace["meta"]["role"], "x": trace["x"], "y": trace["y"]}
        for trace in figure["data"]
    ]
    plot = page.locator(f"#{kind}-chart .chart-plot")
    assert plot.evaluate(SHOWN) == told
    shown = plot.locator(".annotation-text").all_text_contents()
    for label in figure["layout"]["annotations"]:
        words = re.sub(r"\s", "", label["text"])
        if label["name"].startswith("row:"):
            assert words in re.sub(r"\s", "", still)
            assert words in [re.sub(r"\s", "", text) for text in shown]
    # Each mark of an outcome is drawn once.
    marks = sum(len(trace["x"]) for trace in figure["data"] if trace["meta"]["role"] == "outcome")
    assert plot.locator(".scatterlayer .point").count() >= marks


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


def test_the_mirror_of_a_pair_is_explored_with_lines_above_and_gaps_below(visits):
    page = visits(viewport={"width": 1280, "height": 900}).to("/pairs/xar-xbo/")
    assert page.locator("#mirror-chart > svg.chart-wide").is_visible()
    page.locator("button[data-figure=mirror-chart]").click()
    page.locator("button[data-figure=mirror-chart][aria-expanded=true]").wait_for(timeout=30_000)
    figure = page.request.get(page.url + "mirror.json").json()
    told = [
        {"name": trace["name"], "role": trace["meta"]["role"], "x": trace["x"], "y": trace["y"]}
        for trace in figure["data"]
    ]
    assert page.locator(".chart-plot").evaluate(SHOWN) == told
    bars = sum(len(trace["x"]) for trace in figure["data"] if trace["meta"]["role"] == "gap")
    assert page.locator(".chart-plot .barlayer .point").count() == bars > 0
    lines = page.locator(".chart-plot .scatterlayer path.js-line").first.bounding_box()
    below = page.locator(".chart-plot .barlayer .point").first.bounding_box()
    assert lines["y"] + lines["height"] < below["y"]


@pytest.mark.parametrize("width", [375, 1280])
def test_the_gap_year_by_year_is_a_table_without_a_script(visits, width):
    page = visits(viewport={"width": width, "height": 800}, java_script_enabled=False).to("/pairs/xar-xbo/")
    page.get_by_text("The gap year by year, as a table").click()
    row = page.locator(".figures-mirror tbody tr").filter(has_text="2024")
    assert row.is_visible()
    assert re.sub(r"\s+", " ", row.inner_text()).strip().endswith(("19 %", "19\u202f%"))
