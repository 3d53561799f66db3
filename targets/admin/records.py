"""What the lists of the desk share: tables to look at, and records with a history that change through actions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets import queries
from targets.actions import editing
from targets.actions.journal import ActionRefused
from targets.admin.amounts import WrittenNumber
from targets.admin.conflicts import SAVED_MEANWHILE, Choice, Conflict, compare, hash_of, radio, take_theirs, typed_parts
from targets.admin.journaled import JournaledAdmin
from targets.admin.versions import VersionedAdmin

SHORT_TEXT = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class ReadOnlyAdmin(JournaledAdmin):
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
    """A record with the reason for its change; refuses what the action would refuse, beside the field concerned.

    It remembers which version its reader saw (``version``), so that nothing saved since is written over unseen;
    ``seen`` is the version that was shown beside it where that happened.
    """

    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Kept in the history beside your name. Required where readers already see the record."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    user: Any = None
    conflict: Conflict | None = None
    current = ""
    """The version against which the form was checked."""

    def __init__(self, data: Any = None, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        self.lockable = instance is not None and not instance._state.adding and hasattr(type(instance), "history")
        if self.lockable:
            self.current = queries.version_of(instance)
            if data is None:
                # Its mark first, then what it says: a save between the two is noticed when this form comes back.
                instance.refresh_from_db()
        super().__init__(data, *args, instance=instance, **kwargs)
        self.taken: list[str] = []
        if not self.lockable:
            del self.fields["version"], self.fields["seen"]
            return
        self.initial["version"] = self.current
        self.stored = self._stored() if self.is_bound and self.data.get("version") != self.current else None
        if self.stored is not None and self.data.get("seen") == self.current:
            self.taken = take_theirs(self, self.data)

    def _stored(self) -> dict[str, Any]:
        """What the record says now; read before the form writes into its copy of it."""
        newest = queries.version_at(self.instance, self.current)
        return queries.values_of(newest) if newest is not None else {}

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                # Browsers send two characters for the end of a line; the catalogue has one.
                cleaned[name] = value.replace("\r\n", "\n")
        return cleaned

    def _post_clean(self) -> None:
        if self.lockable and self.stored is not None:
            self._compare()
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

    def _compare(self) -> None:
        """Nothing: says what somebody else saved since the page was opened, where it differs from what was typed."""
        opened = queries.version_at(self.instance, self.data.get("version", ""))
        before = queries.values_of(opened) if opened is not None else None
        conflict = compare(self, before, self.stored or {}, self.data, self.data.get("seen") == self.current)
        conflict.taken = self.taken
        conflict.last_saved(queries.last_edit(self.instance), self.user)
        self.conflict = conflict
        # Printed again with the form: which version stands beside it now.
        self.data = self.data.copy()
        self.data["seen"] = self.current
        if conflict.open:
            self.add_error(None, ValidationError(SAVED_MEANWHILE, code="overtaken"))


def related_of(form: forms.ModelForm) -> dict[str, Any]:
    """What the form chose for the many-to-many fields of its record, by name."""
    return {
        field.name: form.cleaned_data[field.name]
        for field in form.instance._meta.many_to_many
        if field.name in form.cleaned_data
    }


class RecordAdmin(VersionedAdmin):
    """A record with a history, saved by the action ``editing.save``; never deleted, because what was said was said."""

    form = RecordForm
    fixed: tuple[str, ...] = ()
    """Fields that are chosen once, when the record is made."""
    actions: Any = ()
    save_on_top = False
    formfield_overrides = {
        models.TextField: {"widget": SHORT_TEXT},
        models.DecimalField: {"form_class": WrittenNumber},
    }

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

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if isinstance(field.widget, AutocompleteSelectMultiple):
            # Without the cross that empties it at once: a stray element in its list, and a slip that costs much.
            field.widget.is_required = True
        return field

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
            version=form.current if change else None,
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id and "version" in request.POST:
            overtaken = self._closed_meanwhile(request, unquote(object_id))
            if overtaken is not None:
                return overtaken
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        found = [getattr(form, "conflict", None) for form in (context["adminform"].form, *formsets)]
        conflicts = [conflict for conflict in found if conflict is not None]
        context["conflicts"] = conflicts
        response = super().render_change_form(request, context, *args, **kwargs)
        if any(conflict.open for conflict in conflicts):
            response.status_code = 409
        return response

    def _closed_meanwhile(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """The page that keeps what was typed where the record went on to where its author may not change it."""
        obj = self.get_object(request, object_id)
        if obj is None or self.has_change_permission(request, obj) or not self.has_change_permission(request):
            return None
        if queries.version_of(obj) == request.POST["version"]:
            return None
        names = [name for name in queries.content_fields(self.model) if name not in editing.LASTING]
        names = [name for name in names if self.model._meta.get_field(name).editable]
        # As the form shows them: amounts, dates and files are read as they were written.
        shown = partial(self.formfield_for_dbfield, request=request)
        made = forms.modelform_factory(self.model, self.form, fields=names, formfield_callback=shown)
        kept = getattr(obj, "sha256", "")
        form = made(request.POST, request.FILES, instance=obj)
        form.user = request.user
        form.full_clean()
        conflict = form.conflict or Conflict()
        file = request.FILES.get("file") if "file" in names else None
        if file is not None and hash_of(file) == kept:
            conflict.choices = [choice for choice in conflict.choices if choice.name != radio("", "file")]
            file = None
        reason = request.POST.get("change_reason", "").strip()
        if reason and not queries.explained_since(obj, request.POST["version"], request.user, reason):
            label = str(RecordForm.base_fields["change_reason"].label)
            conflict.choices.append(Choice("", label, opened="", stored="", typed=reason, take=""))
        parts = typed_parts(obj, request.POST) if self.model in queries.PARTS else []
        if not (conflict.choices or parts or file):
            # The button was pressed twice: the first press did it all.
            self.message_user(request, gettext("What you typed is what is stored."), messages.SUCCESS)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[obj.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Not saved: the record went on meanwhile"),
            "subtitle": str(obj),
            "opts": self.opts,
            "record": obj,
            "state": getattr(obj, "state", None),
            "conflict": conflict,
            "parts": parts,
            "file": file,
        }
        return TemplateResponse(request, "admin/targets/closed_meanwhile.html", context, status=409)

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
