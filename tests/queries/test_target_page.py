"""One target: what its page is made of, what never shows, what a past day knew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from targets import queries
from targets.actions import judgements, releases
from targets.models import AuditEvent, Judgement, RoadmapMeasure, SlugRedirect, Target, VerdictChange
from targets.progress import Flag, Measure, Status, second_opinion, sparklines
from targets.queries.judging import SPARKLINE, prices, series_among, series_maker, voices
from targets.queries.shapes import target_record
from targets.records import ChangeCause, DatePrecision, MeasureState, PartialDate, Relation
from tests import world

pytestmark = pytest.mark.django_db


def page(slug, **asked):
    return queries.target_page(slug, today=world.TODAY, **asked)


def published(moment, **fields):
    return world.make_target(published_at=moment, **fields)


def test_a_page_holds_the_target_its_evidence_and_its_assessment():
    targets = world.make_world()
    found = page(targets["going"].slug)
    assert found.target.slug == "xar-xbo-500mn-usd-2030"
    assert (found.target.pair.first.name_en, found.target.pair.second.name_ru) == ("Arlandia", "Боровия")
    assert found.target.amount == 500_000_000
    assert found.assessment.verdict.status is Status.FAR_TOO_SLOW
    assert [reading.by for reading in found.assessment.readings] == ["XAR", "XBO"]
    assert [series.by for series in found.series] == ["XAR", "XBO"]
    assert len(found.figures) == 13
    assert [figure.year for figure in found.partial_periods] == [2026]
    assert [statement.speaker for statement in found.statements] == ["Ilva Marn"]
    assert [document.title_ru for document in found.documents] == ["Дорожная карта сотрудничества"]
    assert [earlier.slug for earlier in found.earlier] == [targets["earlier"].slug]
    assert found.earlier[0].relation is Relation.POSTPONED
    assert found.later is None
    assert found.through == world.NOON
    assert found.rates == ()


def test_an_earlier_version_knows_its_successor_and_that_it_was_replaced():
    targets = world.make_world()
    found = page(targets["earlier"].slug)
    assert found.later.slug == found.target.successor == targets["going"].slug
    assert found.target.replaced
    assert Flag.REPLACED in found.assessment.verdict.flags
    assert found.earlier == ()
    assert [row.target.slug for row in found.siblings] == [targets["going"].slug]


def test_a_next_step_replaces_nothing():
    pair = world.make_pair()
    step = world.make_target(pair)
    first = world.make_target(pair, superseded_by=step, relation=Relation.NEXT_STEP)
    assert not page(first.slug).target.replaced
    assert page(first.slug).later.slug == step.slug


def test_a_target_superseded_after_its_deadline_keeps_its_verdict():
    pair = world.make_pair()
    later = world.make_target(pair, first_stated_on=date(2024, 1, 1))
    first = world.make_target(pair, deadline_year=2023, superseded_by=later, relation=Relation.POSTPONED)
    assert not page(first.slug).target.replaced


def test_all_that_lead_to_a_target_come_oldest_first_however_far_back():
    pair = world.make_pair()
    last = world.make_target(pair, first_stated_on=date(2024, 1, 1))
    branch = world.make_target(pair, first_stated_on=date(2021, 1, 1), superseded_by=last, relation="restated")
    middle = world.make_target(pair, first_stated_on=date(2022, 1, 1), superseded_by=last, relation="raised")
    oldest = world.make_target(pair, first_stated_on=date(2018, 1, 1), superseded_by=middle, relation="postponed")
    world.make_target(pair, first_stated_on=date(2017, 1, 1))
    assert [earlier.slug for earlier in page(last.slug).earlier] == [oldest.slug, branch.slug, middle.slug]
    assert [earlier.slug for earlier in page(middle.slug).earlier] == [oldest.slug]


def test_a_circle_of_successors_ends():
    pair = world.make_pair()
    first, second = world.make_target(pair), world.make_target(pair)
    for one, other in ((first, second), (second, first)):
        Target.objects.filter(pk=one.pk).update(superseded_by=other, relation="restated")
    assert [earlier.slug for earlier in page(first.slug).earlier] == [second.slug]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_is_not_published_has_no_page_and_no_trace(state):
    targets = world.make_world()
    hidden = targets["draft"]
    Target.objects.filter(pk=hidden.pk).update(state=state)
    assert page(hidden.slug) is None
    assert page(targets["kept"].slug).siblings == ()


def test_an_unpublished_successor_leaves_no_trace():
    targets = world.make_world()
    hidden = world.make_target(targets["going"].pair, published=False, slug="hidden-successor")
    Target.objects.filter(pk=targets["going"].pk).update(superseded_by=hidden, relation="lowered")
    found = page(targets["going"].slug)
    assert (found.target.successor, found.target.relation, found.target.replaced) == ("", None, False)
    assert found.later is None
    assert "hidden" not in repr(found)


def test_an_unpublished_version_between_two_published_ones_cuts_the_chain():
    pair = world.make_pair()
    last = world.make_target(pair)
    hidden = world.make_target(pair, published=False, superseded_by=last, relation="raised")
    world.make_target(pair, superseded_by=hidden, relation="postponed")
    assert page(last.slug).earlier == ()


def test_unpublished_statements_and_documents_do_not_show():
    target = world.make_target()
    world.make_statement(target, published=False, speaker="Somebody unheard")
    world.make_document(target, published=False, title="A secret protocol")
    found = page(target.slug)
    assert (found.statements, found.documents) == ((), ())


def test_statements_come_oldest_first_and_undated_ones_last():
    target = world.make_target()
    for year in (2022, None, 2019):
        world.make_statement(
            target, stated_on=year and date(year, 1, 1), speaker=f"said in {year}", sides=("XBO", "XAR")
        )
    found = page(target.slug).statements
    assert [statement.speaker for statement in found] == ["said in 2019", "said in 2022", "said in None"]
    assert found[0].sides == ("XAR", "XBO")


def test_measures_of_a_document_come_by_due_day_in_both_languages():
    target = world.make_target()
    document = world.make_document(target)
    RoadmapMeasure.objects.create(document=document, text="Some day", text_ru="Когда-нибудь")
    RoadmapMeasure.objects.create(document=document, text="A bridge", due_on=date(2027, 5, 1), state="planned")
    bridge, some_day = page(target.slug).documents[0].measures
    assert (bridge.text, bridge.due_on, bridge.state) == ("A bridge", date(2027, 5, 1), MeasureState.PLANNED)
    assert (some_day.text, some_day.text_ru, some_day.due_on) == ("Some day", "Когда-нибудь", None)


def test_the_day_decides_the_verdict():
    targets = world.make_world()
    kept = targets["kept"].slug
    assert page(kept).assessment.verdict.status is Status.MET
    early = queries.target_page(kept, today=date(2020, 6, 1))
    assert early.assessment.today == date(2020, 6, 1)
    far = queries.target_page(targets["going"].slug, today=date(2034, 1, 1))
    assert far.assessment.verdict.status is not page(targets["going"].slug).assessment.verdict.status


def test_a_past_day_knows_neither_later_figures_nor_later_targets_nor_later_statements():
    pair = world.make_pair()
    day = date(2026, 3, 10)
    before, after = datetime(2026, 3, 10, 23, 59, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC)
    later = published(after, pair=pair)
    target = published(before, pair=pair, superseded_by=later, relation="lowered")
    world.make_statement(target, published_at=before, speaker="Early")
    world.make_statement(target, published_at=after, speaker="Late")
    world.make_document(target, published_at=after)
    world.make_figure(pair, release=world.make_release(world.make_office(), recorded_at=before), turnover=Decimal(1))
    world.make_figure(pair, release=world.make_release(world.make_office(), recorded_at=after), turnover=Decimal(2))
    then, now = page(target.slug, as_of=day), page(target.slug)
    assert [figure.turnover for figure in then.figures] == [1]
    assert [figure.turnover for figure in now.figures] == [2]
    assert ([one.speaker for one in then.statements], then.documents) == (["Early"], ())
    assert [one.speaker for one in now.statements] == ["Early", "Late"]
    assert (then.later, then.target.successor, then.siblings) == (None, "", ())
    assert now.later.slug == later.slug
    assert (then.as_of, then.assessment.today) == (day, day)
    assert page(target.slug, as_of=day - timedelta(days=1)) is None
    assert page(later.slug, as_of=day) is None


def test_only_the_rates_that_convert_something_come_with_the_page():
    pair = world.make_pair()
    for year in (2022, 2023, 2024):
        world.make_rate("EUR", year, "1.1")
        world.make_rate("NZD", year, "0.6")
    world.make_figure(pair, year=2023, currency="EUR")
    world.make_figure(pair, year=2024)
    dollars = world.make_target(pair)
    home_currency = world.make_target(pair, currency="NZD")
    rates = page(dollars.slug).rates
    assert [(rate.currency, rate.year) for rate in rates] == [("EUR", 2023)]
    rates = page(home_currency.slug).rates
    assert [(rate.currency, rate.year) for rate in rates] == [("EUR", 2023), ("NZD", 2023), ("NZD", 2024)]


def test_a_compiler_without_a_full_year_has_no_reading():
    pair = world.make_pair()
    world.make_figure(pair, "", 2024, through_month=6, compiler="a news agency")
    target = world.make_target(pair)
    assert [reading.by for reading in page(target.slug).assessment.readings] == ["XAR", "XBO"]


def test_a_former_slug_leads_to_the_published_target_only():
    target, hidden = world.make_target(), world.make_target(published=False)
    SlugRedirect.objects.create(slug="once", target=target)
    SlugRedirect.objects.create(slug="secret", target=hidden)
    assert queries.target_slug_redirect("once") == target.slug
    assert queries.target_slug_redirect("secret") == ""
    assert queries.target_slug_redirect("never") == ""


@pytest.mark.parametrize("times", [1, 10])
def test_a_target_page_is_at_most_nine_queries(times, django_assert_max_num_queries):
    pair = world.make_pair()
    target = world.make_target(pair)
    for number in range(times):
        world.make_target(pair, superseded_by=target, relation="raised")
        world.make_statement(target, speaker=str(number), sides=("XAR",))
        RoadmapMeasure.objects.create(document=world.make_document(target), text="A bridge")
        world.make_figure(pair, year=2000 + number, currency="EUR")
        world.make_rate("EUR", 2000 + number, "1.1")
    with django_assert_max_num_queries(9) as asked:
        found = page(target.slug)
    assert len(asked) == 9
    assert len(found.siblings) == len(found.statements) == len(found.documents) == times
    with django_assert_max_num_queries(4):
        drawn = page(target.slug, whole=False)
    left_out = {"statements": (), "documents": (), "siblings": (), "changes": (), "mirror": None, "reworded": ()}
    assert drawn == replace(found, **left_out)


def test_targets_of_one_pair_are_judged_each_by_the_series_it_would_have_alone():
    pair = world.make_pair()
    for year in range(2015, 2023):
        world.make_figure(pair, year=year)
        world.make_figure(pair, year=year, measure=Measure.NON_OIL_TURNOVER, currency="EUR")
        # Named by the year in which it ends, so that this calendar alone knows 2023, and the other one 2015.
        world.make_figure(pair, year=year, fiscal="XAR")
        world.make_rate("EUR", year, "1.1")
    figures = queries.current_figures([pair.slug])
    given = voices(figures), prices(queries.exchange_rates(figures, [])), world.TODAY
    shared = series_maker(*given)
    asked = product((Measure.GOODS_TURNOVER, Measure.NON_OIL_TURNOVER), ("USD", "EUR"), (2015, 2022, 2023, None))
    calendars = set()
    for measure, currency, deadline in asked:
        target = world.make_target(pair, measure=measure, currency=currency, deadline_year=deadline)
        terms = target_record(target).terms()
        assert shared(terms) == series_among(terms, *given)
        calendars.add(shared(terms)[0].fiscal)
    assert calendars == {"", "XAR"}


def test_a_bloc_named_as_compiler_of_its_own_trade_speaks_for_itself():
    world.make_economy("XUNION", members=("XBO",))
    pair = world.make_pair("XAR", "XUNION")
    target = world.make_target(pair)
    world.make_figure(pair, reporter="", compiler="XUNION", year=2025, turnover=10)
    found = page(target.slug)
    assert [(series.by, len(series.points)) for series in found.series] == [("XAR", 0), ("XUNION", 1)]
    assert found.assessment.lead.by == "XUNION"


def test_a_page_tells_how_its_verdict_changed_and_why():
    pair = world.make_pair()
    target = world.make_target(pair, amount=Decimal(500_000_000), first_stated_on=date(2020, 1, 1))
    world.make_years(pair, "XAR", {2019: 100, 2024: 110, 2025: 120})
    world.refresh()
    release = world.make_release(world.make_office("XBO"), vintage=date(2026, 3, 1))
    world.make_figure(pair, "XAR", 2025, release, turnover=Decimal(900_000_000))
    editor = world.make_user("eva", "editor")
    judgements.refresh(by=editor, pairs=[pair.pk], today=world.TODAY)
    releases.withdraw_release(by=editor, release=release, reason="a slip", today=world.TODAY)
    told = page(target.slug).changes
    assert [(change.before, change.after, change.cause) for change in told] == [
        (None, Status.FAR_TOO_SLOW, ChangeCause.FIRST),
        (Status.FAR_TOO_SLOW, Status.MET, ChangeCause.REVISION),
        (Status.MET, Status.FAR_TOO_SLOW, ChangeCause.WITHDRAWAL),
    ]
    assert page(target.slug, as_of=date(2020, 1, 1)) is None


def test_verdicts_on_a_draft_are_nobody_s_history():
    target = world.make_target(published=False)
    event = AuditEvent.objects.create(by=world.make_user(), verb="refresh", object_kind="target", object_key="x")
    for after, moment in [(Status.MET, 1), (Status.MISSED, 2), (Status.DISPUTED, 4)]:
        VerdictChange.objects.create(
            target=target,
            to_status=after,
            cause=ChangeCause.TIME,
            event=event,
            changed_at=datetime(2026, 1, moment, tzinfo=UTC),
        )
    Target.objects.filter(pk=target.pk).update(
        state="published", published_at=datetime(2026, 1, 3, tzinfo=UTC), published_by=world.make_user("eva", "editor")
    )
    assert [change.after for change in page(target.slug).changes] == [Status.MISSED, Status.DISPUTED]


def test_a_year_that_is_not_over_is_neither_judged_nor_shown_as_used():
    pair = world.make_pair()
    target = world.make_target(pair)
    *_known, forecast = world.make_years(pair, "XAR", {2022: 90, 2023: 100, 2024: 110, 2025: 120, 2026: 600})
    found = page(target.slug)
    assert found.figures[-1].id == forecast.pk, "the table keeps it"
    (series, _other) = found.series
    assert [point.year for point in series.points] == [2022, 2023, 2024, 2025]
    assert found.assessment.verdict.status is not Status.MET
    assert second_opinion(found.assessment.terms, series).ratio == pytest.approx(10 * 5 / 380)
    assert page(target.slug, as_of=world.TODAY).series[0].points[-1].year == 2025
    world.refresh()
    (line,) = sparklines([series.points], *SPARKLINE)
    assert Judgement.objects.get(is_verdict=True).sparkline == f"{line}\tXAR"
    (row,) = queries.pair_page(pair.slug, today=world.TODAY).targets
    assert row.sparklines == (("XAR", line),)


def test_a_target_first_stated_on_a_day_that_only_another_one_of_the_pair_tells_of_leads_there(client):
    pair = world.make_pair()
    day = {"stated_on": date(2020, 5, 1), "stated_on_precision": DatePrecision.DAY}
    later = world.make_target(pair, slug="later", deadline_year=2035)
    sooner = world.make_target(pair, slug="sooner", superseded_by=later, relation="postponed")
    strange = world.make_target(world.make_pair("XAR", "XCA"), slug="strange")
    world.make_statement(strange, **day)
    world.make_statement(later, stated_on=date(2021, 2, 3))
    hidden = world.make_statement(sooner, published=False, **day)
    assert queries.target_page("later", today=world.TODAY).told_with is None, "drafts tell nothing"
    world.make_statement(sooner, context_only=True, **day)
    assert queries.target_page("later", today=world.TODAY).told_with is None, "nor does what was said around it"
    hidden.delete()
    world.make_statement(sooner, **day)
    found = queries.target_page("later", today=world.TODAY)
    assert found.told_with.slug == "sooner"
    assert [one.stated.on for one in found.statements] == [date(2021, 2, 3)], "its own alone"
    assert queries.target_page("sooner", today=world.TODAY).told_with is None
    for prefix, words in (
        ("", "the earliest listed: 3 February 2021"),
        ("/ru", "самое раннее из приведённых: 3 февраля 2021"),
    ):
        shown = client.get(f"{prefix}/targets/later/").text.replace("\u00a0", " ")
        assert words in shown
        assert f'href="{prefix}/targets/sooner/#statements"' in shown
        assert words not in client.get(f"{prefix}/targets/sooner/").text.replace("\u00a0", " ")
    world.make_statement(later, **day)
    found = queries.target_page("later", today=world.TODAY)
    assert (found.told_with, found.first_said.stated.on) == (None, date(2020, 5, 1))


@pytest.mark.parametrize(
    ("first", "other", "within"),
    [
        ((2021, 3, 1, "month"), (2021, 3, 10, "day"), True),
        ((2021, 3, 1, "month"), (2021, 3, 1, "month"), True),
        ((2021, 1, 1, "year"), (2021, 3, 1, "month"), True),
        ((2021, 3, 10, "day"), (2021, 3, 1, "month"), False),
        ((2021, 3, 1, "month"), (2021, 4, 1, "day"), False),
        ((2021, 3, 1, "unknown"), (2021, 3, 1, "day"), False),
    ],
)
def test_a_date_holds_the_finer_ones_within_it(first, other, within):
    one, two = (PartialDate(date(*given[:3]), DatePrecision(given[3])) for given in (first, other))
    assert one.holds(two) is within
