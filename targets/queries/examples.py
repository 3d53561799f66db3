"""Examples for the methodology: what stands for each status at present."""

from __future__ import annotations

from django.db.models import F, FilteredRelation, OrderBy, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from targets.models import Judgement
from targets.progress import Status
from targets.queries.judging import TARGET_OF, reading_record, target_rows, verdicts
from targets.queries.shapes import target_record
from targets.records import ReviewState, WorkedExamples


def worked_examples() -> WorkedExamples:
    """For each status a published target that has it, or else one side's reading of one. Three SQL queries.

    In the order of the statuses. Of several it is the one of the largest amount in dollars; those whose latest figure
    is approximate or converted come last. Versions that a later one replaced show nothing.
    """
    shown = verdicts().filter(replaced=False).select_related(None)
    stored = sorted(verdicts().filter(pk__in=_first_of_each_status(shown, "amount_usd")), key=_place)
    (rows,) = target_rows(stored)
    verdict = FilteredRelation("target__judgements", condition=Q(target__judgements__is_verdict=True))
    sides = Judgement.objects.filter(is_verdict=False, reporter=True, target__state=ReviewState.PUBLISHED)
    left = sides.exclude(status__in=[one.status for one in stored]).alias(verdict=verdict)
    first = _first_of_each_status(left.filter(verdict__replaced=False), "verdict__amount_usd")
    readings = sorted(Judgement.objects.filter(pk__in=first).select_related(*TARGET_OF), key=_place)
    return WorkedExamples(
        targets=rows,
        readings=tuple((target_record(one.target), reading_record(one)) for one in readings),
    )


def _first_of_each_status(found: QuerySet[Judgement], amount: str) -> QuerySet[Judgement]:
    """The ids of the judgements that come first among those of their status; ``amount`` is the column of dollars.

    Ranked by few columns: the rest is read of the few that come out on top.
    """
    order = [
        F("latest_approximate").asc(),
        F("converted").asc(),
        OrderBy(F(amount), descending=True, nulls_last=True),
        F("target__slug").asc(),
        F("by").asc(),
    ]
    place = Window(RowNumber(), partition_by=F("status"), order_by=order)
    return found.order_by().annotate(place=place).filter(place=1).values("pk")


def _place(stored: Judgement) -> int:
    return list(Status).index(stored.status)
