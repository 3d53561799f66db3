"""The rules as the page about the method shows them: for each a test whether a judged target shows it at work.

A rule has a name that is also its anchor on the page. A target is an example of a rule only if the test holds of its
assessment; where no target passes, the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from targets.progress import (
    UNDECIDED,
    Ambiguity,
    Assessment,
    Doubt,
    Flag,
    Measure,
    MirrorYear,
    Reading,
    Reason,
    Series,
    SixPoint,
    Status,
    Wording,
    over,
    rewordings,
    second_opinion,
)
from targets.progress.base import BASE_YEARS_BACK
from targets.progress.status import PACES
from targets.progress.verdict import class_of
from targets.records.sides import Conversion, RewordedRecord, conversions
from targets.records.targets import TargetRecord
from targets.records.trade import FigureRecord, PairRecord, RatePoint
from targets.records.words import EconomyKind, MeasureBasis, Outcome, Relation


@dataclass(frozen=True, slots=True)
class Example:
    """A target that shows a rule; ``by`` is whose reading does, empty where the verdict over all readings does."""

    target: TargetRecord
    assessment: Assessment
    by: str
    series: tuple[Series, ...]
    figures: tuple[FigureRecord, ...]
    rates: tuple[RatePoint, ...]
    reworded: tuple[RewordedRecord, ...]

    @property
    def reading(self) -> Reading | None:
        return self.assessment.reading(self.by)

    @property
    def opinion(self) -> SixPoint | None:
        """What the six-point rule says of the reading's figures."""
        one = next((one for one in self.series if one.by == self.by), None)
        return second_opinion(self.assessment.terms, one) if one else None

    @property
    def conversion(self) -> Conversion | None:
        """The newest amount of the reading that was converted."""
        found = conversions(self.series, self.figures, self.rates, self.target.currency or "USD")
        return next((one for one in found if one.figure.by == self.by), None)


@dataclass(frozen=True, slots=True)
class ServedFigure:
    """A figure that serves for its year, and the others of the same side and year that do not."""

    target: TargetRecord
    figure: FigureRecord
    others: tuple[FigureRecord, ...]


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubt about figures that stand, by the side or compiler whose they are."""

    pair: PairRecord
    by: str
    currency: str
    doubt: Doubt
    sources: Mapping[str, str]
    fiscal: str = ""


@dataclass(frozen=True, slots=True)
class WidestGap:
    """The pair whose sides lie furthest apart in the newest year of both."""

    pair: PairRecord
    year: MirrorYear
    currency: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What the page about the method shows of the data: examples by rule, figures and doubts by their own names."""

    examples: Mapping[str, Example]
    served: Mapping[str, ServedFigure]
    shown: Mapping[str, tuple[TargetRecord, FigureRecord]]
    """Figures that no rule counts, by why."""
    doubts: Mapping[str, ShownDoubt]
    gap: WidestGap | None
    among: int | None = None
    """How many targets, those of the largest amounts, were looked at; None where it was all of them."""


@dataclass(frozen=True, slots=True)
class Case:
    """A target, how it was judged, and which of its readings is looked at; None for the verdict over them."""

    target: TargetRecord
    assessment: Assessment
    reading: Reading | None = None

    @property
    def seen(self) -> Reading:
        """The reading that is looked at."""
        if self.reading is None:
            raise ValueError("this rule is about a reading, and the case is about a verdict")
        return self.reading

    @property
    def over(self) -> bool:
        today = self.assessment.today
        return today is not None and over(self.assessment.terms, today)

    @property
    def voters(self) -> tuple[Reading, ...]:
        named = self.assessment.verdict.voters
        return tuple(reading for reading in self.assessment.readings if reading.by in named)

    @property
    def silent(self) -> tuple[Reading, ...]:
        """The sides that have no vote although somebody has one."""
        voters = self.assessment.verdict.voters
        if not voters:
            return ()
        return tuple(one for one in self.assessment.readings if one.reporter and one.by not in voters)


Rule = Callable[[Case], bool]


def _known(case: Case) -> bool:
    return case.seen.latest_year is not None


def _judged_in(measure: Measure) -> Rule:
    return lambda case: _known(case) and case.target.measure is measure


def _stands(status: Status, *, over: bool) -> Rule:
    return lambda case: case.over is over and case.seen.status is status


def _given(reason: Reason) -> Rule:
    return lambda case: case.seen.reason is reason


def _remarked(flag: Flag) -> Rule:
    return lambda case: flag in case.seen.flags


def _followed(relation: Relation) -> Rule:
    return lambda case: case.target.relation is relation


def _came_out(outcome: Outcome) -> Rule:
    return lambda case: not case.target.replaced and case.assessment.verdict.status in outcome.statuses


def _left_open(what: Ambiguity | Wording) -> Rule:
    def left(case: Case) -> bool:
        said = case.target.measure_basis is MeasureBasis.EXPLICIT
        return any(
            what in (one.wording, one.wording.of) for one in rewordings(case.assessment.terms, measure_said=said)
        )

    return left


def _figures() -> Iterable[tuple[str, Rule]]:
    for measure in Measure:
        yield f"measure-{measure}", _judged_in(measure)
    yield "fiscal", lambda case: case.seen.fiscal != ""
    yield "converted", lambda case: case.seen.converted
    yield (
        "bloc",
        lambda case: (
            _known(case)
            and case.seen.reporter
            and any(
                side.code == case.seen.by and side.kind is EconomyKind.BLOC
                for side in (case.target.pair.first, case.target.pair.second)
            )
        ),
    )


def _bases() -> Iterable[tuple[str, Rule]]:
    def dated(case: Case) -> tuple[int, int] | None:
        base, stated = case.seen.base_year, case.assessment.terms.stated
        named = base == case.target.baseline_year
        return None if base is None or stated is None or named or case.seen.base_stated else (base, stated)

    yield (
        "base-named",
        lambda case: (
            case.seen.base_year is not None
            and case.seen.base_year == case.target.baseline_year
            and not case.seen.base_stated
        ),
    )
    yield "base-before", lambda case: (found := dated(case)) is not None and found[0] < found[1]
    yield "base-after", lambda case: (found := dated(case)) is not None and found[0] >= found[1]
    yield "base-stated", lambda case: case.seen.base_stated
    yield "base-none", lambda case: _known(case) and case.seen.base_year is None
    yield "base-multiple", lambda case: case.target.amount is None and case.seen.target_amount is not None
    yield "base-range", lambda case: _known(case) and case.target.amount_high is not None
    yield (
        "recent",
        lambda case: case.seen.recent_cagr is not None and case.seen.status is Status.NO_DEADLINE,
    )


def _statuses() -> Iterable[tuple[str, Rule]]:
    for status in (Status.MET, Status.MET_THEN_LOST, Status.AWAITING_FIGURES):
        yield f"over-{status}", _stands(status, over=True)
    yield (
        "over-missed",
        lambda case: case.over and case.seen.status is Status.MISSED and case.seen.reached_in is None,
    )
    yield (
        "over-late",
        lambda case: case.over and case.seen.status is Status.MISSED and case.seen.reached_in is not None,
    )
    yield "over-not_assessable", lambda case: case.over and case.seen.reason is Reason.NO_DEADLINE_FIGURE
    yield (
        "over-undated",
        lambda case: (
            case.over
            and case.assessment.terms.stated is None
            and case.seen.status in (Status.MET, Status.MET_THEN_LOST, Status.MISSED)
        ),
    )
    for status in (Status.MET, Status.MET_THEN_LOST, Status.NO_DEADLINE, Status.TOO_EARLY, *PACES):
        yield f"open-{status}", _stands(status, over=False)
    yield (
        "open-stale",
        lambda case: not case.over and case.seen.reason is Reason.FIGURES_TOO_OLD and not _before_statement(case),
    )
    yield (
        "open-before_statement",
        lambda case: not case.over and case.seen.reason is Reason.FIGURES_TOO_OLD and _before_statement(case),
    )
    for reason in Reason:
        yield f"reason-{reason}", _given(reason)
    for flag in (Flag.ALREADY_THERE, Flag.NARROW):
        yield f"flag-{flag}", _remarked(flag)


def _before_statement(case: Case) -> bool:
    latest, stated = case.seen.latest_year, case.assessment.terms.stated
    return latest is not None and stated is not None and latest < stated - BASE_YEARS_BACK


def _guards() -> Iterable[tuple[str, Rule]]:
    def nothing(case: Case) -> bool:
        return 0.0 in (case.seen.base_amount, case.seen.latest_amount)

    def there(case: Case) -> bool:
        base, aim = case.seen.base_amount, case.seen.target_amount
        return base is not None and aim is not None and base >= aim

    yield "guard-cagr", nothing
    yield (
        "guard-required_growth",
        lambda case: there(case) and case.target.deadline_year is not None and case.seen.required_cagr is None,
    )
    yield "guard-share_of_way", lambda case: there(case) and case.seen.share_of_way is None
    yield "guard-recent_growth", lambda case: _known(case) and case.seen.recent_cagr is None
    yield (
        "guard-step_to",
        lambda case: (
            not case.over
            and case.target.deadline_year is not None
            and case.seen.latest_year is not None
            and case.seen.latest_year >= case.target.deadline_year
            and case.seen.catch_up_step is None
        ),
    )


def _verdicts() -> Iterable[tuple[str, Rule]]:
    def sides(case: Case) -> tuple[Reading, ...]:
        return tuple(one for one in case.voters if one.reporter)

    def answers(case: Case) -> set[Status]:
        return {one.status for one in sides(case)}

    def apart(case: Case) -> bool:
        return len({class_of(status) for status in answers(case)}) > 1

    yield "vote-both", lambda case: len(sides(case)) == 2 and len(answers(case)) == 1
    yield "vote-compiler", lambda case: any(not one.reporter for one in case.voters)
    yield (
        "vote-awaits",
        lambda case: (
            case.assessment.verdict.status is Status.AWAITING_FIGURES
            and any(not one.reporter and one.status not in UNDECIDED for one in case.assessment.readings)
        ),
    )
    yield "abstain-undecided", lambda case: any(one.status in UNDECIDED for one in case.silent)
    yield "abstain-too_early", lambda case: any(one.status is Status.TOO_EARLY for one in case.silent)
    yield (
        "abstain-stale",
        lambda case: any(one.status not in UNDECIDED and one.status is not Status.TOO_EARLY for one in case.silent),
    )
    disputed = f"status-{Status.DISPUTED}"
    yield disputed, lambda case: case.assessment.verdict.status is Status.DISPUTED and apart(case)
    yield "disputed-paces", lambda case: case.assessment.verdict.status is Status.DISPUTED and not apart(case)
    yield (
        "cautious",
        lambda case: case.assessment.verdict.status is not Status.DISPUTED and len(answers(case)) == 2,
    )
    yield (
        "telling",
        lambda case: (
            not case.assessment.verdict.voters
            and len({one.reason for one in case.assessment.readings if one.reporter}) == 2
        ),
    )
    yield f"flag-{Flag.REPLACED}", lambda case: case.target.replaced
    yield "non-oil", lambda case: case.target.measure is Measure.NON_OIL_TURNOVER
    for relation in Relation:
        yield f"relation-{relation}", _followed(relation)
    for outcome in Outcome:
        if outcome.statuses:
            yield f"outcome-{outcome}", _came_out(outcome)


def _words() -> Iterable[tuple[str, Rule]]:
    for ambiguity in Ambiguity:
        yield f"ambiguity-{ambiguity}", _left_open(ambiguity)
    for wording in Wording:
        yield f"wording-{wording}", _left_open(wording)


OF_A_READING: Mapping[str, Rule] = dict([*_figures(), *_bases(), *_statuses(), *_guards()])
"""Rules that one side's reading of a target shows."""

OF_A_VERDICT: Mapping[str, Rule] = dict([*_verdicts(), *_words()])
"""Rules that a target as a whole shows."""
