"""What the lists of the desk share: tables to look at, and records with a history that change through actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from targets.actions import editing
from targets.actions.journal import ActionRefused
from targets.admin.desk import DeskAdmin
from targets.progress import Word

SHORT_TEXT = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class ReadOnlyAdmin(DeskAdmin):
    """A table to look at: what stands in it is written by actions alone."""

    # Without a box to tick there is nothing to choose an action for.
    actions: tuple[Any, ...] | None = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RecordForm(forms.ModelForm):
    """A record with the reason for its change; refuses what the action would refuse, beside the field concerned."""

    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Kept in the history beside your name. Required where readers already see the record."),
    )
    user: Any = None

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            editing.check(
                by=self.user,
                record=self.instance,
                reason=self.cleaned_data.get("change_reason", ""),
                related=related_of(self),
            )
        except ActionRefused as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))


def related_of(form: forms.ModelForm) -> dict[str, Any]:
    """What the form chose for the many-to-many fields of its record, by name."""
    return {
        field.name: form.cleaned_data[field.name]
        for field in form.instance._meta.many_to_many
        if field.name in form.cleaned_data
    }


class InWords(HistoricalRecordContextHelper):
    """Differences with code values in the reader's words."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        prepared = super().prepare_delta_change_value(change, value)
        if isinstance(prepared, Word):
            return gettext(prepared.label)
        if prepared is True or prepared is False:
            return gettext("yes") if prepared else gettext("no")
        return gettext("empty") if prepared in (None, "") else prepared


class RecordAdmin(DeskAdmin, SimpleHistoryAdmin):
    """A record with a history, saved by the action ``editing.save``; never deleted, because what was said was said."""

    form = RecordForm
    fixed: tuple[str, ...] = ()
    """Fields that are chosen once, when the record is made."""
    actions: Any = ()
    save_on_top = False
    formfield_overrides = {models.TextField: {"widget": SHORT_TEXT}}

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        stays = tuple(super().get_readonly_fields(request, obj))
        return stays if obj is None else (*stays, *self.fixed)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and self.has_change_permission(request, obj):
            fieldsets.append((_("Why"), {"fields": ("change_reason",)}))
        return fieldsets

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        editing.save(
            by=request.user,
            record=obj,
            reason=form.cleaned_data.get("change_reason", ""),
            related=related_of(form),
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # The action has stored the many-to-many fields with the record.
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in (*formset.new_objects, *(row for row, _changed in formset.changed_objects)):
            editing.save(by=request.user, record=row, reason=form.cleaned_data.get("change_reason", ""))
        for row in formset.deleted_objects:
            editing.remove(by=request.user, record=row, reason=form.cleaned_data.get("change_reason", ""))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        raise PermissionDenied

    # The history, in the reader's language

    def history_view_title(self, request: HttpRequest, obj: Model) -> str:
        return gettext("History: %(record)s") % {"record": force_str(obj)}

    def history_form_view_title(self, request: HttpRequest, obj: Model) -> str:
        if self.revert_disabled(request, obj):
            return gettext("An earlier version: %(record)s") % {"record": force_str(obj)}
        return gettext("Return to an earlier version: %(record)s") % {"record": force_str(obj)}

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:
        return InWords(self.model, historical_record)
