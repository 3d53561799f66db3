"""What the style sheets and the script of the charts take for granted, held against where it comes from."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from targets.charts import trajectory
from targets.charts.theme import PALETTE
from targets.exports import svg
from tests.charts import test_goalposts, test_scoreboard
from tests.charts.pages import busy, page, target, years

STATIC = Path(__file__).resolve().parents[2] / "static"
CHARTS = (STATIC / "css" / "charts.css").read_text()
EXPLORE = (STATIC / "js" / "explore.js").read_text()


DRAWN = {
    "busy": lambda: trajectory(busy()),
    "empty": lambda: trajectory(page()),
    "no deadline": lambda: trajectory(page(target(deadline_year=None), years("XAR", 2020, 1e6, 2e6))),
    "goalposts": test_goalposts.drawn,
    "scoreboard": test_scoreboard.drawn,
}


@pytest.mark.parametrize("name", DRAWN)
def test_the_style_sheet_knows_every_class_of_a_drawing(name):
    image = svg.inline(DRAWN[name]())
    names = {name for classes in re.findall(r'class="([^"]+)"', image) for name in classes.split()}
    assert names - set(re.findall(r"\.([a-z]+-[a-z]+)", CHARTS)) == set()


def test_the_style_sheet_names_no_part_that_the_palette_lacks():
    parts = set(re.findall(r"\.[fs]-([a-z]+)", CHARTS))
    assert parts <= set(PALETTE["light"])
    assert set(re.findall(r"var\(--([a-z]+)\)", CHARTS)) <= set(PALETTE["light"]) | {"text", "small"}


def test_the_script_still_holds_off_the_style_that_the_bundle_would_write():
    folder = Path(find_spec("plotly").submodule_search_locations[0])
    bundle = (folder / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
    written = set(re.findall(r'document\.getElementById\("([0-9a-f]{64})"\)', bundle))
    assert written == set(re.findall(r'"([0-9a-f]{64})"', EXPLORE))


def test_no_script_and_no_sheet_of_ours_names_another_host():
    names = [*(STATIC / "js").glob("*.js"), STATIC / "css" / "charts.css", STATIC / "css" / "plotly.css"]
    assert len(names) > 5
    for name in names:
        assert "//" not in re.sub(r"^\s*//.*$", "", name.read_text(), flags=re.MULTILINE), name
