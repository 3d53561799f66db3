"""What waits for an editor: everything submitted, the oldest first, with what changed since an editor last saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from targets import queries
from targets.actions import review
from targets.admin.choosing import name_of
from targets.admin.deciding import changes_between
from targets.admin.differences import Difference, Names
from targets.models import RoadmapDocument, Statement, Target
from targets.records import ReviewState

KINDS = (Target, Statement, RoadmapDocument)
RELATED: dict[Any, tuple[str, ...]] = {
    Target: ("pair__first", "pair__second", "superseded_by"),
    Statement: ("target__pair__first", "target__pair__second", "target__superseded_by", "source"),
    RoadmapDocument: ("pair__first", "pair__second"),
}
ROWS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that was submitted."""

    record: Any
    kind: str
    name: str
    belongs: str
    """What it is part of: its pair, or the target it was said about; of a target its address."""
    address: str
    """Name of the page on which it is reviewed."""
    edit: Any
    """The version in which it was last edited, with who did it and why."""
    changes: list[Difference]
    again: bool
    """Whether an editor saw it before."""
    own: str
    """Why this editor may not publish it; empty where nothing speaks against it."""


def waiting() -> Any:
    """Kind and key of everything submitted, the oldest first. One SQL query when it is read."""
    rows = [
        model.objects.filter(state=ReviewState.SUBMITTED)
        .order_by()
        .annotate(place=Value(number))
        .values_list("submitted_at", "place", "pk")
        for number, model in enumerate(KINDS)
    ]
    return rows[0].union(*rows[1:], all=True).order_by("submitted_at", "place", "pk")


def queue_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The queue of the editors."""
    if not review.may_publish(request.user):
        raise PermissionDenied
    page = Paginator(waiting(), ROWS_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": gettext("Waiting for review"),
        "opts": Target._meta,
        "page": page,
        "rows": _rows(request, [(KINDS[place], pk) for _at, place, pk in page.object_list]),
    }
    return TemplateResponse(request, "admin/targets/queue.html", context)


def _rows(request: HttpRequest, waiting_: list[tuple[Any, int]]) -> list[Waiting]:
    """What waits, in that order. A handful of SQL queries for each kind of record, however many there are."""
    found: dict[tuple[Any, int], Waiting] = {}
    names = Names()
    for model in KINDS:
        keys = [key for one, key in waiting_ if one is model]
        records = model.objects.select_related("submitted_by", *RELATED[model]).in_bulk(keys)
        standing = queries.standing_of(model, keys) if keys else {}
        versions = [row for one in standing.values() for row in (one.now, one.seen) if row is not None]
        names.learn(model, map(queries.values_of, versions))
        for key, record in records.items():
            found[model, key] = _row(request, record, standing[key], names)
    return [found[one] for one in waiting_ if one in found]


def _row(request: HttpRequest, record: Any, standing: queries.Standing, names: Names) -> Waiting:
    model = type(record)
    return Waiting(
        record=record,
        kind=capfirst(str(model._meta.verbose_name)),
        name=name_of(record),
        belongs=name_of(record.target) if model is Statement else record.slug if model is Target else str(record.pair),
        address=f"admin:targets_{model._meta.model_name}_review",
        edit=standing.edit,
        changes=changes_between(model, standing.seen, standing.now, names),
        again=standing.seen is not None,
        own=review.own_work(request.user, record, standing.edit),
    )
