"""What a code on a chart refers to: the moment of a version of the data, the present addresses of targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from targets.models import AuditEvent, SlugRedirect, Target
from targets.records import ReviewState


def moment_of(version: int) -> datetime | None:
    """When the data came to be of this version; None for one that never was. One SQL query."""
    return AuditEvent.objects.filter(pk=version).values_list("at", flat=True).first()


def published_slugs(targets: Sequence[int]) -> tuple[str, ...] | None:
    """The slugs of the targets of these ids in their order; None unless all are published. One SQL query."""
    found = dict(Target.objects.filter(pk__in=targets, state=ReviewState.PUBLISHED).values_list("pk", "slug"))
    return tuple(found[one] for one in targets) if found.keys() == set(targets) else None


def slugs_after_merging(targets: Sequence[int]) -> tuple[str, ...]:
    """The slugs of published targets that these ids lead to, each once, since some of them became part of others.

    Empty where none did, and where one leads to nothing that is published. At most three SQL queries.
    """
    found = dict(Target.objects.filter(pk__in=targets, state=ReviewState.PUBLISHED).values_list("pk", "slug"))
    gone = set(targets) - found.keys()
    if not gone:
        return ()
    former = list(Target.history.filter(id__in=gone).values_list("id", "slug").distinct())
    moved = SlugRedirect.objects.filter(slug__in=[slug for _, slug in former], target__state=ReviewState.PUBLISHED)
    stays = dict(moved.values_list("slug", "target__slug"))
    found |= {target: stays[slug] for target, slug in former if slug in stays}
    return tuple(dict.fromkeys(found[one] for one in targets)) if gone <= found.keys() else ()
