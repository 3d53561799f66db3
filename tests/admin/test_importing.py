"""Importing a file at the desk: upload, preview, confirmation, progress, undo; and all that can be wrong on the way."""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from targets.actions import jobs, uploads
from targets.actions.importing import import_figures
from targets.actions.uploads import Reading
from targets.admin.preview import complaint
from targets.importers import FORMATS
from targets.models import AuditEvent, Release, TurnoverFigure, Upload
from targets.queries import current_figures
from targets.records import ReleaseKind, UploadState
from tests import world
from tests.importers.test_opening import BROKEN
from tests.importers.test_workbooks import BOMBS

BEGIN = "/admin/targets/release/import/"
HEADER = "year,reporter,partner,flow,value_usd"
LINES = ("2023,XAR,XBO,export,60", "2023,XAR,XBO,import,40", "2024,XAR,XBO,export,70", "2024,XBO,XAR,export,45.5")


@pytest.fixture(autouse=True)
def incoming(settings, tmp_path, targets):
    """Where uploaded files lie, and what a large one's process would do is done at once."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads" / "incoming"


@pytest.fixture
def at_once(monkeypatch):
    """Every file counts as large, and its process works while the browser waits."""
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    monkeypatch.setattr(jobs, "start", lambda key, number: uploads.go_on_as_a_job(number))


def table(*lines):
    return "\n".join([HEADER, *(lines or LINES), ""]).encode()


def file(data=None, name="flows.csv"):
    return SimpleUploadedFile(name, table() if data is None else data)


def send(client, data=None, name="flows.csv", **fields):
    return client.post(BEGIN, {"file": file(data, name), "format_name": "auto", **fields}, follow=True)


def newest():
    return Upload.objects.latest("pk")


def page_of(upload):
    return f"{BEGIN}{upload.pk}/"


def confirm(client, upload=None, **fields):
    upload = upload or newest()
    return client.post(page_of(upload), {"_confirm": "", "digest": upload.digest, **fields}, follow=True)


def text(response):
    """What a reader of the page reads, in one line."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r" ([,.:])", r"\1", re.sub(r"\s+", " ", plain))


def stand():
    figures = [one for one in current_figures(["xar-xbo"]) if one.source.key == "imported-tables"]
    return [
        (one.year, one.reporter, *(a if a is None else float(a) for a in (one.exports, one.imports))) for one in figures
    ]


def everything():
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in apps.get_models()
            if model._meta.label not in ("sessions.Session", "auth.User", "axes.AccessLog")}  # fmt: skip


# The way through


def test_a_file_is_shown_before_it_is_recorded_and_then_is_one_release(desk):
    client = desk("analyst")
    before = TurnoverFigure.objects.count()
    shown = send(client)
    assert shown.status_code == 200
    assert "Plain table of yearly flows (CSV). 3 figures, 2023–2024, 1 pair, 2 reporters." in text(shown)
    assert TurnoverFigure.objects.count() == before
    done = confirm(client, reason="The yearbook.")
    (release,) = Release.objects.filter(kind=ReleaseKind.IMPORT)
    assert f"Release no. {release.pk}" in text(done)
    assert (release.recorded_by.username, release.reason) == ("ana", "The yearbook.")
    assert stand() == [(2023, "XAR", 60, 40), (2024, "XAR", 70, None), (2024, "XBO", 45.5, None)]
    assert Path(release.file.path).read_bytes() == table()
    assert AuditEvent.objects.filter(verb="record", object_key=str(release.pk)).count() == 1


def test_the_sums_of_a_file_are_told_by_period_and_never_across(desk):
    year = table(*LINES, "2024,XAR,XBO,import,1000")
    shown = send(desk("analyst"), year)
    sums = [(one.period, one.figures, one.amounts) for one in shown.context["preview"].sums]
    assert sums == [("2024", 2, ("$115.5", "$1,000", "–")), ("2023", 1, ("$60", "$40", "–"))]
    assert "All reporters and partners together" in text(shown)
    assert "$1,040" not in text(shown)


def test_a_part_of_a_year_is_not_added_to_the_year(desk):
    header = "pair,reporter,year,from_month,through_month,turnover,currency"
    own = "\n".join([header, "xar-xbo,XAR,2024,1,12,100,USD", "xar-xbo,XBO,2024,1,9,70,USD", ""]).encode()
    shown = send(desk("analyst"), own, "template.csv", source=world.make_office("XAR").pk)
    sums = [(one.period, one.amounts[2]) for one in shown.context["preview"].sums]
    assert sums == [("2024", "$100"), ("January–September\u00a02024", "$70")]


def test_what_an_earlier_version_of_the_site_looked_at_is_still_shown(desk):
    client = desk("analyst")
    send(client)
    upload = newest()
    del upload.report["totals"]["periods"]
    upload.save()
    assert client.get(page_of(upload)).status_code == 200


class TestARefusal:
    def test_says_that_a_file_called_a_workbook_is_none(self, desk):
        shown = send(desk("analyst"), random.Random(7).randbytes(30_000), "trade.xlsx")  # noqa: S311
        assert "trade.xlsx is called a workbook and is none" in text(shown)

    def test_names_no_format_by_its_name_for_the_command(self, desk):
        said = text(send(desk("analyst"), b"one,two\n1,2\n", "unknown.csv"))
        assert "the header is of no known format; known are those in the list of formats" in said
        russian = desk("analyst").post(f"/ru{BEGIN}", {"file": file(b"one,two\n1,2\n"), "format_name": "auto"})
        assert "в списке форматов" in text(russian)

    def test_names_formats_by_their_titles_where_one_must_be_chosen(self):
        said = complaint("a.csv, line 1: it may be any of wits-xml, armenia; say which it is")
        titles = "“World Bank WITS, answer of the API (XML)”, “Armstat: exports, imports by country of origin (CSV)”"
        assert said == f"a.csv, line 1: it may be any of {titles}; say which it is"
        origin = complaint("exports: they come with the format armenia")
        assert origin == "exports: they come with the format “Armstat: exports, imports by country of origin (CSV)”"
        assert complaint("armenia.csv is empty: line 1 has nothing on it").startswith("armenia.csv is empty")
        with override("ru"):
            assert "формат" in complaint("exports: they come with the format armenia")
            assert " armenia" not in complaint("exports: they come with the format armenia")


def test_the_desk_does_what_the_command_does(desk, cast):
    client = desk("analyst")
    send(client)
    by_the_desk = [(one["pair"], one["exports"], one["imports"]) for one in _confirmed(client)]
    Release.objects.filter(kind=ReleaseKind.IMPORT).delete()
    import_figures(by=cast["analyst"], data=table(), name="flows.csv")
    by_the_command = TurnoverFigure.objects.filter(release__kind=ReleaseKind.IMPORT).order_by("year", "reporter")
    assert by_the_desk == [(one.pair_id, one.exports, one.imports) for one in by_the_command]


def _confirmed(client):
    confirm(client)
    made = TurnoverFigure.objects.filter(release__kind=ReleaseKind.IMPORT)
    return list(made.order_by("year", "reporter").values("pair", "exports", "imports"))


def test_new_changed_unchanged_rejected_and_unknown_are_told_apart(desk):
    client = desk("analyst")
    send(client)
    confirm(client)
    lines = (*LINES[:2], "2024,XAR,XBO,export,75", "2025,XAR,XBO,export,80", "2025,XAR,XBO,across,1")
    shown = send(client, table(*lines, "2025,XAR,XZZ,export,2", "2025,XAR,XZZ,import,3"))
    said = text(shown)
    counts = [newest().report[name] for name in ("new", "changed", "unchanged", "rejected")]
    assert counts == [1, 1, 1, 3]
    assert "exports $70 → $75" in said
    assert "Arlandia – Borovia, 2025 Arlandia · line 5 $80 – –" in said
    assert "line 6 flow 'across' must be export or import" in said
    assert "XZZ: 2 values, first in line 7" in said


def test_what_it_does_to_verdicts_is_said_before_and_after(desk, targets):
    client = desk("analyst")
    office = world.make_office()
    lines = ("2025,XAR,XBO,export,300000000", "2025,XAR,XBO,import,210000000")
    shown = send(client, table(*lines), source=office.pk)
    ((target, _key, before, after),) = shown.context["preview"].verdict_lines
    assert (target.slug, after) == (targets["going"].slug, "disputed")
    assert f'href="/admin/targets/target/{targets["going"].pk}/change/"' in shown.content.decode()
    done = confirm(client, kind="revision", reason="The office's new table.")
    (change,) = done.context["verdict_changes"]
    assert (change.target, change.from_status, change.to_status) == (targets["going"], before, "disputed")
    assert targets["going"].slug in text(done)


def test_a_named_source_and_day_go_into_the_release(desk):
    client = desk("analyst")
    office = world.make_office("XCA")
    send(client, source=office.pk, vintage="2026-03-01")
    confirm(client)
    release = Release.objects.get(kind=ReleaseKind.IMPORT)
    assert (release.source, str(release.vintage)) == (office, "2026-03-01")


def test_a_file_is_read_otherwise_when_asked(desk):
    client = desk("analyst")
    send(client)
    office = world.make_office()
    client.post(page_of(newest()), {"_again": "", "format_name": "flows", "source": office.pk, "vintage": ""})
    upload = newest()
    assert (upload.state, upload.source, upload.report["sources"][0]["key"]) == (UploadState.READY, office, office.key)
    refused = client.post(page_of(upload), {"_again": "", "format_name": "baci"}, follow=True)
    assert newest().state == UploadState.REFUSED
    assert "the header must name the columns" in text(refused)


@pytest.mark.parametrize("name", ["template.csv", "template.xlsx"])
def test_the_template_is_there_to_be_filled_in_and_comes_back_as_one(desk, name):
    client = desk("analyst")
    assert f'href="{BEGIN}{name}"' in client.get(BEGIN).content.decode()
    response = client.get(f"{BEGIN}{name}")
    assert response["Content-Disposition"] == f'attachment; filename="tradewatch-{name}"'
    assert send(client, response.content, name).status_code == 200
    assert newest().report["format"] == "template"


def test_every_format_is_listed_and_those_never_seen_are_named(desk):
    said = text(desk("analyst").get(BEGIN))
    assert all(one.title in said for one in FORMATS.values())
    assert said.count("not seen in the wild") == sum(one.documented_only for one in FORMATS.values()) > 0


@pytest.mark.parametrize("address", ["/admin/", "/admin/targets/release/"])
def test_it_is_found_from_the_first_page_and_from_the_releases(desk, address):
    assert f'href="{BEGIN}"' in desk("analyst").get(address).content.decode()


# What is already in


def test_the_same_file_again_is_in_already_and_cannot_be_recorded(desk):
    client = desk("analyst")
    send(client)
    confirm(client)
    before = everything()
    again = send(client)
    number = Release.objects.get(kind=ReleaseKind.IMPORT).pk
    assert "The file is in already and changes nothing" in text(again)
    assert f'href="/admin/targets/release/{number}/change/"' in again.content.decode()
    assert "_confirm" not in again.content.decode()
    assert "nothing in the file that would be new" in text(confirm(client))
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"targets.Upload"}


def test_figures_that_stand_are_replaced_only_with_a_reason(desk):
    client = desk("analyst")
    send(client)
    confirm(client)
    send(client, table("2023,XAR,XBO,export,61"))
    assert "Choose correction if we erred" in text(confirm(client, reason="a slip"))
    assert "Say what was wrong" in text(confirm(client, kind="correction", reason=" "))
    assert stand()[0] == (2023, "XAR", 60, 40)
    confirm(client, kind="correction", reason="a slip")
    release = Release.objects.latest("pk")
    assert (release.kind, release.reason) == (ReleaseKind.CORRECTION, "a slip")
    assert stand()[0] == (2023, "XAR", 61, 40)


# Others meanwhile


def other(cast, *lines):
    """What a colleague records meanwhile."""
    return import_figures(by=cast["editor"], data=table(*lines), name="theirs.csv", reason="theirs").releases[0]


def test_if_others_recorded_figures_meanwhile_nothing_is_done_and_the_new_preview_shown(desk, cast):
    client = desk("analyst")
    send(client)
    other(cast, "2023,XAR,XBO,export,55")
    before = Release.objects.count()
    shown = confirm(client, reason="my words")
    assert "somebody recorded figures meanwhile" in text(shown)
    assert "exports $55 → $60" in text(shown)
    assert "my words" in shown.content.decode()
    assert Release.objects.count() == before
    done = confirm(client, kind="revision", reason="my words")
    assert "Release no." in text(done)
    assert stand()[0] == (2023, "XAR", 60, 40)


def test_if_the_same_figures_came_in_meanwhile_that_is_said(desk, cast):
    client = desk("analyst")
    send(client)
    other(cast, *LINES)
    before = Release.objects.count()
    shown = confirm(client)
    assert "somebody recorded figures meanwhile" in text(shown)
    assert "The file is in already and changes nothing" in text(shown)
    assert Release.objects.count() == before


def test_what_others_record_of_something_else_is_in_nobodys_way(desk, cast):
    client = desk("analyst")
    send(client)
    import_figures(
        by=cast["editor"], data=table("2023,XBO,XCA,export,55"), name="b.csv", source=world.make_office("XCA")
    )
    assert "Release no." in text(confirm(client))


def test_what_changes_between_the_last_look_and_the_recording_is_noticed(desk, cast, monkeypatch):
    client = desk("analyst")
    send(client)

    def meanwhile(**options):
        monkeypatch.undo()
        other(cast, "2023,XAR,XBO,export,55")
        return import_figures(**options)

    monkeypatch.setattr(uploads, "import_figures", meanwhile)
    before = Release.objects.count()
    shown = confirm(client)
    assert "somebody recorded figures meanwhile" in text(shown)
    assert Release.objects.count() == before + 1  # theirs


def test_without_the_check_what_others_recorded_would_be_replaced_unseen(desk, cast):
    client = desk("analyst")
    send(client)
    other(cast, "2023,XAR,XBO,export,55")
    import_figures(by=cast["analyst"], data=table(), name="flows.csv")  # nothing agreed
    assert stand()[0] == (2023, "XAR", 60, 40)


def test_two_who_confirm_one_file_make_one_release(desk):
    analyst, editor = desk("analyst"), desk("editor")
    send(analyst)
    seen = newest()
    confirm(analyst, seen)
    again = confirm(editor, seen)
    assert Release.objects.filter(kind=ReleaseKind.IMPORT).count() == 1
    assert "Release no." in text(again)


# Taking it back


def test_an_editor_withdraws_from_the_page_of_the_result_and_the_file_goes_in_again(desk):
    client = desk("editor")
    send(client)
    done = confirm(client)
    release = Release.objects.get(kind=ReleaseKind.IMPORT)
    address = reverse("admin:targets_release_withdraw", args=[release.pk])
    assert f'href="{address}"' in done.content.decode()
    assert f'href="{address}"' in client.get(f"/admin/targets/release/{release.pk}/change/").content.decode()
    asked = text(client.get(address))
    assert "Why is it withdrawn?" in asked
    assert "Its 3 figures are kept and count no more" in asked
    assert client.post(address, {"text": "  "}).context["form"].errors
    assert stand()
    said = client.post(address, {"text": "The wrong table."}, follow=True)
    assert "what stood before stands again" in text(said)
    assert stand() == []
    assert "The wrong table." in text(client.get(page_of(newest())))
    assert "is withdrawn already" in text(client.get(address, follow=True))
    send(client)
    confirm(client)
    assert len(stand()) == 3


def test_an_analyst_is_told_who_can_withdraw(desk):
    client = desk("analyst")
    send(client)
    said = text(confirm(client))
    address = reverse("admin:targets_release_withdraw", args=[Release.objects.get(kind=ReleaseKind.IMPORT).pk])
    assert "An editor can withdraw a release" in said
    assert client.get(address).status_code == client.post(address, {"text": "no"}).status_code == 403
    assert stand()


def test_the_file_as_received_is_saved_from_the_release_and_never_shown(desk):
    client = desk("analyst")
    send(client)
    confirm(client)
    release = Release.objects.get(kind=ReleaseKind.IMPORT)
    address = reverse("admin:targets_release_file", args=[release.pk])
    assert f'href="{address}"' in client.get(f"/admin/targets/release/{release.pk}/change/").content.decode()
    response = client.get(address)
    assert b"".join(response.streaming_content) == table()
    assert response["Content-Disposition"] == 'attachment; filename="flows.csv"'
    assert response["Content-Type"] == "application/octet-stream"
    assert desk("stranger").get(address).status_code in (302, 403)


# What cannot be read


@pytest.mark.parametrize("name", [name for name, (data, _why) in BROKEN.items() if 0 < len(data) <= uploads.AT_ONCE])
def test_a_hostile_file_is_refused_on_the_form_and_nothing_is_kept(desk, incoming, name):
    refused_on_the_form(desk("analyst"), incoming, BROKEN[name][0], "a.csv", BROKEN[name][1])


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_workbook_is_refused_on_the_form_and_nothing_is_kept(desk, incoming, name):
    make, reason = BOMBS[name]
    data = make()
    if len(data) <= uploads.AT_ONCE:
        refused_on_the_form(desk("analyst"), incoming, data, "a.xlsx", reason)
    else:
        with pytest.raises(Exception, match=reason):
            uploads.plan_import(by=world.make_user(), data=data, name="a.xlsx")


def refused_on_the_form(client, incoming, data, name, reason):
    before = everything()
    response = send(client, data, name)
    assert response.status_code == 200
    (told,) = response.context["form"].errors["file"]
    assert re.search(reason, told)
    assert everything() == before
    assert list(incoming.glob("*/*")) == []


@pytest.mark.parametrize("name", [name for name, (data, _why) in BROKEN.items() if len(data) > uploads.AT_ONCE])
def test_a_large_hostile_file_is_refused_on_its_page_and_records_nothing(desk, at_once, name):
    before = everything()
    data, reason = BROKEN[name]
    response = send(desk("analyst"), data, "a.csv")
    assert response.status_code == 200
    assert re.search(reason, newest().told)
    assert "Nothing was recorded." in text(response)
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"targets.Upload"}


def test_an_empty_file_and_none_at_all_are_asked_for_anew(desk):
    assert "The submitted file is empty." in text(send(desk("analyst"), b""))
    assert "This field is required." in text(desk("analyst").post(BEGIN, {"format_name": "auto"}))


def test_a_file_above_the_limit_is_refused_with_the_limit_and_the_way_out(desk, settings, incoming):
    settings.LARGEST_IMPORT = 50
    said = text(send(desk("analyst")))
    assert "at most 50 bytes can be uploaded here" in said
    assert "import_figures" in said
    assert not Upload.objects.exists()
    assert not incoming.exists()


@pytest.mark.parametrize("fields", [{"format_name": "nonsense"}, {"source": "999999"}, {"vintage": "yesterday"}])
def test_nonsense_in_the_other_fields_is_named(desk, fields):
    response = send(desk("analyst"), **{"format_name": "auto", **fields})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(fields)
    assert not Upload.objects.exists()


def test_texts_that_no_database_stores_do_no_harm(desk):
    record = {"period": "2022", "reporterCode": "\0", "partnerCode": "\ud800", "flowCode": "X", "cmdCode": "TOTAL",
              "primaryValue": 1, "refYear": 2022, "typeCode": "C", "freqCode": "A"}  # fmt: skip
    response = send(desk("analyst"), json.dumps({"data": [record]}).encode(), "a.json")
    assert response.status_code == 200
    assert newest().report["list_of_unknown"][0]["value"] == "�"


def test_a_table_of_which_nothing_can_be_taken_cannot_be_recorded(desk):
    response = send(desk("analyst"), table("2026,XAR,XBO,export,5"))
    assert "Nothing of the file can be recorded" in text(response)
    assert "line 2 year 2026 this period is not over yet" in text(response)
    assert "_confirm" not in response.content.decode()


# Long lists


def test_long_lists_are_cut_with_their_count_and_whole_as_tables(desk):
    client = desk("analyst")
    bad = [f"2023,XAR,XBO,across,{number}" for number in range(150)]
    good = [f"{year},{one},{other},export,{year}" for year in range(1960, 2025) for one, other in
            (("XAR", "XBO"), ("XBO", "XAR"))]  # fmt: skip
    response = send(client, table(*good, *bad))
    said = text(response)
    assert "The first 100 of 130." in said
    assert "Rejected values (100 / 150)" in said
    rows = downloaded(client, "left-out.csv")
    assert [row["what"] for row in rows] == ["rejected"] * 150
    assert (rows[0]["place"], rows[0]["field"]) == ("line 132", "flow")
    rows = downloaded(client, "changes.csv")
    assert len(rows) == 130
    assert {row["what"] for row in rows} == {"new"}


def test_of_changed_figures_the_largest_come_first_and_the_table_has_what_stood(desk):
    client = desk("analyst")
    send(client, table(*(f"{year},XAR,XBO,export,100" for year in range(1960, 1965))))
    confirm(client)
    values = (101, 102, 100_000, 103, 100)
    shown = send(client, table(*(f"{1960 + place},XAR,XBO,export,{one}" for place, one in enumerate(values))))
    assert [line.period for line in shown.context["preview"].changed_lines] == ["1962", "1963", "1961", "1960"]
    rows = downloaded(client, "changes.csv")
    assert [(row["year"], row["exports"], row["exports_before"]) for row in rows][:1] == [("1960", "101", "100")]


def downloaded(client, name):
    response = client.get(f"{page_of(newest())}{name}")
    assert response["Content-Disposition"].startswith("attachment")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_no_cell_of_the_tables_is_run_by_a_spreadsheet(desk):
    client = desk("analyst")
    send(client, table(*LINES, "2023,XAR,=HYPERLINK(1),export,1"))
    (row,) = downloaded(client, "left-out.csv")
    assert row["value"].startswith("'")


# Large files


def test_a_large_file_goes_the_same_way_with_a_process_of_its_own(desk, at_once):
    client = desk("analyst")
    shown = send(client)
    assert newest().state == UploadState.READY
    assert "3 figures" in text(shown)
    done = confirm(client)
    assert "Release no." in text(done)
    assert len(stand()) == 3


@pytest.fixture
def under_way(desk, monkeypatch):
    """A large file that a process is at, and the browser that waits for it."""
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    monkeypatch.setattr(jobs, "start", lambda key, number: None)
    client = desk("analyst")
    send(client)
    upload = newest()
    with jobs.held(upload.key):
        yield client, upload


def test_while_it_works_the_page_says_how_far_it_is_with_and_without_a_script(under_way):
    client, upload = under_way
    page = client.get(page_of(upload)).content.decode()
    assert "Reading the file" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'hx-trigger="every 1s"' in page
    jobs.Teller(upload.key)("store", 500, 2000)
    part = client.get(page_of(upload), headers={"HX-Request": "true"}).content.decode()
    assert "Recording figures: 500 of 2,000" in part
    assert '<progress value="500" max="2000"' in part
    assert "<html" not in part


def test_what_a_process_is_at_can_be_neither_discarded_nor_read_otherwise_nor_begun_twice(under_way, monkeypatch):
    client, upload = under_way
    for button in ("_discard", "_again"):
        said = client.post(page_of(upload), {button: "", "format_name": "auto"}, follow=True)
        assert "being recorded" in text(said)
    assert newest().state == UploadState.RECEIVED
    monkeypatch.setattr(jobs, "_PATIENCE", 0.05)
    with pytest.raises(uploads.ActionRefused), jobs.held(upload.key):
        pass  # pragma: no cover


def test_the_page_is_loaded_anew_when_the_work_is_done(desk, at_once):
    client = desk("analyst")
    send(client)
    answer = client.get(page_of(newest()), headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert answer.content == b""


def test_a_process_that_was_killed_is_told_and_begun_again(desk, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    monkeypatch.setattr(jobs, "start", lambda key, number: None)
    client = desk("analyst")
    said = text(send(client))
    assert "The work stopped before its end. Nothing of the file was recorded." in said
    monkeypatch.setattr(jobs, "start", lambda key, number: uploads.go_on_as_a_job(number))
    assert "3 figures" in text(client.post(page_of(newest()), {"_resume": ""}, follow=True))


def test_a_failure_in_the_middle_leaves_the_file_confirmed_and_nothing_recorded(desk, at_once, monkeypatch):
    client = desk("analyst")
    send(client)
    before = stand(), Release.objects.count()

    def fails(*_, **__):
        raise RuntimeError("power cut")

    monkeypatch.setattr("targets.actions.importing._keep", fails)
    with pytest.raises(RuntimeError, match="power cut"):
        confirm(client)
    assert (stand(), Release.objects.count()) == before
    assert newest().state == UploadState.CONFIRMED
    monkeypatch.undo()
    monkeypatch.setattr(uploads, "AT_ONCE", 10**9)
    client.post(page_of(newest()), {"_resume": ""})
    assert newest().state == UploadState.DONE
    assert len(stand()) == 3


@pytest.mark.parametrize("name", ["()", "«»", "???"])
def test_a_file_of_whose_name_nothing_can_be_kept_goes_in_all_the_same(desk, name):
    client = desk("analyst")
    send(client, name=name)
    confirm(client)
    assert newest().state == UploadState.DONE
    assert Release.objects.latest("pk").file.name.endswith("/file")


def test_whoever_begins_again_what_is_done_by_then_changes_nothing(desk, cast):
    send(desk("analyst"))
    Upload.objects.update(state=UploadState.CONFIRMED, confirmed_by=cast["analyst"])
    read_before = newest()
    uploads.resume(by=cast["analyst"], upload=newest())
    uploads.resume(by=cast["analyst"], upload=read_before)
    assert (newest().state, newest().told) == (UploadState.DONE, "")
    assert Release.objects.filter(kind=ReleaseKind.IMPORT).count() == 1


def test_whoever_begins_again_what_is_thrown_away_by_then_is_told(desk, cast):
    client = desk("analyst")
    send(client)
    Upload.objects.update(state=UploadState.CONFIRMED, confirmed_by=cast["analyst"])
    read_before = newest()
    client.post(page_of(read_before), {"_discard": ""})
    with pytest.raises(uploads.ActionRefused, match="no longer there"):
        uploads.resume(by=cast["analyst"], upload=read_before)
    assert not Upload.objects.exists()


def test_a_colleague_goes_on_with_the_file_of_somebody_who_left_the_desk(desk, cast):
    send(desk("analyst"))
    cast["analyst"].groups.clear()
    said = text(desk("editor").post(page_of(newest()), {"_again": "", "format_name": "auto"}, follow=True))
    assert newest().state == UploadState.READY
    assert "3 figures" in said


@pytest.mark.parametrize("size", [10**9, 0])
def test_no_file_says_something_after_today(desk, monkeypatch, size):
    monkeypatch.setattr(uploads, "AT_ONCE", size)
    monkeypatch.setattr(jobs, "start", lambda key, number: uploads.go_on_as_a_job(number))
    said = text(send(desk("analyst"), vintage="2099-01-01"))
    assert "today at the latest" in said
    assert not Upload.objects.filter(state=UploadState.READY).exists()


# What is left lying


def test_a_file_is_thrown_away_when_asked(desk, incoming):
    client = desk("analyst")
    send(client)
    said = client.post(page_of(newest()), {"_discard": ""}, follow=True)
    assert "was thrown away; nothing of it was recorded" in text(said)
    assert not Upload.objects.exists()
    assert list(incoming.iterdir()) == []


def test_files_that_nobody_confirmed_are_forgotten_with_the_next_upload(desk, incoming):
    client = desk("analyst")
    send(client)
    old = newest()
    Upload.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - uploads.KEPT - timedelta(hours=1))
    send(client, table("2023,XAR,XBO,export,1"))
    assert list(Upload.objects.all()) == [newest()]
    assert [place.name for place in incoming.iterdir()] == [newest().key]
    assert client.get(page_of(old)).status_code == 404


def test_a_folder_that_a_killed_upload_left_is_swept(incoming):
    left = incoming / "0123"
    left.mkdir(parents=True)
    uploads.forget_old()
    assert left.exists()
    uploads.forget_old(timezone.now() + uploads.KEPT + timedelta(hours=1))
    assert not left.exists()


def test_what_waits_is_listed_where_the_next_file_is_uploaded(desk):
    send(desk("analyst"))
    assert f'href="{page_of(newest())}"' in desk("editor").get(BEGIN).content.decode()
    confirm(desk("editor"))
    assert f'href="{page_of(newest())}"' not in desk("editor").get(BEGIN).content.decode()


def test_an_uploaded_file_lies_where_only_the_site_reads_it(desk, incoming):
    send(desk("analyst"))
    folder = incoming / newest().key
    assert folder.stat().st_mode & 0o077 == 0
    for address in (
        f"/incoming/{folder.name}/file",
        f"/uploads/incoming/{folder.name}/file",
        f"/media/incoming/{folder.name}/file",
    ):
        assert desk("anonymous").get(address).status_code == 404


def test_after_recording_only_the_release_keeps_the_file(desk, incoming):
    send(desk("analyst"))
    confirm(desk("analyst"))
    assert not (incoming / newest().key / "file").exists()


# Who may


@pytest.mark.parametrize("who", ["stranger", "anonymous"])
def test_who_may_not_record_figures_sees_none_of_these_pages(desk, who):
    send(desk("analyst"))
    upload = newest()
    for address in (BEGIN, page_of(upload), f"{page_of(upload)}left-out.csv", f"{BEGIN}template.csv"):
        assert desk(who).get(address).status_code in (302, 403)
        assert desk(who).post(address, {"_confirm": "", "digest": upload.digest}).status_code in (302, 403)
    assert newest().state == UploadState.READY


def test_the_action_itself_refuses_a_stranger(cast):
    with pytest.raises(uploads.ActionRefused, match="may not enter"):
        uploads.receive(by=cast["stranger"], file=file(), reading=Reading("auto"))
    assert not Upload.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_every_step_is_there_in_both_languages(desk, prefix):
    client = desk("editor")
    begin = f"{prefix}{BEGIN}"
    heading = {"": "Import a file", "/ru": "Импорт файла"}[prefix]
    assert heading in text(client.get(begin))
    shown = client.post(begin, {"file": file(), "format_name": "auto"}, follow=True)
    button = {"": "Record the figures", "/ru": "Внести данные"}[prefix]
    assert button in text(shown)
    done = client.post(f"{prefix}{page_of(newest())}", {"_confirm": "", "digest": newest().digest}, follow=True)
    assert {"": "Verdicts that changed", "/ru": "Изменившиеся вердикты"}[prefix] in text(done)


def test_places_and_reasons_are_told_in_the_readers_language(desk):
    client = desk("analyst")
    sent = {"file": file(table(*LINES, "2023,XAR,XBO,across,1", "2023,XAR,XZZ,export,1")), "format_name": "auto"}
    said = text(client.post(f"/ru{BEGIN}", sent, follow=True))
    assert "строка 6 flow 'across' должно быть export или import" in said
    assert "XZZ: 1 значение, впервые: строка 7" in said
    refused = client.post(f"/ru{BEGIN}", {"file": file(b"%PDF-1.7\n", "a.csv"), "format_name": "auto"})
    assert refused.context["form"].errors["file"] == ["a.csv — документ PDF; загрузить можно только таблицы"]


def test_amounts_are_compared_to_the_cent(desk):
    client = desk("analyst")
    send(client, table("2023,XAR,XBO,export,60.01"))
    confirm(client)
    assert TurnoverFigure.objects.get(release__kind=ReleaseKind.IMPORT).exports == Decimal("60.01")
