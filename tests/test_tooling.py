"""The commands that people type: what they promise, and that the locks hold what the project asks for."""

import os
import re
import socket
import stat
import subprocess
import sys
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError
from packaging.requirements import Requirement

import dev
import start
from targets.models import Economy

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = PROJECT["project"]["dependencies"]
FOR_DEVELOPING = PROJECT["dependency-groups"]["dev"]
FOR_MEASURING = PROJECT["dependency-groups"]["bench"]
LOCKS = {"requirements.txt": NEEDED, "requirements-dev.txt": FOR_DEVELOPING, "bench/requirements.txt": FOR_MEASURING}


def pins(name):
    """Package → version of each line in a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


# Dependencies


@pytest.mark.parametrize(("lock", "wanted"), LOCKS.items())
def test_the_lock_holds_each_dependency_within_its_range(lock, wanted):
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        assert locked[requirement.name.lower()] in requirement.specifier, requirement


def test_developers_run_and_measure_the_versions_that_readers_are_served_by():
    everything = pins("requirements-dev.txt")
    assert {name: everything.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")
    measured = pins("bench/requirements.txt")
    assert {name: pin for name, pin in measured.items() if name in everything and everything[name] != pin} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_has_hashes_and_none_an_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(re.findall(r"^[a-z0-9-]+==[^\n]+\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pins(lock))
    assert "//" not in text


def test_every_dependency_says_why_it_is_there():
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()]
    for wanted in [*NEEDED, *FOR_DEVELOPING, *FOR_MEASURING]:
        above = lines[lines.index(f'"{wanted}",') - 1]
        assert re.fullmatch(r"# .{15,}[.:;,]|# .{15,}", above), f"{wanted} has no reason above it"


def test_the_version_is_the_same_wherever_it_is_written():
    import tradewatch

    assert PROJECT["project"]["version"] == tradewatch.__version__


# Commands


def test_make_knows_every_command_and_no_other():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    offered = set(re.search(r"^help (.+):$", makefile, re.MULTILINE).group(1).split())
    assert offered == set(dev.COMMANDS)
    assert {"run", "test", "check"} <= offered


def test_help_names_every_command(capsys):
    assert dev.main(["help"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[1] for line in shown.splitlines()] == list(dev.COMMANDS)


def test_an_unknown_command_fails(capsys):
    assert dev.main(["tset"]) == 1


def test_every_command_that_the_pages_name_exists():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    command = re.compile(r"(?:^ *|`)(?:[A-Z]+=\S+ )?make ([a-z]+)\b", re.MULTILINE)
    named = {name for page in pages for name in command.findall(page.read_text(encoding="utf-8"))}
    assert {"run", "test"} <= named <= set(dev.COMMANDS)


REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><error message="no"/></testcase>
<testcase name="e"><skipped type="pytest.skip" message="no Chromium here"/></testcase>
<testcase name="f"><skipped type="pytest.skip" message="no Chromium here"/></testcase>
</testsuite></testsuites>"""


def test_the_tally_counts_what_passed_failed_and_was_left_out_and_why(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    counts, reasons = Counter(), Counter()
    dev.tally(tmp_path / "report.xml", "SQLite", counts, reasons)
    assert counts == {"passed": 2, "failed": 2}
    assert reasons == {"no Chromium here [SQLite]": 2}


PYTHON = """#!/bin/sh
# Stands for the interpreter: answers whether PostgreSQL is there, or reports what the tests of a database came to.
[ "$1" = -c ] && exit {programs}
echo "$@" >> {folder}/calls
for word; do case $word in
  --database=sqlite) database=sqlite;;
  --database=postgresql) database=postgresql;;
  --junitxml=*) report=${{word#--junitxml=}};;
esac; done
cp {folder}/$database.xml $report
touch {folder}/$database.begun
echo "begun: $database"
{then}
echo "ended: $database"
exit $(cat {folder}/$database.status)
"""


@pytest.fixture
def tried(monkeypatch, tmp_path):
    """Runs `make test` with the tests themselves replaced: each database gets a report and an exit status."""

    def run(report, status, programs=0, on_postgresql=(), then="", processors=2):
        for database, (text, end) in {
            "sqlite": (report, status),
            "postgresql": on_postgresql or (report, status),
        }.items():
            (tmp_path / f"{database}.xml").write_text(text)
            (tmp_path / f"{database}.status").write_text(str(end))
        python = tmp_path / "python"
        python.write_text(PYTHON.format(programs=programs, folder=tmp_path, then=then.format(folder=tmp_path)))
        python.chmod(0o755)
        monkeypatch.setattr(dev, "ROOT", tmp_path)
        monkeypatch.setattr(dev, "environment", lambda requirements: python)
        monkeypatch.setattr(os, "cpu_count", lambda: processors)
        return dev.test("-k", "growth")

    return run


NOTHING = "<testsuite/>"
ALL_WELL = '<testsuite><testcase name="a"/></testsuite>'
ONE_LEFT_OUT = '<testsuite><testcase name="a"/><testcase name="b"><skipped message="no ink"/></testcase></testsuite>'


def test_make_test_ends_with_one_line_of_what_became_of_it_and_where(tried, capfd, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    assert tried(ONE_LEFT_OUT, 0, on_postgresql=(ALL_WELL.replace("/><", "/><testcase/><"), 0)) == 0
    last = capfd.readouterr().out.splitlines()[-1]
    assert last == (
        "passed 3, failed 0, left out 1: 1 × no ink [SQLite]; 1 on SQLite, 2 on PostgreSQL (those that use a database)"
    )


def test_what_uses_no_database_is_asked_once_and_both_are_asked_what_was_wanted(tried, tmp_path):
    tried(ALL_WELL, 0)
    calls = sorted((tmp_path / "calls").read_text().splitlines(), key=lambda call: "sqlite" not in call)
    assert ["--database-only" in call for call in calls] == [False, True]
    assert all(call.endswith("-k growth") for call in calls)


def test_both_databases_are_tested_at_once_and_told_of_one_after_the_other(tried, capfd):
    # Each waits for the other, which is not begun where one has to end first.
    meet = "for go in $(seq 300); do [ -e {folder}/sqlite.begun ] && [ -e {folder}/postgresql.begun ] && break; "
    meet += "sleep 0.1; done; [ -e {folder}/sqlite.begun ] && [ -e {folder}/postgresql.begun ] && echo met"
    assert tried(ALL_WELL, 0, then=meet) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if line][:-1]
    assert told == [
        "== SQLite", "begun: sqlite", "met", "ended: sqlite",
        "== PostgreSQL", "begun: postgresql", "met", "ended: postgresql",
    ]  # fmt: skip


def test_a_machine_with_one_processor_tests_one_database_after_the_other(tried, capfd):
    alone = "[ -e {folder}/sqlite.begun ] && [ -e {folder}/postgresql.begun ] && echo after the other; true"
    assert tried(ALL_WELL, 0, then=alone, processors=1) == 0
    assert capfd.readouterr().out.count("after the other") == 1


@pytest.mark.parametrize("broken", ["sqlite", "postgresql"])
def test_make_test_fails_when_a_test_fails_on_either(tried, capfd, broken):
    sides = [(REPORT, 1), (ALL_WELL, 0)]
    (report, status), other = sides if broken == "sqlite" else reversed(sides)
    assert tried(report, status, on_postgresql=other) == 1
    assert "passed 3, failed 2" in capfd.readouterr().out


def test_nothing_to_test_on_one_database_is_well_and_nothing_on_both_is_not(tried):
    assert tried(ALL_WELL, 0, on_postgresql=(NOTHING, dev.NO_TESTS)) == 0
    assert tried(NOTHING, dev.NO_TESTS) == 1


def test_make_test_says_when_a_database_cannot_be_had(tried, capfd, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    assert tried(ALL_WELL, 0, programs=1) == 0
    last = capfd.readouterr().out.splitlines()[-1]
    assert last.startswith("passed 1, failed 0, left out 1: 1 × PostgreSQL cannot run here")
    assert last.endswith("; 1 on SQLite")


def test_where_nothing_may_be_left_out_leaving_out_is_failing(tried, monkeypatch):
    monkeypatch.setenv("CI", "1")
    assert tried(ALL_WELL, 0) == 0
    assert tried(ONE_LEFT_OUT, 0) == 1


# The build machine


@pytest.fixture
def machine(tmp_path):
    """A machine whose programs are ours: each notes that it was called, and `make` fails where told to."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def build(*programs, make_fails=""):
        for name in programs:
            file = folder / name
            file.write_text(
                f'#!/bin/sh\necho "{name} $*" >> "{tmp_path}/calls"\n[ "{name} $1" != "make {make_fails}" ]\n'
            )
            file.chmod(0o755)
        for name in ("dirname", "id", "env", "bash", "sh"):
            (folder / name).symlink_to(next(p for p in (Path("/usr/bin", name), Path("/bin", name)) if p.exists()))
        ran = subprocess.run(
            [str(ROOT / ".ci" / "run")], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
        )
        calls = tmp_path / "calls"
        return ran, calls.read_text().splitlines() if calls.exists() else []

    return build


EVERYTHING = ("make", "git", "python3", "chromium", "xgettext")


def test_a_machine_that_has_everything_installs_nothing(machine):
    ran, calls = machine(*EVERYTHING, "apt-get")
    assert ran.returncode == 0, ran.stderr
    assert [call for call in calls if "python3" not in call] == ["make check", "make test"]


def test_a_machine_without_a_browser_gets_one(machine):
    ran, calls = machine(*(name for name in EVERYTHING if name != "chromium"), "apt-get", "sudo")
    assert any("install" in call and call.endswith("chromium") for call in calls)
    assert ran.returncode == 0, ran.stderr


def test_a_machine_that_cannot_install_says_what_is_missing(machine):
    ran, _ = machine("make", "git", "python3", "xgettext")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Missing: chromium.")


@pytest.mark.parametrize("failing", ["check", "test"])
def test_the_build_fails_when_either_part_does_and_shows_both(machine, failing):
    ran, calls = machine(*EVERYTHING, make_fails=failing)
    assert ran.returncode == 1
    assert calls[-2:] == ["make check", "make test"]


def test_the_hooks_before_a_commit_call_what_is_there():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    installed = pins("requirements-dev.txt")
    for hook in hooks:
        program, word = hook["entry"].split()[:2]
        known = word in dev.COMMANDS if program == "make" else Path(program).name in installed
        assert known, hook["entry"]


def test_scripts_may_be_run():
    for script in (".ci/run", "manage.py", "start.py"):
        assert os.stat(ROOT / script).st_mode & stat.S_IXUSR, script


# Bringing the site up


@pytest.fixture
def loading(monkeypatch, settings, tmp_path):
    """Notes each time the catalogue would be loaded, from a project folder of ours."""
    loads = []
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "targets.json").write_text("[]")
    (tmp_path / "targets").mkdir()
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr("django.core.management.call_command", loads.append)
    return loads


@pytest.fixture
def some_economy(db):
    return Economy.objects.create(code="XAR", name_en="Arlandia", name_ru="Арландия")


def test_the_catalogue_is_loaded_once_and_again_when_it_changed(loading, some_economy):
    start.load_catalogue_if_new()
    start.load_catalogue_if_new()
    assert loading == ["load_catalogue", "refresh_judgements"]
    (start.ROOT / "data" / "targets.json").write_text("[{}]")
    start.load_catalogue_if_new()
    assert loading == ["load_catalogue", "refresh_judgements"] * 2


def test_the_catalogue_is_loaded_again_when_the_program_that_reads_it_changed(loading, some_economy):
    start.load_catalogue_if_new()
    (start.ROOT / "targets" / "reader.py").write_text("new = True\n")
    start.load_catalogue_if_new()
    assert loading == ["load_catalogue", "refresh_judgements"] * 2


def test_an_empty_database_is_filled_whatever_was_loaded_into_another(loading, some_economy):
    start.load_catalogue_if_new()
    some_economy.delete()
    start.load_catalogue_if_new()
    assert loading == ["load_catalogue", "refresh_judgements"] * 2


def test_a_record_that_is_rejected_keeps_no_site_from_starting_and_is_named_at_every_start(
    loading, some_economy, monkeypatch, capsys
):
    def rejects(command):
        loading.append(command)
        raise CommandError("1 record was rejected; the rest is in.", returncode=1)

    monkeypatch.setattr("django.core.management.call_command", rejects)
    start.load_catalogue_if_new()
    start.load_catalogue_if_new()
    assert loading == ["load_catalogue"] * 2
    assert capsys.readouterr().out.count("1 record was rejected; the rest is in.") == 2


def test_data_that_cannot_be_read_stop_the_start_with_a_sentence(loading, some_economy, monkeypatch):
    def fails(command):
        raise CommandError("figures.json is not JSON. Nothing was changed.", returncode=2)

    monkeypatch.setattr("django.core.management.call_command", fails)
    with pytest.raises(SystemExit, match=r"figures\.json is not JSON\. Nothing was changed\."):
        start.load_catalogue_if_new()


def started(**environment):
    return subprocess.run(
        [sys.executable, str(ROOT / "start.py")],
        env={"PATH": os.environ["PATH"], "TRADEWATCH_VAR": os.environ["TRADEWATCH_VAR"], **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_port_that_is_taken_is_said_before_anything_is_done():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = started(PORT=str(port))
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Cannot serve on 127.0.0.1:{port}")
    assert "PORT=8001 make run" in ran.stderr


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    ran = started(PORT=port)
    assert ran.returncode == 1
    assert ran.stderr == f"PORT is {port!r}. Use a number from 1 to 65535.\n"


def test_messages_are_collected_from_every_template_and_letter():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert {path.suffix for path in templates} >= {".html", ".txt"}
    assert [path.name for path in templates if any(fnmatch(path.name, name) for name in dev.NO_MESSAGES)] == []
