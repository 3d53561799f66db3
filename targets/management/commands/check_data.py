"""``check_data``: the invariants over the whole database."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from targets.actions import checking
from targets.actions.desk import SYSTEM, system_account


class Command(BaseCommand):
    help = (
        "Looks through the whole database for what cannot be right and lists it; what is only worth a look is listed "
        "apart. Exit status 1 when something cannot be right. The desk's first page shows what was found last."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="DATE",
            help="the UTC day to check by, as 2026-11-22; by default today",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = checking.check_data(by=system_account(SYSTEM), today=options["today"])
        errors = {invariant: cases for invariant, cases in broken.items() if invariant.hard}
        warnings = {invariant: cases for invariant, cases in broken.items() if not invariant.hard}
        for title, found in (("Broken", errors), ("Worth a look", warnings)):
            for invariant, cases in found.items():
                self.stdout.write(f"{title}: {invariant.label} ({len(cases)})")
                for case in cases:
                    self.stdout.write(f"  {case}")
        numbers = [sum(map(len, found.values())) for found in (errors, warnings)]
        self.stdout.write(f"{len(checking.CHECKS)} invariants: {numbers[0]} errors, {numbers[1]} worth a look")
        if errors:
            sys.exit(1)
