"""Entering a table of years for a pair, in the desk, by its buttons alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape

from targets.models import AuditEvent, Judgement, Release, Source, TurnoverFigure
from targets.progress import Status
from targets.queries import current_figures
from targets.records import FigureStanding, ReleaseKind, Valuation
from tests import world

LAST_YEAR = datetime.now(UTC).year - 1


@pytest.fixture
def pair(targets):
    return targets["going"].pair


@pytest.fixture
def address(pair):
    return reverse("admin:targets_countrypair_enter", args=[pair.pk])


def form(year=LAST_YEAR, **changed):
    """A filled-in table: Borovia's last year from its own office, in millions."""
    cells = {f"{year}-{name}": changed.pop(name, text) for name, text in (("exports", "70.5"), ("imports", "66"))}
    return {
        "reporter": "XBO",
        "period": "year",
        "fiscal": "",
        "measure": "goods_turnover",
        "unit": "million",
        "currency": "usd",
        "new_kind": "national_office",
        "_save": "",
        **cells,
        **changed,
    }


def office(**changed):
    return {"source": world.make_office("XBO").pk, **changed}


def looked_at(*args, **changed):
    """The same, not to be stored yet."""
    return {name: text for name, text in form(*args, **changed).items() if name != "_save"}


def entered(pair, year=LAST_YEAR):
    """The current figure that Borovia gives for the year."""
    figures = [one for one in current_figures([pair.slug]) if one.reporter == "XBO" and one.year == year]
    return figures[-1] if figures else None


def wrong(response):
    """All that the page says is wrong, in one text."""
    page = response.context
    told = [*page["refusals"], *(str(one) for errors in page["form"].errors.values() for one in errors)]
    return "\n".join([*told, *(cell.error for row in page["sheet"] for cell in row.cells if cell.error)])


def counts():
    return [model.objects.count() for model in (Release, Source, TurnoverFigure, AuditEvent)]


def test_a_year_from_a_known_source_becomes_a_release_and_stands_on_the_target_page(desk, pair, address, targets):
    source = world.make_office("XBO")
    analyst = desk("analyst")
    response = analyst.post(address, form(source=source.pk), follow=True)
    assert response.redirect_chain == [(reverse("admin:targets_countrypair_change", args=[pair.pk]), 302)]
    release = Release.objects.get(
        kind=ReleaseKind.ENTRY, recorded_by__username="ana", source=source, figures__year=LAST_YEAR
    )
    figure = entered(pair)
    assert (figure.release_id, figure.exports, figure.imports, figure.turnover) == (
        release.pk, Decimal(70_500_000), Decimal(66_000_000), Decimal(136_500_000),
    )  # fmt: skip
    assert (figure.from_month, figure.through_month, figure.currency) == (1, 12, "USD")
    assert (figure.standing, figure.valuation) == (FigureStanding.FINAL, Valuation.UNKNOWN)
    assert f"no. {release.pk}" in response.content.decode()
    page = analyst.get(targets["going"].get_absolute_url())
    assert "$137m" in page.content.decode()


def test_the_stored_judgement_knows_the_new_figure_at_once(desk, address, targets):
    before = Judgement.objects.get(target=targets["going"], by="XBO", is_verdict=False)
    assert before.latest_year == 2024
    desk("analyst").post(address, form(**office()))
    after = Judgement.objects.get(target=targets["going"], by="XBO", is_verdict=False)
    assert (after.latest_year, after.latest_amount) == (LAST_YEAR, 136_500_000)
    assert after.status in Status


def test_many_years_are_one_release(desk, address, pair):
    table = {f"{year}-turnover": str(year - 1930) for year in range(2005, 2018)}
    desk("analyst").post(address, form(exports="", imports="", source=world.make_source("new").pk, **table))
    release = Release.objects.get(recorded_by__username="ana", source__key="new")
    assert release.figures.count() == 13
    assert entered(pair, 2016).stated_turnover == 86_000_000


def test_a_new_source_is_made_with_the_release_and_both_are_in_the_journal(desk, address, pair):
    described = {
        "new_publisher": "Бюро статистики Боровии",
        "new_title": "Внешняя торговля",
        "new_url": "https://stat.example/trade/2025",
        "new_published_on": "2026-03-01",
        "new_language": "ru",
    }
    desk("analyst").post(address, form(**described))
    source = Source.objects.get(url=described["new_url"])
    assert (source.publisher, source.kind, source.published_on.isoformat()) == (
        described["new_publisher"], "national_office", "2026-03-01",
    )  # fmt: skip
    assert source.key.startswith("stat-")
    assert entered(pair).source.key == source.key
    told = AuditEvent.objects.filter(by__username="ana")
    assert told.filter(object_kind="source", object_key=source.key).exists()
    assert told.filter(object_kind="release").exists()


@pytest.mark.parametrize(
    ("unit", "written", "stored"),
    [
        ("one", "70 500 000", 70_500_000),
        ("one", "70500000.25", Decimal("70500000.25")),
        ("thousand", "70 500", 70_500_000),
        ("million", "70,5", 70_500_000),
        ("million", "70.5", 70_500_000),
        ("billion", "0.0705", 70_500_000),
        ("one", "$70.5m", 70_500_000),
        ("billion", "70,5 млн", 70_500_000),
    ],
)
def test_amounts_are_read_in_the_unit_chosen(desk, address, pair, unit, written, stored):
    desk("analyst").post(address, form(**office(unit=unit, exports=written, imports="")))
    assert entered(pair).exports == stored


@pytest.mark.parametrize(
    ("others", "sign", "stored"), [("1.055,5", "", 1_060_000_000), ("1055.5", "", 1_060_000), ("70", ".", 1_060_000)]
)
def test_the_other_cells_or_the_sign_chosen_tell_what_a_point_means(desk, address, others, sign, stored):
    table = {"2024-imports": others, "exports": "1.060", "imports": "", "decimal": sign}
    page = desk("analyst").post(address, looked_at(**table)).context
    (row,) = [new for new in page["view"].rows if new.year == LAST_YEAR]
    assert row.exports == stored


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reporter": ""}, "required"),
        ({"reporter": "-", "compiler": ""}, "Name the compiler"),
        ({"period": "months"}, "first and the last month"),
        ({"period": "months", "from_month": "9", "through_month": "1"}, "first before the last"),
        ({"from_month": "1", "through_month": "9"}, "part of each year"),
        ({"exports": "", "imports": ""}, "no figure to enter"),
        ({"exports": "-5"}, "negative"),
        ({"exports": "seventy"}, "Write a number"),
        ({"exports": "1e9"}, "Write a number"),
        ({"exports": "1,234", "imports": "66"}, "1234 or 1.2340"),
        ({"exports": "€70.5"}, "This says EUR, the table USD"),
        ({"exports": "70.123456789"}, "finer than a hundredth"),
        ({"exports": "700000000", "unit": "billion"}, "unit right"),
        ({"currency": "dollars"}, "at most 3"),
        ({"currency": "U$"}, "three-letter code"),
        ({"measure": "oil"}, "valid choice"),
        ({"source": ""}, "Say where the figures are from"),
        ({"source": "999999"}, "valid choice"),
        ({"new_publisher": "Somebody"}, "not both"),
        ({"source": "", "new_title": "A table"}, "Name the publisher"),
        ({"source": "", "new_publisher": "A", "new_url": "not an address"}, "valid URL"),
        ({f"{LAST_YEAR}-turnover": "190"}, "look wrong"),
        ({f"{LAST_YEAR + 2}-exports": "5"}, "Give a year from 1900"),
        ({f"{LAST_YEAR + 1}-exports": "70"}, "not over yet"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_nothing_changes_and_nothing_typed_is_lost(desk, address, changed, words):
    filled = form(**(office(**changed) if "source" not in changed else changed), note="read off a chart & checked")
    before = counts()
    response = desk("analyst").post(address, filled)
    assert response.status_code == 200
    assert words in wrong(response)
    assert counts() == before
    page = response.content.decode()
    assert "<title>Error: " in page
    typed = [text for name, text in filled.items() if re.match(r"\d{4}-|new_(title|publisher|url)|note", name) and text]
    assert [text for text in typed if escape(text) not in page] == []


def test_a_compiler_speaks_where_neither_side_does(desk, address, pair):
    table = {"source": world.make_source().pk, "reporter": "-", "compiler": "Trade Atlas", "exports": "", "imports": ""}
    desk("analyst").post(address, form(**table, **{f"{LAST_YEAR}-turnover": "120"}))
    assert [one.compiler for one in current_figures([pair.slug]) if one.year == LAST_YEAR and not one.reporter] == [
        "Trade Atlas"
    ]


def test_nine_months_are_not_a_year_and_may_be_of_this_one(desk, address, pair):
    part = {"period": "months", "from_month": "1", "through_month": "1"}
    desk("analyst").post(address, form(LAST_YEAR + 1, **office(**part)))
    assert not entered(pair, LAST_YEAR + 1).full_year


def test_a_level_needs_no_year(desk, address, pair):
    level = {"period": "level", "exports": "", "imports": "", "level-turnover": "500"}
    desk("analyst").post(address, form(**office(**level)))
    assert entered(pair, None).stated_turnover == 500_000_000


def test_fiscal_years_begin_in_the_year_of_their_row(desk, address, pair):
    response = desk("analyst").post(address, looked_at(**office(fiscal="IND")))
    assert f"{LAST_YEAR}/{(LAST_YEAR + 1) % 100:02}" in response.content.decode()


@pytest.mark.parametrize("written", ["{}", "{}/", "{}?utm_source=letter"])
def test_a_known_source_is_not_described_anew(desk, address, written):
    known = world.make_source("known")
    response = desk("analyst").post(address, form(new_publisher="Somebody else", new_url=written.format(known.url)))
    assert "known already" in wrong(response)


class TestPasting:
    """A block of cells fills the table; nothing is stored by it."""

    def pasted(self, desk, address, block, **changed):
        sent = {**looked_at(exports="", imports=""), "block": block, "_paste": "", **changed}
        response = desk("analyst").post(address, sent)
        assert response.status_code == 200
        return response

    def cells(self, response):
        return {cell.name: cell.text for row in response.context["sheet"] for cell in row.cells if cell.text}

    def told(self, response):
        return " ".join(words for _level, words in response.context["notices"])

    def test_years_and_headings_are_recognised_and_the_unit_with_them(self, desk, address):
        before = counts()
        block = (
            "Год\tЭкспорт, тыс. долл. США\tИмпорт, тыс. долл. США\n2023\t60\u00a0100,5\t58 000\n2024\t61 000\t59 000"
        )
        response = self.pasted(desk, address, block)
        assert self.cells(response) == {
            "2023-exports": "60\u00a0100,5",
            "2023-imports": "58 000",
            "2024-exports": "61 000",
            "2024-imports": "59 000",
        }
        assert response.context["form"].data["unit"] == "thousand"
        assert "2 years filled in: exports, imports." in self.told(response)
        assert "The unit is now “thousand”" in self.told(response)
        assert counts() == before

    def test_years_before_those_shown_are_added(self, desk, address):
        response = self.pasted(desk, address, "1999\t50\t55\n2000\t51\t56")
        assert response.context["years"][:2] == [1999, 2000]
        assert self.cells(response)["1999-exports"] == "50"

    def test_without_years_a_block_begins_where_it_is_put(self, desk, address):
        response = self.pasted(desk, address, "50\n51\n", block_year="2018", block_column="imports")
        assert self.cells(response) == {"2018-imports": "50", "2019-imports": "51"}

    def test_what_stood_elsewhere_stays(self, desk, address):
        response = self.pasted(desk, address, "2018\t50\t55", **{"2020-exports": "1,234", "2018-turnover": "105"})
        assert self.cells(response) == {
            "2018-exports": "50", "2018-imports": "55", "2018-turnover": "105", "2020-exports": "1,234",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("block", "words"),
        [
            ("see the yearbook", "No table was found"),
            ("2040\t5\t6", "No year of the block"),
            ("2022/23\t5\t6", "fiscal"),
        ],
    )
    def test_a_block_that_cannot_be_used_stays_where_it_was_typed(self, desk, address, block, words):
        response = self.pasted(desk, address, block)
        assert words in self.told(response)
        assert escape(block) in response.content.decode()

    def test_what_was_left_out_is_told(self, desk, address):
        response = self.pasted(desk, address, "2023\t5\t6\nJan–Sep 2024\t4\t5\n2050\t7\t8")
        assert "“Jan–Sep 2024 4 5”; “2050 7 8”" in self.told(response)

    def test_ten_earlier_years_are_a_button(self, desk, address):
        first = desk("analyst").get(address).context["years"][0]
        response = desk("analyst").post(address, {**form(), "_earlier": "", "from_year": str(first)})
        assert response.context["years"][0] == first - 10


class TestQuestions:
    """What looks wrong is asked about before it is stored."""

    def asked(self, response):
        return {question.doubt.suspicion.value: question for question in response.context["questions"]}

    def test_a_thousand_fold_slip_is_caught_and_one_button_mends_it(self, desk, address, pair):
        slip = {f"{year}-turnover": str(110_000 + year) for year in (2023, 2024, 2025)}
        sent = form(exports="", imports="", source=world.make_source("new").pk, **slip)
        before = counts()
        response = desk("analyst").post(address, sent)
        question = self.asked(response)["unit"]
        assert "about 1,000 times larger" in question.sentence
        assert question.missing
        assert question.fix[:2] == ("_unit", "thousand")
        assert counts() == before
        mended = desk("analyst").post(address, {**sent, "_unit": "thousand", "_save": ""})
        assert mended.status_code == 200
        assert "unit" not in self.asked(mended)

    def test_a_reason_lets_it_pass(self, desk, address, pair):
        sent = form(exports="70 500", imports="66 000", **office())
        response = desk("analyst").post(address, sent)
        fields = {question.field: "a pipeline was opened" for question in response.context["questions"]}
        desk("analyst").post(address, {**sent, **fields})
        assert entered(pair).exports == 70_500_000_000
        assert "a pipeline was opened" in AuditEvent.objects.get(verb="explain").reason

    def test_swapped_columns_are_caught_by_the_other_side_and_one_button_mends_them(self, desk, address, pair):
        for year in (2022, 2023, 2024):
            world.make_figure(pair, "XAR", year, exports=Decimal(90_000_000), imports=Decimal(30_000_000))
        table = {
            f"{year}-{name}": text
            for year in (2022, 2023, 2024)
            for name, text in (("exports", "88"), ("imports", "32"))
        }
        sent = form(exports="", imports="", source=world.make_source("new").pk, **table)
        response = desk("analyst").post(address, sent)
        question = self.asked(response)["swapped"]
        assert "the other way round by Arlandia's figures" in question.sentence
        mended = desk("analyst").post(address, {**sent, "_swap": question.fix[1], "_save": ""})
        assert "swapped" not in self.asked(mended)
        cells = {cell.name: cell.text for row in mended.context["sheet"] for cell in row.cells}
        assert (cells["2022-exports"], cells["2022-imports"]) == ("32", "88")

    def test_a_total_that_is_no_sum_passes_with_its_reason_in_the_note(self, desk, address, pair):
        total = {f"{LAST_YEAR}-turnover": "190"}
        reason = {f"because-sum-turnover-{LAST_YEAR}": "the total includes electricity"}
        desk("analyst").post(address, form(**office(**total), **reason))
        assert entered(pair).note == "the total includes electricity"

    def test_the_same_figures_of_another_source_are_told_and_pass(self, desk, address, pair):
        world.make_figure(
            pair, "XBO", LAST_YEAR, world.make_release(world.make_source("other")), exports=Decimal(70_500_000)
        )
        sent = form(imports="", **office())
        look = desk("analyst").post(address, looked_at(imports="", **office()))
        assert "has the same figures" in self.asked(look)["known_same"].sentence
        assert desk("analyst").post(address, sent).status_code == 302


class TestWhereAFigureStands:
    """The source has given a figure for this period before."""

    @pytest.fixture(autouse=True)
    def standing(self, pair):
        self.source = world.make_office("XBO")
        self.figure = world.make_figure(
            pair,
            "XBO",
            LAST_YEAR,
            world.make_release(self.source, recorded_at=datetime(2026, 3, 1, tzinfo=UTC)),
            exports=Decimal(60_000_000),
            imports=Decimal(50_000_000),
            note="With re-exports.",
            standing=FigureStanding.PRELIMINARY,
        )

    def test_another_one_is_a_correction_or_a_revision(self, desk, address):
        response = desk("analyst").post(address, form(source=self.source.pk))
        assert "Choose correction if we erred" in wrong(response)
        assert "exports $60m → $70.5m" in response.context["changes"]["changed"][0]

    @pytest.mark.parametrize("kind", ["correction", "revision"])
    def test_it_needs_a_reason(self, desk, address, pair, kind):
        response = desk("analyst").post(address, form(source=self.source.pk, kind=kind, reason="  "))
        assert "Say what was wrong" in wrong(response)
        assert entered(pair).id == self.figure.pk

    @pytest.mark.parametrize("kind", ["correction", "revision"])
    def test_it_supersedes_and_the_old_one_stays_stored(self, desk, address, pair, kind):
        desk("analyst").post(address, form(source=self.source.pk, kind=kind, reason="The office reprinted its table."))
        assert (entered(pair).exports, entered(pair).note, entered(pair).standing) == (
            70_500_000,
            "",
            FigureStanding.FINAL,
        )
        release = Release.objects.get(pk=entered(pair).release_id)
        assert (release.kind, release.reason) == (kind, "The office reprinted its table.")
        self.figure.refresh_from_db()
        assert self.figure.exports == 60_000_000

    def test_the_same_amounts_again_change_nothing_whatever_was_noted_beside_them(self, desk, address):
        before = Release.objects.count()
        response = desk("analyst").post(address, form(source=self.source.pk, exports="60", imports="50"), follow=True)
        assert "Nothing new" in response.content.decode()
        assert Release.objects.count() == before

    def test_years_that_are_new_beside_it_ask_for_nothing(self, desk, address, pair):
        table = {"exports": "60", "imports": "50", "2022-exports": "58", "2022-imports": "49"}
        assert desk("analyst").post(address, form(source=self.source.pk, **table)).status_code == 302
        assert Release.objects.get(pk=entered(pair, 2022).release_id).figures.count() == 1

    def test_another_source_may_say_something_else_with_a_reason(self, desk, address, pair):
        sent = form(source=world.make_source("another").pk)
        response = desk("analyst").post(address, sent)
        (question,) = response.context["questions"]
        assert "Statistics of Borovia has other figures" in question.sentence
        desk("analyst").post(address, {**sent, question.field: "counts re-exports"})
        said = {
            one.source.key: one.exports
            for one in current_figures([pair.slug])
            if one.year == LAST_YEAR and one.reporter == "XBO"
        }
        assert said == {self.source.key: 60_000_000, "another": 70_500_000}

    def test_the_table_opens_filled_in_to_correct_it(self, desk, address):
        page = desk("analyst").get(f"{address}?figure={self.figure.pk}").context
        cells = {cell.name: cell.text for row in page["sheet"] for cell in row.cells if cell.text}
        assert cells == {f"{LAST_YEAR}-exports": "60", f"{LAST_YEAR}-imports": "50"}
        initial = page["form"].initial
        assert (initial["unit"], initial["source"], initial["note"]) == ("million", self.source.pk, "With re-exports.")


class TestLooking:
    """Whatever is only looked at stores nothing."""

    def test_the_chart_and_the_verdict_show_the_new_figures(self, desk, address):
        sent = looked_at(**office(exports="400", imports="300"))
        before = counts()
        page = desk("analyst").post(address, sent, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="report")
        text = page.content.decode()
        assert "<html" not in text
        assert "<svg" in text
        assert 'class="differs"' in text
        assert "status-disputed" in text
        assert counts() == before

    def test_htmx_gets_the_part_it_asks_for(self, desk, address):
        sent = looked_at(**office())
        work = desk("analyst").post(address, sent, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="work").content.decode()
        assert ['id="sheet"' in work, 'id="report"' in work, "<html" in work] == [True, True, False]

    def test_known_figures_stand_beside_in_the_unit_of_the_table(self, desk, address):
        rows = desk("analyst").post(address, looked_at(**office(unit="thousand"))).context["sheet"]
        row = next(row for row in rows if row.label == "2023")
        assert (row.known[2].text, row.mirror[2].text) == ("100,000", "125,000")
        assert "Statistics of Borovia" in row.known[2].title

    def test_a_target_that_was_come_from_is_the_one_shown(self, desk, address, targets):
        page = desk("analyst").get(f"{address}?target={targets['earlier'].slug}").context
        assert page["shown"].after.target.slug == targets["earlier"].slug

    def test_a_pair_without_targets_can_be_filled_too(self, desk, targets):
        pair = world.make_pair("XAR", "XDO")
        address = reverse("admin:targets_countrypair_enter", args=[pair.pk])
        assert "no target yet" in desk("analyst").get(address).content.decode()
        sent = form(reporter="XAR", source=world.make_office("XAR").pk)
        assert desk("analyst").post(address, sent).status_code == 302

    def test_the_next_table_begins_with_the_settings_of_the_last(self, desk, address):
        sent = {**looked_at(**office(unit="thousand", exports="70500", imports="66000")), "_addanother": ""}
        page = desk("analyst").post(address, sent, follow=True).context
        assert page["form"].setting("reporter") == "XBO"
        assert page["form"].setting("unit") == "thousand"

    def test_the_number_of_queries_does_not_grow_with_the_table(self, desk, address, django_assert_max_num_queries):
        analyst = desk("analyst")
        analyst.get(address)
        years = {f"{year}-turnover": "100" for year in range(1990, LAST_YEAR)}
        sent = looked_at(**office(), **years)
        with django_assert_max_num_queries(14):
            analyst.get(address)
        with django_assert_max_num_queries(14):
            analyst.post(address, sent, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="report")


@pytest.mark.parametrize(
    ("who", "status"), [("analyst", 200), ("editor", 200), ("superuser", 200), ("stranger", 302), ("anonymous", 302)]
)
def test_who_may_open_the_form(desk, address, who, status):
    assert desk(who).get(address).status_code == status


def test_who_only_looks_may_not_enter(desk, address, cast):
    from django.contrib.auth.models import Permission

    reader = world.make_user("rea", "", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_countrypair"))
    cast["reader"] = reader
    assert desk("reader").get(address).status_code == 403
    assert desk("reader").post(address, form(**office())).status_code == 403
    assert "/enter/" not in desk("reader").get(reverse("admin:targets_countrypair_changelist")).content.decode()


def test_an_unknown_pair_has_no_form(desk):
    assert desk("analyst").get(reverse("admin:targets_countrypair_enter", args=[999_999])).status_code == 404
