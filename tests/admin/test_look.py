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


GRID = (Path(__file__).resolve().parents[2] / "static/css/grid.css").read_text()
GRID_TOKENS = dict(re.findall(r"--([\w-]+): (light-dark\(#\w{6}, #\w{6}\));", GRID))


@pytest.mark.parametrize("role", ["compiler", "target", "earlier", "path"])
def test_the_charts_of_the_desk_have_the_colours_of_the_others(role):
    assert GRID_TOKENS[role] == f"light-dark({getattr(theme.LIGHT, role)}, {getattr(theme.DARK, role)})"


@pytest.mark.parametrize("status", list(theme.Status))
def test_a_status_has_its_colour_on_the_desk(status):
    token = f"status-{status.value.replace('_', '-')}"
    assert GRID_TOKENS[token] == f"light-dark({theme.STATUS_LIGHT[status]}, {theme.STATUS_DARK[status]})"
    assert f".status-{status.value} {{ color: var(--{token}); }}" in GRID
