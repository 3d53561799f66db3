"""How the goals of a pair moved: its targets as versions of goals, joined by what each next version did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from targets.records.targets import TargetRecord, TargetRow
from targets.records.words import Relation


@dataclass(frozen=True, slots=True)
class GoalHistory:
    """The versions of one goal, oldest first: each but the first took the place of the one before it.

    A next step is another goal: ``next_step`` is the one that followed the last version, ``follows`` are the goals that
    the first version was the next step of.
    """

    versions: tuple[TargetRow, ...]
    next_step: TargetRecord | None
    follows: tuple[TargetRecord, ...]

    @property
    def first(self) -> TargetRecord:
        return self.versions[0].target

    @property
    def goal(self) -> TargetRecord:
        """The version that stands."""
        return self.versions[-1].target

    @property
    def moves(self) -> tuple[tuple[TargetRecord, TargetRecord], ...]:
        """Each version with the one that took its place."""
        return tuple(pairwise(row.target for row in self.versions))


def goal_histories(rows: Iterable[TargetRow]) -> tuple[GoalHistory, ...]:
    """The goals of these targets, the earliest stated first; one that nobody can date stands before its next step.

    ``rows`` hold every published target of the pairs they speak of. Where two versions lead to one, each begins a
    history of its own, and both end alike.
    """
    by_slug = {row.target.slug: row for row in rows}
    taken = {row.target.successor for row in by_slug.values() if _moved(row.target)}
    found = [_history(row, by_slug) for slug, row in by_slug.items() if slug not in taken]
    return tuple(sorted(found, key=_began))


def _moved(target: TargetRecord) -> bool:
    """Whether another version took the place of this one."""
    return target.relation is not None and target.relation is not Relation.NEXT_STEP


def _history(row: TargetRow, by_slug: dict[str, TargetRow]) -> GoalHistory:
    versions = [row]
    while _moved(row.target) and row.target.successor in by_slug:
        row = by_slug[row.target.successor]
        if row in versions:
            # No circle can be entered, but a page must end whatever the database holds.
            break
        versions.append(row)
    after = by_slug.get(row.target.successor) if row.target.relation is Relation.NEXT_STEP else None
    first = versions[0].target.slug
    before = [
        other.target
        for other in by_slug.values()
        if other.target.relation is Relation.NEXT_STEP and other.target.successor == first
    ]
    return GoalHistory(tuple(versions), after.target if after else None, tuple(sorted(before, key=_stated)))


def _began(history: GoalHistory) -> tuple[date, bool, str]:
    goals: Sequence[TargetRecord] = [row.target for row in history.versions]
    dated = [goal.first_stated.on for goal in goals if goal.first_stated.on]
    step = history.next_step.first_stated.on if history.next_step else None
    return (min(dated, default=step or date.max), bool(dated), history.first.slug)


def _stated(target: TargetRecord) -> tuple[date, str]:
    return (target.first_stated.on or date.min, target.slug)
