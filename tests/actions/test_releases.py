"""Figures go in by releases and come out by withdrawal; nothing is edited, nothing is stored twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from targets.actions import releases
from targets.actions.desk import SYSTEM, system_account
from targets.actions.journal import ActionRefused
from targets.actions.releases import Batch, record_release, record_releases, withdraw_release
from targets.models import AuditEvent, CountryPair, Judgement, Release, TurnoverFigure, VerdictChange
from targets.progress import Measure, Status
from targets.queries import current_figures
from targets.records import ChangeCause, FigureRow, FigureStanding, ReleaseKind, Valuation
from tests.world import NOON, TODAY, make_economy, make_office, make_pair, make_target, make_user, make_years, refresh

pytestmark = pytest.mark.django_db


def row(year=2024, turnover=100, **fields):
    values = {
        "first": "XAR",
        "second": "XBO",
        "reporter": "XAR",
        "compiler": "",
        "year": year,
        "from_month": 1,
        "through_month": 12,
        "fiscal": "",
        "measure": Measure.GOODS_TURNOVER,
        "exports": None,
        "imports": None,
        "turnover": None if turnover is None else Decimal(turnover),
        "currency": "USD",
        "valuation": Valuation.UNKNOWN,
        "standing": FigureStanding.FINAL,
        "approximate": False,
        "note": "",
        "place": "line 2",
    }
    return FigureRow(**(values | fields))


def record(*rows, by=None, source=None, kind=ReleaseKind.IMPORT, **options):
    make_pair()
    source = source or make_office()
    return record_release(by=by or make_user(), source=source, rows=rows, kind=kind, today=TODAY, **options)


def stand(as_of=None):
    return [(figure.year, int(figure.turnover)) for figure in current_figures(["xar-xbo"], as_of=as_of)]


def test_a_release_holds_the_rows_and_the_journal_says_who_and_how_many():
    release = record(row(2023), row(2024), reason="yearbook", vintage=date(2025, 3, 1))
    assert (release.kind, release.reason, release.vintage) == (ReleaseKind.IMPORT, "yearbook", date(2025, 3, 1))
    assert release.figures.count() == 2
    event = AuditEvent.objects.get(verb="record")
    assert (event.by, event.object_kind, event.object_key) == (make_user(), "release", str(release.pk))
    assert event.counts == {"new": 2, "changed": 0, "unchanged": 0}
    assert event.reason == "yearbook"


@pytest.mark.sqlite
def test_sqlite_looks_at_how_many_figures_there_are_when_some_are_stored():
    record(row(2024), row(2025))
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = %s", [TurnoverFigure._meta.db_table])
        known = dict(cursor.fetchall())
    assert len(known) > 1
    assert {int(stat.split()[0]) for stat in known.values()} == {2}


def test_the_same_rows_again_make_no_release_and_no_line_in_the_journal():
    record(row(2023), row(2024))
    assert record(row(2024), row(2023)) is None
    assert Release.objects.count() == 1
    assert AuditEvent.objects.filter(verb="record").count() == 1


def test_only_what_is_new_or_different_is_stored():
    record(row(2022, 80), row(2023, 90))
    release = record(row(2022, 80), row(2023, 95), row(2024, 100))
    assert sorted((figure.year, int(figure.turnover)) for figure in release.figures.all()) == [(2023, 95), (2024, 100)]
    assert stand() == [(2022, 80), (2023, 95), (2024, 100)]
    assert AuditEvent.objects.filter(verb="record").latest("id").counts == {"new": 1, "changed": 1, "unchanged": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "revised"},
        {"approximate": True},
        {"standing": FigureStanding.PRELIMINARY},
        {"valuation": Valuation.FOB},
        {"exports": Decimal(60)},
        {"turnover": Decimal("100.01")},
    ],
)
def test_whatever_a_source_says_differently_is_a_change(changes):
    record(row())
    assert record(row()._replace(**changes)).figures.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reporter": "XBO"},
        {"reporter": "", "compiler": "press"},
        {"through_month": 9},
        {"fiscal": "XBO"},
        {"measure": Measure.UNSPECIFIED_TURNOVER},
        {"currency": "EUR"},
        {"year": None, "from_month": None, "through_month": None},
    ],
)
def test_another_reporter_period_measure_or_currency_is_another_figure(changes):
    record(row())
    assert record(row()._replace(**changes)).figures.count() == 1
    assert len(current_figures(["xar-xbo"])) == 2


def test_a_newer_release_without_a_year_leaves_the_older_one_standing():
    record(row(2023, 90), row(2024, 100))
    record(row(2024, 105))
    assert stand() == [(2023, 90), (2024, 105)]


def test_two_sources_stand_side_by_side():
    record(row(2024, 100))
    record(row(2024, 70), source=make_office("XBO"))
    assert stand() == [(2024, 100), (2024, 70)]


def test_withdrawing_a_release_lets_the_older_figure_stand_again():
    record(row(2024, 100))
    second = record(row(2024, 700), row(2023, 90))
    assert withdraw_release(by=make_user("eva", "editor"), release=second, reason="wrong unit", today=TODAY)
    assert stand() == [(2024, 100)]
    second.refresh_from_db()
    assert (second.withdrawn_by.username, second.withdrawn_reason) == ("eva", "wrong unit")
    assert second.figures.count() == 2
    event = AuditEvent.objects.get(verb="withdraw")
    assert (event.reason, event.counts) == ("wrong unit", {"figures": 2})


def test_a_withdrawn_figure_can_be_recorded_again():
    first = record(row(2024, 100))
    withdraw_release(by=make_user("eva", "editor"), release=first, reason="doubt", today=TODAY)
    assert record(row(2024, 100)) is not None
    assert stand() == [(2024, 100)]


def test_withdrawing_twice_changes_nothing_the_second_time():
    release = record(row())
    editor = make_user("eva", "editor")
    assert withdraw_release(by=editor, release=release, reason="wrong", today=TODAY) is True
    moment = Release.objects.get().withdrawn_at
    assert withdraw_release(by=editor, release=release, reason="wrong again", today=TODAY) is False
    assert Release.objects.get().withdrawn_at == moment
    assert AuditEvent.objects.filter(verb="withdraw").count() == 1


def test_the_past_is_what_was_recorded_by_the_end_of_the_day():
    record(row(2024, 100), recorded_at=NOON - timedelta(days=3))
    record(row(2024, 110), recorded_at=NOON)
    late = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    record(row(2024, 120), recorded_at=late)
    assert stand(as_of=date(2026, 11, 18)) == []
    assert stand(as_of=date(2026, 11, 19)) == [(2024, 100)]
    assert stand(as_of=date(2026, 11, 21)) == [(2024, 100)]
    assert stand(as_of=date(2026, 11, 22)) == [(2024, 120)]
    assert stand() == [(2024, 120)]


def test_a_withdrawal_does_not_rewrite_the_days_before_it():
    release = record(row(2024, 100), recorded_at=NOON - timedelta(days=3))
    withdraw_release(by=make_user("eva", "editor"), release=release, reason="wrong", today=TODAY)
    Release.objects.update(withdrawn_at=NOON)
    assert stand(as_of=date(2026, 11, 21)) == [(2024, 100)]
    assert stand(as_of=date(2026, 11, 22)) == []


def test_a_pair_that_trades_for_the_first_time_is_made():
    make_economy("XAR")
    make_economy("XCA")
    record_release(
        by=make_user(),
        source=make_office(),
        rows=[row(second="XCA"), row(2023, second="XCA")],
        kind=ReleaseKind.IMPORT,
        today=TODAY,
    )
    assert CountryPair.objects.get().slug == "xar-xca"


def test_parts_of_one_figure_in_one_release_become_one():
    record(row(turnover=100, note="over"), row(turnover=None, exports=Decimal(30)))
    figure = TurnoverFigure.objects.get()
    assert (figure.turnover, figure.exports) == (100, 30)


def test_a_file_is_kept_with_its_fingerprint(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    release = record(row(), file=ContentFile(b"year,reporter", name="flows.csv"))
    with release.file.open() as kept:
        assert kept.read() == b"year,reporter"
    assert release.sha256 == sha256(b"year,reporter").hexdigest()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(first="XAR", second="XZZ", reporter="XAR")], "Unknown economies: XZZ."),
        ([row(turnover=-1)], "line 2, turnover = -1: the amount must lie between"),
        (
            [row(turnover=1), row(turnover=9, place="line 3")],
            "line 2, line 3: two different figures for the same period",
        ),
        ([row(reporter="XCA")], "the reporter must be XAR or XBO"),
    ],
)
def test_rows_that_cannot_be_stored_are_refused_and_nothing_is(rows, said):
    with pytest.raises(ActionRefused, match=said.replace(".", r"\.")):
        record(row(2001, 5), *rows)
    assert not Release.objects.exists()
    assert not TurnoverFigure.objects.exists()
    assert not AuditEvent.objects.exists()


def test_two_batches_of_one_source_are_refused():
    make_pair()
    batch = Batch(source=make_office(), rows=[row()])
    with pytest.raises(ActionRefused, match="one release"):
        record_releases(by=make_user(), batches=[batch, batch], kind=ReleaseKind.IMPORT)


def test_a_stranger_may_neither_record_nor_withdraw():
    stranger = make_user("sam", group="")
    with pytest.raises(ActionRefused, match="may not enter"):
        record(row(), by=stranger)
    release = record(row())
    with pytest.raises(ActionRefused, match="may not withdraw"):
        withdraw_release(by=stranger, release=release, reason="because")
    assert stand() == [(2024, 100)]


def test_a_withdrawal_needs_a_reason_and_a_release():
    release = record(row())
    with pytest.raises(ActionRefused, match="Say why") as refusal:
        withdraw_release(by=make_user("eva", "editor"), release=release, reason="  ")
    assert refusal.value.field == "reason"
    with pytest.raises(ActionRefused, match=r"no release no\. 99999"):
        withdraw_release(by=system_account(SYSTEM), release=99999, reason="because")


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    def fails(**_):
        raise RuntimeError("power cut")

    monkeypatch.setattr(releases.judgements, "refresh", fails)
    with pytest.raises(RuntimeError, match="power cut"):
        record(row())
    assert not Release.objects.exists()
    assert not TurnoverFigure.objects.exists()
    assert not AuditEvent.objects.exists()


# What follows: judgements


def verdict(target):
    return Judgement.objects.get(target=target, is_verdict=True)


def test_a_release_refreshes_the_judgements_of_its_pairs_and_of_no_other():
    target, other = make_target(), make_target(make_pair("XBO", "XCA"))
    refresh()
    before = verdict(other).pk
    record(row(2019, 50_000_000), row(2025, 600_000_000))
    assert verdict(target).status is Status.MET
    assert verdict(other).pk == before


def test_a_verdict_that_changes_says_why():
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    refresh()
    record(row(2025, 510_000_000))
    record(row(2025, 120_000_000), kind=ReleaseKind.REVISION, reason="revised")
    changes = list(VerdictChange.objects.filter(target=target).order_by("id"))
    assert [(change.from_status, change.to_status, change.cause) for change in changes] == [
        ("", Status.FAR_TOO_SLOW, ChangeCause.FIRST),
        (Status.FAR_TOO_SLOW, Status.MET, ChangeCause.NEW_YEAR),
        (Status.MET, Status.FAR_TOO_SLOW, ChangeCause.REVISION),
    ]
    assert [change.event.verb for change in changes] == ["refresh", "record", "record"]


def test_a_withdrawal_takes_the_verdict_back():
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    refresh()
    release = record(row(2025, 510_000_000))
    assert verdict(target).status is Status.MET
    withdraw_release(by=make_user("eva", "editor"), release=release, reason="wrong unit", today=TODAY)
    assert verdict(target).status is Status.FAR_TOO_SLOW
    assert VerdictChange.objects.latest("id").cause is ChangeCause.WITHDRAWAL


def test_the_command_withdraws_by_number_and_says_what_it_did():
    record(row(2024, 100))
    release = record(row(2024, 700))
    out = StringIO()
    for _ in range(2):
        call_command("withdraw_release", str(release.pk), "--reason", "wrong unit", stdout=out)
    assert out.getvalue().splitlines() == [
        f"Release {release.pk} is withdrawn.",
        f"Release {release.pk} was withdrawn before; nothing was changed.",
    ]
    assert stand() == [(2024, 100)]
    assert AuditEvent.objects.get(verb="withdraw").by.username == SYSTEM


def test_the_command_says_when_there_is_no_such_release():
    with pytest.raises(CommandError, match=r"There is no release no\. 7"):
        call_command("withdraw_release", "7", "--reason", "because")


@pytest.mark.parametrize("fiscal", ["", "XAR"])
def test_a_year_that_is_not_over_is_refused_with_the_row_and_the_year(fiscal):
    with pytest.raises(ActionRefused, match=r"line 2, year = 2026: this period is not over yet"):
        record(row(2025), row(2026, fiscal=fiscal))
    assert Release.objects.count() == 0
    assert record(row(2026, through_month=11)) is not None
