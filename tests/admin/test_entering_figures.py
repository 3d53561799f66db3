"""Entering a year's figures for a pair, in the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from targets.models import AuditEvent, Judgement, Release, Source, TurnoverFigure
from targets.progress import Status
from targets.queries import current_figures
from targets.records import ReleaseKind
from tests import world

LAST_YEAR = datetime.now(UTC).year - 1


@pytest.fixture
def pair(targets):
    return targets["going"].pair


@pytest.fixture
def address(pair):
    return reverse("admin:targets_countrypair_enter", args=[pair.pk])


def form(**changed):
    """A filled-in form: Borovia's year from its own office, in millions."""
    return {
        "reporter": "XBO",
        "year": str(LAST_YEAR),
        "period": "year",
        "fiscal": "",
        "measure": "goods_turnover",
        "exports": "70.5",
        "imports": "66",
        "turnover": "",
        "unit": "million",
        "currency": "usd",
        "valuation": "fob_cif",
        "standing": "preliminary",
        "note": "",
        "new_kind": "national_office",
        "kind": "entry",
        "reason": "",
        **changed,
    }


def entered(pair):
    """The current figure that Borovia gives for last year."""
    figures = [one for one in current_figures([pair.slug]) if one.reporter == "XBO" and one.year == LAST_YEAR]
    return figures[-1] if figures else None


def errors_of(response):
    return dict(response.context["adminform"].form.errors)


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
    assert f"no. {release.pk}" in response.content.decode()
    page = analyst.get(targets["going"].get_absolute_url())
    assert "$137m" in page.content.decode()


def test_the_stored_judgement_knows_the_new_figure_at_once(desk, address, targets):
    before = Judgement.objects.get(target=targets["going"], by="XBO", is_verdict=False)
    assert before.latest_year == 2024
    desk("analyst").post(address, form(source=world.make_office("XBO").pk))
    after = Judgement.objects.get(target=targets["going"], by="XBO", is_verdict=False)
    assert (after.latest_year, after.latest_amount) == (LAST_YEAR, 136_500_000)
    assert after.status in Status


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
    ],
)
def test_amounts_are_read_in_the_unit_chosen(desk, address, pair, unit, written, stored):
    desk("analyst").post(
        address, form(source=world.make_office("XBO").pk, unit=unit, exports=written, imports="", turnover="")
    )
    assert entered(pair).exports == stored


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"reporter": ""}, "reporter", "required"),
        ({"reporter": "-", "compiler": ""}, "reporter", "compiler"),
        ({"year": ""}, "year", "Give the year"),
        ({"year": "202"}, "year", "Give a year from 1900"),
        ({"year": str(LAST_YEAR + 2)}, "year", "Give a year from 1900"),
        ({"year": str(LAST_YEAR + 1)}, "through_month", "not over yet"),
        ({"period": "months"}, "through_month", "first and the last month"),
        ({"period": "months", "from_month": "9", "through_month": "1"}, "through_month", "first before the last"),
        ({"from_month": "1", "through_month": "9"}, "period", "part of the year"),
        ({"exports": "", "imports": "", "turnover": ""}, "exports", "Give exports, imports or the total"),
        ({"exports": "-5"}, "exports", "negative"),
        ({"exports": "seventy"}, "exports", "Write a number"),
        ({"exports": "NaN"}, "exports", "Write a number"),
        ({"exports": "1e9"}, "exports", "Write a number"),
        ({"exports": "1,234"}, "exports", "1234 or 1.234"),
        ({"exports": "70.123456789"}, "exports", "finer than a hundredth"),
        ({"exports": "700000000", "unit": "billion"}, "exports", "unit right"),
        ({"turnover": "150"}, "turnover", "do not add up"),
        ({"currency": "dollars"}, "currency", "at most 3"),
        ({"currency": "U$"}, "currency", "three-letter code"),
        ({"measure": "oil"}, "measure", "valid choice"),
        ({"source": ""}, "source", "Say where the figure is from"),
        ({"source": "999999"}, "source", "valid choice"),
        ({"new_publisher": "Somebody"}, "source", "not both"),
        ({"source": "", "new_title": "A table"}, "new_publisher", "Name the publisher"),
        ({"source": "", "new_publisher": "A", "new_url": "not an address"}, "new_url", "valid URL"),
        ({"kind": "revision", "reason": "revised"}, "kind", "nothing to correct"),
        ({"kind": "import"}, "kind", "valid choice"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_changes(desk, address, changed, field, words):
    filled = form(source=world.make_office("XBO").pk, **changed) if "source" not in changed else form(**changed)
    before = (
        Release.objects.count(),
        Source.objects.count(),
        TurnoverFigure.objects.count(),
        AuditEvent.objects.count(),
    )
    response = desk("analyst").post(address, filled)
    assert response.status_code == 200
    errors = errors_of(response)
    assert field in errors, errors
    assert words in " ".join(errors[field])
    assert before == (
        Release.objects.count(),
        Source.objects.count(),
        TurnoverFigure.objects.count(),
        AuditEvent.objects.count(),
    )


def test_what_was_typed_is_still_there_after_a_mistake(desk, address):
    page = (
        desk("analyst")
        .post(address, form(year="", note="read off a chart", new_publisher="Office & Sons"))
        .content.decode()
    )
    assert 'value="70.5"' in page
    assert "read off a chart" in page
    assert "Office &amp; Sons" in page


def test_flows_that_add_up_within_the_rounding_of_what_was_written_pass(desk, address, pair):
    desk("analyst").post(
        address, form(source=world.make_office("XBO").pk, exports="70.5", imports="62.4", turnover="133")
    )
    assert entered(pair).stated_turnover == 133_000_000


def test_flows_that_do_not_add_up_pass_with_a_note(desk, address, pair):
    desk("analyst").post(
        address, form(source=world.make_office("XBO").pk, turnover="150", note="The total includes electricity.")
    )
    assert entered(pair).note == "The total includes electricity."


def test_nine_months_are_not_a_year(desk, address, pair):
    desk("analyst").post(
        address, form(source=world.make_office("XBO").pk, period="months", from_month="1", through_month="9")
    )
    assert not entered(pair).full_year


def test_a_compiler_speaks_where_neither_side_does(desk, address, pair):
    desk("analyst").post(
        address,
        form(
            source=world.make_source().pk, reporter="-", compiler="Trade Atlas", exports="", imports="", turnover="120"
        ),
    )
    assert [one.compiler for one in current_figures([pair.slug]) if one.year == LAST_YEAR and not one.reporter] == [
        "Trade Atlas"
    ]


def test_a_known_source_is_not_described_anew(desk, address):
    known = world.make_source("known")
    response = desk("analyst").post(address, form(new_publisher="Somebody else", new_url=known.url))
    assert "known already" in errors_of(response)["new_url"][0]


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
        )

    def test_another_one_is_a_correction_or_a_revision(self, desk, address):
        response = desk("analyst").post(address, form(source=self.source.pk))
        assert "Choose correction if we erred" in errors_of(response)["kind"][0]

    @pytest.mark.parametrize("kind", ["correction", "revision"])
    def test_it_needs_a_reason(self, desk, address, pair, kind):
        response = desk("analyst").post(address, form(source=self.source.pk, kind=kind, reason="  "))
        assert "reason" in errors_of(response)
        assert entered(pair).id == self.figure.pk

    @pytest.mark.parametrize("kind", ["correction", "revision"])
    def test_it_supersedes_and_the_old_one_stays_stored(self, desk, address, pair, kind):
        desk("analyst").post(address, form(source=self.source.pk, kind=kind, reason="The office reprinted its table."))
        assert entered(pair).exports == 70_500_000
        release = Release.objects.get(pk=entered(pair).release_id)
        assert (release.kind, release.reason) == (kind, "The office reprinted its table.")
        self.figure.refresh_from_db()
        assert self.figure.exports == 60_000_000

    def test_the_same_figure_again_changes_nothing(self, desk, address, pair):
        before = Release.objects.count()
        same = form(source=self.source.pk, exports="60", imports="50", valuation="unknown", standing="final")
        response = desk("analyst").post(address, same, follow=True)
        assert "Nothing new" in response.content.decode()
        assert Release.objects.count() == before

    def test_another_source_may_say_something_else(self, desk, address, pair):
        desk("analyst").post(address, form(source=world.make_source("another").pk))
        said = {
            one.source.key: one.exports
            for one in current_figures([pair.slug])
            if one.year == LAST_YEAR and one.reporter == "XBO"
        }
        assert said == {self.source.key: 60_000_000, "another": 70_500_000}

    def test_the_form_opens_filled_in_to_correct_it(self, desk, address):
        page = desk("analyst").get(f"{address}?figure={self.figure.pk}")
        initial = page.context["adminform"].form.initial
        assert (initial["exports"], initial["unit"], initial["kind"], initial["source"]) == (
            "60000000", "one", "correction", self.source.pk,
        )  # fmt: skip


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
    assert desk("reader").post(address, form(source=world.make_office("XBO").pk)).status_code == 403
    assert "/enter/" not in desk("reader").get(reverse("admin:targets_countrypair_changelist")).content.decode()


def test_an_unknown_pair_has_no_form(desk):
    assert desk("analyst").get(reverse("admin:targets_countrypair_enter", args=[999_999])).status_code == 404
