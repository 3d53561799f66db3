"""The whole database looked through for what breaks an invariant; the journal keeps what was found, for the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from targets.actions import journal, judgements
from targets.queries import integrity
from targets.records import Invariant

VERB = "check"
KEPT = 20
"""So many cases of each invariant the journal keeps; all of them are counted."""

CHECKS: dict[Invariant, Callable[[date], Iterable[str]]] = {
    Invariant.ORPHAN: lambda today: integrity.orphans(),
    Invariant.DUPLICATE: lambda today: integrity.duplicates(),
    Invariant.IMPOSSIBLE_YEAR: integrity.impossible_years,
    Invariant.STALE_JUDGEMENT: lambda today: judgements.stale(today=today),
    Invariant.UNDATED_PUBLICATION: lambda today: integrity.undated_publications(),
    Invariant.PART_ABOVE_WHOLE: lambda today: integrity.parts_above_wholes(),
    Invariant.MIRROR_GAP: lambda today: integrity.mirror_gaps(),
    Invariant.EMPTY_RELEASE: lambda today: integrity.empty_releases(),
    Invariant.UNSUPPORTED: lambda today: integrity.unsupported_targets(),
}


@transaction.atomic
def check_data(*, by: AbstractBaseUser, today: date | None = None) -> dict[Invariant, list[str]]:
    """What breaks each invariant that is broken, in their order; one line of the journal says how much was found."""
    day = today or datetime.now(UTC).date()
    found = {invariant: list(check(day)) for invariant, check in CHECKS.items()}
    broken = {invariant: cases for invariant, cases in found.items() if cases}
    counts = {invariant.value: {"number": len(cases), "first": cases[:KEPT]} for invariant, cases in broken.items()}
    journal.record(by=by, verb=VERB, counts=counts)
    return broken
