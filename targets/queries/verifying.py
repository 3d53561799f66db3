"""What a code on a chart refers to: the moment of a version of the data, the present addresses of targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from targets.models import AuditEvent, Target
from targets.records import ReviewState


def moment_of(version: int) -> datetime | None:
    """When the data came to be of this version; None for one that never was. One SQL query."""
    return AuditEvent.objects.filter(pk=version).values_list("at", flat=True).first()


def published_slugs(targets: Sequence[int]) -> tuple[str, ...] | None:
    """The slugs of the targets of these ids in their order; None unless all are published. One SQL query."""
    found = dict(Target.objects.filter(pk__in=targets, state=ReviewState.PUBLISHED).values_list("pk", "slug"))
    return tuple(found[one] for one in targets) if found.keys() == set(targets) else None
