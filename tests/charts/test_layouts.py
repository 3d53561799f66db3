"""Every layout of every chart, measured as drawn: nothing cut off, no text on another, no mark behind another."""

import pytest
from django.utils import translation

from tests.charts.layouts import LAYOUTS
from tests.charts.measuring import drawings, flaws
from tests.exports.svgs import elsewhere

CROSSED = {"goalposts, of all kinds": 1}
"""Lines of text that may lie across a line where more must be said than there is room for: they have a rim of paper.
All other labels stand clear."""


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_drawing_has_no_flaw(layout, language):
    with translation.override(language):
        figure = LAYOUTS[layout]()
    for size, image in drawings(figure):
        found = flaws(figure, image)
        crossed = [flaw for flaw in found if flaw.kind == "crossed"]
        assert [flaw for flaw in found if flaw not in crossed] == [], size
        assert len(crossed) <= CROSSED.get(layout, 0), (size, crossed)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_file_keeps_its_texts_inside_where_its_typeface_is_not_installed(layout, language):
    with translation.override(language):
        figure = LAYOUTS[layout]()
    for size, image in drawings(figure):
        if size not in ("wide", "narrow", "paper"):
            assert [flaw for flaw in flaws(figure, image, elsewhere) if flaw.kind == "cut off"] == [], size
