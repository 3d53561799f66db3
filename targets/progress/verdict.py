"""What the readings say together: who votes, who abstains, and whether they agree.

The two reporters are never averaged. Where their votes fall into different classes the verdict is *disputed* and the
names stay attached: each side's figures say what they say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from targets.progress.shapes import Reading, Terms, Verdict
from targets.progress.status import PACES, over
from targets.progress.vocabulary import Flag, Reason, Status

STALE_AFTER = 3
"""A reading of an open target abstains when another's latest year is more than this many years newer."""

PACES_APART = 2
"""Two paces this many steps apart contradict each other."""

CAUTION = (
    Status.NOT_ASSESSABLE,
    Status.AWAITING_FIGURES,
    Status.MOVING_AWAY,
    Status.FAR_TOO_SLOW,
    Status.TOO_SLOW,
    Status.TOO_EARLY,
    Status.NO_DEADLINE,
    Status.ON_TRACK,
    Status.MISSED,
    Status.MET_THEN_LOST,
    Status.MET,
)
"""Statuses from the most cautious on; only those of one class are ever compared."""

TELLING = (
    Reason.CUMULATIVE,
    Reason.NO_PACE,
    Reason.FIGURES_TOO_OLD,
    Reason.NO_DEADLINE_FIGURE,
    Reason.AMOUNT_UNKNOWN,
    Reason.NO_EXCHANGE_RATE,
    Reason.NO_FIGURES,
)
"""Reasons for which a target cannot be assessed, the most telling first: it stands for all readings."""

UNDECIDED = (Status.NOT_ASSESSABLE, Status.AWAITING_FIGURES)


def verdict_over(terms: Terms, readings: Sequence[Reading], today: date) -> Verdict:
    """The verdict over the readings of one target; their order does not matter.

    Reporters vote; compilers and unattributed series only when no reporter's reading can be assessed. ``lead`` is the
    most cautious voter, in a dispute the one with the lower latest amount, and without voters the reading with the most
    telling reason (None when nobody has figures). Flags: narrow if any vote is, already there if all are.
    """
    replaced = (Flag.REPLACED,) if terms.replaced else ()
    electorate = [reading for reading in readings if reading.reporter]
    if all(reading.status is Status.NOT_ASSESSABLE for reading in electorate):
        electorate = list(readings)
    voters = _voters(terms, electorate, today)
    names = {reading.by for reading in voters}
    abstained = tuple(sorted({reading.by for reading in electorate} - names))
    if not voters:
        return _without_voters(electorate, replaced, abstained)
    disputed = _disputed(voters)
    lead = min(voters, key=_by_latest if disputed else _by_caution)
    flags = set(replaced)
    if any(Flag.NARROW in reading.flags for reading in voters):
        flags.add(Flag.NARROW)
    if all(Flag.ALREADY_THERE in reading.flags for reading in voters):
        flags.add(Flag.ALREADY_THERE)
    return Verdict(
        status=Status.DISPUTED if disputed else lead.status,
        reason=None if disputed else lead.reason,
        flags=tuple(flag for flag in Flag if flag in flags),
        voters=tuple(sorted(names)),
        abstained=abstained,
        lead=lead.by,
    )


def class_of(status: Status) -> str:
    """The class of a vote: ``kept``, ``lost``, ``not_kept`` or ``open``."""
    return {Status.MET: "kept", Status.MET_THEN_LOST: "lost", Status.MISSED: "not_kept"}.get(status, "open")


def _voters(terms: Terms, electorate: list[Reading], today: date) -> list[Reading]:
    """The readings that vote: what can be assessed, is not stale and not too early beside a pace."""
    voters = [reading for reading in electorate if reading.status not in UNDECIDED]
    if not voters:
        return [reading for reading in electorate if reading.status is Status.AWAITING_FIGURES]
    if not over(terms, today):
        newest = max(_latest_year(reading) for reading in voters)
        voters = [reading for reading in voters if newest - _latest_year(reading) <= STALE_AFTER]
    if any(reading.status in PACES for reading in voters):
        voters = [reading for reading in voters if reading.status is not Status.TOO_EARLY]
    return voters


def _disputed(voters: list[Reading]) -> bool:
    """True when votes fall into different classes or two paces lie two or more steps apart."""
    steps = [PACES.index(reading.status) for reading in voters if reading.status in PACES]
    return len({class_of(reading.status) for reading in voters}) > 1 or (
        bool(steps) and max(steps) - min(steps) >= PACES_APART
    )


def _without_voters(electorate: list[Reading], replaced: tuple[Flag, ...], abstained: tuple[str, ...]) -> Verdict:
    """The verdict when nothing can be assessed: the most telling reason, by the reading with the newest figures."""
    if not electorate:
        return Verdict(Status.NOT_ASSESSABLE, Reason.NO_FIGURES, replaced)
    lead = min(
        electorate,
        key=lambda reading: (
            TELLING.index(reading.reason or Reason.NO_FIGURES),
            -_latest_year(reading),
            -reading.years,
            not reading.reporter,
            reading.by,
        ),
    )
    return Verdict(
        Status.NOT_ASSESSABLE,
        lead.reason,
        replaced,
        abstained=abstained,
        lead=None if lead.latest_year is None else lead.by,
    )


def _latest_year(reading: Reading) -> float:
    return -math.inf if reading.latest_year is None else reading.latest_year


def _by_latest(reading: Reading) -> tuple[float, str]:
    """Sorting key of a dispute: the lower latest amount first."""
    return (math.inf if reading.latest_amount is None else reading.latest_amount, reading.by)


def _by_caution(reading: Reading) -> tuple[int, float, float, str]:
    """Sorting key of an agreement: the more cautious status, then the slower pace, or what lies lower by its target."""
    latest, target = reading.latest_amount, reading.target_amount
    if reading.status in PACES and reading.growth_ratio is not None:
        behind = reading.growth_ratio
    elif latest is not None and target is not None and target > 0:
        behind = latest / target
    else:
        behind = math.inf
    return (CAUTION.index(reading.status), behind, *_by_latest(reading))
