"""``import_figures``: a publisher's file into a release, as the desk does it."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from targets.actions import importing, publishers
from targets.actions.desk import SYSTEM, system_account
from targets.actions.importing import Contents, Imported, Plan
from targets.actions.journal import ActionRefused
from targets.importers import AUTO, FORMATS, LeftOut, UnreadableFile

STEPS = {"read": "reading", "compare": "comparing", "store": "storing", "judge": "judging"}


class Bar:
    """How far an import is, on one line of a terminal; nothing anywhere else."""

    WIDTH = 30
    EVERY = 0.1

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = stream.isatty()
        self.step = ""
        self.told = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.shown or (step == self.step and now - self.told < self.EVERY):
            return
        self.step, self.told = step, now
        line = STEPS[step]
        if done:
            full = self.WIDTH * done // total
            line = f"{line} [{'#' * full}{'.' * (self.WIDTH - full)}] {done:,} of {total:,}"
        elif total > 1:
            line = f"{line} {total:,} {'bytes' if step == 'read' else 'figures'} …"
        self.stream.write(f"\r\x1b[K{line}")
        self.stream.flush()

    def close(self) -> None:
        if self.shown and self.step:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


class Command(BaseCommand):
    help = """\
Imports a file of trade figures as its publisher hands it out, as one release a source.

Only what is new or different is stored; the file is kept as received. The same file again changes nothing.
Prints how many figures were new, changed and unchanged and how many values were rejected, each with its line and the
reason, and the number of the release, by which withdraw_release undoes the import.
Exit status: 0 all taken, 1 some rejected (the rest is in), 2 unreadable or nothing taken (nothing is changed).
"""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join([AUTO, *FORMATS])
        parser.add_argument("--format", required=True, metavar="NAME", help=f"how the file is written: {known}")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--source", metavar="KEY", help="key of the source whose figures these are; by default the publisher's"
        )
        parser.add_argument(
            "--vintage", metavar="DATE", type=date.fromisoformat, help="the day the source said it, as 2026-11-22"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only tells what it would do, and which verdicts would change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = Bar(sys.stderr)
        dry = options["dry_run"]
        act = importing.plan_import if dry else importing.import_figures
        try:
            done = act(
                by=system_account(SYSTEM, lasting=not dry),
                data=importing.received(options["file"]),
                name=options["file"].name,
                format_name=options["format"],
                source=publishers.source_of_key(options["source"]) if options["source"] else None,
                vintage=options["vintage"],
                progress=bar,
            )
        except (UnreadableFile, ActionRefused) as error:
            bar.close()
            raise CommandError(f"{str(error).rstrip('.')}. Nothing was changed.", returncode=2) from error
        bar.close()
        self._tell(done)
        rejected = done.contents.rejected
        if not done.counts.taken:
            raise CommandError(f"{_nothing(done.contents)} Nothing was changed.", returncode=2)
        if rejected:
            rest = "the rest would go in" if options["dry_run"] else "the rest is in"
            raise CommandError(f"{rejected} rejected; {rest}.", returncode=1)

    def _tell(self, done: Plan | Imported) -> None:
        file, counts = done.contents, done.counts
        self.stdout.write(f"format: {file.format.name}")
        told = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {file.rejected} rejected"
        self.stdout.write(f"figures: {told}")
        if counts.kept:
            self.stdout.write(
                f"kept: {counts.kept} of the unchanged were taken from this very file before and corrected since"
            )
        for sentence in file.warnings:
            self.stdout.write(f"note: {sentence}")
        for one in file.skipped:
            self.stdout.write(f"left out: {_told(file.name, one)}")
        if isinstance(done, Plan):
            self._tell_plan(done)
        else:
            for release in done.releases:
                self.stdout.write(f"release: {release.pk} of {release.source.key}, {release.source.publisher}")
        for rejection in file.rejections:
            self.stderr.write(f"rejected: {rejection}")
        for one in file.unknown:
            self.stderr.write(f"rejected: {_told(file.name, one)}")

    def _tell_plan(self, plan: Plan) -> None:
        for part in plan.parts:
            self.stdout.write(f"source: {part.source.key}, {part.source.publisher}")
            if part.older:
                self.stdout.write(f"note: {len(part.older)} figures would replace those of a newer vintage")
        for one in plan.verdicts:
            self.stdout.write(f"verdict: {one.target.slug}: {one.before or 'none'} → {one.after}")
        self.stdout.write("Nothing was changed: this was a dry run.")


def _nothing(file: Contents) -> str:
    """Why no figure came of a file that could be read."""
    strangers = sum(one.count for one in file.unknown)
    if strangers and strangers == file.rejected:
        return f"Nothing could be taken: each of the {strangers} values names an economy that this site does not have."
    return "Nothing could be taken."


def _told(name: str, one: LeftOut) -> str:
    named: Sequence[str] = [part for part in (one.field, one.value) if part]
    count = "1 value" if one.count == 1 else f"{one.count:,} values"
    return f"{name}, {one.place}{', ' if named else ''}{' = '.join(named)}: {one.reason} ({count})"
