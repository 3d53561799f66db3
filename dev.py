"""The commands behind the Makefile. Standard library only: this runs before anything is installed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
NO_TESTS = 5  # pytest's exit status where nothing was selected
NO_MESSAGES = (".venv", "tests", "bench", "var", "staticfiles", "requirements*.txt")
"""Names in which no message is looked for; letters are templates that end in .txt."""


def run(*args: str) -> int:  # noqa: RET503
    """Bring the site up and serve it on 127.0.0.1:${PORT:-8000}"""
    python = environment("requirements.txt")
    collected = ROOT / "staticfiles" / ".collected"
    sources = digest(ROOT / "requirements.txt", ROOT / "tradewatch" / "settings.py", *(ROOT / "static").rglob("*"))
    if not collected.exists() or collected.read_text() != sources:
        say("Preparing style sheets, scripts and fonts …")
        if call(python, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"):
            return 1
        collected.write_text(sources)
    os.chdir(ROOT)
    os.execv(python, [str(python), "start.py", "--desk", *args])  # from here on this process is the site


def test(*args: str) -> int:
    """Run every test that this machine allows, on SQLite and, where it uses a database, on PostgreSQL"""
    python = environment("requirements-dev.txt")
    reports = ROOT / "var" / "test-reports"
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir(parents=True)
    reasons: Counter[str] = Counter()
    # What uses no database says the same beside either, so it is asked once.
    options = {"sqlite": (), "postgresql": ("--database-only",)}
    if call(python, "-c", "import tests.postgres as p; exit(not p.programs())"):
        reasons["PostgreSQL cannot run here, so nothing was tested on it (install the system's package)"] += 1
        del options["postgresql"]
    report = {database: reports / f"{database}.xml" for database in options}
    commands = {
        DATABASES[database]: (
            str(python), "-m", "pytest", f"--database={database}", f"--junitxml={report[database]}", *more, *args,
        )
        for database, more in options.items()
    }  # fmt: skip
    statuses = beside_each_other(commands, reports)
    ran: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for database, file in report.items():
        before = counts.total()
        if file.exists():
            tally(file, DATABASES[database], counts, reasons)
        ran[database] = counts.total() - before
    left_out = sum(reasons.values())
    why = "; ".join(f"{number} × {reason}" for reason, number in reasons.most_common()) or "nothing"
    where = f"{ran['sqlite']} on SQLite"
    if "postgresql" in ran:
        where += f", {ran['postgresql']} on PostgreSQL (those that use a database)"
    say(f"\npassed {counts['passed']}, failed {counts['failed']}, left out {left_out}: {why}; {where}")
    # What was asked for may be nothing on one of the two.
    broken = any(status not in (0, NO_TESTS) for status in statuses) or set(statuses) == {NO_TESTS}
    if left_out and os.environ.get("CI"):
        say("This run may leave nothing out (CI is set), so it counts as failed.")
        broken = True
    return int(broken)


def beside_each_other(commands: dict[str, tuple[str, ...]], folder: Path) -> list[int]:
    """The exit statuses of programs that run at once where there are processors for it.

    The first speaks as it goes; what the others say is kept in ``folder`` and shown under their names after it.
    """
    at_once = (os.cpu_count() or 1) > 1
    statuses = []
    with contextlib.ExitStack() as stack:
        later = {}
        for name, command in [*commands.items()][1:] if at_once else ():
            output = stack.enter_context((folder / f"{name}.log").open("w+", encoding="utf-8"))
            program = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
            later[name] = stack.enter_context(program), output
        for name, command in commands.items():
            say(f"\n== {name}")
            if name not in later:
                statuses.append(call(*command))
                continue
            program, output = later[name]
            statuses.append(program.wait())
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout)
    return statuses


def tally(report: Path, database: str, counts: Counter[str], reasons: Counter[str]) -> None:
    """Adds what a JUnit report says to ``counts`` (passed, failed) and to ``reasons`` for leaving out."""
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 (pytest wrote it a moment ago)
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
        elif skipped is not None:
            reasons[f"{skipped.get('message', 'no reason given')} [{database}]"] += 1
        else:
            counts["passed"] += 1


def check(*args: str) -> int:
    """Look at format, style, types, missing migrations, missing messages and the layers"""
    python = environment("requirements-dev.txt")
    steps = {
        "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
        "style": ("-m", "ruff", "check", "--quiet", "."),
        "templates": ("-m", "djlint", "--lint", "--quiet", "templates"),
        "types": ("-m", "mypy"),
        "settings": ("manage.py", "check", "--fail-level=WARNING"),
        "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
        "layers and messages": ("-m", "pytest", "-q", "tests/test_architecture.py", "tests/test_messages.py"),
    }
    failed = []
    for name, step in steps.items():
        say(f"== {name}")
        if call(python, *step):
            failed.append(name)
    say(f"\nNot in order: {', '.join(failed)}" if failed else "\nAll in order")
    return int(bool(failed))


def check_charts(*args: str) -> int:
    """Draw and measure every chart of the catalogue in every format, size, theme and language (minutes)"""
    python = environment("requirements-dev.txt")
    return call(python, "-m", "pytest", "-m", "every_chart", "tests/charts/test_every_chart.py", "-s", "-q", *args)


def lock(*args: str) -> int:
    """Write the locks (requirements*.txt, bench/requirements.txt) anew from pyproject.toml"""
    python = environment("requirements-dev.txt")
    compile_ = ("-m", "uv", "pip", "compile", "--quiet")
    # One lock for every system and every Python from 3.11 on; nothing in it says where or by whom it was written.
    portable = ("--universal", "--python-version=3.11", "--generate-hashes", "--custom-compile-command=make lock")
    silent = ("--no-emit-index-url", "--no-emit-find-links")
    common = (*compile_, *portable, *silent, *args)
    return (
        call(python, *common, "pyproject.toml", "--output-file=requirements.txt")
        or call(
            python, *common, "pyproject.toml", "--group=dev", "--constraint=requirements.txt",
            "--output-file=requirements-dev.txt",
        )
        or call(
            python, *common, "--group=pyproject.toml:bench", "--constraint=requirements-dev.txt",
            "--output-file=bench/requirements.txt",
        )
    )  # fmt: skip


def messages(*args: str) -> int:
    """Collect the messages to translate and compile the translated ones (needs gettext)"""
    if not shutil.which("xgettext"):
        say("xgettext is missing: install the system's package gettext.")
        return 1
    python = environment("requirements-dev.txt")
    ignore = [f"--ignore={name}" for name in NO_MESSAGES]
    collect = ("manage.py", "makemessages", "--locale=ru", "--no-obsolete", "--no-location", "--no-wrap", *ignore)
    # Without the hour of collecting and wrapped one way, so that a diff shows what changed and nothing else.
    tidy = (
        "import polib, sys; messages = polib.pofile(sys.argv[1], wrapwidth=120); "
        "messages.metadata.pop('POT-Creation-Date', None); messages.save()"
    )
    return (
        call(python, *collect)
        or call(python, "-c", tidy, "tradewatch/locale/ru/LC_MESSAGES/django.po")
        or call(python, "manage.py", "compilemessages", "--locale=ru", "--ignore=.venv")
    )


def format(*args: str) -> int:  # noqa: A001
    """Format the code and mend what can be mended"""
    python = environment("requirements-dev.txt")
    return call(python, "-m", "ruff", "check", "--fix", "--quiet", ".") or call(python, "-m", "ruff", "format", ".")


COMMANDS: dict[str, Callable[..., int]] = {
    command.__name__.replace("_", "-"): command for command in (run, test, check, check_charts, lock, messages, format)
}


def environment(requirements: str) -> Path:
    """The Python of a virtual environment that holds what ``requirements`` lists, made or mended where need be."""
    python = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = VENV / f".{requirements}.installed"
    wanted = digest(ROOT / requirements) + sys.version
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    say(f"Installing what {requirements} lists into .venv (this once) …")
    file = str(ROOT / requirements)
    uv = shutil.which("uv")
    if uv and install_with_uv(uv, python, file):
        stamp.write_text(wanted)
        return python
    if not python.exists() or call(python, "-m", "pip", "--version", quiet=True):
        if call(sys.executable, "-m", "venv", "--clear", str(VENV)):
            sys.exit("Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv")
    if call(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", file):
        sys.exit(f"pip could not install what {requirements} lists; what it said stands above.")
    stamp.write_text(wanted)
    return python


def install_with_uv(uv: str, python: Path, file: str) -> bool:
    """Whether uv could do it: it knows other indexes than pip where a machine has its own."""
    if not python.exists() and call(uv, "venv", "--quiet", "--python", sys.executable, str(VENV)):
        return False
    install = ("pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", file)
    return not call(uv, *install, quiet=True)


def digest(*files: Path) -> str:
    """A digest of what is in ``files``, in the order of their names."""
    total = hashlib.sha256()
    for file in sorted(files):
        if file.is_file():
            total.update(f"{file.relative_to(ROOT).as_posix()}\0".encode() + file.read_bytes())
    return total.hexdigest()


def call(program: str | Path, *args: str, quiet: bool = False) -> int:
    """The exit status of a program run in the project's folder."""
    return subprocess.run([str(program), *args], cwd=ROOT, capture_output=quiet).returncode


def say(text: str) -> None:
    print(text, flush=True)


def main(args: list[str]) -> int:
    if sys.version_info < (3, 11):
        say(f"Tradewatch needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    if not args or args[0] not in COMMANDS:
        for name, command in COMMANDS.items():
            say(f"make {name:14}{command.__doc__}")
        return int(bool(args) and args[0] != "help")
    return COMMANDS[args[0]](*args[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
