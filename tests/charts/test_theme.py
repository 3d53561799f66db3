import html
import itertools
import json
import math
import unicodedata
from pathlib import Path

import pytest

from targets.charts.theme import COMPARED, DARK, DECIDED, LIGHT, OUTCOMES, PALETTE, STATUS_DARK, STATUS_LIGHT
from targets.charts.traces import plain
from targets.progress import Status
from targets.records import Outcome
from tests.exports.svgs import font

# How people see who lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), on linear RGB.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TEXT_ROLES = ("ink", "muted", "first", "second", "compiler", "target", "earlier", "path")
SCHEMES = {"light": LIGHT, "dark": DARK}
LANGUAGES = ("en", "ru")
STATUSES = {"light": STATUS_LIGHT, "dark": STATUS_DARK}


def linear(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one, other):
    bright, dark = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dark + 0.05)


def lab(colour, sight):
    rgb = linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in sight)

    def root(t):
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
    y = root(0.2126 * r + 0.7152 * g + 0.0722 * b)
    z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_every_colour_of_text_has_enough_contrast_on_paper(name, role):
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, role), scheme.paper) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_colour_with_enough_contrast(name, status):
    assert contrast(STATUSES[name][status], SCHEMES[name].paper) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_the_sides_of_a_pair_are_told_apart_by_every_eye(name, sight):
    scheme = SCHEMES[name]
    colours = (scheme.first, scheme.second, scheme.compiler, scheme.target)
    for one, other in itertools.combinations(colours, 2):
        assert math.dist(lab(one, SIGHT[sight]), lab(other, SIGHT[sight])) > 20
    assert math.dist(lab(scheme.first, SIGHT[sight]), lab(scheme.second, SIGHT[sight])) > 70


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_kept_missed_and_slow_are_told_apart_by_every_eye(name, sight):
    colours = [STATUSES[name][status] for status in (Status.MET, Status.MISSED, Status.TOO_SLOW)]
    for one, other in itertools.combinations(colours, 2):
        assert math.dist(lab(one, SIGHT[sight]), lab(other, SIGHT[sight])) > 12


@pytest.mark.parametrize("name", SCHEMES)
def test_compared_targets_can_be_read_on_paper_and_are_no_two_of_one_colour(name):
    colours = list(COMPARED[name].values())
    assert all(contrast(colour, SCHEMES[name].paper) >= 4.5 for colour in colours)
    for one, other in itertools.combinations(colours, 2):
        assert math.dist(lab(one, SIGHT["full"]), lab(other, SIGHT["full"])) > 20
    taken = {*PALETTE[name].values(), *STATUSES[name].values()}
    assert not taken & set(colours)


def test_every_role_has_a_colour_of_its_own_so_that_a_colour_names_its_role():
    assert len(set(PALETTE["light"].values())) == len(PALETTE["light"])
    statuses = {role for role, colour in PALETTE["light"].items() if colour in set(STATUS_LIGHT.values())}
    assert statuses == set(DECIDED)


@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_decided_has_the_colour_of_its_status(name):
    assert {role: PALETTE[name][role] for role in DECIDED} == {
        role: STATUSES[name][status] for role, status in DECIDED.items()
    }


@pytest.mark.parametrize("name", SCHEMES)
def test_every_outcome_has_a_role_and_the_decided_ones_a_colour_of_their_own(name):
    assert set(OUTCOMES) == set(Outcome)
    decided = [outcome for outcome in Outcome if OUTCOMES[outcome] in DECIDED]
    assert [outcome.value for outcome in decided] == ["kept", "lost", "missed", "disputed"]
    assert len({PALETTE[name][OUTCOMES[outcome]] for outcome in decided}) == 4


def test_both_schemes_colour_the_same_roles():
    assert PALETTE["light"].keys() == PALETTE["dark"].keys()


def test_the_typeface_has_every_letter_of_what_a_chart_says():
    letters, _, _ = font(bold=False)
    catalogue = Path(__file__).resolve().parents[2] / "data" / "catalogue"
    sources = json.loads((catalogue / "sources.json").read_text("utf-8"))
    economies = json.loads((catalogue / "economies.json").read_text("utf-8"))
    said = {one["publisher"] for one in sources} | {
        one[f"name_{language}"] for one in economies for language in LANGUAGES
    }
    # Vietnamese and other accented letters that no publisher of today has in its name.
    said |= {chr(code) for code in range(0x100, 0x180) if unicodedata.normalize("NFD", chr(code)) != chr(code)}
    said |= {chr(code) for code in range(0x1EA0, 0x1EFA)}
    lacking = {text: plain(text) for text in said if any(ord(one) not in letters for one in html.unescape(plain(text)))}
    assert lacking == {}
