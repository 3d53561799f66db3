"""What an editor decides by: what a record says, or what changed in it since an editor last looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst

from targets import queries
from targets.actions import review
from targets.admin.choosing import name_of
from targets.admin.differences import Difference, Names, differences
from targets.models import Target
from targets.records import ReviewState

BOX = "with-"
"""How the names of the boxes begin by which records are chosen to be decided on."""


@dataclass(frozen=True, slots=True)
class InReview:
    """A record as it is shown to who decides on it."""

    record: Any
    name: str
    field: str
    """Name of its box; the box holds the version shown."""
    kind: str
    address: str
    """Of the page on which it alone is reviewed."""
    version: str
    own: str
    """Why this editor may not publish it; empty where nothing speaks against it."""
    again: bool
    """Whether an editor saw it before."""
    follows: list[tuple[Target, str]]
    """The targets of which it is the next version, with what they are called."""
    changes: list[Difference]
    parts: list[list[Difference]]


def in_review(record: Any, person: Any) -> InReview:
    """The record for this person's decision. Several queries."""
    kind = record._meta.model_name
    # The mark first: whatever is saved after it makes another one.
    version = queries.version_of(record)
    seen = queries.last_reviewed(record)
    return InReview(
        record=record,
        name=name_of(record),
        field=f"{BOX}{kind}-{record.pk}",
        kind=capfirst(str(record._meta.verbose_name)),
        address=reverse(f"admin:targets_{kind}_review", args=[record.pk]),
        version=version,
        own=review.own_work(person, record),
        again=seen is not None,
        follows=_followed(record) if isinstance(record, Target) else [],
        changes=since_reviewed(record, seen),
        parts=parts_of_review(record),
    )


def beside(record: Any, person: Any) -> list[InReview]:
    """The submitted statements and documents of a target; nothing for another record. Several queries for each."""
    if not isinstance(record, Target):
        return []
    found = (record.statements.select_related("source"), record.documents.all())
    return [in_review(one, person) for rows in found for one in rows.filter(state=ReviewState.SUBMITTED)]


def _followed(target: Target) -> list[tuple[Target, str]]:
    earlier = target.supersedes.select_related("pair__first", "pair__second", "superseded_by").order_by("pk")
    return [(one, name_of(one)) for one in earlier]


def since_reviewed(record: Any, seen: Any) -> list[Difference]:
    """In what the record differs from the version that an editor last saw; all that it says where none did."""
    return changes_between(type(record), seen, queries.versions_of(record).first())


def changes_between(model: type[Model], seen: Any, now: Any, names: Names | None = None) -> list[Difference]:
    """In what two versions differ, the later all that it says without an earlier one; nothing without a later one."""
    if now is None:
        return []
    before = queries.values_of(seen) if seen is not None else None
    return differences(model, before, queries.values_of(now), names)


def parts_of_review(record: Any) -> list[list[Difference]]:
    """What each part of the record says, field by field; nothing for a record without parts."""
    if type(record) not in queries.PARTS:
        return []
    part, field = queries.PARTS[type(record)]
    stand = queries.parts_at(record, queries.version_of(record))
    found = [differences(part, None, queries.values_of(version)) for version in stand.values()]
    return [[difference for difference in one if difference.name != field] for one in found]
