"""The desk's first page, for whoever opens it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from targets.actions import review
from targets.queries.desk import desk_page


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the template shows above the lists; nothing for who may not see targets."""
    if not request.user.has_perm("targets.view_target"):  # type: ignore[union-attr]
        return {}
    today = datetime.now(UTC).date()
    return {"desk": desk_page(request.user.pk, editor=review.may_publish(request.user), today=today)}  # type: ignore[arg-type]
