"""A publisher's file: what it would do, that it then does just that, and that doing it again does nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from targets.actions import importing, publishers, releases, storing
from targets.actions.desk import SYSTEM
from targets.actions.importing import import_figures, plan_import
from targets.actions.journal import ActionRefused
from targets.actions.publishers import source_of_key
from targets.actions.releases import withdraw_release
from targets.importers import FORMATS, UnreadableFile
from targets.models import AuditEvent, CountryPair, Judgement, Release, Source, TurnoverFigure, VerdictChange
from targets.progress import Status
from targets.queries import current_figures
from targets.records import ReleaseKind
from tests.actions.test_releases import record, row
from tests.importers.test_opening import BROKEN
from tests.importers.test_workbooks import BOMBS
from tests.world import TODAY, make_economy, make_office, make_pair, make_target, make_user, make_years, refresh

pytestmark = pytest.mark.django_db

HEADER = "year,reporter,partner,flow,value_usd"
LINES = ("2023,XAR,XBO,export,60", "2023,XAR,XBO,import,40", "2024,XAR,XBO,export,70", "2024,XBO,XAR,export,45.5")


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    make_pair()
    return tmp_path / "uploads"


def table(*lines):
    return "\n".join([HEADER, *(lines or LINES), ""]).encode()


def plan(*lines, by=None, **options):
    return plan_import(by=by or make_user(), data=table(*lines), name="flows.csv", today=TODAY, **options)


def take(*lines, by=None, data=None, **options):
    return import_figures(by=by or make_user(), data=data or table(*lines), name="flows.csv", today=TODAY, **options)


def stand():
    found = current_figures(["xar-xbo"])
    return [
        (one.year, one.reporter, *(a if a is None else float(a) for a in (one.exports, one.imports))) for one in found
    ]


def everything():
    kinds = (Source, Release, TurnoverFigure, CountryPair, AuditEvent, Judgement, VerdictChange)
    return [sorted(map(repr, kind.objects.values_list())) for kind in kinds]


def counts(done):
    return done.counts.new, done.counts.changed, done.counts.unchanged, done.contents.rejected


# Plan and deed


def test_a_plan_says_what_then_happens_and_writes_nothing(uploads):
    take()
    before = everything()
    lines = ("2023,XAR,XBO,export,60", "2024,XAR,XBO,export,75", "2025,XAR,XBO,export,80", "2025,XAR,XBO,across,1")
    foreseen = plan(*lines)
    assert everything() == before
    assert counts(foreseen) == (1, 1, 1, 1)
    (part,) = foreseen.parts
    ((changed, known),) = part.said.changed
    assert (changed.year, changed.exports, known.values[0]) == (2024, 75, 70)
    assert counts(take(*lines)) == (1, 1, 1, 1)
    assert stand() == [
        (2023, "XAR", 60, 40),
        (2024, "XAR", 75, None),
        (2024, "XBO", 45.5, None),
        (2025, "XAR", 80, None),
    ]


def test_an_import_is_one_release_with_the_file_as_received(uploads):
    done = take(vintage=date(2026, 3, 1), reason="yearbook")
    (release,) = done.releases
    assert (release.kind, release.vintage, release.reason) == (ReleaseKind.IMPORT, date(2026, 3, 1), "yearbook")
    assert release.sha256 == sha256(table()).hexdigest()
    assert Path(Release.objects.get().file.path).read_bytes() == table()
    assert release.figures.count() == 3
    assert AuditEvent.objects.get(verb="record").counts == {"new": 3, "changed": 0, "unchanged": 0}


def test_the_same_file_twice_changes_nothing(uploads):
    take()
    before, files = everything(), sorted(uploads.rglob("*"))
    assert counts(take()) == (0, 0, 3, 0)
    assert counts(plan()) == (0, 0, 3, 0)
    assert (everything(), sorted(uploads.rglob("*"))) == (before, files)


def test_the_same_file_again_says_what_was_corrected_since():
    take()
    record(
        row(2023, turnover=None, exports=Decimal(61), imports=Decimal(40)),
        source=Source.objects.get(key="imported-tables"),
    )
    again = take()
    assert (counts(again), again.counts.kept, again.releases) == ((0, 0, 3, 0), 1, ())
    assert stand()[0] == (2023, "XAR", 61, 40)


def test_a_withdrawn_import_is_gone_and_can_be_taken_again():
    (release,) = take().releases
    withdraw_release(by=make_user("eva", "editor"), release=release, reason="wrong table", today=TODAY)
    assert stand() == []
    assert counts(take()) == (3, 0, 0, 0)


def test_the_verdicts_a_file_would_change_are_told_before_and_so_they_are_after():
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    refresh()
    lines = ("2025,XAR,XBO,export,300000000", "2025,XAR,XBO,import,210000000")
    (change,) = plan(*lines, source=make_office()).verdicts
    assert (change.target.slug, change.before, change.after) == (target.slug, Status.FAR_TOO_SLOW, Status.MET)
    take(*lines, source=make_office())
    assert Judgement.objects.get(target=target, is_verdict=True).status is Status.MET
    assert plan(*lines, source=make_office()).verdicts == ()


def test_an_older_word_of_the_source_over_a_newer_one_is_pointed_out():
    take(vintage=date(2026, 5, 1))
    lines = ("2023,XAR,XBO,export,55", "2024,XAR,XBO,export,70")
    assert [one[0].year for one in plan(*lines, vintage=date(2025, 5, 1)).parts[0].older] == [2023]
    assert plan(*lines, vintage=date(2026, 6, 1)).parts[0].older == ()
    assert plan(*lines).parts[0].older == ()


# What cannot be taken


def test_unknown_economies_are_counted_together_and_the_rest_goes_in():
    done = take(*LINES, "2023,XAR,XZZ,export,5", "2024,XAR,XZZ,export,6")
    assert counts(done) == (3, 0, 0, 2)
    ((unknown),) = done.contents.unknown
    assert (unknown.field, unknown.value, unknown.count, unknown.place) == ("partner", "XZZ", 2, "line 6")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026,XAR,XBO,export,5", "flows.csv, line 2, year = 2026: this period is not over yet"),
        ("2027,XAR,XBO,export,5", "flows.csv, line 2, year = 2027: this period is not over yet"),
        ("2025,XAR,XBO,export,-5", "flows.csv, line 2, value_usd = '-5': "),
    ],
)
def test_a_rejected_line_is_named_with_its_reason(line, said):
    (rejection,) = plan(line, *LINES).contents.rejections
    assert str(rejection).startswith(said)


def test_a_file_of_which_nothing_can_be_taken_writes_nothing(uploads):
    before = everything()
    assert counts(take("2026,XAR,XBO,export,5")) == (0, 0, 0, 1)
    assert everything() == before
    assert not uploads.exists()


@pytest.mark.parametrize("act", [plan_import, import_figures])
def test_what_cannot_be_read_is_refused_and_nothing_written(act):
    before = everything()
    with pytest.raises(UnreadableFile, match=r"flows\.csv"):
        act(by=make_user(), data=b"\x00\x01\x02", name="flows.csv", today=TODAY)
    assert everything() == before


@pytest.mark.parametrize("act", [plan, take])
def test_a_stranger_may_neither_look_nor_import(act):
    with pytest.raises(ActionRefused, match="may not enter"):
        act(by=make_user("sam", group=""))


# Whose figures


def test_a_plain_table_without_a_source_has_one_of_its_own():
    (release,) = take().releases
    assert (release.source.key, release.source.kind) == ("imported-tables", "compilation")
    assert plan().parts[0].source == release.source


def test_a_named_source_is_the_one():
    (release,) = take(source=make_office()).releases
    assert release.source == make_office()


def test_every_format_of_a_publisher_names_its_source():
    sources = {name: publishers.publisher_of(one) for name, one in FORMATS.items()}
    plain = {name for name, source in sources.items() if source is publishers.PLAIN}
    assert plain == {"flows", "template"}


def test_the_shipped_descriptions_of_publishers_are_sound():
    shipped = json.loads((site.BASE_DIR / "data" / "publishers.json").read_text("utf-8"))
    described = publishers.described()
    assert {one["dataset"] for one in shipped} <= described.keys()
    assert len({one["url"] for one in shipped}) == len(shipped)


def test_datasets_within_a_file_go_to_their_sources():
    lines = (
        "dataset,year,reporter,partner,flow,value_usd",
        "kaz_bns_2018_2023,2023,XAR,XBO,export,60",
        "uzb_statuz_2010_2023,2023,XBO,XAR,export,50",
        "nobody_knows,2023,XBO,XAR,export,50",
    )
    done = take(data="\n".join([*lines, ""]).encode())
    assert [release.source.key for release in done.releases] == ["kaz-bns", "uzb-stat"]
    (rejection,) = done.contents.rejections
    assert (rejection.field, rejection.value) == ("dataset", "nobody_knows")


def test_a_source_that_somebody_entered_by_its_address_is_not_made_twice():
    url = publishers.described()["comext"].url
    known = Source.objects.create(key="my-eurostat", kind="compilation", grade="primary", publisher="Eurostat", url=url)
    assert publishers.source_of(publishers.described()["comext"]) == known


def test_a_key_that_no_source_has_is_refused():
    assert source_of_key(make_office().key) == make_office()
    assert source_of_key("eurostat-comext").pk is None
    with pytest.raises(ActionRefused, match="no source with the key nobody"):
        source_of_key("nobody")


# All or nothing


@pytest.mark.parametrize(
    ("where", "name"), [(storing, "_values"), (releases.judgements, "refresh"), (importing, "_keep")]
)
def test_a_failure_in_the_middle_leaves_nothing(monkeypatch, where, name):
    before = everything()

    def fails(*_, **__):
        raise RuntimeError("power cut")

    monkeypatch.setattr(where, name, fails)
    with pytest.raises(RuntimeError, match="power cut"):
        take()
    assert everything() == before


@pytest.mark.parametrize("left", [b"", b"year,rep", table()])
def test_what_a_killed_import_left_of_the_file_is_made_good(uploads, left):
    place = uploads / "releases" / "2026" / sha256(table()).hexdigest()[:16] / "flows.csv"
    place.parent.mkdir(parents=True)
    place.write_bytes(left)
    take()
    assert [one.read_bytes() for one in uploads.rglob("*") if one.is_file()] == [table()]
    assert Release.objects.get().file.path == str(place)


# The command


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_bytes(table())
    return path


def run(*arguments):
    """The exit status and what was printed to either stream."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_figures", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def test_the_command_takes_a_file_and_says_what_became_of_it(file):
    status, out, err = run("--format", "flows", file)
    assert (status, err) == (0, "")
    number = Release.objects.get().pk
    assert out.splitlines() == [
        "format: flows",
        "figures: 3 new, 0 changed, 0 unchanged, 0 rejected",
        f"release: {number} of imported-tables, Imported tables",
    ]
    assert AuditEvent.objects.get(verb="record").by.username == SYSTEM
    assert run("--format", "auto", file)[:2] == (
        0,
        "format: flows\nfigures: 0 new, 0 changed, 3 unchanged, 0 rejected\n",
    )


def test_the_command_names_source_and_vintage(file):
    make_office()
    assert run("--format", "flows", file, "--source", "office-xar", "--vintage", "2026-02-03")[0] == 0
    release = Release.objects.get()
    assert (release.source.key, release.vintage) == ("office-xar", date(2026, 2, 3))


def test_rejected_lines_are_told_and_the_rest_is_in(file):
    file.write_bytes(table(*LINES, "2023,XAR,XBO,across,5", "2023,XAR,XZZ,export,5"))
    status, out, err = run("--format", "flows", file)
    assert status == 1
    assert "figures: 3 new, 0 changed, 0 unchanged, 2 rejected" in out
    assert "rejected: flows.csv, line 6, flow = 'across': must be export or import" in err
    assert "rejected: flows.csv, line 7, partner = XZZ: " in err
    assert err.endswith("2 rejected; the rest is in.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table("2023,XAR,XBO,across,5"), "Nothing could be taken"),
        (HEADER.encode(), "Nothing could be taken"),
        (
            table("2023,XAR,XZZ,export,5", "2024,XYY,XAR,export,5"),
            "each of the 2 values names an economy that this site",
        ),
        (b"", "flows.csv is empty"),
        (b"%PDF-1.7", "a PDF document"),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_ends_with_two(file, content, said):
    file.write_bytes(content)
    status, _out, err = run("--format", "flows" if HEADER.encode() in content else "auto", file)
    assert status == 2
    assert said in err
    assert not Release.objects.exists()


HOSTILE = {name: (lambda data=data: data, why) for name, (data, why) in BROKEN.items()} | BOMBS


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_reason_and_the_database_is_as_it_was(name, tmp_path, uploads):
    make, why = HOSTILE[name]
    path = tmp_path / "a.csv"
    path.write_bytes(make())
    before = everything()
    status, out, err = run("--format", "auto", path)
    assert (status, out) == (2, "")
    assert err.startswith("a.csv")
    assert re.search(why, err)
    assert err.endswith("Nothing was changed.")
    assert everything() == before
    assert not uploads.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "flows", "nowhere.csv"], "nowhere.csv: No such file"),
        (["--format", "flows", "{file}", "--source", "nobody"], "no source with the key nobody"),
        (["--format", "morse", "{file}"], "no format is called 'morse'"),
    ],
)
def test_wrong_arguments_end_with_two(file, arguments, said):
    status, _out, err = run(*(one.format(file=file) for one in arguments))
    assert status == 2
    assert said in err


def test_a_dry_run_foretells_and_changes_nothing(file, uploads):
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    refresh()
    file.write_bytes(table("2025,XAR,XBO,export,300000000", "2025,XAR,XBO,import,210000000", "x"))
    before = everything()
    status, out, _err = run("--format", "flows", file, "--dry-run", "--source", "office-xar")
    assert status == 1
    assert "figures: 1 new, 0 changed, 0 unchanged, 1 rejected" in out
    assert f"verdict: {target.slug}: far_too_slow → met" in out
    assert out.endswith("Nothing was changed: this was a dry run.\n")
    assert everything() == before
    assert not uploads.exists()
    assert not get_user_model().objects.filter(username=SYSTEM).exists()


def test_the_bar_is_for_terminals():
    from targets.management.commands.import_figures import Bar

    class Terminal(StringIO):
        def isatty(self):
            return True

    for stream, shown in ((StringIO(), False), (Terminal(), True)):
        bar = Bar(stream)
        bar("read", 0, 5_000)
        bar("store", 50_000, 100_000)
        bar.close()
        assert ("storing [###############...............] 50,000 of 100,000" in stream.getvalue()) is shown
        assert stream.getvalue().endswith("\x1b[K" if shown else "")


def test_an_economy_is_known_by_each_of_its_names():
    make_economy("XCA", other_names="Old Calder\nCalder Rocks", iso2="QC", m49=998)
    known = importing.directory()
    assert {known.name(name).code for name in ("Calder Isles", "the Calder Isles", "Калдеры", "calder rocks")} == {
        "XCA"
    }
    assert (known.iso2("QC").code, known.m49(998).code, known.code("XCA").code) == ("XCA", "XCA", "XCA")
