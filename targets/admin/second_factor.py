"""Everybody's own second factor: set up, told about, given new recovery codes, switched off."""

from __future__ import annotations

from typing import Any

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from targets.actions import second_factor
from targets.actions.journal import ActionRefused
from targets.admin.signing_in import CodeForm
from targets.exports.qr import qr_svg
from targets.queries.people import has_second_factor, needs_second_factor, recovery_codes_left

KEY = "key_of_a_second_factor"
"""In the session: the key that the page shows, until a code proves that the app has it."""


class ProofForm(CodeForm):
    """Password and code again, so that nobody does it at a desk that was left open."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "vTextField"}),
    )
    field_order = ("password", "code")


@sensitive_post_parameters()
def page(request: HttpRequest) -> HttpResponse:
    """The page for the one who asks, as things stand with their second factor."""
    person: Any = request.user
    return _set_up(request, person) if not has_second_factor(person) else _look_after(request, person)


def _set_up(request: HttpRequest, person: Any) -> HttpResponse:
    key = request.session.get(KEY)
    if key is None:
        key = request.session[KEY] = second_factor.new_key()
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = second_factor.enrol(person=person, key=key, code=form.cleaned_data["code"])
        except ActionRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            del request.session[KEY]
            request.session.cycle_key()
            django_otp.login(request, device)
            return _show_codes(request, codes)
    address = second_factor.app_address(person, key)
    label = gettext("QR code with the key, to be read by the app")
    letters = second_factor.key_in_letters(key)
    context = {
        "form": form,
        # Made of our own numbers and of a name that is coded into them.
        "qr": mark_safe(qr_svg(address, label)),  # noqa: S308
        "key": " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        "address": address,
        "must": needs_second_factor(person),
    }
    return _page(request, "admin/second_factor_new.html", gettext("Set up a second factor"), context)


def _look_after(request: HttpRequest, person: Any) -> HttpResponse:
    request.session.pop(KEY, None)
    form = ProofForm(request.POST or None)
    if form.is_valid():
        # Counted with the attempts to sign in; too many close the door.
        if authenticate(request, username=person.get_username(), password=form.cleaned_data["password"]) is None:
            form.add_error("password", gettext("The password is wrong."))
        else:
            try:
                return _do(request, person, form.cleaned_data["code"])
            except ActionRefused as refusal:
                form.add_error(refusal.field or None, str(refusal))
    context = {"form": form, "left": recovery_codes_left(person)}
    return _page(request, "admin/second_factor.html", gettext("Your second factor"), context)


def _do(request: HttpRequest, person: Any, code: str) -> HttpResponse:
    if "off" in request.POST:
        second_factor.switch_off(person=person, code=code)
        messages.success(request, gettext("The second factor is switched off."))
        return HttpResponseRedirect(reverse("admin:second_factor"))
    return _show_codes(request, second_factor.renew_recovery_codes(person=person, code=code))


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return _page(request, "admin/recovery_codes.html", gettext("Recovery codes"), {"codes": codes})


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), "title": title, **context})
