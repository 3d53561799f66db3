"""Records with versions of their own: what became of them in the reader's words, and the way back to each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.translation import gettext
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from targets import queries
from targets.actions import editing
from targets.actions.journal import ActionRefused
from targets.admin.choosing import may_be
from targets.admin.desk import DeskAdmin
from targets.admin.differences import differences, in_words, label_of
from targets.progress import Word


class InWords(HistoricalRecordContextHelper):
    """Differences with code values in the reader's words."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        prepared = super().prepare_delta_change_value(change, value)
        if isinstance(prepared, list):
            prepared = ", ".join(sorted(map(str, prepared)))
        if isinstance(prepared, Word):
            return gettext(prepared.label)
        if isinstance(prepared, Decimal | date):
            return in_words(self.model._meta.get_field(change.field), prepared)
        if isinstance(prepared, DeletedObject) and prepared.pk is None:
            # A foreign key that was empty comes as a removed record without a key.
            prepared = None
        if prepared is True or prepared is False:
            return gettext("yes") if prepared else gettext("no")
        return gettext("empty") if prepared in (None, "") else prepared


class VersionedAdmin(DeskAdmin, SimpleHistoryAdmin):
    """Records whose versions are kept: their history, and each earlier version beside the one that stands."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {**(extra_context or {})}
        if not may_be(self.opts.pk, unquote(object_id)):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        # A target that became part of another one is gone, but not its history.
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and type(obj) in queries.PARTS:
            extra["parts"] = self._history_of_parts(obj)
        return super().history_view(request, object_id, extra)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, **options: Any) -> None:
        """Adds the steps of review, which nobody edits, to what each version changed."""
        super().set_history_delta_changes(request, historical_records, **options)
        for after, before in pairwise(historical_records):
            if getattr(after, "state", None) != getattr(before, "state", None):
                field = self.model._meta.get_field("state")
                step = {
                    "field": label_of(field),
                    "old": in_words(field, before.state),
                    "new": in_words(field, after.state),
                }
                after.history_delta_changes.insert(0, step)

    def _history_of_parts(self, obj: Model) -> list[tuple[Any, list[Any]]]:
        """What became of the parts of a record, the newest first: each version and what it changed."""
        part = queries.PARTS[type(obj)][0]
        before: dict[Any, Any] = {}
        told = []
        for version in reversed(queries.parts_of(obj)):
            values = queries.values_of(version)
            gone = version.history_type == "-"
            told.append((version, [] if gone else differences(part, before.get(version.id), values)))
            before[version.id] = values
        return told[::-1]

    def history_view_title(self, request: HttpRequest, obj: Model) -> str:
        return gettext("History: %(record)s") % {"record": force_str(obj)}

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:
        return InWords(self.model, historical_record, max_displayed_delta_change_chars=1000)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An earlier version beside the one that stands, and the way back to it."""
        obj = self.get_object(request, unquote(object_id))
        version = queries.version_at(obj, version_id) if obj is not None else None
        if obj is None or version is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        may_return = self.has_change_permission(request, obj)
        current = queries.version_of(obj)
        refusal = ""
        if request.method == "POST":
            if not may_return:
                raise PermissionDenied
            try:
                return self._brought_back(request, obj, version.history_id)
            except ActionRefused as refused:
                refusal = str(refused)
                obj = self.get_object(request, unquote(object_id))
        latest = queries.version_at(obj, current)
        then = queries.values_of(version)
        stays = {name: value for name, value in then.items() if name not in editing.LASTING}
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "title": gettext("An earlier version: %(record)s") % {"record": force_str(obj)},
            "opts": self.opts,
            "original": obj,
            "version": version,
            "current": current,
            "latest": latest,
            "whole": differences(self.model, None, then),
            "changes": differences(self.model, queries.values_of(latest), stays),
            "may_return": may_return,
            "refusal": refusal,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "simple_history/version.html", context, status=409 if refusal else 200)

    def _brought_back(self, request: HttpRequest, obj: Model, number: int) -> HttpResponse:
        """The way to the history of a record that says again what it said in that version; raises ActionRefused."""
        changed = editing.revert(
            by=request.user,
            record=obj,
            number=number,
            reason=request.POST.get("reason", ""),
            version=request.POST.get("version", ""),
        )
        if changed:
            self.message_user(request, gettext("The record says again what it said then."), messages.SUCCESS)
        else:
            same = gettext("Nothing changed: the record says this already.")
            self.message_user(request, same, messages.WARNING)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[obj.pk])
        )
