"""The goalposts in words: how often a goal was restated, where its deadline went, what became of its amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum, auto
from itertools import groupby

from django.utils.translation import gettext, ngettext, pgettext

from targets.progress import Measure
from targets.records import GoalHistory, PairRecord, Relation, TargetRecord
from targets.wording.goals import factor_words, goal_words, measure_words, target_amount_in_text
from targets.wording.numbers import language

Move = tuple[TargetRecord, TargetRecord]
"""A version and the one that took its place."""


class Way(Enum):
    """Where a number of a goal went from one version to the next."""

    STAYED = auto()
    UP = auto()
    DOWN = auto()
    SET = auto()
    DROPPED = auto()
    OTHER = auto()


def goalposts_words(history: GoalHistory) -> str:
    """What happened to a goal: "restated 4 times; deadline moved from 2025 to 2030; amount doubled, from $1bn to $2bn".

    Only what the published versions say; of a goal with one version, that it was never restated.
    """
    moves = history.moves
    if not moves:
        return gettext("never restated")
    return "; ".join([_restated(moves), *_measure(moves), *_deadline(moves), *_amount(moves), *_same_date(moves)])


def goalposts_sentence(pair: PairRecord, histories: Sequence[GoalHistory]) -> str:
    """The goalposts of a pair in one sentence or two: the goal that moved most, and how many others are known."""
    words: dict[str, object] = {"pair": pair.name(language()), "count": len(histories)}
    most = max(histories, key=lambda history: len(history.moves), default=None)
    if most is None or not most.moves:
        told = ngettext(
            "%(pair)s: %(count)s goal, never restated.",
            "%(pair)s: %(count)s goals, none ever restated.",
            len(histories),
        )
        return told % words
    # Where two goals became one, both histories end in it: it is no other goal.
    others = len({history.goal.slug for history in histories} - {most.goal.slug})
    words |= {"goal": goal_words(most.goal), "words": goalposts_words(most), "others": others}
    told = gettext("%(pair)s, %(goal)s: %(words)s.") % words
    if not others:
        return told
    more = ngettext("%(others)s more goal is on record.", "%(others)s more goals are on record.", others)
    return f"{told} {more % words}"


def _restated(moves: Sequence[Move]) -> str:
    """How often, and how often only when the deadline had passed."""
    count, late = len(moves), sum(not earlier.replaced for earlier, _ in moves)
    if late == count:
        told = ngettext(
            "restated once, after the deadline had passed",
            "restated %(count)s times, each time after the deadline had passed",
            count,
        )
        return told % {"count": count}
    told = ngettext("restated once", "restated %(count)s times", count) % {"count": count}
    if not late:
        return told
    after = ngettext(
        "%(late)s of them after the deadline had passed", "%(late)s of them after the deadline had passed", late
    )
    return f"{told}, {after % {'late': late}}"


def _measure(moves: Sequence[Move]) -> list[str]:
    """That something else was counted, and what after what, where that has a name."""
    if not any(_remeasured(*move) for move in moves):
        return []
    counted = [measure_words(moves[0][0]), *(measure_words(later) for _, later in moves)]
    kinds = [kind for kind, _ in groupby(counted)]
    if len(kinds) == 1:
        return [gettext("measured differently")]
    told = kinds[0]
    for kind in kinds[1:]:
        told = pgettext("one after the other", "%(before)s, then %(after)s") % {"before": told, "after": kind}
    return [gettext("measured differently: %(kinds)s") % {"kinds": told}]


def _remeasured(earlier: TargetRecord, later: TargetRecord) -> bool:
    """Whether something else is counted; where a version does not say of what it speaks, that is not known."""
    if earlier.relation is Relation.REMEASURED:
        return True
    return earlier.measure is not later.measure and Measure.UNSPECIFIED_TURNOVER not in (earlier.measure, later.measure)


def _deadline(moves: Sequence[Move]) -> list[str]:
    runs = _runs((_deadline_way(*move), *move) for move in moves)
    if runs:
        return [_deadline_words(*run) for run in runs]
    year = moves[0][0].deadline_year
    if year is None:
        return [gettext("it never had a deadline")]
    return [gettext("the deadline stayed %(year)s") % {"year": year}]


def _deadline_way(earlier: TargetRecord, later: TargetRecord) -> Way:
    before, after = earlier.deadline_year, later.deadline_year
    if before == after:
        return Way.STAYED
    if before is None or after is None:
        return Way.SET if before is None else Way.DROPPED
    return Way.UP if after > before else Way.DOWN


def _deadline_words(way: Way, earlier: TargetRecord, later: TargetRecord) -> str:
    told = {
        Way.UP: gettext("deadline moved from %(before)s to %(after)s"),
        Way.DOWN: gettext("deadline brought forward from %(before)s to %(after)s"),
        Way.SET: gettext("a deadline named: %(after)s"),
        Way.DROPPED: gettext("the deadline of %(before)s dropped"),
    }[way]
    return told % {"before": earlier.deadline_year, "after": later.deadline_year}


def _amount(moves: Sequence[Move]) -> list[str]:
    runs = _runs((_amount_way(*move), *move) for move in moves)
    if runs:
        return [_amount_words(*run) for run in runs]
    return [gettext("the amount stayed at %(amount)s") % {"amount": _said(moves[0][0])}]


def _amount_way(earlier: TargetRecord, later: TargetRecord) -> Way:
    """Up or down only where the two amounts count the same, or where the record says so."""
    if _said(earlier) == _said(later) and earlier.cumulative == later.cumulative:
        return Way.STAYED
    told = {Relation.RAISED: Way.UP, Relation.LOWERED: Way.DOWN}.get(earlier.relation) if earlier.relation else None
    if told or not _comparable(earlier, later):
        return told or Way.OTHER
    return Way.UP if _ends(later) > _ends(earlier) else Way.DOWN


def _amount_words(way: Way, earlier: TargetRecord, later: TargetRecord) -> str:
    words = {"before": _said(earlier), "after": _said(later)}
    if way is Way.OTHER:
        return gettext("the goal went from %(before)s to %(after)s") % words
    times = _times(earlier, later)
    if way is Way.DOWN:
        told = gettext("amount halved, from %(before)s to %(after)s") if times == 0.5 else ""
        return (told or gettext("amount lowered from %(before)s to %(after)s")) % words
    told = {
        2.0: gettext("amount doubled, from %(before)s to %(after)s"),
        3.0: gettext("amount tripled, from %(before)s to %(after)s"),
    }.get(times, gettext("amount raised from %(before)s to %(after)s"))
    return told % words


def _comparable(earlier: TargetRecord, later: TargetRecord) -> bool:
    return (
        earlier.amount is not None
        and later.amount is not None
        and (earlier.currency, earlier.cumulative) == (later.currency, later.cumulative)
        and earlier.relation is not Relation.REMEASURED
    )


def _times(earlier: TargetRecord, later: TargetRecord) -> float:
    """How many times the earlier amount the later one is; 0 where they cannot be compared."""
    if not _comparable(earlier, later) or earlier.amount_high is not None or later.amount_high is not None:
        return 0.0
    return float(later.amount or 0) / float(earlier.amount or 1)


def _ends(target: TargetRecord) -> tuple[float, float]:
    low = float(target.amount or 0)
    return (low, float(target.amount_high or low))


def _said(target: TargetRecord) -> str:
    """The amount as the statement says it, a multiple as a multiple."""
    if target.amount is None:
        return gettext("“%(multiple)s”") % {"multiple": factor_words(target.factor or Decimal(1))}
    return target_amount_in_text(target, None, "")


def _same_date(moves: Sequence[Move]) -> list[str]:
    """That the dates cannot tell which version came first."""
    alike = sum(
        earlier.first_stated.on is not None and earlier.first_stated == later.first_stated for earlier, later in moves
    )
    if not alike:
        return []
    if len(moves) == 1:
        return [gettext("both versions bear the same date")]
    told = ngettext(
        "%(count)s version bears the date of the one before it",
        "%(count)s versions bear the date of the one before them",
        alike,
    )
    return [told % {"count": alike}]


def _runs(steps: Iterable[tuple[Way, TargetRecord, TargetRecord]]) -> list[tuple[Way, TargetRecord, TargetRecord]]:
    """Steps the same way as one, from the first's beginning to the last's end; those that changed nothing left out."""
    runs: list[tuple[Way, TargetRecord, TargetRecord]] = []
    for way, earlier, later in steps:
        if way is Way.STAYED:
            continue
        if runs and runs[-1][0] is way:
            runs[-1] = (way, runs[-1][1], later)
        else:
            runs.append((way, earlier, later))
    return runs
