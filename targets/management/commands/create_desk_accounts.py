from typing import Any

from django.core.management.base import BaseCommand

from targets.actions.accounts import open_desk_account
from targets.actions.desk import ANALYST, EDITOR


class Command(BaseCommand):
    help = "Opens the accounts analyst and editor with passwords shown once; accounts that exist are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in (ANALYST, EDITOR):
            password = open_desk_account(username=name, group=name)
            if password:
                self.stdout.write(f"New account {name}, password {password} (shown this once; keep it)")
