"""The page on which figures are entered: a table of years, looked at while it is filled and stored as one release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from targets import gallery
from targets.actions import entry
from targets.actions.entry import Unit
from targets.actions.journal import ActionRefused
from targets.admin.entry import LEVEL, NEW, OTHER, EntryForm, as_record, texts_of
from targets.admin.pasting import fill
from targets.admin.sheet import (
    COLUMNS,
    EARLIEST,
    YEARS_AT_FIRST,
    Sheet,
    cell_name,
    column_names,
    decimal_of_language,
    shown_years,
    texts_in,
)
from targets.exports import svg
from targets.models import CountryPair, Source
from targets.progress import Doubt, Suspicion
from targets.queries import entering
from targets.records import FigureRecord, FigureRow, ReleaseKind
from targets.wording import by_figures_of, doubt_sentence, money, period_words, years_words

REASON = "because-"
"""Begins the name of the field in which somebody says why a doubted figure is right."""

FIXABLE = (3, 6, 9)
"""Powers of ten that a change of the unit mends."""

KEPT = ("reporter", "compiler", "source", "unit", "currency", "measure", "decimal", "target")
"""Settings with which the next table begins."""

VERDICTS = 6
"""Targets whose verdicts are shown; pairs have more, but few that are still open."""


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as the page asks it; ``fix`` is the name, value and words of the button that mends it, if one does."""

    doubt: Doubt
    sentence: str
    field: str
    reason: str
    missing: bool
    fix: tuple[str, str, str] | None


class EntryGrid:
    """One request for the page: what was sent, what it means, and the answer."""

    def __init__(self, model_admin: admin.ModelAdmin, request: HttpRequest, pair: CountryPair, today: date) -> None:
        self.admin, self.request, self.pair, self.today = model_admin, request, pair, today
        self.notices: list[tuple[str, str]] = []
        self.refusals: list[str] = []
        self.saving = request.method == "POST" and not {"_save", "_addanother"}.isdisjoint(request.POST)
        self.data = request.POST.copy() if request.method == "POST" else None
        if self.data is None:
            self.form = EntryForm(pair=pair, user=request.user, initial=self._beginning())
        else:
            self._change(self.data)
            self.form = EntryForm(self.data, pair=pair, user=request.user, saving=self.saving)
            self.form.is_valid()

    # What the table begins with

    def _beginning(self) -> dict[str, Any]:
        """What the address asks for: settings as they were, or those of a figure to be corrected."""
        asked = self.request.GET
        figure = self._asked_figure
        if figure is not None:
            return EntryForm.initial_of(figure)
        given = {name: asked[name] for name in KEPT if name in asked}
        form = EntryForm(given, pair=self.pair, user=self.request.user)
        return {name: value for name, value in given.items() if name not in form.errors}

    @cached_property
    def _asked_figure(self) -> FigureRecord | None:
        asked = self.request.GET.get("figure", "")
        return next((one for one in self.basis.figures if str(one.id) == asked), None)

    @cached_property
    def _from_year(self) -> int:
        given = str(self.data.get("from_year", "")) if self.data is not None else ""
        if given.isdecimal() and len(given) == 4:
            return max(int(given), EARLIEST)
        years = [self.last_year - YEARS_AT_FIRST + 1]
        if self._asked_figure and self._asked_figure.year:
            years.append(self._asked_figure.year)
        return min(years)

    @property
    def last_year(self) -> int:
        """The newest year that may be entered: the one that is not over has parts and levels only."""
        period = self.data.get("period") if self.data is not None else self.form_period
        return self.today.year - (period not in ("months", LEVEL))

    @property
    def form_period(self) -> str:
        figure = self._asked_figure
        return "" if figure is None else str(EntryForm.initial_of(figure)["period"])

    # What a button does to the table before it is looked at

    @property
    def kept(self) -> bool:
        """Whether the cells stay as they are: what is typed while the answer is under way must not be lost then."""
        return {"_paste", "_earlier", "_swap", "_unit"}.isdisjoint(self.request.POST)

    def _change(self, data: QueryDict) -> None:
        if "_paste" in data:
            pasted = fill(data, self._from_year, self.last_year)
            self.notices += pasted.notices
            data["from_year"] = str(pasted.from_year)
            del self._from_year
        if "_earlier" in data:
            data["from_year"] = str(max(self._from_year - YEARS_AT_FIRST, EARLIEST))
            del self._from_year
        for year in data.get("_swap", "").split(","):
            place = int(year) if year.isdecimal() and len(year) == 4 else None
            exports, imports = (cell_name(place, name) for name in COLUMNS[:2])
            if exports in data or imports in data:
                data[exports], data[imports] = data.get(imports, ""), data.get(exports, "")
        if data.get("_unit") in {unit.value for unit in Unit}:
            data["unit"] = data["_unit"]

    # What the table means

    @cached_property
    def basis(self) -> entering.EntryBasis:
        currency = (self.data or {}).get("currency", "USD").strip().upper()
        return entering.entry_basis(self.pair, [currency])

    @cached_property
    def source(self) -> Source | entry.NewSource | None:
        return self.form.chosen_source()

    @property
    def source_key(self) -> str:
        return self.source.key if isinstance(self.source, Source) else NEW if self.source else ""

    @cached_property
    def sheet(self) -> Sheet:
        texts = texts_in(self.data) if self.data is not None else {}
        figure = self._asked_figure
        level = self.form.setting("period") == LEVEL
        if self.data is None and figure is not None:
            sign = decimal_of_language()
            texts = {cell_name(figure.year, name): text for name, text in texts_of(figure, sign).items()}
        return Sheet(
            shown_years(self._from_year, self.last_year, texts, level=level),
            texts,
            power=Unit(self.form.setting("unit") or Unit.MILLION).power,
            currency=self.form.setting("currency") or "USD",
            sign=self.form.setting("decimal") or "",
        )

    @cached_property
    def rows(self) -> list[FigureRow]:
        """The figures entered, those left out whose row has a cell that cannot be read or stored."""
        wrong = {year for year, _column in self.sheet.errors}
        own = {one.year: one for one in self._own_source.values()}
        rows = []
        for year in self.sheet.filled():
            if year in wrong:
                continue
            row = self.form.like_known(self.form.row(year, **self.sheet.row(year)), own.get(year))
            try:
                entry.check_row(row, self.today)
            except ActionRefused as refusal:
                if refusal.field in COLUMNS:
                    self.sheet.errors[year, refusal.field] = str(refusal)
                    continue
                if self.saving and not self.form.errors.get(refusal.field):
                    self.form.add_error(refusal.field if refusal.field in self.form.fields else None, str(refusal))
                    continue
            rows.append(row)
        return rows

    @cached_property
    def _own_source(self) -> dict[int | None, FigureRecord]:
        """What the source itself says now, by year."""
        blank = self.form.row(None)
        keys = ("reporter", "compiler", "from_month", "through_month", "fiscal", "measure", "currency")
        return {
            one.year: one
            for one in self.basis.figures
            if one.source.key == self.source_key and all(getattr(one, key) == getattr(blank, key) for key in keys)
        }

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        found = entering.doubts(self.basis, self.rows, self.source_key)
        # While nobody has said which source this is, it may well be the one that is known.
        known = (Suspicion.KNOWN_OTHERWISE, Suspicion.KNOWN_SAME)
        return tuple(doubt for doubt in found if self.source_key or doubt.suspicion not in known)

    @cached_property
    def reasons(self) -> dict[str, str]:
        given = self.data.items() if self.data is not None else ()
        return {name.removeprefix(REASON): text for name, text in given if name.startswith(REASON)}

    @cached_property
    def changes(self) -> entering.Changes:
        return entering.changes(self.basis, entry.explained(self.rows, self.doubts, self.reasons), self.source_key)

    @cached_property
    def partner(self) -> str:
        reporter = self.form.setting("reporter")
        if reporter in ("", None, OTHER):
            return ""
        return self.pair.second_id if reporter == self.pair.first_id else self.pair.first_id

    # The answer

    def response(self) -> HttpResponse:
        if self.saving and self._sound():
            try:
                release = entry.enter_figures(
                    by=self.request.user,
                    source=self.source,
                    rows=self.rows,
                    today=self.today,
                    kind=self._kind(),
                    reason=self.form.cleaned_data["reason"],
                    vintage=self.form.cleaned_data["vintage"],
                    reasons=self.reasons,
                )
            except ActionRefused as refusal:
                self.refusals.append(str(refusal))
            else:
                return self._stored(release)
        part = {"work": "admin/targets/entry_work.html", "report": "admin/targets/entry_report.html"}
        htmx = getattr(self.request, "htmx", None)
        template = part.get((htmx and htmx.target) or "", "admin/targets/enter_figures.html")
        return TemplateResponse(self.request, template, self._context())

    def _kind(self) -> ReleaseKind:
        return ReleaseKind(self.form.cleaned_data["kind"]) if self.changes.changed else ReleaseKind.ENTRY

    def _sound(self) -> bool:
        """Whether the table can be stored; else every reason why not stands beside its place."""
        if not self.rows and not self.sheet.errors and not self.form.errors:
            self.refusals.append(gettext("There is no figure to enter."))
        if self.changes.changed and not self.form.errors:
            if not self.form.cleaned_data["kind"]:
                self.form.add_error("kind", gettext("Choose correction if we erred, revision if the source changed."))
            if not self.form.cleaned_data["reason"].strip():
                self.form.add_error("reason", gettext("Say what was wrong, or what the source changed."))
        if any(question.missing for question in self.questions):
            self.refusals.append(
                gettext("Some of these figures look wrong. Mend them, or say of each why it is right.")
            )
        return not (self.refusals or self.form.errors or self.sheet.errors)

    def _stored(self, release: Any) -> HttpResponse:
        if release is None:
            self.admin.message_user(
                self.request, gettext("Nothing new: the source's current figures say the same."), "WARNING"
            )
        else:
            told = gettext("Recorded as release no. %(number)d: the pages of this pair show it now.")
            self.admin.message_user(self.request, told % {"number": release.pk}, "SUCCESS")
        if "_addanother" not in self.request.POST:
            return HttpResponseRedirect(reverse("admin:targets_countrypair_change", args=[self.pair.pk]))
        kept = {name: self.data.get(name) for name in KEPT if self.data.get(name)}
        if release is not None:
            kept["source"] = release.source_id
        address = reverse("admin:targets_countrypair_enter", args=[self.pair.pk])
        return HttpResponseRedirect(f"{address}?{urlencode(kept)}")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        names = {one.source.key: one.source.publisher for one in self.basis.figures}
        currency, fiscal = self.sheet.currency, self.form.setting("fiscal") or ""
        return tuple(
            Question(
                doubt,
                doubt_sentence(
                    doubt, self.basis.pair, partner=self.partner, currency=currency, sources=names, fiscal=fiscal
                ),
                f"{REASON}{doubt.key}",
                self.reasons.get(doubt.key, ""),
                doubt.serious and self.saving and not self.reasons.get(doubt.key, "").strip(),
                self._fix(doubt),
            )
            for doubt in self.doubts
        )

    def _fix(self, doubt: Doubt) -> tuple[str, str, str] | None:
        if doubt.suspicion is Suspicion.SWAPPED:
            return "_swap", ",".join(map(str, doubt.years)), gettext("Swap exports and imports")
        if doubt.suspicion is Suspicion.UNIT and not doubt.column and abs(doubt.power) in FIXABLE:
            unit = next((unit for unit in Unit if unit.power == self.sheet.power - doubt.power), None)
            if unit is not None:
                return "_unit", unit.value, gettext("Make the unit “%(unit)s”") % {"unit": gettext(unit.label)}
        return None

    def _context(self) -> dict[str, Any]:
        like = self.form.row(None)
        known = entering.known_figures(self.basis, like, self.source_key) if like.reporter or like.compiler else {}
        mirror = entering.known_figures(self.basis, like, mirror=True) if self.partner else {}
        # Read before the errors are shown: looking at the rows finds some of them.
        rows = self.rows
        shown = self.sheet.rows(self.form.months, self.form.setting("fiscal") or "", known, mirror)
        return {
            **self.admin.admin_site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            "title": gettext("Enter figures"),
            "subtitle": str(self.pair),
            "opts": self.admin.model._meta,
            "pair": self.pair,
            "form": self.form,
            "wrong": bool(self.refusals or (self.saving and (self.form.errors or self.sheet.errors))),
            "refusals": self.refusals,
            "notices": self.notices,
            "media": self.admin.media + self.form.media,
            "currencies": self.form.currencies(),
            "columns": column_names().values(),
            "sheet": shown,
            "unread": [cell for row in shown for cell in row.cells if cell.error],
            "keep": self.kept,
            "mirror": by_figures_of(self.basis.pair, self.partner) if self.partner else "",
            "source_of_known": self._whose(known),
            "from_year": self._from_year,
            "pasted": (self.data or {}).get("block", ""),
            "years": [year for year in self.sheet.years if year is not None],
            "target": (self.data or self.request.GET).get("target", ""),
            "view": self,
            "count": len(rows),
            "changes": self._changes_in_words(),
            "questions": self.questions,
            **self._preview(rows),
        }

    def _whose(self, known: dict[int | None, FigureRecord]) -> str:
        publishers = {one.source.publisher for one in known.values()}
        return publishers.pop() if len(publishers) == 1 else ""

    def _changes_in_words(self) -> dict[str, Any]:
        """How many figures are new, and what those say that would no longer stand."""
        names = column_names()
        changed = []
        for row, figure in self.changes.changed:
            before = {"exports": figure.exports, "imports": figure.imports, "turnover": figure.stated_turnover}
            parts = [
                f"{names[name].lower()} {_said(before[name], row.currency)} → {_said(getattr(row, name), row.currency)}"
                for name in COLUMNS
                if before[name] != getattr(row, name)
            ]
            if not parts:
                parts = [gettext("the same amounts, otherwise described")]
            label = period_words(row.year, row.from_month, row.through_month, row.fiscal)
            changed.append(f"{label}: {', '.join(parts)}")
        return {"new": len(self.changes.new), "changed": changed, "unchanged": len(self.changes.unchanged)}

    def _preview(self, rows: Sequence[FigureRow]) -> dict[str, Any]:
        """The pair's targets with the new figures, and the chart of one of them. Nothing is stored."""
        told = [row for row in rows if row.reporter or row.compiler]
        expected = entering.expected(
            self.basis, told, as_record(self.source), self.today, self.form.setting("vintage") or None
        )
        asked = str((self.data or self.request.GET).get("target", ""))
        shown = next((one for one in expected if one.after.target.slug == asked), expected[0] if expected else None)
        chart = SafeString(svg.inline(gallery.trajectory_of(shown.page))) if shown else ""
        verdicts = [one for one in expected if not one.after.target.replaced or one is shown][:VERDICTS]
        return {
            "shown": shown,
            "chart": chart,
            "verdicts": [
                (one, one.before.assessment.verdict.status != one.after.assessment.verdict.status) for one in verdicts
            ],
            "previewed": bool(told),
            "entered_years": years_words([row.year for row in rows], self.form.setting("fiscal") or "") if rows else "",
        }


def _said(amount: Any, currency: str) -> str:
    return "–" if amount is None else money(amount, currency, 6)
