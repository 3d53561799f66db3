"""An import that is killed, whatever it was doing: all of it is there or nothing, and the next one needs no repair.

Each phase is met on purpose. Twenty random moments of a file of 100,000 lines: ``python -m bench.kills``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection

from targets.models import AuditEvent, CountryPair, Judgement, Release, Source, TurnoverFigure
from tests.world import make_economy, make_pair, make_target, make_years, refresh

pytestmark = pytest.mark.django_db(transaction=True)

CODES = ["XAR", "XBO", *(f"X{letter}{other}" for letter in "DEFG" for other in "KLMNO")]
YEARS = range(2014, 2025)
LINES = [f"{year},{one},{other},export,7000" for year in YEARS for one in CODES for other in CODES if one != other]
PHASES = ("read", "compare", "store", "store 5000", "judge", "half of the file", "the file")

KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.files.storage import default_storage
from django.core.management import call_command
from targets.actions import importing
from targets.management.commands import import_figures

phase, file = sys.argv[1:]

def die():
    os.kill(os.getpid(), signal.SIGKILL)

class Bar(import_figures.Bar):
    def __call__(self, step, done, total):
        if phase in (step if not done else "", f"{step} {done}"):
            die()

def keep(kept, data):
    if phase == "half of the file":
        path = default_storage.path(kept)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "wb", buffering=0).write(data[:len(data) // 2])
        die()
    stored(kept, data)
    if phase == "the file":
        die()

stored, importing._keep, import_figures.Bar = importing._keep, keep, Bar
call_command("import_figures", "--format", "flows", file)
"""


def address():
    """Where a process of its own finds the database of this test."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}@{quote(found['HOST'], safe='')}/{found['NAME']}"


def killed(phase, file, var):
    """The exit status of the command in a process of its own, which kills itself in that phase."""
    environment = os.environ | {
        "DATABASE_URL": address(),
        "TRADEWATCH_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "tradewatch.settings",
    }
    command = [sys.executable, "-c", KILLED, phase, str(file)]
    return subprocess.run(command, cwd=site.BASE_DIR, env=environment, capture_output=True).returncode


def everything():
    kinds = (Source, Release, TurnoverFigure, CountryPair, AuditEvent, Judgement)
    return [sorted(map(repr, kind.objects.values_list())) for kind in kinds]


def test_an_import_killed_in_any_phase_leaves_nothing_and_the_next_one_takes_all(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    target = make_target()
    make_years(target.pair, "XAR", {2019: 100, 2024: 130})
    for code in CODES[2:]:
        make_economy(code)
    refresh()
    file = tmp_path / "flows.csv"
    file.write_text("\n".join(["year,reporter,partner,flow,value_usd", *LINES, ""]))
    before = everything()
    for phase in PHASES:
        assert killed(phase, file, tmp_path) == -signal.SIGKILL, phase
        assert everything() == before, phase
    out = StringIO()
    call_command("import_figures", "--format", "flows", file, stdout=out)
    assert f"figures: {len(LINES)} new, 0 changed, 0 unchanged, 0 rejected" in out.getvalue()
    release = Release.objects.get(kind="import")
    assert release.figures.count() == len(LINES)
    assert [path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == [file.read_bytes()]
    assert Path(release.file.path).parent.parent.parent == settings.MEDIA_ROOT / "releases"
    out = StringIO()
    call_command("check_data", stdout=out)


def test_a_phase_that_is_not_met_kills_nothing(tmp_path, settings):
    """So that a phase renamed one day is noticed above."""
    make_pair()
    file = tmp_path / "flows.csv"
    file.write_text("year,reporter,partner,flow,value_usd\n2024,XAR,XBO,export,7000\n")
    assert killed("never", file, tmp_path) == 0
    assert Release.objects.get().figures.count() == 1
