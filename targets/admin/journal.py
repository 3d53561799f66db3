"""Judgements, changes of verdict and the journal of actions: to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.admin.journaled import verb_words
from targets.admin.records import ReadOnlyAdmin
from targets.models import AuditEvent, Judgement, VerdictChange

KINDS = {"data": _("all data"), "account": _("account"), "group": _("group of people")}


def kind_words(kind: str) -> str:
    """To what kind of record, in the reader's language."""
    if kind in KINDS:
        return str(KINDS[kind])
    try:
        return str(apps.get_model("targets", kind)._meta.verbose_name)
    except LookupError:
        return kind


class _InWords(admin.AllValuesFieldListFilter):
    """The values that occur, told in words."""

    words: Callable[[str], str]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        first, *found = super().choices(changelist)
        yield first
        for choice in found:
            value, *count = str(choice["display"]).split(" ", 1)
            yield {**choice, "display": " ".join([type(self).words(value), *count])}


class VerbFilter(_InWords):
    words = staticmethod(verb_words)


class KindFilter(_InWords):
    words = staticmethod(kind_words)


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    group = _("Judgements and journal")
    list_display = ("target", "speaks", "status", "reason", "latest_year", "growth", "needed", "assessed_on")
    list_filter = ("is_verdict", "status", "reason")
    list_select_related: Any = ("target",)
    search_fields = ("target__slug", "by")
    search_folded = ("target__search_text",)

    @admin.display(description=_("by the figures of"), ordering="by")
    def speaks(self, judgement: Judgement) -> str:
        return _("all together") if judgement.is_verdict else judgement.by or "–"

    @admin.display(description=_("observed growth"), ordering="observed_cagr")
    def growth(self, judgement: Judgement) -> str:
        return "–" if judgement.observed_cagr is None else wording.percent(judgement.observed_cagr)

    @admin.display(description=_("growth needed from now"), ordering="catch_up_growth")
    def needed(self, judgement: Judgement) -> str:
        return "–" if judgement.catch_up_growth is None else wording.percent(judgement.catch_up_growth)


@admin.register(VerdictChange)
class VerdictChangeAdmin(ReadOnlyAdmin):
    group = _("Judgements and journal")
    list_display = ("changed_at", "target", "from_status", "to_status", "cause", "merged_from")
    list_filter = ("cause", "to_status")
    list_select_related: Any = ("target",)
    search_fields = ("target__slug",)
    search_folded = ("target__search_text",)
    date_hierarchy = "changed_at"


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    group = _("Judgements and journal")
    list_display = ("at", "by", "did", "to_what", "object_key", "reason")
    list_filter = (("verb", VerbFilter), ("object_kind", KindFilter))
    fields: Any = (*list_display, "counts")
    readonly_fields = ("did", "to_what")
    list_select_related: Any = ("by",)
    search_fields = ("object_key", "reason", "by__username")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("did"), ordering="verb")
    def did(self, event: AuditEvent) -> str:
        return verb_words(event.verb)

    @admin.display(description=_("to what"), ordering="object_kind")
    def to_what(self, event: AuditEvent) -> str:
        return kind_words(event.object_kind)
