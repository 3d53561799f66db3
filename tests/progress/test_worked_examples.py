"""Published cases of the methodology, reproduced to 1e-9."""

import pytest

from targets.progress import Status, Weather, assess, growth_ratio, pace, six_point
from targets.progress.status import read
from tests.progress.make import TODAY, series, terms

EXACT = {"rel": 0, "abs": 1e-9}

PUBLISHED = [
    ("Open SDG tests, 1-5-4", 2015, 5, 2016, 6, 2030, 9, 5.004545663635249, Status.ON_TRACK),
    ("StatCan cif 12-1-1", 2015, 0.37, 2025, 9.53, 2030, 60, 0.9504069883014249, Status.ON_TRACK),
    ("StatCan cif 14-1-1", 2015, 0.9, 2024, 15.5, 2030, 30, 1.412414035287888, Status.ON_TRACK),
    ("StatCan cif 11-3-1", 2005, 63, 2020, 74, 2030, 85, 0.8949392974311927, Status.TOO_SLOW),
    ("StatCan cif 15-4-1", 2015, 10.1, 2023, 13.7, 2030, 30, 0.5160064971944834, Status.FAR_TOO_SLOW),
    ("StatCan gif 17-2-1", 2015, 0.27, 2023, 0.38, 2030, 0.7, 0.6656054028956886, Status.TOO_SLOW),
]

DESTATIS_17_3 = {
    2012: 0.618, 2013: 0.708, 2014: 0.714, 2015: 0.811, 2016: 0.876, 2017: 0.936, 2018: 0.940,
    2019: 0.942, 2020: 0.984, 2021: 1.041, 2022: 1.148, 2023: 1.022, 2024: 1.171,
}  # fmt: skip


@pytest.mark.parametrize(
    ("t0", "y0", "ti", "yi", "t", "y", "ratio", "status"),
    [case[1:] for case in PUBLISHED],
    ids=[c[0] for c in PUBLISHED],
)
def test_growth_ratio_and_pace_as_published(t0, y0, ti, yi, t, y, ratio, status):
    assert growth_ratio(t0, y0, ti, yi, t, y) == pytest.approx(ratio, **EXACT)
    assert pace(growth_ratio(t0, y0, ti, yi, t, y)) is status


def test_statcan_gif_14_5_1_is_met_and_keeps_its_ratio():
    found = read(terms(10, stated=2016, deadline=2030), series({2015: 0.9, 2023: 14.7}), TODAY)
    assert found.status is Status.MET
    assert found.growth_ratio == pytest.approx(2.3996836108900683, **EXACT)


def test_statcan_gif_2_1_1_base_latest_and_target_alike_is_met_without_a_ratio():
    found = read(terms(2.5, stated=2016, deadline=2030), series({2015: 2.5, 2023: 2.5}), TODAY)
    assert (found.status, found.growth_ratio) == (Status.MET, None)


@pytest.mark.parametrize(
    ("year", "weather"),
    [
        (2017, Weather.SUN),
        (2018, Weather.SUN),
        (2019, Weather.SUN),
        (2020, Weather.CLOUD),
        (2021, Weather.CLOUD),
        (2022, Weather.SUN),
        (2023, Weather.CLOUD),
        (2024, Weather.SUN),
    ],
)
def test_six_point_rule_as_destatis_published_it_for_imports_from_least_developed_countries(year, weather):
    known = [(at, value) for at, value in DESTATIS_17_3.items() if at <= year]
    assert six_point(known, 2030, 1.428).weather is weather


def test_belarus_kyrgyzstan_needs_24_7_percent_or_61_2_million_a_year_from_2024():
    kyrgyz = series({2023: 110e6, 2024: 133e6}, "KGZ")
    found = assess(terms(500e6, stated=2024, deadline=2030), [kyrgyz], TODAY).reading("KGZ")
    assert found is not None
    assert found.status is Status.TOO_EARLY
    assert found.catch_up_growth == pytest.approx((500 / 133) ** (1 / 6) - 1, **EXACT)
    assert f"{found.catch_up_growth:.1%}" == "24.7%"
    assert found.catch_up_step == pytest.approx(367e6 / 6, rel=1e-12)
    assert f"{found.catch_up_step / 1e6:.1f}" == "61.2"
