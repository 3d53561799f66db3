"""What every list of the desk has: search that is blind to case in every alphabet, and titles for every language."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import BadRequest
from django.db import DataError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from targets.actions.journal import ActionRefused
from targets.admin.choosing import ChooseOne, ChooseSome, OneRecord, SomeRecords, may_be
from targets.models import Economy
from targets.records import folded, search_words, sought

DJANGO_SAYS = (
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
)
"""Django's own sentences, here to be translated anew: its Russian gives every kind of record one gender."""

TRIES = 5
"""Times that a form is looked at anew because somebody saved while it was being saved."""


def case_blind(field: str, word: str) -> Q:
    """Rows whose field holds the word in any usual case.

    SQLite's LIKE is blind to the case of Latin letters only, so the ways in which people write a word are asked for one
    by one.
    """
    return Q(
        *((f"{field}__icontains", way) for way in {word, word.lower(), word.upper(), word.capitalize()}),
        _connector=Q.OR,
    )


def economies_named(word: str) -> list[str]:
    """Codes of the economies whose code or one of whose names, in any language, begins or continues with the word.

    One query over a short table: a few hundred names are compared here, where every alphabet has its cases.
    """
    wanted = folded(word)
    names = ("code", "iso2", "name_en", "name_en_text", "name_ru", "other_names")
    rows = Economy.objects.values_list(*names)
    return [row[0] for row in rows if any(wanted in folded(name) for name in row)]


class DeskList(ChangeList):
    """A list that answers what no lookup can use as Django does most of it: without, and with word of that."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as nothing:  # of the year 9999 there is no end
            raise IncorrectLookupParameters(nothing) from nothing

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (OverflowError, DataError) as nothing:  # numbers that no column holds
            raise IncorrectLookupParameters(nothing) from nothing


def _chosen(shown: ChangeList) -> list[tuple[str, str]]:
    """What a list is narrowed to by its filters: title and choice of each; the first choice of all of them is all."""
    if not shown.has_active_filters:
        return []
    choices = [(spec.title, list(spec.choices(shown))[1:]) for spec in shown.filter_specs]
    return [(str(title), str(one["display"])) for title, some in choices for one in some if one["selected"]]


class DeskAdmin(admin.ModelAdmin):
    """A list of the desk: searched without regard to case, with titles that fit every language.

    Every word asked for must be found, each in any of ``search_fields``.

    ``search_economies`` are fields that hold an economy's code, ``search_folded`` those that hold a search text.
    """

    search_economies: tuple[str, ...] = ()
    search_folded: tuple[str, ...] = ()

    list_per_page = 50
    group: Any = None
    """The heading under which the desk's first page lists it."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if ERROR_FLAG in request.GET and request.method == "GET":
            told = gettext("Something in the address meant nothing here; the list is shown without it.")
            self.message_user(request, told, messages.WARNING)
        # "Select pair to change" would need the accusative in Russian.
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        response = super().changelist_view(request, {**title, **(extra_context or {})})
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            shown["chosen"] = _chosen(shown["cl"])
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        name = capfirst(str(self.opts.verbose_name))
        title = name if object_id else gettext("%(kind)s: a new record") % {"kind": name}
        context = {"title": title, **(extra_context or {})}
        for _again in range(TRIES):
            try:
                return super().changeform_view(request, object_id, form_url, context)
            except ActionRefused as refusal:
                # Somebody saved between the look at the form and the writing; the next look sees it, too.
                told = str(refusal)
        self.message_user(request, told, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if not all(may_be(self.opts.pk, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest(gettext("A record was chosen by what is no key of one; nothing was done."))
        return super().response_action(request, queryset)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """The records that a field chooses from, with what their names are made of."""
        lists = self.admin_site._registry.get(db_field.remote_field.model)
        found = super().get_field_queryset(db, db_field, request)
        made_of = getattr(lists, "called_by", ())
        if not made_of:
            return found
        return (db_field.remote_field.model._default_manager.all() if found is None else found).select_related(*made_of)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        kwargs.setdefault("form_class", OneRecord)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSome(db_field, self.admin_site))
        kwargs.setdefault("form_class", SomeRecords)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split():
            found = Q()
            for field in self.get_search_fields(request):
                found |= case_blind(field, word)
            parts = search_words(word)
            for field in self.search_folded if parts else ():
                held = (Q(*((f"{field}__contains", one) for one in sought(part)), _connector=Q.OR) for part in parts)
                found |= Q(*held)
            if self.search_economies:
                codes = economies_named(word)
                for field in self.search_economies:
                    found |= Q((f"{field}__in", codes))
            queryset = queryset.filter(found)
        return queryset, False
