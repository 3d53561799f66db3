"""``load_catalogue``: what is shipped into the database, as often as one likes."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from targets.actions.catalogue import load
from targets.importers import UnreadableFile


class Command(BaseCommand):
    help = """\
Loads the shipped catalogue, exchange rates and open trade extract into the database.

Can be run again at any time: what is there already stays untouched, and what a person edited, deleted or withdrew is
kept as it is. Everything is loaded in one step or nothing; a record that cannot be taken is named and does not keep
the others out.

Prints for each kind of record how many were new, changed, unchanged, kept (a person edited them) and rejected.
Exit status: 0 all taken, 1 some rejected (the rest is in), 2 a file cannot be read (nothing is changed).
"""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            metavar="DIR",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "data",
            help="holds the catalogue's four lists, or a folder catalogue/ with them and exchange_rates.csv and "
            "trade/open_pairs.csv.gz beside it; by default the folder data/ of this site",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(folder=options["folder"])
        except UnreadableFile as error:
            raise CommandError(f"{error}. Nothing was changed.", returncode=2) from error
        for kind, counts in loaded.counts.items():
            told = {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged, "kept": counts.kept}
            told["rejected"] = counts.rejected
            if any(told.values()):
                self.stdout.write(f"{kind}: {', '.join(f'{number} {word}' for word, number in told.items())}")
        self.stdout.write(f"verdicts changed: {loaded.verdicts}")
        for rejection in loaded.rejections:
            self.stderr.write(f"rejected: {rejection}")
        if loaded.rejections:
            rejected = sum(counts.rejected for counts in loaded.counts.values())
            records = "1 record was" if rejected == 1 else f"{rejected} records were"
            raise CommandError(f"{records} rejected; the rest is in.", returncode=1)
