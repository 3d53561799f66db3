"""Large files are looked at and recorded by a process of their own: it is seen to be at it, and may be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from targets.actions import jobs, uploads
from targets.actions.uploads import Reading
from targets.models import Release, TurnoverFigure, Upload
from targets.records import ReleaseKind, UploadState
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120
"""Seconds after which a process that says nothing is taken for hanging, on however busy a machine."""


@pytest.fixture
def started(monkeypatch, settings, tmp_path):
    """The ids of the processes that were started, on this test's database and folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    server = os.environ.get("DATABASE_URL", "").rpartition("/")[0] or "sqlite://"
    monkeypatch.setenv("DATABASE_URL", f"{server}/{connection.settings_dict['NAME']}")
    monkeypatch.setenv("TRADEWATCH_VAR", str(tmp_path))
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    ids = []
    start = jobs.start
    monkeypatch.setattr(jobs, "start", lambda key, number: ids.append(start(key, number)))
    return ids


@pytest.fixture
def ana():
    world.make_world()
    return world.make_user("ana", "analyst")


def receive(by, rows):
    lines = [f"{1960 + n % 65},{one},{two},export,{n}" for n, (one, two) in enumerate(_sides(rows))]
    data = "\n".join(["year,reporter,partner,flow,value_usd", *lines, ""]).encode()
    return uploads.receive(by=by, file=SimpleUploadedFile("big.csv", data), reading=Reading("auto"))


def _sides(rows):
    """So many different sides, every one of them known."""
    codes = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(rows // 65 + 1)]
    for code in codes:
        world.make_economy(code)
    return [(code, "XBO") for code in codes if code != "XBO" for _year in range(65)][:rows]


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def finished(upload):
    until(lambda: not jobs.working(upload.key), "the process comes to an end")
    upload.refresh_from_db()
    return upload


def imported():
    return TurnoverFigure.objects.filter(release__kind=ReleaseKind.IMPORT).count()


def test_a_process_looks_at_the_file_and_another_records_what_is_confirmed(started, ana):
    upload = receive(ana, 650)
    assert jobs.working(upload.key)
    assert finished(upload).state == UploadState.READY
    assert (upload.report["new"], imported()) == (650, 0)
    uploads.confirm(by=ana, upload=upload, digest=upload.digest)
    assert finished(upload).state == UploadState.DONE
    assert imported() == 650
    assert Release.objects.get(kind=ReleaseKind.IMPORT).recorded_by == ana
    assert len(started) == 2


def test_what_is_wrong_is_told_in_the_language_of_whoever_asks(started, ana):
    client = Client()
    client.force_login(ana)
    sent = {"file": SimpleUploadedFile("big.csv", b"nothing,of,the,kind\n1,2,3,4\n"), "format_name": "auto"}
    client.post("/ru/admin/targets/release/import/", sent)
    upload = finished(Upload.objects.get())
    assert upload.state == UploadState.REFUSED
    page = f"admin/targets/release/import/{upload.pk}/"
    assert "заголовок не подходит ни к одному известному формату" in client.get(f"/ru/{page}").content.decode()
    assert "the header is of no known format" in client.get(f"/{page}").content.decode()


def test_nobody_starts_a_second_process_for_the_same_file(started, ana, monkeypatch):
    upload = finished(receive(ana, 65))
    monkeypatch.setattr(jobs, "_PATIENCE", 0.05)
    with jobs.held(upload.key):
        uploads.go_on(upload)
    assert started[1:] == [None]


def test_a_process_too_many_changes_nothing(started, ana):
    upload = finished(receive(ana, 65))
    Upload.objects.filter(pk=upload.pk).update(reason="written meanwhile")
    uploads.work(upload)
    assert Upload.objects.get().reason == "written meanwhile"


@pytest.mark.parametrize("step", ["read", "compare", "store", "judge"])
def test_a_process_that_is_killed_leaves_nothing_half_done_and_is_begun_again(started, ana, step):
    upload = finished(receive(ana, 13_000))
    assert upload.report["new"] == 13_000
    uploads.confirm(by=ana, upload=upload, digest=upload.digest)
    until(lambda: getattr(jobs.step_of(upload.key), "name", "") == step or not jobs.working(upload.key), step)
    with contextlib.suppress(ProcessLookupError):
        os.kill(started[-1], signal.SIGKILL)
    finished(upload)
    # Where the machine was faster than the test it is all there; what must not be is a part of it.
    assert imported() == (13_000 if upload.state == UploadState.DONE else 0)
    if upload.state != UploadState.DONE:
        assert upload.state == UploadState.CONFIRMED
        client = Client()
        client.force_login(ana)
        page = client.get(f"/admin/targets/release/import/{upload.pk}/").content.decode()
        assert "The work stopped before its end. Nothing of the file was recorded." in page
        uploads.resume(by=ana, upload=upload)
        assert finished(upload).state == UploadState.DONE
    assert imported() == 13_000
    assert Release.objects.filter(kind=ReleaseKind.IMPORT).count() == 1
