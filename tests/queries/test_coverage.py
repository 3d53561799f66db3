"""Coverage: how far each side's own figures reach, who fell silent, what is in one language only."""

import pytest

from targets import queries
from targets.actions import journal
from targets.models import RoadmapMeasure
from targets.progress import Measure
from targets.queries.coverage import PARTNERS_A_PAGE, ROWS_A_PAGE
from targets.records import FigureStanding, SeriesPage, TextKind, TextRow, Years
from tests import world

pytestmark = pytest.mark.django_db


def coverage(language="en"):
    """The first page, with what recording figures keeps."""
    world.refresh()
    queries.forget_data_version()
    return queries.coverage_page(language, today=world.TODAY)


def row_of(code):
    return next(row for row in coverage().reporters if row.economy.code == code)


def test_every_economy_of_a_published_target_has_a_row_by_its_name():
    world.make_world()
    world.make_target(world.make_pair("XDO", "XCA"), published=False)
    assert [row.economy.code for row in coverage().reporters] == ["XAR", "XBO", "XCA"]
    assert [row.economy.name_ru for row in coverage("ru").reporters] == ["Арландия", "Боровия", "Калдеры"]


def test_a_row_counts_pairs_with_targets_with_own_figures_and_with_recent_ones():
    world.make_world()
    world.make_target(world.make_pair("XBO", "XDO"))
    # No target asks for this pair.
    world.make_years(world.make_pair("XAR", "XDO"), "XAR", {2024: 5})
    assert (row_of("XBO").pairs, row_of("XBO").known, row_of("XBO").current) == (3, 2, 1)
    assert (row_of("XAR").pairs, row_of("XAR").known, row_of("XAR").current) == (1, 1, 1)
    assert (row_of("XDO").pairs, row_of("XDO").known, row_of("XDO").last) == (1, 0, None)


def test_tables_are_told_from_what_officials_and_the_press_said():
    pair = world.make_pair()
    world.make_target(pair)
    world.make_years(pair, "XAR", {2015: 5, 2019: 6})
    world.make_years(pair, "XAR", {2020: 6}, standing=FigureStanding.SAID)
    world.make_years(pair, "XAR", {2024: 7}, release=world.make_release())
    row = row_of("XAR")
    assert (row.tables, row.words) == (Years(2015, 2019), Years(2020, 2024))
    assert row.measures == (Measure.GOODS_TURNOVER,)


def test_who_fell_silent_has_no_figure_of_the_last_three_years():
    for code, years in (("XAR", {2010: 1, 2022: 5}), ("XBO", {2023: 5})):
        world.make_years(world.make_pair(code, "XCA"), code, years)
        world.make_target(world.make_pair(code, "XCA"))
    page = coverage()
    assert [row.economy.code for row in page.silent] == ["XAR"]
    assert [row.economy.code for row in page.never] == ["XCA"]
    assert page.without_tables == ()


def test_tables_that_ended_are_told_where_words_go_on():
    pair = world.make_pair()
    world.make_target(pair)
    world.make_years(pair, "XAR", {2021: 5})
    world.make_years(pair, "XAR", {2025: 7}, release=world.make_release())
    assert [row.economy.code for row in coverage().without_tables] == ["XAR"]
    assert coverage().silent == ()


def test_parts_of_years_years_that_run_and_withdrawn_releases_cover_nothing():
    pair = world.make_pair()
    world.make_target(pair)
    world.make_figure(pair, "XAR", 2025, through_month=11)
    world.make_figure(pair, "XAR", 2026)
    gone = world.make_release(withdrawn_at=world.NOON, withdrawn_by=world.make_user())
    world.make_figure(pair, "XAR", 2020, gone)
    assert row_of("XAR").last is None


def test_a_bloc_that_compiles_its_own_trade_reports_it():
    pair = world.make_pair("XAR", "XUNION")
    world.make_target(pair)
    world.make_figure(pair, "", 2024, compiler="XUNION")
    assert row_of("XUNION").last == 2024


def test_a_fiscal_year_covers_the_year_in_which_it_ends():
    pair = world.make_pair()
    world.make_target(pair)
    world.make_figure(pair, "XAR", 2021, fiscal="XAR")
    assert row_of("XAR").tables == Years(2022, 2022)


def test_one_economy_is_told_partner_by_partner_with_its_sources():
    world.make_world()
    world.make_target(world.make_pair("XBO", "XDO"))
    told = [
        (row.pair.slug, row.measure, row.publisher, row.years)
        for row in queries.series_page("XBO", "en", today=world.TODAY).rows
    ]
    office = "Statistics of Borovia"
    assert told == [
        ("xar-xbo", Measure.GOODS_TURNOVER, office, Years(2019, 2024, 4)),
        ("xbo-xca", Measure.GOODS_TURNOVER, office, Years(2018, 2022, 5)),
        ("xbo-xdo", None, "", None),
    ]
    assert queries.series_page("XUNION", "en", today=world.TODAY) == SeriesPage((), 1, 1)


def test_the_table_and_the_partners_of_an_economy_come_in_pages():
    for number in range(ROWS_A_PAGE):
        world.make_target(world.make_pair("XAR", f"Y{number:03}"))
    first = coverage()
    assert (len(first.rows), first.pages, len(first.reporters)) == (ROWS_A_PAGE, 2, ROWS_A_PAGE + 1)
    second = queries.coverage_page("en", 2, today=world.TODAY)
    assert (*first.rows, *second.rows) == first.reporters == second.reporters
    assert queries.coverage_page("en", 3, today=world.TODAY) is None
    pages = [queries.series_page("XAR", "en", page, today=world.TODAY) for page in (1, 2, 3)]
    assert [len(page.rows) for page in pages[:2]] == [PARTNERS_A_PAGE, ROWS_A_PAGE - PARTNERS_A_PAGE]
    assert pages[2] is None
    assert len({row.pair.slug for page in pages[:2] for row in page.rows}) == ROWS_A_PAGE


def test_texts_are_counted_by_kind_and_by_what_they_lack():
    targets = world.make_world()
    world.make_statement(targets["kept"], speaker_ru="", summary_en="", role="", role_ru="")
    world.make_target(notes="Only in English", sectors=["mining"])
    paper = world.make_document(targets["going"], title_ru="")
    RoadmapMeasure.objects.create(document=paper, text="", text_ru="Построить мост")
    world.make_figure(note="about half")
    found = {row.kind: row for row in coverage().texts}
    assert found[TextKind.SPEAKER] == TextRow(TextKind.SPEAKER, 4, 1, 0)
    assert found[TextKind.SUMMARY] == TextRow(TextKind.SUMMARY, 4, 0, 1)
    assert found[TextKind.ROLE].texts == 3
    assert found[TextKind.NOTES] == TextRow(TextKind.NOTES, 1, 1, 0)
    assert found[TextKind.SECTORS] == TextRow(TextKind.SECTORS, 1, 1, 0)
    assert found[TextKind.TITLE] == TextRow(TextKind.TITLE, 2, 1, 0)
    assert found[TextKind.MEASURE] == TextRow(TextKind.MEASURE, 1, 0, 1)
    assert found[TextKind.FIGURE_NOTE] == TextRow(TextKind.FIGURE_NOTE, 1, 1, 0)
    assert TextKind.DEADLINE_NOTE not in found


def test_targets_with_a_text_in_one_language_only_are_named_and_drafts_are_not():
    targets = world.make_world()
    assert coverage().untranslated == ()
    world.make_statement(targets["kept"], summary_ru="")
    world.make_statement(targets["going"], published=False, summary_ru="")
    world.make_statement(targets["draft"], summary_ru="")
    world.make_target(slug="noted", deadline_note="before harvest")
    assert [target.slug for target in coverage().untranslated] == ["noted", targets["kept"].slug]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [1, 8])
def test_coverage_is_four_queries_and_none_while_the_data_are_the_same(times, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("targets.queries.journal.SECONDS", 3600.0)
    for number in range(times):
        pair = world.make_pair("XAR", f"XQ{number}")
        world.make_target(pair, notes="Only in English")
        world.make_years(pair, "XAR", {2020: 5, 2021: 6})
    world.refresh()
    queries.forget_data_version()
    with django_assert_num_queries(5):  # one of them for the version of the data
        first = queries.coverage_page("en", today=world.TODAY)
    with django_assert_num_queries(0):
        assert queries.coverage_page("ru", today=world.TODAY).texts == first.texts
    with django_assert_num_queries(3):
        first = queries.series_page("XAR", "en", today=world.TODAY)
    with django_assert_num_queries(0):
        assert queries.series_page("XAR", "en", today=world.TODAY) == first


def test_coverage_is_made_anew_when_the_data_change(monkeypatch):
    monkeypatch.setattr("targets.queries.journal.SECONDS", 0.0)
    world.make_world()
    assert len(queries.coverage_page("en", today=world.TODAY).reporters) == 3
    world.make_target(world.make_pair("XCA", "XDO"))
    journal.record(by=world.make_user(), verb="publish")
    assert len(queries.coverage_page("en", today=world.TODAY).reporters) == 4
