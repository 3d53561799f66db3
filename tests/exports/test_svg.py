import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings

from targets.charts import trajectory
from targets.charts.theme import DARK, LIGHT
from targets.exports import svg
from targets.exports.svg.frame import NARROW, WIDE, framed
from tests.charts.measuring import drawings, flaws
from tests.charts.pages import busy, figure, page, target, years
from tests.charts.test_trajectory import pages
from tests.exports.svgs import SVG, box, points, root, texts

UGLY = "NaN|nan|inf|None|e[+-][0-9]"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(pages)
def test_whatever_the_figures_nothing_ugly_is_drawn_and_the_same_figure_gives_the_same_bytes(shown):
    drawn = trajectory(shown)
    for size, image in drawings(drawn):
        assert [flaw for flaw in flaws(drawn, image) if flaw.kind != "crossed"] == [], size
        assert not re.search(UGLY, " ".join(e.get("d", "") for e in root(image).iter())), size
    assert svg.inline(drawn) == svg.inline(trajectory(shown))


@pytest.mark.parametrize(("size", "name"), [(WIDE, "wide"), (NARROW, "narrow")])
def test_the_line_on_the_drawing_has_the_data_of_the_figure(size, name):
    drawn = trajectory(busy())
    frame = framed(drawn, size)
    image = dict(drawings(drawn))[name]
    paths = [
        element
        for element in root(image).iter(SVG + "path")
        if element.get("class") == "s-first" and element.get("stroke-linejoin") and "M" in element.get("d", "")
    ]
    trace = next(one for one in drawn["data"] if one["meta"] == {"role": "series", "by": "XAR"})
    there = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]
    runs = points(paths[0].get("d"))
    assert [len(run) for run in runs] == [2, 8, 4], "as many runs as the gaps leave"
    assert list(itertools.chain(*runs)) == [
        (pytest.approx(frame.x(x), abs=0.06), pytest.approx(frame.y(y), abs=0.06)) for x, y in there
    ]


def test_every_trace_and_the_main_labels_are_on_the_drawing_in_the_order_of_the_figure():
    drawn = trajectory(busy())
    image = dict(drawings(drawn))["wide"]
    roles = {colour: role for role, colour in drawn["layout"]["meta"]["palette"]["light"].items()}
    wished = [
        f"s-{roles[trace['line']['color']]}"
        for trace in drawn["data"]
        if any(None not in neighbours for neighbours in itertools.pairwise(trace["y"])) and "lines" in trace["mode"]
    ]
    lines = [e.get("class") for e in root(image).iter(SVG + "path") if e.get("stroke-linejoin")]
    assert lines == wished
    words = " ".join(text.text for text in texts(image))
    for label in ("Arlandia", "Borovia", "$500m by 2030", "first stated", "2024: about $133m"):
        assert label in words


def test_the_image_says_verdict_and_figures_to_those_who_cannot_see_it():
    image = svg.render(trajectory(busy()))
    element = root(image)
    title, description = element.find(SVG + "title"), element.find(SVG + "desc")
    assert element.get("role") == "img"
    assert element.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert title.text
    assert "$133,000,000" in description.text
    assert "$500m by 2027" in description.text


def test_the_two_drawings_of_a_page_share_no_id():
    ids = re.findall(r'\bid="([^"]+)"', svg.inline(trajectory(busy())) + svg.inline(trajectory(page())))
    assert len(ids) == len(set(ids)) == 8


def test_no_style_and_no_script_ever():
    image = svg.inline(trajectory(busy())) + svg.render(trajectory(busy()))
    assert "<style" not in image
    assert "style=" not in image
    assert "<script" not in image


def test_texts_from_outside_are_text():
    nasty = figure("", 2020, 1e6, compiler="<i>&\"'\x00</text><script>alert(1)</script>")
    image = svg.render(trajectory(page(figures=[nasty, *years("XAR", 2019, 1e6)])))
    assert root(image) is not None
    assert "<script" not in image
    assert "\x00" not in image
    assert "&lt;script&gt;" in image


@pytest.mark.parametrize(("theme", "scheme"), [("light", LIGHT), ("dark", DARK)])
def test_a_file_brings_the_colours_of_its_theme(theme, scheme):
    image = svg.render(trajectory(busy()), theme=theme)
    other = LIGHT if scheme is DARK else DARK
    for role in ("paper", "ink", "first", "second", "target"):
        assert getattr(scheme, role) in image
        assert getattr(other, role) not in image


def test_only_colours_with_a_class_are_drawn_so_that_the_page_can_turn_each():
    for element in root(svg.inline(trajectory(busy())).split("</svg>")[0] + "</svg>").iter():
        for part in ("fill", "stroke"):
            if element.get(part, "none") != "none":
                assert any(name.startswith(f"{part[0]}-") for name in element.get("class", "").split())


def test_a_drawing_on_a_page_is_small():
    wide, narrow = svg.inline(trajectory(busy())).split("</svg>")[:2]
    assert len(wide.encode()) < 12_000
    assert len(narrow.encode()) < 12_000


def test_text_can_be_read_on_a_phone():
    narrow = dict(drawings(trajectory(busy())))["narrow"]
    width, _ = box(narrow)
    sizes = [float(element.get("font-size")) for element in root(narrow).iter() if element.get("font-size")]
    assert min(sizes) * 343 / width >= 10.5, "in pixels of a phone 375 wide"


def test_a_shared_image_has_the_size_that_is_asked_of_it():
    assert box(svg.render(trajectory(busy()), size="social")) == (1080, 1080)


def test_an_unknown_size_or_theme_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"size: 'poster' is not one of web, social, print"):
        svg.render(trajectory(page()), size="poster")
    with pytest.raises(ValueError, match=r"theme: 'sepia' is not one of light, dark"):
        svg.render(trajectory(page()), theme="sepia")


def test_what_the_renderer_cannot_draw_is_an_error_not_a_hole():
    drawn = trajectory(page(figures=years("XAR", 2020, 1e6)))
    with pytest.raises(ValueError, match="pie"):
        svg.render({**drawn, "data": [{**drawn["data"][0], "type": "pie"}]})
    marks = {**drawn["data"][0], "marker": {**drawn["data"][0]["marker"], "symbol": "star"}}
    with pytest.raises(ValueError, match="star"):
        svg.render({**drawn, "data": [marks]})
    shape = {**drawn["layout"]["shapes"][0], "type": "circle"}
    with pytest.raises(ValueError, match="circle"):
        svg.render({**drawn, "layout": {**drawn["layout"], "shapes": [shape]}})


def test_the_deadline_is_written_under_the_axis():
    for size, image in drawings(trajectory(page(target(deadline_year=2037), years("XAR", 1994, *[1e6] * 20)))):
        assert any(text.text == "2037" for text in texts(image)), size
