"""The desk's first page: what waits for a person, what figures are late, which deadlines are near, what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median

from django.db.models import F, Q

from targets.models import AuditEvent, RoadmapDocument, Statement, Target
from targets.queries.figures import standing
from targets.queries.judging import verdicts
from targets.records import Invariant, ReviewState
from targets.records.desk import Ahead, Check, DeskPage, Found, Overdue, Work

SHOWN = 20
"""So many of each are listed, the most urgent first."""

USUAL_DELAY = timedelta(days=548)
"""Eighteen months, for a side whose own habit is not known."""

SAMPLES = 2
"""From so many releases on, each with a newer year than those before, a side has a habit."""

BELONGS = {Target: "pair__slug", Statement: "target__slug", RoadmapDocument: "pair__slug"}
TITLE = {Target: "slug", Statement: "speaker", RoadmapDocument: "title"}


def desk_page(person: int, *, editor: bool, today: date) -> DeskPage:
    """What the desk's first page shows to the person of this id. Six SQL queries, nine for an editor."""
    work = [(state, one) for model in BELONGS for state, one in _work(model, person)]
    return DeskPage(
        drafts=tuple(one for state, one in work if state == ReviewState.DRAFT),
        returned=tuple(one for state, one in work if state == ReviewState.RETURNED),
        overdue=overdue(today),
        ahead=_ahead(today),
        check=last_check(),
        waiting=sum(model.objects.filter(state=ReviewState.SUBMITTED).count() for model in BELONGS) if editor else None,
    )


def overdue(today: date) -> tuple[Overdue, ...]:
    """The sides of pairs with open targets whose next full year is late on the day, the longest late first.

    A side's usual delay is the median, over its releases that brought a newer year than any before, of the days from
    the end of that year to the release's vintage, or to its recording where the vintage is not known. One SQL query.
    """
    open_ = Target.objects.filter(Q(deadline_year__isnull=True) | Q(deadline_year__gte=today.year - 1))
    open_ = open_.filter(state=ReviewState.PUBLISHED, judgements__is_verdict=True, judgements__replaced=False)
    rows = standing().filter(
        Q(reporter=F("pair__first")) | Q(reporter=F("pair__second")),
        pair__in=open_.order_by().values("pair"),
        from_month=1,
        through_month=12,
    )
    columns = ("pair_id", "pair__slug", "reporter_id", "year", "fiscal", "release__vintage", "release__recorded_at")
    years: defaultdict[tuple, dict[date, int]] = defaultdict(dict)
    for pair, slug, reporter, year, fiscal, vintage, recorded in rows.order_by().values_list(*columns):
        brought = years[pair, slug, reporter, bool(fiscal)]
        day = vintage or recorded.date()
        brought[day] = max(year, brought.get(day, year))
    late: dict[tuple, Overdue] = {}
    for (pair, slug, reporter, fiscal), brought in years.items():
        newest = max(brought.values())
        delay, learnt = _delay(brought, fiscal)
        due = _end(newest + 1, fiscal) + delay
        known = late.get((pair, reporter))
        # A side that gives both kinds of years is as far as the further of them.
        if known is None or known.due_on < due:
            late[pair, reporter] = Overdue(pair, slug, reporter, newest, due, learnt)
    found = (one for one in late.values() if one.due_on < today)
    return tuple(sorted(found, key=lambda one: (one.due_on, one.slug, one.reporter))[:SHOWN])


def last_check() -> Check | None:
    """What ``check_data`` found when it last ran; None where it never did. One SQL query."""
    event = AuditEvent.objects.filter(verb="check", object_kind="data").order_by("-id").first()
    if event is None:
        return None
    found = ((invariant, event.counts.get(invariant.value)) for invariant in Invariant)
    return Check(event.at, tuple(Found(one, said["number"], tuple(said["first"])) for one, said in found if said))


def _work(model: type, person: int) -> Iterable[tuple[ReviewState, Work]]:
    """Drafts that the person began and records returned to them, each with its state. One SQL query."""
    begun = model.history.filter(history_type="+", history_user=person).values("id")  # type: ignore[attr-defined]
    mine = Q(state=ReviewState.DRAFT, pk__in=begun) | Q(state=ReviewState.RETURNED, submitted_by=person)
    columns = ("state", "pk", TITLE[model], BELONGS[model], "review_note")
    for state, key, title, belongs, note in model.objects.filter(mine).order_by("-pk").values_list(*columns)[:SHOWN]:  # type: ignore[attr-defined]
        yield state, Work(model._meta.model_name, key, title or "–", belongs, note)  # type: ignore[attr-defined]


def _ahead(today: date) -> tuple[Ahead, ...]:
    """Published targets of which no later version took the place and whose deadline is this year or the next."""
    near = verdicts().filter(replaced=False, target__deadline_year__range=(today.year, today.year + 1))
    columns = ("target_id", "target__slug", "target__deadline_year", "status")
    rows = near.order_by("target__deadline_year", "target__slug").values_list(*columns)[:SHOWN]
    return tuple(Ahead(*row) for row in rows)


def _delay(brought: dict[date, int], fiscal: bool) -> tuple[timedelta, bool]:
    """The usual delay of a side that brought these years, by day; and whether it is its own."""
    newest, days = 0, []
    for day, year in sorted(brought.items()):
        if year > newest:
            newest = year
            days.append((day - _end(year, fiscal)).days)
    # The first release usually brings years that others had long known; a day before the year's end is no habit.
    habit = [number for number in days[1:] if number > 0]
    return (timedelta(days=median(habit)), True) if len(habit) >= SAMPLES else (USUAL_DELAY, False)


def _end(year: int, fiscal: bool) -> date:
    """The first day after the year; fiscal years, known by their start, are over a year later at the latest."""
    return date(year + 2 if fiscal else year + 1, 1, 1)
