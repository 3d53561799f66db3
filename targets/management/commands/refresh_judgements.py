"""``refresh_judgements``: the daily look at the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from targets.actions import judgements
from targets.actions.desk import SYSTEM, system_account
from targets.records import ChangeCause


class Command(BaseCommand):
    help = (
        "Judges every target anew and prints how many verdicts changed. To be run once a day: deadlines pass and "
        "figures age without anybody entering anything. Run again, it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="DATE",
            help="the UTC day to judge by, as 2026-11-22; by default today",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = judgements.refresh(by=system_account(SYSTEM), today=options["today"], cause=ChangeCause.TIME)
        judged = f"{done.assessed} targets judged, {done.changed} of them with other numbers"
        self.stdout.write(f"{done.verdicts} verdicts changed; {judged}")
