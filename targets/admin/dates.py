"""Dates no finer than known: a day and how finely it is meant."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from targets.records import DatePrecision


class PartialDates:
    """Form mixin: a date known to the month or year is stored as the day on which that begins."""

    partial_dates: tuple[str, ...] = ()
    """Names of the date fields; the precision of each stands in ``<name>_precision``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:  # type: ignore[attr-defined]
            for name in self.partial_dates:
                # Most dates that somebody types in are known to the day.
                self.initial.setdefault(f"{name}_precision", DatePrecision.DAY)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc, attr-defined]
        for name in self.partial_dates:
            if name in cleaned and f"{name}_precision" in cleaned:
                self._clean_date(cleaned, name)
        return cleaned

    def _clean_date(self, cleaned: dict[str, Any], name: str) -> None:
        on: date | None = cleaned[name]
        precision = DatePrecision(cleaned[f"{name}_precision"])
        if on is None:
            cleaned[f"{name}_precision"] = DatePrecision.UNKNOWN
        elif precision is DatePrecision.UNKNOWN:
            self.add_error(f"{name}_precision", _("Say how finely this date is known."))  # type: ignore[attr-defined]
        elif precision is DatePrecision.MONTH:
            cleaned[name] = on.replace(day=1)
        elif precision is DatePrecision.YEAR:
            cleaned[name] = on.replace(month=1, day=1)
