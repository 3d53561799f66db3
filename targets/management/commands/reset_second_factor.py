"""``reset_second_factor``: lets in who lost phone and recovery codes, where nobody at the desk can do it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from targets.actions import second_factor
from targets.actions.desk import SYSTEM, system_account
from targets.actions.journal import ActionRefused
from targets.queries.people import person_named


class Command(BaseCommand):
    help = (
        "Takes away somebody's second factor and recovery codes, so that signing in asks for the password alone. For "
        "who lost them and finds no superuser at the desk. First make sure that it is this person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAME", help="the name to sign in by")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="how you made sure; kept in the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["username"])
        if person is None:
            raise CommandError(f"Nobody is called {options['username']!r}. Nothing was changed.")
        try:
            second_factor.reset(by=system_account(SYSTEM), person=person, reason=options["reason"])
        except ActionRefused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"The second factor of {person.get_username()} is gone.")
