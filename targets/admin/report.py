"""The form that asks for a target in the order in which a press report is read, and restates one the same way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminRadioSelect
from django.utils.translation import gettext_lazy, ngettext, override
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.actions.entry import NewSource, Unit
from targets.admin.amounts import read
from targets.admin.choosing import ChooseOne, ChooseSome, OneRecord, SomeRecords
from targets.admin.entry import choices
from targets.models import CountryPair, Economy, Source, Statement, Target
from targets.progress import Measure
from targets.records import DatePrecision, DeadlineBasis, MeasureBasis, PartialDate, Relation, SourceKind, Strength

WIDE = {"class": "vTextField"}
SHORT = {"rows": 3, "class": "vLargeTextField"}
DEADLINES = (
    (DeadlineBasis.STATED.value, _("a year is named")),
    (DeadlineBasis.COMPUTED.value, _("“within … years”")),
    (DeadlineBasis.NONE.value, _("no deadline is named")),
)
POWERS = {Unit.ONE: 0, Unit.THOUSAND: 3, Unit.MILLION: 6, Unit.BILLION: 9}
PRECISIONS = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)


class AmountField(forms.CharField):
    """An amount as it is printed: "500", "500 million", "4,3 млрд", "$133m"; gives back an ``importers.Amount``."""

    def to_python(self, value: Any) -> Any:
        return read(str(value or ""))


def one_of(model: Any, field: str, label: Any, **options: Any) -> OneRecord:
    """A field that finds one record while its name is being typed; it looks as the named field of the model does."""
    relation = model._meta.get_field(field)
    return OneRecord(
        label=label,
        queryset=relation.remote_field.model._default_manager.all(),
        widget=ChooseOne(relation, admin.site),
        **options,
    )


class ReportForm(forms.Form):
    """A target with its first statement and that one's source; ``earlier`` is the target that it restates."""

    one = one_of(CountryPair, "first", _("Between"))
    other = one_of(CountryPair, "second", _("and"))
    relation = forms.ChoiceField(label=_("What it does to the earlier one"), choices=[("", "–"), *choices(Relation)])
    amount = AmountField(
        label=_("Amount a year"),
        required=False,
        help_text=_("As printed: 500, 4.3 billion, 1,2 млрд. Of a range the lower end."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "amount"}),
    )
    amount_high = AmountField(
        label=_("upper end"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "class": "amount"})
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=choices(Unit), initial=Unit.MILLION.value)
    currency = forms.CharField(
        label=_("Currency"),
        initial="USD",
        max_length=3,
        required=False,
        widget=forms.TextInput(attrs={"class": "currency"}),
    )
    factor = forms.DecimalField(
        label=_("or a multiple"),
        required=False,
        min_value=Decimal("1.001"),
        max_digits=8,
        decimal_places=3,
        help_text=_("2 for “double”, 1.5 for “half as much again”."),
        widget=forms.NumberInput(attrs={"class": "year", "step": "any"}),
    )
    measure = forms.ChoiceField(label=_("Of what"), initial=Measure.UNSPECIFIED_TURNOVER.value)
    measure_basis = forms.ChoiceField(
        label=_("How the measure is known"), choices=choices(MeasureBasis), initial=MeasureBasis.NONE.value
    )
    cumulative = forms.BooleanField(
        label=_("Summed over years"), required=False, help_text=_("Never compared with a yearly figure.")
    )
    deadline_basis = forms.ChoiceField(
        label=_("By when"),
        choices=DEADLINES,
        initial=DeadlineBasis.STATED.value,
        widget=AdminRadioSelect(attrs={"class": "radiolist inline"}),
    )
    deadline_year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1900,
        max_value=2200,
        widget=forms.NumberInput(attrs={"class": "year"}),
    )
    within_years = forms.IntegerField(
        label=_("Within how many years"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=_("Counted from the day of the statement; the note says so."),
        widget=forms.NumberInput(attrs={"class": "year"}),
    )
    speaker = forms.CharField(label=_("Speaker"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE))
    speaker_ru = forms.CharField(
        label=_("Speaker, Russian"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    role = forms.CharField(label=_("Role"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE))
    role_ru = forms.CharField(
        label=_("Role, Russian"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    sides = SomeRecords(
        label=_("Speaks for"),
        queryset=Economy.objects.all(),
        required=False,
        widget=ChooseSome(Statement._meta.get_field("sides"), admin.site),
    )
    strength = forms.ChoiceField(label=_("Strength"), choices=[("", "–"), *choices(Strength)])
    hedged = forms.BooleanField(
        label=_("Hedged"), required=False, help_text=_("Names the number and refuses to promise it.")
    )
    stated_on = forms.DateField(label=_("Said on"), widget=AdminDateWidget)
    stated_on_precision = forms.ChoiceField(
        label=_("Known"), choices=choices(PRECISIONS), initial=DatePrecision.DAY.value
    )
    occasion = forms.CharField(label=_("Occasion"), required=False, max_length=400, widget=forms.TextInput(attrs=WIDE))
    occasion_ru = forms.CharField(
        label=_("Occasion, Russian"), required=False, max_length=400, widget=forms.TextInput(attrs=WIDE)
    )
    summary_en = forms.CharField(label=_("Summary, English"), widget=forms.Textarea(attrs=SHORT))
    summary_ru = forms.CharField(label=_("Summary, Russian"), required=False, widget=forms.Textarea(attrs=SHORT))
    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("In the original language, word for word."),
    )
    quote_language = forms.CharField(
        label=_("Language of the quote"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"class": "currency"}),
    )
    source = one_of(
        Statement, "source", _("Source"), required=False, help_text=_("Type a part of publisher, title or address.")
    )
    new_url = forms.URLField(
        label=_("Address"), required=False, max_length=1000, widget=forms.URLInput(attrs={"class": "vTextField"})
    )
    new_publisher = forms.CharField(
        label=_("Publisher"), required=False, max_length=200, widget=forms.TextInput(attrs=WIDE)
    )
    new_title = forms.CharField(label=_("Title"), required=False, max_length=500, widget=forms.TextInput(attrs=WIDE))
    new_kind = forms.ChoiceField(label=_("Kind"), choices=choices(SourceKind), initial=SourceKind.PRESS.value)
    new_language = forms.CharField(
        label=_("Language"), required=False, max_length=12, widget=forms.TextInput(attrs={"class": "currency"})
    )
    new_published_on = forms.DateField(label=_("Published on"), required=False, widget=AdminDateWidget)
    slug = forms.CharField(
        label=_("Address of the page"),
        required=False,
        max_length=90,
        widget=forms.TextInput(attrs=WIDE),
        help_text=_("Proposed from pair, amount and deadline when left empty. Never changes by itself afterwards."),
    )
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    """The address that the page proposed by itself: where it was left so, it follows what the report says."""
    accepted = forms.BooleanField(label=_("I have looked: this is another one"), required=False)

    def __init__(self, *args: Any, earlier: Target | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        # Without the cross that empties it at once: a stray element in its list.
        self.fields["sides"].widget.is_required = True
        self.fields["measure"].choices = [(word.value, gettext_lazy(word.label)) for word in Measure]
        if earlier is None:
            del self.fields["relation"]
        else:
            del self.fields["one"], self.fields["other"]

    @staticmethod
    def initial_of(earlier: Target) -> dict[str, Any]:
        """What a restatement most often takes over from the earlier target."""
        return {
            "currency": earlier.currency or "USD",
            "measure": earlier.measure,
            "measure_basis": earlier.measure_basis,
            "strength": earlier.strength,
        }

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        """The order in which a press report is read."""
        who = ("speaker", "speaker_ru", "role", "role_ru", "sides", ("strength", "hedged"))
        pair = (_("Which pair"), {"fields": (("one", "other"),)})
        chosen = (_("After the earlier one"), {"fields": ("relation",)})
        return (
            chosen if self.earlier is not None else pair,
            (
                _("How much"),
                {
                    "fields": (
                        ("amount", "amount_high"),
                        ("unit", "currency"),
                        "factor",
                        ("measure", "measure_basis"),
                        "cumulative",
                    )
                },
            ),
            (_("By when"), {"fields": ("deadline_basis", ("deadline_year", "within_years"))}),
            (_("Who said it"), {"fields": who}),
            (_("When"), {"fields": (("stated_on", "stated_on_precision"),)}),
            (_("Where"), {"fields": ("occasion", "occasion_ru")}),
            (_("What was said"), {"fields": ("summary_en", "summary_ru", "quote", "quote_language")}),
            (
                _("Source"),
                {"description": _("Choose a known source here, or describe a new one below."), "fields": ("source",)},
            ),
            (
                _("A new source"),
                {"fields": ("new_url", "new_publisher", "new_title", ("new_kind", "new_language"), "new_published_on")},
            ),
            (_("Address"), {"fields": ("slug",)}),
        )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"amount", "factor"} & self.errors.keys() and not (cleaned.get("amount") or cleaned.get("factor")):
            self.add_error("amount", _("Give an amount or a multiple."))
        named = {one.currency for one in (cleaned.get("amount"), cleaned.get("amount_high")) if one and one.currency}
        if len(named) == 1:
            cleaned["currency"] = named.pop()
        elif len(named) > 1:
            self.add_error("amount_high", _("The two ends of the range are in different currencies."))
        if cleaned.get("amount") and not cleaned.get("currency"):
            self.add_error("currency", _("An amount needs a currency."))
        if cleaned.get("slug") == cleaned.get("proposed"):
            cleaned["slug"] = ""
        self._clean_deadline(cleaned)
        self._clean_source(cleaned)
        return cleaned

    def _clean_deadline(self, cleaned: dict[str, Any]) -> None:
        basis, year, within = (cleaned.get(name) for name in ("deadline_basis", "deadline_year", "within_years"))
        if basis == DeadlineBasis.STATED and year is None and "deadline_year" not in self.errors:
            self.add_error("deadline_year", _("Give the year, or choose that none is named."))
        if basis == DeadlineBasis.COMPUTED and within is None and "within_years" not in self.errors:
            self.add_error("within_years", _("Give the number of years."))
        if basis != DeadlineBasis.STATED and year is not None:
            self.add_error("deadline_year", _("A year is given: choose that it is named, or take it out."))
        if basis != DeadlineBasis.COMPUTED and within is not None:
            self.add_error("within_years", _("Years are given: choose “within … years”, or take them out."))

    def _clean_source(self, cleaned: dict[str, Any]) -> None:
        described = [name for name in ("new_url", "new_publisher", "new_title") if cleaned.get(name)]
        if cleaned.get("source") and described:
            self.add_error("source", _("Choose a known source or describe a new one, not both."))
        elif not cleaned.get("source") and not described and not {"source", "new_url"} & self.errors.keys():
            self.add_error("source", _("Say where it was read: choose a source, or describe a new one below."))
        elif described and not cleaned.get("new_publisher"):
            self.add_error("new_publisher", _("Name the publisher of the new source."))

    # What the action is asked to make

    def target(self, pair: CountryPair) -> Target:
        """The target as the form tells it, not saved."""
        given = self.cleaned_data
        year, note, note_ru = self._deadline()
        on = self._said()
        return Target(
            pair=pair,
            slug=given["slug"],
            amount=self._whole("amount"),
            amount_high=self._whole("amount_high"),
            currency=given["currency"] if given["amount"] else "",
            factor=given["factor"],
            measure=Measure(given["measure"]),
            measure_basis=MeasureBasis(given["measure_basis"]),
            cumulative=given["cumulative"],
            deadline_year=year,
            deadline_basis=DeadlineBasis(given["deadline_basis"]),
            deadline_note=note,
            deadline_note_ru=note_ru,
            strength=Strength(given["strength"]),
            first_stated_on=on,
            first_stated_on_precision=DatePrecision(given["stated_on_precision"]),
        )

    def statement(self) -> Statement:
        """The statement as the form tells it, not saved, without its target and source."""
        plain = ("speaker", "speaker_ru", "role", "role_ru", "occasion", "occasion_ru", "hedged")
        texts = ("quote", "quote_language", "summary_en", "summary_ru")
        return Statement(
            stated_on=self._said(),
            stated_on_precision=DatePrecision(self.cleaned_data["stated_on_precision"]),
            **{name: self.cleaned_data[name] for name in (*plain, *texts)},
        )

    def read_in(self) -> Source | NewSource:
        given = self.cleaned_data
        return given["source"] or NewSource(
            kind=SourceKind(given["new_kind"]),
            publisher=given["new_publisher"].strip(),
            title=given["new_title"].strip(),
            url=given["new_url"],
            published_on=given["new_published_on"],
            language=given["new_language"].strip(),
        )

    def _whole(self, name: str) -> Decimal | None:
        amount = self.cleaned_data[name]
        return None if amount is None else amount.whole(POWERS[Unit(self.cleaned_data["unit"])])

    def _said(self) -> date:
        on, precision = self.cleaned_data["stated_on"], self.cleaned_data["stated_on_precision"]
        if precision == DatePrecision.YEAR:
            return on.replace(month=1, day=1)
        return on.replace(day=1) if precision == DatePrecision.MONTH else on

    def _deadline(self) -> tuple[int | None, str, str]:
        """The year, and for a computed one the note in both languages on how it came about."""
        given = self.cleaned_data
        if given["deadline_basis"] != DeadlineBasis.COMPUTED:
            return given["deadline_year"], "", ""
        years = given["within_years"]
        said = PartialDate(self._said(), DatePrecision(given["stated_on_precision"]))
        notes = []
        for language in ("en", "ru"):
            with override(language):
                words = ngettext(
                    "Computed from the statement: %(when)s, “within %(years)s year”",
                    "Computed from the statement: %(when)s, “within %(years)s years”",
                    years,
                )
                notes.append(words % {"years": years, "when": wording.partial_date(said)})
        return said.year + years, notes[0], notes[1]
