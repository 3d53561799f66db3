"""``import_uploaded``: the next step of a file uploaded at the desk."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from targets.actions import uploads


class Command(BaseCommand):
    help = (
        "Does what comes next for a file uploaded at the desk: looks at it, or records what was confirmed, whole or "
        "not at all. The desk starts it by itself for large files."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("upload", metavar="NUMBER", type=int, help="number of the uploaded file")
        parser.add_argument("--language", metavar="CODE", default="en", help="language in which it tells what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            if not uploads.go_on_as_a_job(options["upload"]):
                raise CommandError(f"There is no uploaded file no. {options['upload']}.")
