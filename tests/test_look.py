"""The style sheets and the typeface: one palette, one family, small, and every letter that is printed."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import fields
from pathlib import Path

import polib
import pytest
from fontTools.ttLib import TTFont

from targets.charts import theme
from targets.progress import Status

ROOT = Path(__file__).resolve().parent.parent
SHEETS = sorted(
    path for path in (ROOT / "static/css").glob("*.css") if path.stem in {"tradewatch", "status", "components"}
)
STYLES = "".join(path.read_text() for path in SHEETS)
FONTS = sorted((ROOT / "static/fonts").glob("*.ttf")) + sorted((ROOT / "static/fonts").glob("*.woff2"))
TOKENS = dict(re.findall(r"--([\w-]+): (light-dark\(#\w{6}, #\w{6}\));", STYLES))
SIGNS = "$€£¥₽₹₸₺₩₫₴₼№%‰−–—…·×÷±≈≥≤→←↑↓«»„“”’‘½ өүңқғәіў\u00a0\u202f\u2009"


@pytest.mark.parametrize("role", [field.name for field in fields(theme.Scheme)])
def test_the_page_has_the_colours_of_the_charts(role):
    assert TOKENS[role] == f"light-dark({getattr(theme.LIGHT, role)}, {getattr(theme.DARK, role)})"


@pytest.mark.parametrize("status", list(Status))
def test_a_status_has_one_colour_everywhere(status):
    token = f"status-{status.value.replace('_', '-')}"
    assert TOKENS[token] == f"light-dark({theme.STATUS_LIGHT[status]}, {theme.STATUS_DARK[status]})"
    assert f".status-{status.value} {{ color: var(--{token}); }}" in STYLES


@pytest.mark.parametrize("role", theme.COMPARED["light"])
def test_compared_targets_have_the_colours_of_their_lines(role):
    sheet = (ROOT / "static/css/comparison.css").read_text()
    assert f"--{role}: light-dark({theme.COMPARED['light'][role]}, {theme.COMPARED['dark'][role]});" in sheet
    assert f".number-{role} {{ background: var(--{role}); }}" in sheet


def test_every_colour_is_a_token():
    used = [line for line in STYLES.splitlines() if re.search(r"#[0-9a-f]{3,8}\b", line) and "light-dark(" not in line]
    assert used == ["    :root { color-scheme: light; --paper: #fff; --small: 9pt; --smaller: 8.5pt; --lead: 13pt; "
                    "--title: 22pt; --gap: 16pt; --edge: 0px; }"]  # fmt: skip


def test_every_token_in_use_is_defined():
    everything = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css") if path.stem != "admin")
    defined = set(re.findall(r"(--[\w-]+):", everything))
    assert set(re.findall(r"var\((--[\w-]+)\)", everything)) <= defined


def test_the_style_sheets_are_small():
    assert sum(len(gzip.compress(path.read_bytes())) for path in SHEETS) < 12_000


def test_the_style_sheets_fetch_nothing_but_the_fonts():
    addresses = re.findall(r"url\(\"?([^\")]+)", STYLES)
    assert addresses
    assert all((ROOT / "static/css" / address).resolve().is_file() for address in addresses)


@pytest.mark.parametrize("path", FONTS, ids=[path.name for path in FONTS])
def test_a_font_has_the_name_by_which_charts_and_pages_ask_for_it(path):
    names = TTFont(path)["name"]
    assert names.getDebugName(16) == theme.FONT_FAMILY
    assert f'font-family: "{theme.FONT_FAMILY}"' in STYLES


@pytest.mark.parametrize("path", FONTS, ids=[path.name for path in FONTS])
def test_a_font_has_every_letter_that_is_printed(path):
    known = set(TTFont(path).getBestCmap())
    messages = [
        entry.msgid + entry.msgstr for entry in polib.pofile(ROOT / "tradewatch/locale/ru/LC_MESSAGES/django.po")
    ]
    economies = json.loads((ROOT / "data/catalogue/economies.json").read_text())
    names = [value for economy in economies for name, value in economy.items() if name.startswith("name_")]
    letters = {letter for text in [*messages, *names, SIGNS] for letter in text if letter.isprintable()}
    assert sorted(letter for letter in letters if ord(letter) not in known) == []


@pytest.mark.parametrize("path", FONTS, ids=[path.name for path in FONTS])
def test_a_font_sets_figures_of_one_width_where_a_table_asks_for_it(path):
    features = {record.FeatureTag for record in TTFont(path)["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features


def test_a_font_for_the_web_is_no_larger_than_a_photograph_thumbnail():
    assert [path.name for path in FONTS if path.suffix == ".woff2" and path.stat().st_size > 50_000] == []


def test_the_licence_stands_beside_the_fonts():
    licence = (ROOT / "static/fonts/OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "with Reserved Font Name" not in licence.split("-----")[0]
