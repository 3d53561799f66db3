"""Pages that give a target another address, or make two targets one; former addresses go on leading there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from targets import wording
from targets.actions import editing, review, targets
from targets.actions.journal import ActionRefused
from targets.actions.slugs import target_slug
from targets.admin.choosing import ChooseOne, OneRecord, name_of
from targets.models import Target


class RenameForm(forms.Form):
    slug = forms.CharField(
        label=_("Address of the page"), max_length=90, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class UnlinkForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)
    """The next version that was shown."""
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Required where readers see both."),
    )


class MergeForm(forms.Form):
    into = OneRecord(
        label=_("The target that stays"),
        queryset=Target.objects.select_related("pair__first", "pair__second", "superseded_by"),
        widget=ChooseOne(Target._meta.get_field("superseded_by"), admin.site),
    )
    reason = forms.CharField(
        label=_("Why these are one target"), max_length=100, widget=forms.TextInput(attrs={"class": "vTextField"})
    )


def rename_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Another address for a target, with the one that would be proposed today."""
    target = _found(pk)
    if not (model_admin.has_change_permission(request) and editing.may_edit(request.user, target)):
        raise PermissionDenied
    form = RenameForm(request.POST or None, initial={"slug": target.slug})
    if form.is_valid():
        former = target.slug
        try:
            changed = targets.rename(by=request.user, target=target, **form.cleaned_data)
        except ActionRefused as refusal:
            _refuse(form, refusal)
        else:
            told = gettext("Renamed; %(former)s leads here.") % {"former": former}
            same = gettext("It has this address already.")
            model_admin.message_user(request, told if changed else same, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:targets_target_change", args=[target.pk]))
    help_text = gettext("Readers who follow the former address are led to the new one. Proposed today: %(slug)s")
    told = {"help": help_text % {"slug": target_slug(target)}, "button": gettext("Rename")}
    return _page(model_admin, request, form, target, title=gettext("Another address"), **told)


def merge_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One target of two that are the same."""
    target = _found(pk)
    if not review.may_publish(request.user):
        raise PermissionDenied
    form = MergeForm(request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                stays = targets.merge(by=request.user, target=target, **form.cleaned_data)
        except ActionRefused as refusal:
            _refuse(form, refusal)
        else:
            told = gettext("Merged; %(former)s leads here.") % {"former": target.slug}
            model_admin.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:targets_target_change", args=[stays.pk]))
    help_text = gettext(
        "Statements, documents and former addresses of %(slug)s go over to the target that stays; %(slug)s is gone "
        "then, and its address leads to the other one. The history keeps what it said."
    )
    told = {"help": help_text % {"slug": target.slug}, "button": gettext("Merge")}
    return _page(model_admin, request, form, target, title=gettext("Merge into another target"), **told)


def unlink_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back that a target has a next version."""
    target = _found(pk)
    after = target.superseded_by
    here = HttpResponseRedirect(reverse("admin:targets_target_change", args=[target.pk]))
    if after is None:
        if not review.may_publish(request.user):
            raise PermissionDenied
        model_admin.message_user(request, gettext("No next version follows it."), messages.WARNING)
        return here
    if not targets.may_unlink(request.user, target):
        raise PermissionDenied
    form = UnlinkForm(request.POST if "sure" in request.POST else None, initial={"after": after.pk})
    if form.is_valid():
        seen = Target.objects.filter(pk=form.cleaned_data["after"]).first() or target
        try:
            targets.unlink(by=request.user, earlier=target, after=seen, reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            _refuse(form, refusal)
        else:
            told = gettext("%(after)s follows it no more; it stays a target of its own.") % {"after": after.slug}
            model_admin.message_user(request, told, messages.SUCCESS)
            return here
    help_text = gettext(
        "%(after)s was entered as the next version (%(relation)s). Afterwards it is a target of its own, and this one "
        "can be restated anew."
    ) % {"after": name_of(after), "relation": wording.word(target.relation)}
    title = gettext("Not restated after all")
    return _page(model_admin, request, form, target, title=title, help=help_text, button=gettext("Take it back"))


def _found(pk: int) -> Target:
    sides = ("pair__first", "pair__second")
    named = (*sides, *(f"superseded_by__{side}" for side in sides))
    target = Target.objects.select_related(*named).filter(pk=pk).first()
    if target is None:
        raise Http404
    return target


def _refuse(form: forms.Form, refusal: ActionRefused) -> None:
    field = {"change_reason": "reason"}.get(refusal.field, refusal.field)
    form.add_error(field if field in form.fields else None, str(refusal))


def _page(model_admin: Any, request: HttpRequest, form: forms.Form, target: Target, **told: Any) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "subtitle": target.slug,
        "record": target,
        "form": form,
        "media": model_admin.media + form.media,
        **told,
    }
    return TemplateResponse(request, "admin/step.html", context)
