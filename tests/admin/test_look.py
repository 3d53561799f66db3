"""The desk's style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from targets.charts import theme

SHEET = (Path(__file__).resolve().parents[2] / "static/css/admin.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): (light-dark\(#\w{6}, #\w{6}\));", SHEET))


@pytest.mark.parametrize("role", ["paper", "ink", "muted", "rule", "axis", "first", "second", "band"])
def test_the_desk_has_the_colours_of_the_charts(role):
    assert TOKENS[role] == f"light-dark({getattr(theme.LIGHT, role)}, {getattr(theme.DARK, role)})"


def test_an_error_has_the_colour_of_a_missed_target():
    missed = theme.Status.MISSED
    assert TOKENS["missed"] == f"light-dark({theme.STATUS_LIGHT[missed]}, {theme.STATUS_DARK[missed]})"


TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "admin"


@pytest.mark.parametrize("template", ["targets/enter_figures.html", "targets/import/base.html"])
def test_pages_of_the_desk_that_show_verdicts_have_their_colours(template):
    sheets = re.findall(r'static "(css/[\w-]+\.css)"', (TEMPLATES / template).read_text())
    assert sheets.index("css/status.css") < sheets.index("css/grid.css")
