"""Every chart explored: the points, labels and order of the still one; pointed at, zoomed, taken apart."""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.charts.measuring import drawn
from tests.exports.svgs import texts


@dataclass(frozen=True)
class Shown:
    """A page with a chart: the id of the chart's element, and where its figure is asked for."""

    page: str
    element: str
    figure: str


TWO = "?t=xbo-xca-1bn-usd-2022&t=xar-xbo-500mn-usd-2030"
CHARTS = {
    "trajectory": Shown("/targets/xar-xbo-500mn-usd-2030/", "chart", "/targets/xar-xbo-500mn-usd-2030/chart.json"),
    "mirror": Shown("/pairs/xar-xbo/", "mirror-chart", "/pairs/xar-xbo/mirror.json"),
    "goalposts": Shown("/pairs/xar-xbo/", "goalposts-chart", "/pairs/xar-xbo/goalposts.json"),
    "scoreboard": Shown("/economies/XBO/", "scoreboard-chart", "/economies/XBO/scoreboard.json"),
    "comparison": Shown(f"/compare/{TWO}", "chart", f"/compare/chart.json{TWO}"),
}
BUTTONS = {
    "": ["Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes"],
    "/ru": ["Выделить часть", "Двигать", "Ближе", "Дальше", "Весь график"],
}
SHIFTED = ("line-ns", "triangle")
"""Marks whose point is not their middle."""
MUST = ("row", "target", "last")
"""Labels that neither drawing leaves out on a desk."""

DATA = """plot => plot.data.map(({ name, x, y, meta }) => ({ name, role: meta.role, x: [...x], y: [...y] }))"""
POINTS = """plot => [...plot.querySelectorAll(".point")].map((point) => {
  const { left, right, top, bottom } = point.getBoundingClientRect();
  const { trace, i } = { trace: point.closest(".trace").__data__[0].trace, i: point.__data__.i };
  return { text: trace.text?.[i] ?? "", role: trace.meta.role, x: (left + right) / 2, y: (top + bottom) / 2 };
})"""

charts = pytest.mark.parametrize("kind", CHARTS)
languages = pytest.mark.parametrize("prefix", ["", "/ru"], ids=["en", "ru"])


def explored(visits, kind, prefix="", **options):
    """The page with its chart explored, the chart's element, and the figure as the site gives it."""
    chart = CHARTS[kind]
    visit = visits(**{"viewport": {"width": 1280, "height": 1000}} | options)
    page = visit.to(prefix + chart.page)
    still = page.locator(f"#{chart.element} > svg.chart-wide").evaluate(
        "svg => new XMLSerializer().serializeToString(svg)"
    )
    page.locator(f"button[data-figure={chart.element}]").click()
    page.locator(f"button[data-figure={chart.element}][aria-expanded=true]").wait_for(timeout=60_000)
    figure = page.request.get(visit.site + prefix + chart.figure).json()
    return page, page.locator(f"#{chart.element}"), still, figure


def bare(text):
    """The text without markup and spaces: the still chart breaks lines where it likes."""
    return re.sub(r"</?b>|<br>|\s|&amp;", "", text)


def marked(figure):
    """The points that have marks, in the order in which they are drawn; None where a mark's middle is not its point."""
    for trace in figure["data"]:
        points = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True)]
        if trace["type"] == "bar":
            yield from ((x, None) for x, y in points if y is not None)
        elif "markers" in trace["mode"]:
            alike = {}
            for number, (x, y) in enumerate(points):
                look = tuple(
                    value[number] if isinstance(value, list) else value
                    for value in (trace["marker"]["symbol"], trace["marker"]["size"])
                )
                if y is not None and not look[0].startswith("line-ns"):
                    alike.setdefault(look, []).append((x, y) if not look[0].startswith(SHIFTED) else (None, None))
            for chosen in alike.values():
                yield from chosen


def on_one_scale(places, values):
    """Whether the places on the screen follow the values evenly, as on an axis."""
    known = sorted({(value, place) for value, place in zip(values, places, strict=True) if value is not None})
    (low, start), (high, end) = known[0], known[-1]
    if low == high:
        return all(abs(place - start) < 1 for _, place in known)
    step = (end - start) / (high - low)
    return all(abs(start + (value - low) * step - place) < 0.6 for value, place in known)


@charts
@languages
def test_the_explored_chart_has_points_labels_and_order_of_the_still_one(visits, kind, prefix):
    _, element, still, figure = explored(visits, kind, prefix)
    plot = element.locator(".chart-plot")
    told = [{"name": one["name"], "role": one["meta"]["role"], "x": one["x"], "y": one["y"]} for one in figure["data"]]
    assert plot.evaluate(DATA) == told

    points = list(marked(figure))
    _, marks = drawn(still)
    on_plot = marks[: len(points)]
    assert len(on_plot) == len(points) > 0
    assert on_one_scale([mark.x for mark in on_plot], [x for x, _ in points])
    if kind != "mirror":
        # Bars stand in the middle of nothing: their feet are on an axis of their own.
        assert on_one_scale([mark.y for mark in on_plot], [y for _, y in points])

    labels = {note["name"]: bare(note["text"]) for note in figure["layout"]["annotations"] if note["name"] != "footer"}
    explored_labels = [bare(text) for text in plot.locator(".annotation-text").all_text_contents()]
    still_label = bare("".join(text.text for text in texts(still) if text.label))
    assert set(explored_labels) <= set(labels.values())
    for name, words in labels.items():
        if name.startswith(MUST):
            assert words in explored_labels, name
            assert words in still_label, name


@charts
@languages
def test_the_chart_is_zoomed_pointed_at_and_taken_apart_by_keyboard(visits, kind, prefix):
    page, element, _, figure = explored(visits, kind, prefix)
    assert_points_speak(page, element, figure, kind)
    assert_series_go_and_come(page, element, figure)
    assert_zooms(page, element, figure, prefix)


def assert_points_speak(page, element, figure, kind):
    role = {"mirror": "gap", "goalposts": "outcome", "scoreboard": "outcome"}.get(kind, "series")
    there = [point for point in element.locator(".chart-plot").evaluate(POINTS) if point["role"] == role]
    said = {bare(text) for trace in figure["data"] for text in trace.get("text", ()) if text}
    page.mouse.move(there[-1]["x"], there[-1]["y"])
    words = element.locator(".hoverlayer .hovertext text").first
    words.wait_for()
    assert bare(words.text_content()) in said


def assert_series_go_and_come(page, element, figure):
    plot = element.locator(".chart-plot")
    boxes = element.locator(".chart-series input")
    names = [label.inner_text().strip() for label in element.locator(".chart-series label").all()]
    assert set(names) <= {trace["name"].replace("&amp;", "&") for trace in figure["data"]}
    before = plot.locator(".annotation-text").all_text_contents()
    boxes.first.focus()
    for name in names:
        page.keyboard.press("Space")
        until(plot, "plot => plot.data.some((trace) => !trace.visible)")
        gone = plot.evaluate("plot => plot.data.filter((trace) => !trace.visible).map((trace) => trace.name)")
        assert name in {one.replace("&amp;", "&") for one in gone}
        page.keyboard.press("Space")
        until(plot, "plot => plot.data.every((trace) => trace.visible)")
        page.keyboard.press("Tab")
    until(plot, f"plot => plot.querySelectorAll('.annotation-text').length === {len(before)}")


def until(plot, condition):
    """Waits for a condition on the chart. It is put from here each time: the policy refuses a page that asks itself."""
    for _ in range(200):
        if plot.evaluate(condition):
            return
        plot.page.wait_for_timeout(50)
    pytest.fail(condition)


def assert_zooms(page, element, figure, prefix):
    plot = element.locator(".chart-plot")
    buttons = plot.locator(".modebar-btn")
    assert [button.get_attribute("aria-label") for button in buttons.all()] == BUTTONS[prefix]
    low, high = figure["layout"]["xaxis"]["range"]
    width = "Math.abs(plot.layout.xaxis.range[1] - plot.layout.xaxis.range[0]"
    for number, expected in ((2, f"{width}) < {high - low} * 0.9"), (4, f"{width} - {high - low}) < 0.01")):
        buttons.nth(number).focus()
        page.keyboard.press("Enter")
        until(plot, f"plot => {expected}")


def test_from_the_button_that_opens_a_chart_the_keyboard_goes_into_it_and_back(visits):
    page = visits(viewport={"width": 1280, "height": 1000}).to(CHARTS["trajectory"].page)
    button = page.locator("button[data-figure=chart]")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("button[data-figure=chart][aria-expanded=true]").wait_for(timeout=60_000)
    explored = page.get_by_role("group", name="Explore the chart")
    expect(explored).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".chart-explored :focus")).to_have_count(1)
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('button[data-figure=chart]')"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_the_label_of_a_series_goes_with_it_and_stays_off_when_the_colours_change(visits):
    page, element, _, _ = explored(visits, "trajectory")
    label = element.locator(".annotation-text").filter(has_text="Arlandia")
    assert label.count() > 0
    element.get_by_label("Arlandia's figures", exact=True).uncheck()
    label.first.wait_for(state="detached")
    page.emulate_media(color_scheme="dark")
    until(page.locator("#chart .chart-plot"), "plot => plot.data.some((one) => one.line?.color === '#f29559')")
    assert label.count() == 0


@charts
def test_an_explored_chart_is_accessible_and_fits_a_phone(visits, kind):
    # Charts take turns in scheme and language.
    number = list(CHARTS).index(kind)
    options = {"viewport": {"width": 375, "height": 800}, "color_scheme": ("light", "dark")[number % 2]}
    page, _, _, _ = explored(visits, kind, ("", "/ru")[number // 2 % 2], **options)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
