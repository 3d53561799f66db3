"""The settings of a table of figures: whose they are, from which source, in which unit, for which kind of period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.dates import MONTHS
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from targets.actions.entry import NewSource, Unit
from targets.admin.choosing import ChooseOne
from targets.importers import write_amount
from targets.models import CountryPair, ExchangeRate, Release, Source
from targets.progress import Measure, Word
from targets.queries import source_at
from targets.queries.shapes import source_record
from targets.records import (
    DatePrecision,
    FigureRecord,
    FigureRow,
    FigureStanding,
    PartialDate,
    ReleaseKind,
    SourceGrade,
    SourceKind,
    SourceRecord,
    Valuation,
)

FULL_YEAR, MONTHS_OF_YEAR, LEVEL = "year", "months", "level"
PERIODS = (
    (FULL_YEAR, _("full years")),
    (MONTHS_OF_YEAR, _("the same part of each year")),
    (LEVEL, _("current level, without a period")),
)
FISCAL = (
    ("", _("calendar years")),
    ("IND", _("India's, from April")),
    ("IRN", _("Iran's, from 21 March")),
    ("BGD", _("Bangladesh's, from July")),
    ("MMR", _("Myanmar's")),
)
SIGNS = (("", _("as it looks")), (".", _("point: 1,234.5")), (",", _("comma: 1.234,5")))
EXACT = (("", _("as known, else exact")), ("no", _("exact")), ("yes", _("approximate: “about”, “almost”, “over”")))
OTHER = "-"
"""Chosen as reporter where neither side speaks but somebody who compiled both."""

KINDS = (ReleaseKind.CORRECTION, ReleaseKind.REVISION)
NEW = "-"
"""Stands for the key of a source that is not stored yet."""

DESCRIBED = ("new_publisher", "new_title", "new_url", "new_published_on")


def choices(words: type[Word] | tuple[Word, ...]) -> list[tuple[str, Any]]:
    return [(word.value, gettext_lazy(word.label)) for word in words]


class EntryForm(forms.Form):
    """Everything about a table of figures but the figures. While one only looks, nothing is required."""

    reporter = forms.ChoiceField(label=_("By the figures of"), widget=forms.RadioSelect)
    compiler = forms.CharField(
        label=_("Compiler"),
        required=False,
        max_length=80,
        help_text=_("Where neither side reports it: whoever put it together."),
    )
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        required=False,
        help_text=_("Type a part of publisher, title or address."),
    )
    new_kind = forms.ChoiceField(label=_("Kind"), choices=choices(SourceKind), initial=SourceKind.NATIONAL_OFFICE.value)
    new_publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    new_title = forms.CharField(label=_("Title"), required=False, max_length=500)
    new_url = forms.URLField(label=_("Address"), required=False, max_length=1000)
    new_language = forms.CharField(
        label=_("Language"), required=False, max_length=12, help_text=_("Language code, for example “ru”.")
    )
    new_published_on = forms.DateField(label=_("Published on"), required=False, widget=AdminDateWidget)

    unit = forms.ChoiceField(label=_("Unit"), choices=choices(Unit), initial=Unit.MILLION.value)
    currency = forms.CharField(
        label=_("Currency"),
        initial="USD",
        max_length=3,
        widget=forms.TextInput(attrs={"list": "currencies", "class": "currency", "autocomplete": "off"}),
    )
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=SIGNS, required=False)
    measure = forms.ChoiceField(label=_("Measure"), initial=Measure.GOODS_TURNOVER.value)

    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, initial=FULL_YEAR)
    from_month = forms.TypedChoiceField(label=_("From month"), required=False, coerce=int, empty_value=None)
    through_month = forms.TypedChoiceField(
        label=_("Through month"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Of a fiscal year, counted from its first month."),
    )
    fiscal = forms.ChoiceField(label=_("Years"), choices=FISCAL, required=False)
    valuation = forms.ChoiceField(
        label=_("Valuation"), choices=[("", _("as known, else unknown")), *choices(Valuation)], required=False
    )
    standing = forms.ChoiceField(
        label=_("Standing"), choices=[("", _("as known, else final")), *choices(FigureStanding)], required=False
    )
    approximate = forms.ChoiceField(label=_("Exactness"), choices=EXACT, required=False)
    vintage = forms.DateField(
        label=_("The source said it on"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Where it differs from the day of the source itself; decides between figures of one rank."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For all these figures.")
    )

    kind = forms.ChoiceField(
        label=_("Why do they change?"), choices=choices(KINDS), required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What was wrong, or what did the source change?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the journal beside your name."),
    )
    from_year = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pair: CountryPair, user: Any, saving: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.pair, self.user, self.saving = pair, user, saving
        sides = [(side.code, str(side)) for side in (pair.first, pair.second)]
        self.fields["reporter"].choices = [*sides, (OTHER, _("neither side, but a compiler"))]
        first, second = (name for _code, name in sides)
        one_way = {
            Measure.EXPORTS_FIRST_TO_SECOND: f"{first} → {second}",
            Measure.EXPORTS_SECOND_TO_FIRST: f"{second} → {first}",
        }
        self.fields["measure"].choices = [(value, one_way.get(value, label)) for value, label in choices(Measure)]
        months = [("", "–"), *((number, f"{number} · {name}") for number, name in MONTHS.items())]
        self.fields["from_month"].choices = self.fields["through_month"].choices = months
        self.fields["source"].queryset = Source.objects.all()
        self.fields["source"].widget = ChooseOne(Release._meta.get_field("source"), admin.site)
        self.fields["source"].widget.choices = self.fields["source"].choices

    @staticmethod
    def initial_of(figure: FigureRecord) -> dict[str, Any]:
        """The settings under which a known figure was entered, for correcting or revising it."""
        months = (figure.from_month, figure.through_month)
        period = LEVEL if months == (None, None) else FULL_YEAR if months == (1, 12) else MONTHS_OF_YEAR
        return {
            "reporter": figure.reporter or OTHER,
            "compiler": figure.compiler,
            "period": period,
            "from_month": figure.from_month if period == MONTHS_OF_YEAR else None,
            "through_month": figure.through_month if period == MONTHS_OF_YEAR else None,
            "fiscal": figure.fiscal,
            "measure": figure.measure.value,
            "unit": unit_for(figure).value,
            "currency": figure.currency,
            "valuation": figure.valuation.value,
            "standing": figure.standing.value,
            "approximate": "yes" if figure.approximate else "no",
            "note": figure.note,
            "source": Source.objects.filter(key=figure.source.key).values_list("pk", flat=True).first(),
        }

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.saving:
            self._clean_period(cleaned)
            self._clean_source(cleaned)
            if cleaned.get("reporter") == OTHER and not cleaned.get("compiler", "").strip():
                self.add_error("compiler", _("Name the compiler."))
        return cleaned

    def _clean_period(self, cleaned: dict[str, Any]) -> None:
        months = cleaned.get("from_month"), cleaned.get("through_month")
        if cleaned.get("period") == MONTHS_OF_YEAR and None in months:
            self.add_error("through_month", _("Give the first and the last month."))
        elif cleaned.get("period") != MONTHS_OF_YEAR and any(months):
            self.add_error("period", _("Months are given: choose “part of each year”, or take them out."))

    def _clean_source(self, cleaned: dict[str, Any]) -> None:
        described = any(cleaned.get(name) for name in DESCRIBED)
        if cleaned.get("source") and described:
            self.add_error("source", _("Choose a known source or describe a new one, not both."))
        elif not cleaned.get("source") and not described and "source" not in self.errors:
            self.add_error("source", _("Say where the figures are from: choose a source, or describe a new one."))
        elif not cleaned.get("source"):
            if not cleaned.get("new_publisher"):
                self.add_error("new_publisher", _("Name the publisher of the new source."))
            known = source_at(cleaned.get("new_url") or "")
            if known:
                self.add_error(
                    "new_url",
                    gettext("This address is known already; choose the source “%(source)s” above.") % {"source": known},
                )
            if not self.user.has_perm("targets.add_source"):
                self.add_error("new_publisher", _("You may not add sources."))

    def setting(self, name: str) -> Any:
        """The value of a field as far as it can be used; its beginning where nothing sensible is given."""
        if self.is_bound:
            if name in getattr(self, "cleaned_data", {}):
                return self.cleaned_data[name]
            return self.fields[name].initial
        return self.get_initial_for_field(self.fields[name], name)

    @property
    def months(self) -> tuple[int | None, int | None]:
        """The first and the last month of each period."""
        fixed = {FULL_YEAR: (1, 12), LEVEL: (None, None)}
        return fixed.get(self.setting("period"), (self.setting("from_month"), self.setting("through_month")))

    def row(self, year: int | None, **amounts: Decimal | None) -> FigureRow:
        """A figure of that year under these settings."""
        reporter = self.setting("reporter") or ""
        other = reporter == OTHER
        return FigureRow(
            first=self.pair.first_id,
            second=self.pair.second_id,
            reporter="" if other else reporter,
            compiler=(self.setting("compiler") or "").strip() if other else "",
            year=year,
            from_month=self.months[0],
            through_month=self.months[1],
            fiscal=self.setting("fiscal") or "",
            measure=Measure(self.setting("measure") or Measure.GOODS_TURNOVER),
            exports=amounts.get("exports"),
            imports=amounts.get("imports"),
            turnover=amounts.get("turnover"),
            currency=self.setting("currency") or "USD",
            valuation=Valuation(self.setting("valuation") or Valuation.UNKNOWN),
            standing=FigureStanding(self.setting("standing") or FigureStanding.FINAL),
            approximate=self.setting("approximate") == "yes",
            note=(self.setting("note") or "").strip(),
            place="",
        )

    def like_known(self, row: FigureRow, known: FigureRecord | None) -> FigureRow:
        """The row with what the settings leave open taken from the source's own figure: how firm it is, how valued.

        A note and "approximate" stay with the amounts that they were said of.
        """
        if known is None:
            return row
        same = (row.exports, row.imports, row.turnover) == (known.exports, known.imports, known.stated_turnover)
        said: dict[str, Any] = {}
        if not self.setting("valuation"):
            said["valuation"] = known.valuation
        if same and not self.setting("standing"):
            said["standing"] = known.standing
        if same and not self.setting("approximate"):
            said["approximate"] = known.approximate
        if same and not self.setting("note"):
            said["note"] = known.note
        return row._replace(**said)

    def chosen_source(self) -> Source | NewSource | None:
        """The source chosen or described; None while neither."""
        if self.setting("source"):
            found = self.setting("source")
            return found if isinstance(found, Source) else Source.objects.filter(pk=found).first()
        if not any(self.setting(name) for name in DESCRIBED):
            return None
        return NewSource(
            kind=SourceKind(self.setting("new_kind") or SourceKind.NATIONAL_OFFICE),
            publisher=(self.setting("new_publisher") or "").strip(),
            title=(self.setting("new_title") or "").strip(),
            url=self.setting("new_url") or "",
            published_on=self.setting("new_published_on"),
            language=(self.setting("new_language") or "").strip(),
        )

    def currencies(self) -> list[str]:
        """Currencies that can be converted, the dollar first."""
        return ["USD", *ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct()]


def as_record(source: Source | NewSource | None) -> SourceRecord:
    """The source as the figures' would be, also while it is not stored or not chosen yet."""
    if isinstance(source, Source):
        return source_record(source)
    given = source or NewSource(kind=SourceKind.NATIONAL_OFFICE, publisher=gettext("source not chosen yet"))
    return SourceRecord(
        key=NEW,
        kind=given.kind,
        grade=SourceGrade.PRIMARY,
        publisher=given.publisher,
        title=given.title,
        url=given.url,
        language=given.language,
        published=PartialDate(given.published_on, DatePrecision.DAY if given.published_on else DatePrecision.UNKNOWN),
        terms="",
        shareable=True,
    )


def unit_for(figure: FigureRecord) -> Unit:
    """The largest unit in which the figure's amounts have few decimals."""
    amounts = [one for one in (figure.exports, figure.imports, figure.stated_turnover) if one]
    for unit in (Unit.MILLION, Unit.THOUSAND):
        if all(one == round(one, 3 - unit.power) for one in amounts):
            return unit
    return Unit.ONE


def texts_of(figure: FigureRecord, sign: str) -> dict[str, str]:
    """The figure's amounts as they would be typed, by column."""
    amounts = {"exports": figure.exports, "imports": figure.imports, "turnover": figure.stated_turnover}
    power = unit_for(figure).power
    return {name: write_amount(one.scaleb(-power), sign) for name, one in amounts.items() if one is not None}
