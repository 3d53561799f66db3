"""Where the base figure is an approximate one, whatever names its amount says so: page, list, card, fact sheet."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from targets import gallery, queries
from targets.actions import judgements
from targets.models import Judgement, TurnoverFigure
from targets.progress import Rail, rail
from targets.wording import basis_sentences, rail_words, verdict_sentence
from tests import world

pytestmark = pytest.mark.django_db

SLUG = "rough"
ROUGH = pytest.mark.parametrize("rough", [True, False], ids=["approximate", "exact"])
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest.fixture(autouse=True)
def day(monkeypatch):
    for module in ("pages", "sheets", "cards"):
        monkeypatch.setattr(f"targets.views.{module}.utc_today", lambda: world.TODAY)


def made(rough, **fields):
    """A target of 500 million for 2030, or a multiple, with a base of 120 million in 2019 and 180 million in 2024."""
    pair = world.make_pair("XAR", "XBO")
    target = world.make_target(pair, slug=SLUG, **fields)
    world.make_years(pair, "XAR", {2019: 120}, approximate=rough)
    world.make_years(pair, "XAR", {2024: 180})
    world.refresh()
    queries.forget_data_version()
    return target


def shown():
    return queries.target_page(SLUG, today=world.TODAY)


def text_of(answer):
    return html.unescape(answer.content.decode()).translate(SPACES)


@ROUGH
@pytest.mark.parametrize(
    ("prefix", "exact", "about"),
    [("", "2019: $120m", "2019: about $120m"), ("/ru", "2019: 120 млн $", "2019: примерно 120 млн $")],
)
def test_the_reading_names_its_base_as_what_it_is(client, rough, prefix, exact, about):
    made(rough)
    page = text_of(client.get(f"{prefix}/targets/{SLUG}/"))
    assert (about in page, exact in page) == (rough, not rough)


@ROUGH
def test_how_it_was_judged_and_the_rail_name_it_as_what_it_is(client, rough):
    made(rough)
    page = shown()
    told = " ".join(basis_sentences(page.target, page.assessment)).translate(SPACES)
    assert f"Base year 2019 ({'about ' if rough else ''}$120m)." in told
    words = f"From {'about ' if rough else ''}$120m to the target of $500m."
    assert words in rail_words(page.rail, page.target).translate(SPACES)
    for address in ("/targets/", f"/targets/{SLUG}/"):
        assert words in text_of(client.get(address)), "the rail of a list is the stored one"


@ROUGH
def test_fact_sheet_and_share_card_name_it_as_what_it_is(client, rough):
    made(rough)
    sheet = PdfReader(io.BytesIO(client.get(f"/targets/{SLUG}/factsheet.pdf").content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in sheet.pages)).translate(SPACES)
    assert ("2019: about $120m" in text, "2019: $120m" in text) == (rough, not rough)
    assert gallery.card_of(shown())["way"]["base"].translate(SPACES) == f"2019: {'about ' if rough else ''}$120m"


@ROUGH
def test_a_multiple_of_it_is_no_more_exact_than_it(client, rough):
    made(rough, factor=Decimal(2), currency="")
    page = shown()
    aim = f"{'about ' if rough else ''}$240m"
    sentence = verdict_sentence(page.target, page.assessment).translate(SPACES)
    assert f" {aim} (twice the 2019 level)" in sentence
    assert f" {aim}." in rail_words(page.rail, page.target).translate(SPACES)
    shows = text_of(client.get(f"/targets/{SLUG}/"))
    assert sentence in shows
    assert f">{aim}<" in shows, "the amount to reach"
    with override("en"):
        assert any(f": {aim}" in words.translate(SPACES) for words in re.findall(r"double by 2030: [^<\"]+", shows))


def test_an_amount_that_was_stated_stays_exact_whatever_the_base():
    made(True)
    page = shown()
    assert "about" not in verdict_sentence(page.target, page.assessment)


def test_a_judgement_stored_before_bases_were_told_apart_is_made_anew(client):
    made(True)
    Judgement.objects.update(base_approximate=False)
    for stored in Judgement.objects.filter(is_verdict=True):
        del stored.rail["base_approximate"]
        stored.save()
    queries.forget_data_version()
    assert "From $120m to" in text_of(client.get("/targets/"))
    assert judgements.stale(today=world.TODAY) == [SLUG]
    world.refresh(world.TODAY + timedelta(days=1))
    queries.forget_data_version()
    assert "From about $120m to" in text_of(client.get("/targets/"))
    assert judgements.stale(today=world.TODAY) == []


def test_a_base_that_the_statement_gives_is_not_called_approximate_for_a_figure_of_another_year():
    pair = world.make_pair("XAR", "XBO")
    world.make_target(pair, slug=SLUG, factor=Decimal(2), baseline_year=2018, baseline_amount=Decimal(90_000_000))
    world.make_years(pair, "XAR", {2019: 120, 2024: 180}, approximate=True)
    reading = shown().assessment.reading("XAR")
    assert (reading.base_stated, reading.base_approximate) == (True, False)
    assert TurnoverFigure.objects.filter(approximate=True).exists()


def test_without_a_base_the_bar_begins_at_nothing_which_is_exact():
    made(True, deadline_year=None, first_stated_on=None)
    drawn = rail(shown().assessment)
    assert isinstance(drawn, Rail)
    assert (drawn.from_base, drawn.base_approximate) == (False, False)
