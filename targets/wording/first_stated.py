"""The date on which a target was first stated: what is to be said beside it."""

from __future__ import annotations

from django.utils.translation import gettext

from targets.records import TargetPage
from targets.wording.dates import partial_date


def first_note(page: TargetPage) -> str:
    """Whether a statement of that date is listed, else the date of the earliest that is; "" where none is known."""
    if not page.target.first_stated.iso:
        return ""
    if page.first_said is not None:
        return gettext("the earliest statement we know of")
    if page.earliest_said is None:
        return gettext("no statement of that date is listed here")
    return gettext("no statement of that date is listed here; the earliest listed: %(date)s") % {
        "date": partial_date(page.earliest_said.stated)
    }
