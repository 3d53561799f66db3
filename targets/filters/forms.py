"""What the lists are asked for, as forms sent by GET."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from targets.filters.parameters import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_SEARCH,
    BadParameter,
    pages_allowed,
    search_allowed,
    years_allowed,
)
from targets.filters.words import ORDINARY
from targets.progress import Measure, Status, Word
from targets.records import OF_A_PAGE, ChangeKind, EconomyRecord, Relation, SearchKind, Sort, Strength, TargetFilter
from targets.wording import language

ORDERS = tuple(sign + order for order in Sort for sign in ("", "-"))
VIEWS = ("table", "cards")
"""How a list can be laid out where the reader says so; else it is what fits the screen."""
TICKED = "on"
"""What browsers send for a ticked box without a value."""


class _Box(forms.CheckboxInput):
    """A box to tick that gives its value as it was sent, so that a senseless one can be refused."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class _Select(forms.Select):
    """A list to choose from, without a template for each of the hundreds of economies in it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((given, SafeString(" selected" if given in chosen else ""), words) for given, words in self.choices),
        )
        told = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, told, options)


class TargetFilterForm(forms.Form):
    """The filters of the list as a form sent by GET; empty fields are as good as absent ones."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_SEARCH)
    economy = forms.ChoiceField(label=gettext_lazy("Economy"), required=False, widget=_Select)
    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"), required=False, widget=forms.CheckboxSelectMultiple
    )
    measure = forms.MultipleChoiceField(
        label=gettext_lazy("Measure"), required=False, widget=forms.CheckboxSelectMultiple
    )
    strength = forms.MultipleChoiceField(
        label=gettext_lazy("Strength"), required=False, widget=forms.CheckboxSelectMultiple
    )
    relation = forms.MultipleChoiceField(
        label=gettext_lazy("What the next version did"), required=False, widget=forms.CheckboxSelectMultiple
    )
    deadline_from = forms.IntegerField(
        label=gettext_lazy("Deadline from"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    deadline_to = forms.IntegerField(
        label=gettext_lazy("Deadline to"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    disagree = forms.ChoiceField(
        label=gettext_lazy("only where the two sides’ figures give different answers"),
        required=False,
        widget=_Box,
    )
    replaced = forms.ChoiceField(
        label=gettext_lazy("also versions that a later one replaced"),
        required=False,
        widget=_Box,
    )
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False, widget=_Select)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    view = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, economies: Sequence[EconomyRecord]) -> None:
        """``asked`` is the query string as parsed; ``economies`` are those that may be asked for, in their order.

        The order by chance is understood, and not offered as long as no target has one.
        """
        given = asked.copy()
        for name in list(given):
            given.setlist(name, [value for value in given.getlist(name) if value.strip()])
            if not given.getlist(name):
                del given[name]
        given.setdefault("sort", order_value(ORDINARY))
        super().__init__(given, auto_id="filter-%s")
        self.given = given
        self.economies = {economy.code: economy for economy in economies}
        spoken = language()
        self.offered = {
            "economy": [("", _("all")), *((economy.code, economy.name(spoken)) for economy in economies)],
            "status": _words(Status),
            "measure": _words(Measure),
            "strength": _words(Strength),
            "relation": _words(Relation),
            "disagree": [(TICKED, TICKED)],
            "replaced": [(TICKED, TICKED)],
            "sort": [(order, _order_words(order)) for order in ORDERS],
            "view": [(view, view) for view in VIEWS],
        }
        for name, choices in self.offered.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        chosen = given.get("sort")
        self.fields["sort"].widget.choices = [
            (order, words)
            for order, words in self.offered["sort"]
            if order == chosen or not order.endswith(Sort.CHANCE)
        ]

    @property
    def choices(self) -> tuple[forms.BoundField, ...]:
        """The fields of which several values may be ticked."""
        return tuple(self[name] for name in ("status", "measure", "strength", "relation"))

    @property
    def laid_out(self) -> str:
        """The layout of the list that the address names; empty where it fits the screen."""
        return str(self.cleaned_data["view"])

    @property
    def narrowed(self) -> bool:
        """Whether the list is asked for less or more than all targets, in whatever order."""
        return bool(self.given.keys() - {"sort", *OF_A_PAGE})

    def asked(self) -> tuple[TargetFilter, int]:
        """The filter and the page of the list. Raises BadParameter for the first value that means nothing."""
        for name in self.fields:
            if name in self.errors:
                raise BadParameter(name, ", ".join(self.given.getlist(name)), self._allowed(name))
        given = self.cleaned_data
        sort = given["sort"]
        return TargetFilter(
            q=given["q"],
            economy=given["economy"],
            status=_members(Status, given["status"]),
            measure=_members(Measure, given["measure"]),
            strength=_members(Strength, given["strength"]),
            relation=_members(Relation, given["relation"]),
            deadline_from=given["deadline_from"],
            deadline_to=given["deadline_to"],
            disagree=bool(given["disagree"]),
            replaced=bool(given["replaced"]),
            sort=Sort(sort.removeprefix("-")),
            descending=sort.startswith("-"),
        ), given["page"] or 1

    def _allowed(self, name: str) -> str:
        if name in self.offered:
            return ", ".join(value for value, _label in self.offered[name] if value)
        if name == "q":
            return search_allowed()
        return pages_allowed() if name == "page" else years_allowed()


class _SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        # A word of Python's own, so it cannot be the name of a field above.
        self.fields["in"] = forms.ChoiceField(required=False, choices=[(kind.value, kind.value) for kind in SearchKind])


class _PageForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1)


class _DeadlinesForm(_PageForm):
    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class ChangesForm(forms.Form):
    """What the page of changes is narrowed to, as a form sent by GET."""

    kind = forms.ChoiceField(label=gettext_lazy("What changed"), required=False, widget=_Select)
    economy = forms.ChoiceField(label=gettext_lazy("Economy"), required=False, widget=_Select)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, economies: Sequence[EconomyRecord]) -> None:
        super().__init__(asked, auto_id="filter-%s")
        names = [(economy.code, economy.name(language())) for economy in economies]
        self.offered = {"kind": [("", _("everything")), *_words(ChangeKind)], "economy": [("", _("all")), *names]}
        for name, choices in self.offered.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def asked(self) -> tuple[ChangeKind | None, str, int]:
        """The kind (None: all), the economy's code (empty: all) and the page. Raises BadParameter for a bad value."""
        for name in self.errors:
            offered = ", ".join(value for value, _label in self.offered.get(name, ()) if value)
            raise BadParameter(name, self.data.get(name, ""), offered or pages_allowed())
        given = self.cleaned_data
        return ChangeKind(given["kind"]) if given["kind"] else None, given["economy"], given["page"] or 1


def order_value(asked: TargetFilter) -> str:
    """The order as the parameter ``sort`` gives it: ``deadline``, ``-amount``."""
    return ("-" if asked.descending else "") + asked.sort


def searched(asked: QueryDict) -> tuple[str, SearchKind | None, int]:
    """What is searched for, of which kind alone (None: of all), and the page. Raises BadParameter for a bad value."""
    form = _SearchForm(asked)
    for name, errors in form.errors.items():
        allowed = {"q": search_allowed(), "in": ", ".join(SearchKind), "page": pages_allowed()}[name]
        raise BadParameter(name, asked.get(name, "") if errors else "", allowed)
    given = form.cleaned_data
    return given["q"], SearchKind(given["in"]) if given["in"] else None, given["page"] or 1


def due(asked: QueryDict) -> tuple[int | None, int]:
    """The year whose deadlines are listed (None: not said) and the page. Raises BadParameter for what is no number."""
    form = _DeadlinesForm(asked)
    for name in form.errors:
        raise BadParameter(name, asked.get(name, ""), years_allowed() if name == "year" else pages_allowed())
    return form.cleaned_data["year"], form.cleaned_data["page"] or 1


def page(asked: QueryDict) -> int:
    """The page of a list that is asked for nothing else. Raises BadParameter for what is no number."""
    form = _PageForm(asked)
    if form.errors:
        raise BadParameter("page", asked.get("page", ""), pages_allowed())
    return form.cleaned_data["page"] or 1


def _words(words: type[Word]) -> list[tuple[str, str]]:
    return [(word.value, _(word.label)) for word in words]


def _members(words: type[Word], values: Collection[str]) -> tuple[Any, ...]:
    """The words named, each once, in the vocabulary's order: the same question has one address."""
    return tuple(word for word in words if word.value in values)


def _order_words(order: str) -> str:
    sort = Sort(order.removeprefix("-"))
    words = {"order": _(sort.label)}
    if sort in (Sort.DEADLINE, Sort.STATED):
        return (_("%(order)s, latest first") if order.startswith("-") else _("%(order)s, earliest first")) % words
    return (_("%(order)s, largest first") if order.startswith("-") else _("%(order)s, smallest first")) % words
