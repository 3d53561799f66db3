"""``withdraw_release``: undoes an import or an entry."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from targets.actions import releases
from targets.actions.desk import SYSTEM, system_account
from targets.actions.journal import ActionRefused


class Command(BaseCommand):
    help = (
        "Withdraws a release of figures: they stay stored and count no more, so what the source said before stands "
        "again. The number of a release is printed by the import and shown at the desk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", metavar="ID", type=int, help="number of the release")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="why; kept in the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["release"]
        try:
            done = releases.withdraw_release(by=system_account(SYSTEM), release=number, reason=options["reason"])
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        said = "is withdrawn" if done else "was withdrawn before; nothing was changed"
        self.stdout.write(f"Release {number} {said}.")
