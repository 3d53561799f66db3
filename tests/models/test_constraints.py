"""What the database itself refuses, on both sides of each border, past every form and action."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import override

from targets.models import (
    CountryPair,
    Economy,
    ExchangeRate,
    Judgement,
    Release,
    RoadmapDocument,
    SlugRedirect,
    Source,
    Statement,
    Target,
    TurnoverFigure,
)
from targets.progress import Measure, Status
from targets.records import DocumentKind, ReviewState, SourceGrade, SourceKind
from tests.world import (
    NOON,
    TODAY,
    make_economy,
    make_figure,
    make_pair,
    make_rate,
    make_release,
    make_source,
    make_statement,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db


def refused(rule, make, *args, **fields):
    """Sees that the database refuses, and by which rule."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(*args, **fields)
    told = str(error.value)
    # SQLite names the columns of a plain unique constraint instead of the constraint.
    assert rule in told or (connection.vendor == "sqlite" and "UNIQUE constraint failed" in told), told


# Economies, pairs, rates, sources


def pair(first, second):
    return CountryPair.objects.create(first=make_economy(first), second=make_economy(second), slug=f"{first}-{second}")


def test_a_pair_is_two_economies_in_alphabetical_order():
    pair("XAR", "XBO")
    refused("pair_in_order", pair, "XCA", "XBO")
    refused("pair_in_order", pair, "XCA", "XCA")


def test_a_pair_is_there_once():
    pair("XAR", "XBO")
    pair("XAR", "XCA")
    refused("pair_once", CountryPair.objects.create, first_id="XAR", second_id="XBO", slug="another")


def test_a_number_of_the_united_nations_belongs_to_one_economy_and_many_may_have_none():
    make_economy("XAR", m49=901)
    make_economy("XBO", m49=902)
    make_economy("XCA")
    make_economy("XDO")
    refused("economy_m49_unique", make_economy, "XEE", m49=901)


def test_a_rate_is_positive_and_there_once_a_year():
    make_rate("EUR", 2024, "0.000000000001")
    make_rate("EUR", 2025, "1.1")
    refused("rate_positive", make_rate, "USX", 2024, "0")
    refused("rate_once", make_rate, "EUR", 2024, "1.2")


def test_an_address_belongs_to_one_source_and_many_may_have_none():
    make_source(url="https://news.example/a")
    make_source(url="")
    make_source(url="")
    refused("source_url_once", make_source, url="https://news.example/a")


def test_a_source_in_use_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        make_statement(make_target()).source.delete()


# Releases and figures


def test_a_withdrawal_has_a_moment_and_a_person_or_neither():
    make_release()
    make_release(withdrawn_at=NOON, withdrawn_by=make_user())
    refused("release_withdrawn_by_somebody", make_release, withdrawn_at=NOON)
    refused("release_withdrawn_by_somebody", make_release, withdrawn_by=make_user())


@pytest.mark.parametrize("field", ["exports", "imports", "turnover"])
def test_amounts_of_figures_are_zero_or_more(field):
    make_figure(**{field: Decimal(0)})
    refused("figure_not_negative", make_figure, **{field: Decimal("-0.01")})


def test_a_figure_has_an_amount():
    make_figure(exports=Decimal(1))
    refused("figure_has_an_amount", make_figure, turnover=None)


@pytest.mark.parametrize(("first", "last"), [(1, 12), (1, 1), (12, 12), (3, 9), (None, None)])
def test_months_in_order_are_taken(first, last):
    make_figure(from_month=first, through_month=last)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [(2024, 0, 12), (2024, 1, 13), (2024, 7, 6), (2024, 1, None), (2024, None, 12), (None, 1, 12)],
)
def test_months_out_of_order_half_given_or_without_a_year_are_refused(year, first, last):
    refused("figure_months_in_order", make_figure, year=year, from_month=first, through_month=last)


def test_a_figure_has_a_reporter_or_a_compiler():
    make_figure(reporter="XAR")
    make_figure(reporter="", compiler="press")
    refused("figure_reporter_or_compiler", make_figure, reporter="XAR", compiler="press")
    refused("figure_reporter_or_compiler", make_figure, reporter="", compiler="")


KEY = [
    {"year": 2023},
    {"through_month": 9},
    {"from_month": 2},
    {"fiscal": "XAR"},
    {"measure": Measure.UNSPECIFIED_TURNOVER},
    {"currency": "EUR"},
    {"year": None},
]


@pytest.mark.parametrize("reporter", ["XAR", ""])
@pytest.mark.parametrize("other", KEY)
def test_a_release_has_one_figure_of_a_key_and_another_of_another(reporter, other):
    make_pair()
    release = make_release()
    rule = "figure_once_a_reporter" if reporter else "figure_once_a_compiler"
    make_figure(reporter=reporter, release=release)
    make_figure(**{"reporter": reporter, "release": release, **other})
    refused(rule, make_figure, reporter=reporter, release=release)
    refused(rule, make_figure, **{"reporter": reporter, "release": release, **other})


def test_both_sides_two_compilers_and_two_pairs_may_speak_in_one_release():
    release = make_release()
    make_figure(reporter="XAR", release=release)
    make_figure(reporter="XBO", release=release)
    make_figure(reporter="", compiler="press", release=release)
    make_figure(reporter="", compiler="bank", release=release)
    make_figure(make_pair("XAR", "XCA"), reporter="XAR", release=release)
    assert TurnoverFigure.objects.count() == 5


def test_a_current_level_without_a_year_is_there_once_too():
    """Empty columns are equal here: a plain unique constraint would let them all pass."""
    release = make_release()
    make_figure(year=None, release=release)
    refused("figure_once_a_reporter", make_figure, year=None, release=release)


def test_a_figure_cannot_refer_to_an_economy_that_is_not_there():
    figure = make_figure()

    def misdirect():
        TurnoverFigure.objects.filter(pk=figure.pk).update(reporter="XZZ")
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic():
        misdirect()


# Targets


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": Decimal("0.01")},
        {"factor": Decimal("1.001")},
        {"factor": Decimal(2), "baseline_amount": Decimal("0.01"), "baseline_year": 2019},
        {"amount": Decimal(2), "amount_high": Decimal("2.01")},
        {"factor": Decimal(2), "currency": ""},
        {"deadline_year": None},
        {"deadline_year": 2030, "deadline_basis": "computed"},
    ],
)
def test_a_sound_target_is_taken(fields):
    make_target(**fields)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("target_amounts_positive", {"amount": Decimal(0)}),
        ("target_amounts_positive", {"amount": Decimal(-1)}),
        ("target_amounts_positive", {"factor": Decimal(1)}),
        ("target_amounts_positive", {"factor": Decimal(2), "baseline_amount": Decimal(0)}),
        ("target_range_in_order", {"amount": Decimal(2), "amount_high": Decimal(2)}),
        ("target_range_in_order", {"amount": Decimal(2), "amount_high": Decimal(1)}),
        ("target_range_in_order", {"factor": Decimal(2), "amount_high": Decimal(1)}),
        ("target_amount_or_multiple", {"amount": None}),
        ("target_amount_has_currency", {"currency": ""}),
        ("target_deadline_with_basis", {"deadline_year": None, "deadline_basis": "stated"}),
        ("target_deadline_with_basis", {"deadline_year": 2030, "deadline_basis": "none"}),
    ],
)
def test_a_target_that_cannot_be_is_refused(rule, fields):
    refused(rule, make_target, **fields)


def test_a_link_has_a_relation_and_a_relation_a_link():
    target = make_target()
    make_target(target.pair, superseded_by=target, relation="raised")
    refused("target_superseded_with_relation", make_target, superseded_by=target)
    refused("target_superseded_with_relation", make_target, relation="raised")


def test_a_target_does_not_follow_itself():
    target = make_target()
    target.superseded_by, target.relation = target, "raised"
    refused("target_not_its_own_successor", target.save)


def test_a_target_is_followed_only_by_one_of_its_own_pair():
    here, there = make_pair("XAR", "XBO"), make_pair("XAR", "XCA")
    later, stranger = make_target(here), make_target(there)
    earlier = make_target(here, superseded_by=later, relation="raised")

    def link(target, to, **fields):
        Target.objects.filter(pk=target.pk).update(superseded_by=to, relation="raised", **fields)
        # PostgreSQL looks at foreign keys when a transaction ends, or when it is told to.
        connection.check_constraints()

    def add(pair):
        make_target(pair, superseded_by=later, relation="raised")
        connection.check_constraints()

    add(here)
    refused("target_superseded_in_pair", add, there)
    link(earlier, later)
    refused("target_superseded_in_pair", link, earlier, stranger)
    refused("target_superseded_in_pair", link, earlier, later, pair=there)
    link(earlier, stranger, pair=there)
    refused("target_superseded_in_pair", link, stranger, earlier, pair=here)


def test_a_target_that_others_lead_to_does_not_leave_their_pair():
    later = make_target()
    make_target(later.pair, superseded_by=later, relation="raised")

    def move(pair):
        Target.objects.filter(pk=later.pk).update(pair=pair)
        connection.check_constraints()

    move(later.pair)
    refused("target_superseded_in_pair", move, make_pair("XAR", "XCA"))


def test_a_target_that_another_leads_to_cannot_be_deleted():
    target = make_target()
    make_target(target.pair, superseded_by=target, relation="raised")
    with pytest.raises(ProtectedError):
        target.delete()


def test_a_slug_leads_to_one_target():
    target = make_target(slug="xar-xbo-one")
    refused("targets_target", make_target, slug="xar-xbo-one")
    SlugRedirect.objects.create(slug="xar-xbo-old", target=target)
    refused("targets_slugredirect", SlugRedirect.objects.create, slug="xar-xbo-old", target=target)


# What is published says when and by whom

PUBLISHED = {"state": ReviewState.PUBLISHED}


def make_paper(**fields):
    return RoadmapDocument.objects.create(
        pair=make_pair(),
        kind=DocumentKind.ROADMAP,
        title=f"No. {RoadmapDocument.objects.count()}",
        source=make_source(),
        **fields,
    )


def make_said(**fields):
    return Statement.objects.create(target=make_target(), summary_en="Said so.", source=make_source(), **fields)


def make_goal(**fields):
    return make_target(published=False, **fields)


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("target_published_by_somebody", make_goal),
        ("statement_published_by_somebody", make_said),
        ("document_published_by_somebody", make_paper),
    ],
)
def test_published_records_and_no_others_say_when_and_by_whom(rule, make):
    somebody = make_user()
    make(**PUBLISHED, published_at=NOON, published_by=somebody)
    for state in (ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.RETURNED):
        make(state=state)
        refused(rule, make, state=state, published_at=NOON, published_by=somebody)
        refused(rule, make, state=state, published_at=NOON)
    refused(rule, make, **PUBLISHED)
    refused(rule, make, **PUBLISHED, published_at=NOON)
    refused(rule, make, **PUBLISHED, published_by=somebody)


# Statements, documents, judgements


def test_a_statement_is_there_once_with_or_without_a_day():
    target, source = make_target(), make_source()
    for said in ({}, {"stated_on": None}, {"stated_on": date(2021, 1, 1)}, {"speaker": ""}):
        make_statement(target, source=source, **said)
    refused("statement_once", make_statement, target, source=source)
    refused("statement_once_undated", make_statement, target, source=source, stated_on=None)
    make_statement(target)
    make_statement(make_target(), source=source)


def test_a_document_is_there_once_a_pair_and_kind():
    fields = {"pair": make_pair(), "kind": DocumentKind.ROADMAP, "title": "To 2030", "source": make_source()}
    RoadmapDocument.objects.create(**fields)
    RoadmapDocument.objects.create(**fields | {"kind": DocumentKind.PROGRAMME})
    RoadmapDocument.objects.create(**fields | {"pair": make_pair("XAR", "XCA")})
    refused("document_once", RoadmapDocument.objects.create, **fields)


def test_a_target_has_one_verdict_and_one_judgement_a_voice():
    target = make_target()
    fields = {"target": target, "status": Status.MET, "assessed_on": TODAY}
    Judgement.objects.create(**fields, is_verdict=True, by="XAR")
    Judgement.objects.create(**fields, is_verdict=False, by="XAR")
    Judgement.objects.create(**fields, is_verdict=False, by="XBO")
    refused("judgement_one_verdict", Judgement.objects.create, **fields, is_verdict=True, by="XBO")
    refused("judgement_one_a_reading", Judgement.objects.create, **fields, is_verdict=False, by="XBO")


# Words


def test_a_word_outside_the_vocabulary_is_refused_by_name_when_a_form_checks_it():
    source = Source(key="x", kind="friend", grade=SourceGrade.AGENCY, publisher="X")
    with pytest.raises(ValidationError, match="friend"):
        source.full_clean()


def test_words_come_back_as_words():
    source = Source.objects.get(pk=make_source(kind=SourceKind.DOCUMENT).pk)
    assert source.kind is SourceKind.DOCUMENT
    assert Target.objects.get(pk=make_target().pk).relation == ""


def test_money_keeps_its_cents_up_to_fifteen_digits():
    make_figure(turnover=Decimal("9999999999999.99"))
    assert TurnoverFigure.objects.get().turnover == Decimal("9999999999999.99")
    make_rate("TRL", 1999, "0.000002420844")
    assert ExchangeRate.objects.get().usd_per_unit == Decimal("0.000002420844")


def test_names_of_records_say_what_they_are():
    figure = make_figure()
    assert str(figure) == "xar-xbo 2024 XAR"
    assert str(figure.pair) == "Arlandia – Borovia"
    assert str(Economy.objects.get(pk="XAR")) == "Arlandia"
    release = Release.objects.get()
    assert str(release) == f"Statistics of Arlandia, 22 November 2026 (no. {release.pk})"
    with override("ru"):
        assert str(release) == f"Statistics of Arlandia, 22 ноября 2026 г. (№ {release.pk})"
