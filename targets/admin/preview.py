"""What an uploaded file would do, as the page says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from targets import wording
from targets.actions.publishers import PLAIN
from targets.importers import FORMATS, Format
from targets.models import CountryPair, Economy, Target
from targets.progress import Measure, Status
from targets.queries.shapes import target_record
from targets.records import FigureStanding, TargetRecord, Valuation

AMOUNTS = ("exports", "imports", "turnover")
_KNOWN = re.compile(r"known format; known are ([a-z, -]+)$")
_ANY_OF = re.compile(r"it may be any of ([a-z, -]+); say which it is$")
_NAMED = re.compile(r"(?<![\w.-])(?:armenia(?:-consignment)?|uzbekistan-(?:exports|imports))(?![\w-]|\.\w)")
"""Formats that reasons name as the one to be chosen."""
WORDS = {"valuation": Valuation, "standing": FigureStanding}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the file as the page lists it; ``changes`` say what it was and becomes."""

    pair: str
    slug: str
    by: str
    period: str
    measure: str
    amounts: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What all figures of the file for one period make together; ``measure`` is empty for goods, as most are."""

    period: str
    measure: str
    figures: int
    amounts: tuple[str, ...]


class Preview:
    """A stored report (``actions.previews.report``) in words. Three queries."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report

    def __getattr__(self, name: str) -> Any:
        # Numbers and plain lists are shown as they are.
        try:
            return self.report[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def format(self) -> Format:
        return FORMATS[self.report["format"]]

    @property
    def title(self) -> str:
        return gettext(self.format.title)

    @property
    def something(self) -> bool:
        """Whether there is anything to be recorded."""
        return bool(self.report["new"] or self.report["changed"])

    @property
    def nobodys(self) -> bool:
        """Whether some of it would go to the source that stands for none."""
        return any(
            source["key"] == PLAIN.key and (source["new"] or source["changed"]) for source in self.report["sources"]
        )

    @property
    def older(self) -> int:
        return sum(source["older"] for source in self.report["sources"])

    @cached_property
    def sums(self) -> list[Sum]:
        """The sums of the file for each period, the newest first."""
        return [
            Sum(
                period=wording.period_words(row["year"], row["from_month"], row["through_month"], row["fiscal"]),
                measure=_measure(row["measure"]),
                figures=row["figures"],
                amounts=tuple(_money(row[name] if Decimal(row[name]) else None, row["currency"]) for name in AMOUNTS),
            )
            # An upload from before there were periods has none.
            for row in self.report["totals"].get("periods", ())
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        """The economies of the figures shown, by code."""
        rows = [*self.report["list_of_new"], *self.report["list_of_changed"]]
        codes = {row[side] for row in rows for side in ("first", "second")}
        return {economy.pk: str(economy) for economy in Economy.objects.filter(pk__in=codes)}

    @cached_property
    def pairs(self) -> dict[tuple[str, str], int]:
        """The pairs of the figures shown that are known already, by the codes of their economies."""
        found = CountryPair.objects.filter(first__in=self.names, second__in=self.names)
        return {(first, second): pk for pk, first, second in found.values_list("pk", "first_id", "second_id")}

    @cached_property
    def new_lines(self) -> list[Line]:
        return [self._line(row) for row in self.report["list_of_new"]]

    @cached_property
    def changed_lines(self) -> list[Line]:
        return [self._line(row) for row in self.report["list_of_changed"]]

    @property
    def warnings(self) -> list[str]:
        return [complaint(sentence) for sentence in self.report["warnings"]]

    @property
    def rejected_values(self) -> list[dict[str, Any]]:
        return _in_words(self.report["list_of_rejected"])

    @property
    def unknown_economies(self) -> list[dict[str, Any]]:
        return _in_words(self.report["list_of_unknown"])

    @property
    def left_out_knowingly(self) -> list[dict[str, Any]]:
        return _in_words(self.report["list_of_left_out"])

    @cached_property
    def verdict_lines(self) -> list[tuple[TargetRecord, int, Status | None, Status]]:
        """Targets whose verdict would become another: with the key of their page at the desk, from, to."""
        slugs = [slug for slug, _before, _after in self.report["verdicts"]]
        found = Target.objects.filter(slug__in=slugs).select_related("pair__first", "pair__second", "superseded_by")
        targets = {target.slug: target for target in found}
        return [
            (target_record(targets[slug]), targets[slug].pk, Status(before) if before else None, Status(after))
            for slug, before, after in self.report["verdicts"]
            if slug in targets
        ]

    def _line(self, row: dict[str, Any]) -> Line:
        first, second = row["first"], row["second"]
        by = self.names.get(row["reporter"], row["reporter"]) or row["compiler"]
        return Line(
            pair=f"{self.names.get(first, first)} – {self.names.get(second, second)}",
            slug=str(self.pairs.get((first, second), "")),
            by=by,
            period=wording.period_words(row["year"], row["from_month"], row["through_month"], row["fiscal"]),
            measure=_measure(row["measure"]),
            amounts=tuple(_money(row[name], row["currency"]) for name in AMOUNTS),
            changes=tuple(_changes(row)),
            place=wording.place_words(row["place"]),
        )


def _measure(value: str) -> str:
    """What is counted, where that is not goods."""
    measure = Measure(value)
    return "" if measure is Measure.GOODS_TURNOVER else wording.word(measure)


def complaint(text: str) -> str:
    """What a reader of files says, in the active language, with the titles of formats for the names of the command."""
    known, choice = _KNOWN.search(text), _ANY_OF.search(text)
    if known:
        text = text[: known.start(1)] + gettext("those in the list of formats")
    elif choice:
        titles = ", ".join(_titled(name) for name in choice[1].split(", "))
        text = text[: choice.start(1)] + titles + text[choice.end(1) :]
    return _NAMED.sub(lambda found: _titled(found[0]), wording.complaint(text))


def _titled(name: str) -> str:
    return gettext("“%(title)s”") % {"title": gettext(FORMATS[name].title)} if name in FORMATS else name


def _in_words(left_out: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Values of which no figure comes, with place and reason in the reader's language."""
    return [
        one
        | {
            "place": wording.place_words(one["place"]),
            "reason": complaint(one["reason"]),
            "value": gettext("empty") if one["value"] == "empty" else one["value"],
        }
        for one in left_out
    ]


def _changes(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What differs from what stands: what it is, what it was, what it becomes."""
    before = row.get("before")
    if not before:
        return []
    labels = {
        "exports": gettext("exports"),
        "imports": gettext("imports"),
        "turnover": gettext("total"),
        "valuation": gettext("valuation"),
        "standing": gettext("standing"),
        "approximate": gettext("approximate"),
        "note": gettext("note"),
    }
    return [
        (label, _said(name, before[name], row["currency"]), _said(name, row[name], row["currency"]))
        for name, label in labels.items()
        if _differs(name, before[name], row[name])
    ]


def _differs(name: str, before: Any, after: Any) -> bool:
    if name in AMOUNTS and before is not None and after is not None:
        return Decimal(before) != Decimal(after)
    return bool(before != after)


def _said(name: str, value: Any, currency: str) -> str:
    if name in AMOUNTS:
        return _money(value, currency)
    if name in WORDS:
        return wording.word(WORDS[name](value))
    if name == "approximate":
        return gettext("yes") if value else gettext("no")
    return str(value) or "–"


def _money(amount: Any, currency: str) -> str:
    return "–" if amount is None else wording.money(Decimal(amount), currency, 6)
