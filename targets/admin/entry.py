"""The form by which figures are entered for a pair."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminRadioSelect, AutocompleteSelect
from django.utils.dates import MONTHS
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from targets.actions import entry
from targets.actions.entry import NewSource, Unit
from targets.actions.journal import ActionRefused
from targets.models import CountryPair, ExchangeRate, Release, Source
from targets.progress import Measure, Word
from targets.records import FigureRecord, FigureRow, FigureStanding, ReleaseKind, SourceKind, Valuation

FULL_YEAR, MONTHS_OF_YEAR, LEVEL = "year", "months", "level"
PERIODS = (
    (FULL_YEAR, _("full year")),
    (MONTHS_OF_YEAR, _("part of the year")),
    (LEVEL, _("current level, without a period")),
)
FISCAL = (
    ("", _("calendar year")),
    ("IND", _("India's, from April")),
    ("IRN", _("Iran's, from 21 March")),
    ("BGD", _("Bangladesh's, from July")),
    ("MMR", _("Myanmar's")),
)
OTHER = "-"
"""Chosen as reporter where neither side speaks but somebody who compiled both."""

ENTERED = (ReleaseKind.ENTRY, ReleaseKind.CORRECTION, ReleaseKind.REVISION)


def choices(words: type[Word] | tuple[Word, ...]) -> list[tuple[str, Any]]:
    return [(word.value, gettext_lazy(word.label)) for word in words]


class AmountField(forms.Field):
    """An amount as people write it: spaces may part groups of digits, decimals follow a point or a comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "amount"})

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"[\s\u00a0\u202f'’]", "", value or "")
        if not text:
            return None
        if re.fullmatch(r"\d{1,3},\d{3}", text):
            raise forms.ValidationError(
                _("Is the comma a decimal one? Write %(whole)s or %(decimal)s."),
                params={"whole": text.replace(",", ""), "decimal": text.replace(",", ".")},
            )
        if not re.fullmatch(r"-?\d+([.,]\d+)?", text):
            raise forms.ValidationError(
                _("Write a number, for example 133.5; groups of digits may be apart by spaces.")
            )
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise forms.ValidationError(_("Write a number.")) from None


class EntryForm(forms.Form):
    """One figure of a pair with its source. What the action refuses stands beside the field concerned."""

    reporter = forms.ChoiceField(
        label=_("By the figures of"), widget=AdminRadioSelect(attrs={"class": "radiolist inline"})
    )
    compiler = forms.CharField(
        label=_("Compiler"),
        required=False,
        max_length=80,
        help_text=_("Where neither side reports it: whoever put it together."),
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        help_text=_("Of a fiscal year, the calendar year in which it starts."),
        widget=forms.NumberInput(attrs={"class": "year"}),
    )
    period = forms.ChoiceField(
        label=_("Period"),
        choices=PERIODS,
        initial=FULL_YEAR,
        widget=AdminRadioSelect(attrs={"class": "radiolist inline"}),
    )
    from_month = forms.TypedChoiceField(label=_("From month"), required=False, coerce=int, empty_value=None)
    through_month = forms.TypedChoiceField(
        label=_("Through month"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Of a fiscal year, counted from its first month."),
    )
    fiscal = forms.ChoiceField(label=_("Fiscal calendar"), choices=FISCAL, required=False)
    measure = forms.ChoiceField(label=_("Measure"), initial=Measure.GOODS_TURNOVER.value)
    exports = AmountField(label=_("Exports"), required=False)
    imports = AmountField(label=_("Imports"), required=False)
    turnover = AmountField(label=_("Total"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=choices(Unit), initial=Unit.MILLION.value)
    currency = forms.CharField(
        label=_("Currency"),
        initial="USD",
        max_length=3,
        widget=forms.TextInput(attrs={"list": "currencies", "class": "currency"}),
    )
    valuation = forms.ChoiceField(label=_("Valuation"), choices=choices(Valuation), initial=Valuation.UNKNOWN.value)
    standing = forms.ChoiceField(
        label=_("Standing"), choices=choices(FigureStanding), initial=FigureStanding.FINAL.value
    )
    approximate = forms.BooleanField(label=_("Approximate"), required=False, help_text=_("“about”, “almost”, “over”"))
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        required=False,
        help_text=_("Type a part of publisher, title or address."),
    )
    new_kind = forms.ChoiceField(label=_("Kind"), choices=choices(SourceKind), initial=SourceKind.NATIONAL_OFFICE.value)
    new_publisher = forms.CharField(
        label=_("Publisher"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    new_title = forms.CharField(
        label=_("Title"), required=False, max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    new_url = forms.URLField(
        label=_("Address"), required=False, max_length=1000, widget=forms.URLInput(attrs={"class": "vTextField"})
    )
    new_language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=12,
        help_text=_("Language code, for example “ru”."),
        widget=forms.TextInput(attrs={"class": "currency"}),
    )
    new_published_on = forms.DateField(label=_("Published on"), required=False, widget=AdminDateWidget)
    vintage = forms.DateField(
        label=_("The source said it on"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Where it differs from the day of the source itself; decides between figures of one rank."),
    )
    kind = forms.ChoiceField(
        label=_("What this is"),
        choices=choices(ENTERED),
        initial=ReleaseKind.ENTRY.value,
        widget=AdminRadioSelect(attrs={"class": "radiolist inline"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Required for a correction or a revision; readers see it."),
    )

    fieldsets = (
        (
            _("Whose figures, and for when"),
            {"fields": ("reporter", "compiler", "year", "period", ("from_month", "through_month"), "fiscal")},
        ),
        (
            _("Amounts"),
            {
                "description": _(
                    "Exports and imports as the reporter sees them; the total as stated, or empty where both are known."
                ),
                "fields": (
                    "measure",
                    ("exports", "imports", "turnover"),
                    ("unit", "currency"),
                    ("valuation", "standing"),
                    "approximate",
                    "note",
                ),
            },
        ),
        (
            _("Source"),
            {
                "description": _("Choose a known source here, or describe a new one below."),
                "fields": ("source", "vintage"),
            },
        ),
        (
            _("A new source"),
            {"fields": (("new_kind", "new_language"), "new_published_on", "new_publisher", "new_title", "new_url")},
        ),
        (_("What this is"), {"fields": ("kind", "reason")}),
    )

    def __init__(self, *args: Any, pair: CountryPair, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair, self.user, self.today = pair, user, today
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
        self.fields["source"].widget = AutocompleteSelect(Release._meta.get_field("source"), admin.site)
        self.fields["source"].widget.choices = self.fields["source"].choices

    @staticmethod
    def initial_of(figure: FigureRecord) -> dict[str, Any]:
        """What the form holds at first when a known figure is to be corrected or revised."""
        months = (figure.from_month, figure.through_month)
        period = LEVEL if months == (None, None) else FULL_YEAR if months == (1, 12) else MONTHS_OF_YEAR
        return {
            "reporter": figure.reporter or OTHER,
            "compiler": figure.compiler,
            "year": figure.year,
            "period": period,
            "from_month": figure.from_month if period == MONTHS_OF_YEAR else None,
            "through_month": figure.through_month if period == MONTHS_OF_YEAR else None,
            "fiscal": figure.fiscal,
            "measure": figure.measure.value,
            "exports": _plain(figure.exports),
            "imports": _plain(figure.imports),
            "turnover": _plain(figure.stated_turnover),
            "unit": Unit.ONE.value,
            "currency": figure.currency,
            "valuation": figure.valuation.value,
            "standing": figure.standing.value,
            "approximate": figure.approximate,
            "note": figure.note,
            "source": Source.objects.filter(key=figure.source.key).values_list("pk", flat=True).first(),
            "kind": ReleaseKind.CORRECTION.value,
        }

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_period(cleaned)
        self._clean_source(cleaned)
        if not self.errors:
            try:
                entry.check_entry(by=self.user, today=self.today, **self.figures())
            except ActionRefused as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return cleaned

    def _clean_period(self, cleaned: dict[str, Any]) -> None:
        period = cleaned.get("period")
        if period != LEVEL and cleaned.get("year") is None and "year" not in self.errors:
            self.add_error("year", _("Give the year."))
        months = cleaned.get("from_month"), cleaned.get("through_month")
        if period == MONTHS_OF_YEAR and None in months:
            self.add_error("through_month", _("Give the first and the last month."))
        elif period != MONTHS_OF_YEAR and any(months):
            self.add_error("period", _("Months are given: choose “part of the year”, or take them out."))

    def _clean_source(self, cleaned: dict[str, Any]) -> None:
        described = [
            name for name in ("new_publisher", "new_title", "new_url", "new_published_on") if cleaned.get(name)
        ]
        if cleaned.get("source") and described:
            self.add_error("source", _("Choose a known source or describe a new one, not both."))
        elif not cleaned.get("source") and not described and "source" not in self.errors:
            self.add_error("source", _("Say where the figure is from: choose a source, or describe a new one below."))
        elif not cleaned.get("source"):
            if not cleaned.get("new_publisher"):
                self.add_error("new_publisher", _("Name the publisher of the new source."))
            known = Source.objects.filter(url=cleaned["new_url"]).first() if cleaned.get("new_url") else None
            if known:
                self.add_error(
                    "new_url",
                    gettext("This address is known already; choose the source “%(source)s” above.") % {"source": known},
                )
            if not self.user.has_perm("targets.add_source"):
                self.add_error("new_publisher", _("You may not add sources."))

    def figures(self) -> dict[str, Any]:
        """What the action is asked to record: the source, the row, the kind and the reason."""
        given = self.cleaned_data
        unit = Unit(given["unit"])
        period = {FULL_YEAR: (1, 12), LEVEL: (None, None)}.get(
            given["period"], (given["from_month"], given["through_month"])
        )
        other = given["reporter"] == OTHER
        row = FigureRow(
            first=self.pair.first_id,
            second=self.pair.second_id,
            reporter="" if other else given["reporter"],
            compiler=given["compiler"].strip() if other else "",
            year=given["year"],
            from_month=period[0],
            through_month=period[1],
            fiscal=given["fiscal"],
            measure=Measure(given["measure"]),
            **{
                name: None if given[name] is None else unit.of(given[name])
                for name in ("exports", "imports", "turnover")
            },
            currency=given["currency"],
            valuation=Valuation(given["valuation"]),
            standing=FigureStanding(given["standing"]),
            approximate=given["approximate"],
            note=given["note"].strip(),
            place="",
        )
        source = given["source"] or NewSource(
            kind=SourceKind(given["new_kind"]),
            publisher=given["new_publisher"].strip(),
            title=given["new_title"].strip(),
            url=given["new_url"],
            published_on=given["new_published_on"],
            language=given["new_language"].strip(),
        )
        return {"source": source, "rows": [row], "kind": ReleaseKind(given["kind"]), "reason": given["reason"]}

    def currencies(self) -> list[str]:
        """Currencies that can be converted, the dollar first."""
        return ["USD", *ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct()]


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}".removesuffix(".00")
