"""Judgements, changes of verdict and the journal of actions: to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.admin.records import ReadOnlyAdmin
from targets.models import AuditEvent, Judgement, VerdictChange


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
    list_display = ("changed_at", "target", "from_status", "to_status", "cause")
    list_filter = ("cause", "to_status")
    list_select_related: Any = ("target",)
    search_fields = ("target__slug",)
    search_folded = ("target__search_text",)
    date_hierarchy = "changed_at"


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    group = _("Judgements and journal")
    list_display = ("at", "by", "verb", "object_kind", "object_key", "reason")
    list_filter = ("verb", "object_kind")
    list_select_related: Any = ("by",)
    search_fields = ("object_key", "reason", "by__username")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return super().get_queryset(request).select_related("by")
