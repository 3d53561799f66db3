"""Figures entered by hand: a release of a few rows from one source, made in somebody's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from targets.actions import editing, journal
from targets.actions.desk import may
from targets.actions.journal import ActionRefused
from targets.actions.releases import current_values, record_release
from targets.importers.acceptance import DIGITS, LARGEST
from targets.models import CountryPair, Release, Source
from targets.progress import Doubt, Suspicion, Word
from targets.queries import entering
from targets.records import DatePrecision, FigureRow, ReleaseKind, SourceGrade, SourceKind


def gettext_noop(text: str) -> str:
    return text


class Unit(Word):
    """What one in the amounts of a table stands for."""

    ONE = "one", gettext_noop("units of the currency")
    THOUSAND = "thousand", gettext_noop("thousand")
    MILLION = "million", gettext_noop("million")
    BILLION = "billion", gettext_noop("billion")

    @property
    def power(self) -> int:
        """The power of ten: 6 for a million."""
        return {"one": 0, "thousand": 3, "million": 6, "billion": 9}[self.value]


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that Tradewatch does not know yet."""

    kind: SourceKind
    publisher: str
    title: str = ""
    url: str = ""
    published_on: date | None = None
    language: str = ""


@transaction.atomic
def enter_figures(
    *,
    by: AbstractBaseUser,
    source: Source | NewSource,
    rows: Sequence[FigureRow],
    today: date,
    kind: ReleaseKind = ReleaseKind.ENTRY,
    reason: str = "",
    vintage: date | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Release | None:
    """The release that now holds the figures; None where the source's current figures say the same already.

    A figure that stands is replaced only by a *correction* (we erred) or a *revision* (the source changed), with a
    reason. ``reasons`` say of each serious doubt (by its key) why the figures are right nevertheless; they are kept in
    the journal, and in the note of a figure whose flows do not make its total. Raises ActionRefused, which names the
    field concerned, and then changes nothing.
    """
    if isinstance(source, Source):
        # Looked at only once nobody else is writing: what a colleague enters meanwhile must not be replaced unseen.
        Source.objects.select_for_update().get(pk=source.pk)
    given = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    doubts = doubts_about(rows, source.key if isinstance(source, Source) else "")
    rows = explained(rows, doubts, given)
    check_entry(source=source, rows=rows, today=today, kind=kind, reason=reason, by=by)
    if any(doubt.serious and doubt.key not in given for doubt in doubts):
        raise ActionRefused(
            _("Some of these figures look wrong. Mend them, or say of each why it is right."), field="doubts"
        )
    if isinstance(source, NewSource):
        source = add_source(by=by, new=source)
    release = record_release(
        by=by, source=source, rows=rows, kind=kind, reason=reason.strip(), vintage=vintage, today=today
    )
    told = [f"{_(doubt.suspicion.label)}: {given[doubt.key]}" for doubt in doubts if doubt.key in given]
    if release is not None and told:
        journal.record(by=by, verb="explain", record=release, reason="\n".join(told), counts={"doubts": len(told)})
    return release


def doubts_about(rows: Sequence[FigureRow], source: str) -> tuple[Doubt, ...]:
    """What speaks against the rows of a source (key) beside all that is known now. Four SQL queries a pair at most."""
    alike: defaultdict[tuple[object, ...], list[FigureRow]] = defaultdict(list)
    for row in rows:
        alike[row.first, row.second, row.reporter, row.compiler, row.measure, row.currency, row.fiscal].append(row)
    found: list[Doubt] = []
    for (first, second, *_who), group in alike.items():
        pair = CountryPair.objects.select_related("first", "second").filter(first=first, second=second).first()
        basis = entering.entry_basis(pair, [group[0].currency]) if pair else None
        found += entering.doubts(basis, group, source)
    return tuple(found)


def explained(rows: Sequence[FigureRow], doubts: Sequence[Doubt], reasons: Mapping[str, str]) -> list[FigureRow]:
    """The rows, with the reason in the note of those whose flows do not make the total."""
    told = {
        (doubt.years[0], doubt.span): reasons[doubt.key]
        for doubt in doubts
        if doubt.suspicion is Suspicion.SUM and doubt.key in reasons
    }
    notes = [told.get((row.year, (row.from_month, row.through_month)), "") for row in rows]
    return [
        row if not note or note in row.note else row._replace(note="; ".join(filter(None, (row.note, note))))
        for row, note in zip(rows, notes, strict=True)
    ]


def add_source(*, by: AbstractBaseUser, new: NewSource) -> Source:
    """The source, made now."""
    said = new.kind is SourceKind.PRESS
    source = Source(
        kind=new.kind,
        grade=SourceGrade.AGENCY if said else SourceGrade.PRIMARY,
        publisher=new.publisher,
        title=new.title,
        url=new.url,
        language=new.language,
        published_on=new.published_on,
        published_on_precision=DatePrecision.DAY if new.published_on else DatePrecision.UNKNOWN,
    )
    editing.save(by=by, record=source)
    return source


def check_entry(
    *,
    by: AbstractBaseUser,
    source: Source | NewSource,
    rows: Sequence[FigureRow],
    today: date,
    kind: ReleaseKind,
    reason: str,
) -> None:
    """Nothing, or ActionRefused with the reason and the field: what :func:`enter_figures` looks at before it writes."""
    if not may(by, "targets.add_release"):
        raise ActionRefused(_("You may not enter figures."))
    if not rows:
        raise ActionRefused(_("There is no figure to enter."))
    for row in rows:
        check_row(row, today)
    known = current_values([source.pk]).get(source.pk, {}) if isinstance(source, Source) else {}
    replaced = [row for row in rows if row.key in known]
    if kind is ReleaseKind.ENTRY and any(known[row.key] != row.values for row in replaced):
        raise ActionRefused(
            _(
                "This source has another figure for this period already. Choose correction if we erred, "
                "revision if the source changed."
            ),
            field="kind",
        )
    if kind in (ReleaseKind.CORRECTION, ReleaseKind.REVISION):
        if not replaced:
            raise ActionRefused(
                _("This source has no figure for this period yet: there is nothing to correct or revise."), field="kind"
            )
        if not reason.strip():
            raise ActionRefused(_("Say what was wrong, or what the source changed."), field="reason")


def check_row(row: FigureRow, today: date) -> None:
    """Nothing, or ActionRefused with the reason and the field of the row that cannot be stored as it is."""
    amounts = [amount for amount in (row.exports, row.imports, row.turnover) if amount is not None]
    if not amounts:
        raise ActionRefused(_("Give exports, imports or the total."), field="exports")
    for field in ("exports", "imports", "turnover"):
        amount = getattr(row, field)
        if amount is None:
            continue
        if amount < 0:
            raise ActionRefused(_("Amounts cannot be negative."), field=field)
        # First: rounding fails where the whole alone has more digits than a Decimal keeps.
        if amount > LARGEST:
            raise ActionRefused(_("This is more than the whole world trades. Is the unit right?"), field=field)
        if amount != round(amount, 2):
            raise ActionRefused(_("This is finer than a hundredth of the currency. Is the unit right?"), field=field)
        if len(amount.normalize().as_tuple().digits) > DIGITS:
            raise ActionRefused(_("Give no more than %(count)s digits.") % {"count": DIGITS}, field=field)
    if bool(row.reporter) == bool(row.compiler):
        raise ActionRefused(_("Name a reporter or a compiler, not both."), field="reporter")
    if not re.fullmatch(r"[A-Z]{3}", row.currency):
        raise ActionRefused(_("Write the currency's three-letter code, for example USD."), field="currency")
    _check_period(row, today)


def _check_period(row: FigureRow, today: date) -> None:
    months = (row.from_month, row.through_month)
    if row.year is None:
        if months != (None, None):
            raise ActionRefused(_("Months need a year."), field="year")
        return
    if not 1900 <= row.year <= today.year:
        raise ActionRefused(_("Give a year from 1900 to %(year)s.") % {"year": today.year}, field="year")
    if months == (None, None):
        return
    if None in months or not 1 <= row.from_month <= row.through_month <= 12:  # type: ignore[operator]
        raise ActionRefused(_("Months run from 1 to 12, the first before the last."), field="through_month")
    if row.year == today.year and (months == (1, 12) or (not row.fiscal and row.through_month > today.month)):  # type: ignore[operator]
        raise ActionRefused(_("This period is not over yet. Enter the months that are known."), field="through_month")
