"""What a release stores is what is new; a file that comes again undoes nothing; the foreseen is what then comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from targets.actions import comparing, judgements, storing
from targets.actions.comparing import Said, compared
from targets.actions.releases import Batch, record_releases, withdraw_release
from targets.models import Judgement, TurnoverFigure, VerdictChange
from targets.progress import Measure, Status
from targets.queries import current_figures
from targets.queries.foreseen import as_if_recorded
from targets.queries.shapes import source_record
from targets.records import FigureRow, FigureStanding, ReleaseKind, Valuation
from tests.actions.test_releases import record, row, stand
from tests.world import TODAY, make_office, make_pair, make_target, make_user, make_years, refresh

pytestmark = pytest.mark.django_db


def file():
    return ContentFile(b"the publisher's table", name="table.csv")


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_every_field_of_a_row_arrives_in_its_own_column():
    told = row(
        2023,
        turnover="300.10",
        exports=Decimal("100.05"),
        imports=Decimal("200.05"),
        reporter="",
        compiler="A\tcompiler \\ and one",
        from_month=2,
        through_month=9,
        fiscal="IND",
        measure=Measure.NON_OIL_TURNOVER,
        currency="EUR",
        valuation=Valuation.FOB,
        standing=FigureStanding.PRELIMINARY,
        approximate=True,
        note="two\nlines, \\N and „quotes“",
    )
    record(told)
    stored = TurnoverFigure.objects.select_related("pair").get()
    found = {name: getattr(stored, name) for name in storing._COLUMNS if not name.endswith("_id")}
    assert found == {name: getattr(told, name) for name in found}
    assert (stored.pair.slug, stored.reporter_id) == ("xar-xbo", None)
    covered = set(FigureRow._fields) - {"first", "second", "place"}
    assert covered == {name.removesuffix("_id") for name in storing._COLUMNS} - {"release", "pair"}


def test_stored_amounts_are_numbers_to_the_database():
    record(row(2023, 90), row(2024, "133000000.50"))
    assert TurnoverFigure.objects.filter(turnover__gt=100).count() == 1
    assert TurnoverFigure.objects.get(turnover=Decimal("133000000.5")).year == 2024


def test_a_changed_row_comes_with_what_stands():
    record(row(2023, 90), row(2024, 100), vintage=date(2025, 3, 1))
    (found,) = compared([Said(make_office().pk, [row(2023, 90), row(2024, 105), row(2025, 1)])])
    assert [one.year for one in found.new] == [2025]
    ((changed, known),) = found.changed
    assert (changed.year, known.values[2], known.vintage) == (2024, 100, date(2025, 3, 1))
    assert found.unchanged == 1


@pytest.mark.parametrize("few", [0, 500])
def test_few_pairs_and_many_are_compared_alike(monkeypatch, few):
    record(row(2023, 90), row(2024, 100))
    monkeypatch.setattr(comparing, "_FEW", few)
    (found,) = compared([Said(make_office().pk, [row(2023, 90), row(2024, 105)])])
    assert (len(found.new), len(found.changed), found.unchanged) == (0, 1, 1)


def test_the_same_file_again_leaves_a_correction_standing():
    record(row(2023, 90), row(2024, 100), file=file())
    record(row(2024, 110), kind=ReleaseKind.CORRECTION, reason="misprint")
    assert record(row(2023, 90), row(2024, 100), file=file()) is None
    assert stand() == [(2023, 90), (2024, 110)]


def test_the_same_file_again_leaves_the_correction_of_a_figure_that_it_did_not_bring_itself():
    record(row(2023, 90))
    record(row(2023, 90), row(2024, 100), file=file())
    record(row(2023, 95), kind=ReleaseKind.CORRECTION, reason="misprint")
    assert record(row(2023, 90), row(2024, 100), file=file()) is None
    assert stand() == [(2023, 95), (2024, 100)]


def test_another_file_with_the_same_rows_revises():
    record(row(2024, 100), file=file())
    record(row(2024, 110), kind=ReleaseKind.CORRECTION, reason="misprint")
    assert record(row(2024, 100), file=ContentFile(b"a later edition", name="table.csv")) is not None
    assert stand() == [(2024, 100)]


def partial(*rows, name="table.csv", content=b"exports"):
    make_pair()
    batch = Batch(source=make_office(), rows=rows, file=ContentFile(content, name=name), partial=True)
    (done,) = record_releases(by=make_user(), batches=[batch], kind=ReleaseKind.IMPORT, today=TODAY)
    return done


def amounts():
    return [(one.exports, one.imports, one.stated_turnover, one.valuation) for one in current_figures(["xar-xbo"])]


def test_a_file_of_exports_and_one_of_imports_make_one_figure_in_either_order():
    exports = row(turnover=None, exports=Decimal(60), valuation=Valuation.FOB)
    imports = row(turnover=None, imports=Decimal(40), valuation=Valuation.CIF)
    partial(exports, content=b"exports")
    partial(imports, content=b"imports")
    assert amounts() == [(60, 40, None, Valuation.FOB_CIF)]
    for one, content in ((exports, b"exports"), (imports, b"imports"), (exports, b"exports, downloaded again")):
        assert partial(one, content=content).release is None
    assert partial(exports._replace(exports=Decimal(65)), content=b"revised").changed == 1
    assert amounts() == [(65, 40, None, Valuation.FOB_CIF)]


def test_a_total_stands_beside_one_flow_and_goes_when_both_are_known():
    partial(row(turnover=100))
    partial(row(turnover=None, exports=Decimal(70)), content=b"1")
    assert amounts() == [(70, None, 100, Valuation.UNKNOWN)]
    partial(row(turnover=None, imports=Decimal(40)), content=b"2")
    assert amounts() == [(70, 40, None, Valuation.UNKNOWN)]


def test_a_total_that_does_not_fit_the_flows_known_stands_alone():
    partial(row(turnover=None, exports=Decimal(71), imports=Decimal(43)))
    partial(row(turnover=101), content=b"another account")
    assert amounts() == [(None, None, 101, Valuation.UNKNOWN)]


def test_a_row_entered_by_hand_says_all():
    record(row(turnover=None, exports=Decimal(60), imports=Decimal(40)))
    record(row(turnover=None, exports=Decimal(60)), kind=ReleaseKind.CORRECTION, reason="imports were of another year")
    assert amounts() == [(60, None, None, Valuation.UNKNOWN)]


def test_after_a_withdrawal_the_same_file_is_taken_again():
    first = record(row(2024, 100), file=file())
    withdraw_release(by=make_user("eva", "editor"), release=first, reason="doubt", today=TODAY)
    assert record(row(2024, 100), file=file()) is not None
    assert stand() == [(2024, 100)]


def test_the_figures_as_if_recorded_are_those_that_then_stand():
    record(row(2023, 90), row(2024, 100))
    rows = [row(2024, 105), row(2025, 120, note="new")]
    foreseen = as_if_recorded(current_figures(["xar-xbo"]), rows, source_record(make_office()), date(2026, 1, 5))
    record(*rows, vintage=date(2026, 1, 5))
    alike = {"id": 0, "release_id": 0, "recorded_at": None}
    assert [replace(one, **alike) for one in foreseen] == [
        replace(one, **alike) for one in current_figures(["xar-xbo"])
    ]


def test_the_verdicts_foreseen_are_those_that_then_come():
    target, other = make_target(), make_target(make_pair("XBO", "XCA"))
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    refresh()
    before = Judgement.objects.count(), VerdictChange.objects.count()
    (change,) = judgements.foreseen(said=[(make_office(), [row(2025, 510_000_000)])], today=TODAY)
    assert (change.target.slug, change.before, change.after) == (target.slug, Status.FAR_TOO_SLOW, Status.MET)
    assert (Judgement.objects.count(), VerdictChange.objects.count()) == before
    record(row(2025, 510_000_000))
    assert Judgement.objects.get(target=target, is_verdict=True).status is Status.MET
    assert Judgement.objects.get(target=other, is_verdict=True).status is Status.NOT_ASSESSABLE


def test_pairs_without_targets_cost_no_assessment(django_assert_num_queries):
    make_pair()
    office = make_office()
    with django_assert_num_queries(1):
        assert judgements.foreseen(said=[(office, [row()])], today=TODAY) == []
