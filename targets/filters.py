"""What an address asks for: the list of targets as a frozen filter, which can say itself in words, and the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import BadRequest
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from targets.progress import Measure, Status, Word
from targets.records import (
    FEWEST,
    MOST,
    OF_A_PAGE,
    ChangeKind,
    EconomyRecord,
    Relation,
    SearchKind,
    Sort,
    Strength,
    TargetFilter,
)
from targets.wording import language, number

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_SEARCH = 100
ORDERS = tuple(sign + order for order in Sort for sign in ("", "-"))
ORDINARY = TargetFilter()
OFF_TRACK = frozenset({Status.TOO_SLOW, Status.FAR_TOO_SLOW, Status.MOVING_AWAY})
_SLUG = re.compile(r"[-\w]{1,90}", re.ASCII)
VIEWS = ("table", "cards")
"""How a list can be laid out where the reader says so; else it is what fits the screen."""
TICKED = "on"
"""What browsers send for a ticked box without a value."""


class BadParameter(BadRequest):
    """A parameter of the address has a value that means nothing; the text names it and what is allowed."""

    def __init__(self, parameter: str, value: str, allowed: str) -> None:
        # Neither page nor log shall hold what cannot be seen, such as the end of a line.
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in value[:80]) + "…" * (len(value) > 80)
        super().__init__(
            _("The parameter “%(parameter)s” cannot be “%(value)s”. Allowed: %(allowed)s.")
            % {"parameter": parameter, "value": shown, "allowed": allowed}
        )
        self.parameter = parameter
        self.allowed = allowed


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
            return _search_length()
        return _pages() if name == "page" else _years()


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
            raise BadParameter(name, self.data.get(name, ""), offered or _pages())
        given = self.cleaned_data
        return ChangeKind(given["kind"]) if given["kind"] else None, given["economy"], given["page"] or 1


def order_value(asked: TargetFilter) -> str:
    """The order as the parameter ``sort`` gives it: ``deadline``, ``-amount``."""
    return ("-" if asked.descending else "") + asked.sort


def in_words(asked: TargetFilter, total: int, economy: EconomyRecord | None = None) -> str:
    """What was found, said in the active language: "27 targets of Belarus, due by 2030, off track"."""
    said = [_counted(total, economy), *(one.words for one in conditions(asked) if "economy" not in one.fields)]
    if asked.replaced:
        said.append(_("replaced versions included"))
    return ", ".join(said)


class Condition(NamedTuple):
    """One thing that a list is asked for: in words, the parameters that hold it, and the filter without it."""

    words: str
    fields: tuple[str, ...]
    without: TargetFilter


def conditions(asked: TargetFilter, economy: EconomyRecord | None = None) -> tuple[Condition, ...]:
    """What narrows the list, in the order in which it is said."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if asked.economy:
        found.append((economy.name(language()) if economy else asked.economy, ("economy",)))
    if asked.deadline_from or asked.deadline_to:
        found.append((_due(asked.deadline_from, asked.deadline_to), ("deadline_from", "deadline_to")))
    for field in ("status", "measure", "strength", "relation"):
        if words := getattr(asked, field):
            found.append((_off_track(words) or _either(words), (field,)))
    if asked.disagree:
        found.append((_("the two sides’ figures differ in their answer"), ("disagree",)))
    if asked.q:
        found.append((_("found by “%(words)s”") % {"words": asked.q}, ("q",)))
    plain = {field: getattr(ORDINARY, field) for _words, fields in found for field in fields}
    return tuple(
        Condition(words, fields, replace(asked, **{field: plain[field] for field in fields})) for words, fields in found
    )


def choice(asked: QueryDict, parameter: str, allowed: Sequence[str]) -> str:
    """The value of a parameter, the first of those allowed where it is absent. Raises BadParameter for any other."""
    value = asked.get(parameter, "") or allowed[0]
    if value not in allowed:
        raise BadParameter(parameter, value, ", ".join(allowed))
    return value


def searched(asked: QueryDict) -> tuple[str, SearchKind | None, int]:
    """What is searched for, of which kind alone (None: of all), and the page. Raises BadParameter for a bad value."""
    form = _SearchForm(asked)
    for name, errors in form.errors.items():
        allowed = {"q": _search_length(), "in": ", ".join(SearchKind), "page": _pages()}[name]
        raise BadParameter(name, asked.get(name, "") if errors else "", allowed)
    given = form.cleaned_data
    return given["q"], SearchKind(given["in"]) if given["in"] else None, given["page"] or 1


def due(asked: QueryDict) -> tuple[int | None, int]:
    """The year whose deadlines are listed (None: not said) and the page. Raises BadParameter for what is no number."""
    form = _DeadlinesForm(asked)
    for name in form.errors:
        raise BadParameter(name, asked.get(name, ""), _years() if name == "year" else _pages())
    return form.cleaned_data["year"], form.cleaned_data["page"] or 1


def page(asked: QueryDict) -> int:
    """The page of a list that is asked for nothing else. Raises BadParameter for what is no number."""
    form = _PageForm(asked)
    if form.errors:
        raise BadParameter("page", asked.get("page", ""), _pages())
    return form.cleaned_data["page"] or 1


def whole(asked: QueryDict) -> None:
    """Nothing. Raises BadParameter for what parts or lays out a list that is given whole."""
    for parameter in OF_A_PAGE:
        if value := asked.get(parameter, ""):
            raise BadParameter(parameter, value, _("nothing, because the table holds the whole list"))


def compared(asked: QueryDict, fewest: int = 0) -> tuple[str, ...]:
    """The slugs that ``t`` names, each once, in their order. Raises BadParameter for too many or fewer than wanted."""
    slugs = tuple(dict.fromkeys(slug.strip() for slug in asked.getlist("t") if slug.strip()))
    strange = [slug for slug in slugs if not _SLUG.fullmatch(slug)]
    if strange or not fewest <= len(slugs) <= MOST:
        raise BadParameter("t", ", ".join(strange or slugs), comparable())
    return slugs


def comparable() -> str:
    """What the parameter ``t`` may name, in words."""
    return _("the addresses of %(fewest)s to %(most)s published targets, each as t=…") % {
        "fewest": FEWEST,
        "most": MOST,
    }


def query(**asked: str | date | Sequence[str] | None) -> str:
    """The query of an address that asks for all this, "?as_of=2024-05-01"; what is empty is left out.

    A parameter with several values is given as often.
    """
    told = [
        (name, str(one))
        for name, value in asked.items()
        for one in ([value] if isinstance(value, str | date | None) else value)
        if one
    ]
    return f"?{urlencode(told)}" if told else ""


def of_the_present(asked: QueryDict) -> None:
    """Nothing. Raises BadParameter for a past day asked of what shows the present only: it shall not go unheard."""
    if value := asked.get("as_of", ""):
        allowed = _(
            "nothing here, because this shows the present only; a target, a pair and charts can be of a past day"
        )
        raise BadParameter("as_of", value, allowed)


def past_day(asked: QueryDict, today: date) -> date | None:
    """The day named by ``as_of``, None where it is absent. Raises BadParameter for no day and for one to come."""
    value = asked.get("as_of", "")
    if not value:
        return None
    try:
        # Stricter than fromisoformat alone, which also takes weeks and days without hyphens.
        day = date.fromisoformat(value) if len(value) == 10 and value[4] == value[7] == "-" else None
    except ValueError:
        day = None
    if day is None or day > today:
        allowed = _("a day as YYYY-MM-DD, not after %(today)s") % {"today": today.isoformat()}
        raise BadParameter("as_of", value, allowed)
    return day


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


def _search_length() -> str:
    return _("up to %(number)s characters of text") % {"number": number(LONGEST_SEARCH)}


def _pages() -> str:
    return _("whole numbers from 1")


def _years() -> str:
    return _("years from %(first)s to %(last)s") % {"first": FIRST_YEAR, "last": LAST_YEAR}


def _counted(total: int, economy: EconomyRecord | None) -> str:
    shown: dict[str, Any] = {"number": number(total)}
    if economy is None:
        return ngettext("%(number)s target", "%(number)s targets", total) % shown
    shown["economy"] = economy.name_ru_gen if language() == "ru" else economy.name_en_text
    return ngettext("%(number)s target of %(economy)s", "%(number)s targets of %(economy)s", total) % shown


def _due(first: int | None, last: int | None) -> str:
    if first is None:
        return _("due by %(last)s") % {"last": last}
    if last is None:
        return _("due in %(first)s or later") % {"first": first}
    if first == last:
        return _("due in %(year)s") % {"year": first}
    return _("due from %(first)s to %(last)s") % {"first": first, "last": last}


def _off_track(words: Sequence[Word]) -> str:
    """One word for the three paces that do not suffice; empty for any other choice."""
    return _("off track") if frozenset(words) == OFF_TRACK else ""


def _either(words: Sequence[Word]) -> str:
    labels = [_(word.label) for word in words]
    if len(labels) == 1:
        return labels[0]
    return pgettext("alternatives in a list", "%(most)s or %(last)s") % {
        "most": ", ".join(labels[:-1]),
        "last": labels[-1],
    }
