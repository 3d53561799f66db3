"""What the template library prints: marks that need no colour, a rail with a name, addresses of the other language."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from decimal import Decimal

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from targets.charts.theme import SHAPES
from targets.progress import Flag, Rail, RailMark, Status
from targets.records import TargetRow
from tests.wording.made_up import PAIR, assessment, reading, silent, target

BAR = Rail(
    base=100e6,
    target=500e6,
    marks=(RailMark("XFR", 0.08, False, False, 2024), RailMark("XIS", 1.0, True, False, 2023, fiscal="XIS")),
    notch=0.35,
)


def printed(source: str, **context: object) -> str:
    return Template("{% load tradewatch %}" + source).render(Context(context))


def requested(source: str, path: str) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    return Template("{% load tradewatch %}" + source).render(RequestContext(request, {}))


@pytest.mark.parametrize("status", Status)
def test_a_status_is_a_shape_a_word_and_a_class(status):
    with override("en"):
        mark = printed("{% status_mark status %}", status=status)
    assert f"status-{status.value}" in mark
    assert status.label in mark
    assert "<path" in mark


def test_every_status_has_a_shape_of_its_own():
    assert len({SHAPES[status] for status in Status}) == len(Status)


def test_the_rail_says_in_words_what_it_shows():
    with override("en"):
        drawn = printed("{% rail bar target %}", bar=BAR, target=target())
    said = re.search("<title>(.*)</title>", drawn)[1].replace("\u202f", " ")
    assert said == (
        "From $100m to the target of $500m. Freedonia, 2024: 8 % of the way. Calm Isles, 2022/23: above the target. "
        "The path asks for 35 % by now."
    )
    assert 'role="img"' in drawn


def test_a_side_whose_latest_year_is_the_base_stands_where_the_way_begins():
    first = replace(BAR.marks[0], share=0.0)
    for mark, told in ((first, "where the way begins"), (replace(first, under=True), "below the base")):
        bar = replace(BAR, marks=(mark,), notch=None)
        with override("en"):
            assert f"Freedonia, 2024: {told}." in printed("{% rail bar target %}", bar=bar, target=target())


def test_a_rail_without_a_base_neither_names_nor_draws_one():
    bar = replace(BAR, base=0.0, notch=None, from_base=False)
    with override("en"):
        drawn = printed("{% rail bar target %}", bar=bar, target=target())
        summed = printed("{% rail bar target %}", bar=bar, target=replace(target(), cumulative=True))
    said = re.search("<title>(.*)</title>", drawn)[1].replace("\u202f", " ")
    assert said == (
        "No base below the target of $500m is known. Freedonia, 2024: 8 % of the target. "
        "Calm Isles, 2022/23: above the target."
    )
    assert "Summed up towards the target of $500m." in summed
    assert "rail-bar" not in drawn
    assert "rail-fill" not in drawn
    assert "rail-bar" in printed("{% rail bar target %}", bar=replace(bar, from_base=True), target=target())


def test_a_rail_stored_by_an_older_version_has_a_base_unless_it_begins_at_nothing():
    older = {key: value for key, value in asdict(BAR).items() if key != "from_base"}
    assert "rail-bar" in printed("{% rail bar target %}", bar=older, target=target())
    assert "rail-bar" not in printed("{% rail bar target %}", bar={**older, "base": 0.0}, target=target())


def test_the_sides_of_a_rail_differ_by_shape_and_no_style_is_inline():
    drawn = printed("{% rail bar target %}", bar=BAR, target=target())
    assert "<circle" in drawn
    assert "rail-first" in drawn
    assert "rail-second" in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize("place", ["over", "under"])
def test_two_marks_above_the_target_or_below_the_base_do_not_hide_each_other(place):
    marks = tuple(replace(mark, over=place == "over", under=place == "under") for mark in BAR.marks)
    drawn = printed("{% rail bar target %}", bar=replace(BAR, marks=marks), target=target())
    heights = [float(y) for y in re.findall(r'class="rail-mark [^>]* y="([\d.]+)"', drawn)]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) > 11


def test_a_stored_rail_is_drawn_like_a_fresh_one():
    fresh = printed("{% rail bar target %}", bar=BAR, target=target())
    assert printed("{% rail bar target %}", bar=asdict(BAR), target=target()) == fresh


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_a_rail_nothing_is_drawn(nothing):
    assert printed("{% rail bar target %}", bar=nothing, target=target()) == ""


def test_fractions_are_written_with_points_in_every_language():
    with override("ru"):
        assert printed("{% rail bar target %}", bar=BAR, target=target()).count(",") == len(BAR.marks)


def test_both_sides_lines_are_decoration_told_apart_by_class_and_thickness():
    row = TargetRow(target(), assessment=None, rail={}, sparklines=(("XIS", "M0 0L1 1"), ("XFR", "M2 2h0")))
    drawn = printed("{% sparklines row %}", row=row)
    assert 'aria-hidden="true"' in drawn
    assert re.findall(r'class="line-(\w+)" d="([^"]+)".*?stroke-width="([\d.]+)"', drawn) == [
        ("second", "M0 0L1 1", "1.5"),
        ("first", "M2 2h0", "2.75"),
    ]
    assert printed("{% sparklines row %}", row=TargetRow(target(), None, rail={})) == ""


def test_an_english_text_on_a_russian_page_is_marked_as_english():
    with override("ru"):
        fallen_back = printed("{% in_language 'Hope' '' %}")
        assert fallen_back.startswith('<span lang="en">Hope</span>')
        assert "по-английски" in fallen_back
        assert printed("{% in_language 'Hope' 'Надежда' %}") == "Надежда"
        assert '<span lang="en">&lt;b&gt;</span>' in printed("{% in_language said '' %}", said="<b>")
    with override("en"):
        assert printed("{% in_language said '' %}", said="<b>") == "&lt;b&gt;"


def test_what_is_missing_is_a_dash():
    assert printed("{{ x|money:'USD' }}{{ x|percent }}{{ x|share }}{% year_label x %}", x=None) == "––––"


def test_filters_speak_the_language_of_the_page():
    with override("ru"):
        said = printed(
            "{{ x|money:'USD' }}|{{ pair|name }}|{{ status|word }}",
            x=Decimal(10**9),
            pair=PAIR,
            status=Status.MET,
        )
    assert said.replace("\u00a0", " ") == "1 млрд $|Фридония – Тихие острова|достигнута"


def test_the_verdict_is_escaped_like_any_text():
    judged = assessment(target(), silent("XFR"), silent("XIS"))
    with override("en"):
        said = printed("{% verdict_sentence target judged %}", target=target(), judged=judged)
        assert said.startswith("The target of $500m by 2030 for trade between Freedonia")
        assert "Freedonia&#x27;s" in printed("{% reading_sentence t r %}", t=target(), r=reading(Status.TOO_EARLY))


@pytest.mark.parametrize(
    ("path", "there"),
    [("/targets/?status=met&status=missed", "/ru/targets/?status=met&status=missed"), ("/about/", "/ru/about/")],
)
def test_the_other_language_is_the_same_page_with_the_same_query(path, there):
    with override("en"):
        assert requested("{% autoescape off %}{% language_url 'ru' %}{% endautoescape %}", path) == there
        assert requested("{% autoescape off %}{% language_url 'en' %}{% endautoescape %}", path) == path


def test_an_address_that_leads_nowhere_switches_to_the_home_page():
    request = RequestFactory().get("/no/such/page/")
    with override("en"):
        page = Template("{% load tradewatch %}{% language_url 'ru' %}").render(RequestContext(request, {}))
    assert page == "/ru/"


def test_only_a_target_with_a_deadline_was_replaced_before_it():
    source = "{% flag_word flag target %}"
    for language, dated, undated in (
        ("en", "replaced before its deadline", "replaced by a later version"),
        ("ru", "заменена до истечения срока", "заменена более поздней версией"),
    ):
        with override(language):
            assert printed(source, flag=Flag.REPLACED, target=target()) == dated
            assert printed(source, flag=Flag.REPLACED, target=target(deadline_year=None)) == undated
            assert printed(source, flag=Flag.NARROW, target=target(deadline_year=None)) != undated
