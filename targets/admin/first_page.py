"""The desk's first page, for whoever opens it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from targets import wording
from targets.actions import review
from targets.admin.choosing import name_of
from targets.models import CountryPair, Target
from targets.queries.desk import desk_page
from targets.queries.shapes import pair_record


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the template shows above the lists; nothing for who may not see targets. Two SQL queries for the names."""
    if not request.user.has_perm("targets.view_target"):  # type: ignore[union-attr]
        return {}
    today = datetime.now(UTC).date()
    desk = desk_page(request.user.pk, editor=review.may_publish(request.user), today=today)  # type: ignore[arg-type]
    pairs = CountryPair.objects.select_related("first", "second").in_bulk({late.pair for late in desk.overdue})
    near = Target.objects.select_related("pair__first", "pair__second", "superseded_by")
    targets = near.in_bulk({ahead.target for ahead in desk.ahead})
    return {
        "desk": desk,
        "overdue": [(late, pairs[late.pair], _whose(pairs[late.pair], late.reporter)) for late in desk.overdue],
        "ahead": [(ahead, name_of(targets[ahead.target])) for ahead in desk.ahead],
    }


def _whose(pair: CountryPair, reporter: str) -> str:
    return wording.by_figures_of(pair_record(pair), reporter)
