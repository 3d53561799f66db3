"""The door of the desk: password, code of the second factor, and the way back in for who forgot the password.

Between password and code nobody is signed in: the session remembers only who is to give a code, and for how long.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address, get_lockout_response
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import get_user_model, login, views
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from targets.actions import accounts, second_factor
from targets.actions.journal import ActionRefused
from targets.admin import letters
from targets.queries.people import has_second_factor, needs_second_factor

HALF = "gave_password"
"""In the session: who gave the right password and owes a code, until when, and where they wanted to go."""
SECONDS_FOR_THE_CODE = 600
HOUR = 3600
LETTERS_A_PERSON, REQUESTS_AN_ADDRESS = 5, 20
"""Links for a new password in an hour."""


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=32,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "vTextField",
            }
        ),
    )


class SignInView(views.LoginView):
    """Name and password. Who has a second factor is asked for it next; nobody is signed in before."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"
    next_page = "admin:index"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person: Any = request.user
        if person.is_active and person.is_staff:
            # Signed in by password alone, and this is no longer enough.
            if has_second_factor(person):
                return self.ask_for_code(person)
            if needs_second_factor(person):
                return HttpResponseRedirect(reverse("admin:second_factor"))
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        if has_second_factor(person):
            return self.ask_for_code(person)
        return super().form_valid(form)

    def ask_for_code(self, person: Any) -> HttpResponse:
        self.request.session.cycle_key()
        self.request.session[HALF] = {
            "person": person.pk,
            "until": time.time() + SECONDS_FOR_THE_CODE,
            "password": person.get_session_auth_hash(),
            "next": self.get_success_url(),
        }
        return HttpResponseRedirect(reverse("admin:login_code"))


@method_decorator([sensitive_post_parameters(), csrf_protect, never_cache], name="dispatch")
class CodeView(FormView):
    """The code of the second factor: of the app, or one of those on paper."""

    form_class = CodeForm
    template_name = "admin/login_code.html"
    extra_context = {"title": _("One more step")}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.person = half_signed_in(request)
        if self.person is None:
            request.session.pop(HALF, None)
            return HttpResponseRedirect(reverse("admin:login"))
        self.credentials = {"username": self.person.get_username()}
        if not AxesProxyHandler.is_allowed(request, self.credentials):
            return get_lockout_response(request, credentials=self.credentials)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> CodeForm:
        form = super().get_form(*args, **kwargs)
        form.fields["code"].widget.attrs["autofocus"] = True
        return form

    def form_valid(self, form: CodeForm) -> HttpResponse:
        try:
            device = second_factor.spend(person=self.person, code=form.cleaned_data["code"])
        except ActionRefused as refusal:
            if isinstance(refusal, second_factor.WrongCode):
                # Counted with wrong passwords; after too many of both the door closes.
                user_login_failed.send(sender=__name__, credentials=self.credentials, request=self.request)
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        half = self.request.session.pop(HALF)
        self.request.session.cycle_key()
        self.person.otp_device = device
        login(self.request, self.person, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(half["next"])


def half_signed_in(request: HttpRequest) -> Any:
    """Who gave the right password a short while ago and owes a code; None where there is nobody."""
    half = request.session.get(HALF)
    if not half or half["until"] < time.time():
        return None
    person: Any = get_user_model().objects.filter(pk=half["person"], is_active=True, is_staff=True).first()
    if person is None or not constant_time_compare(half["password"], person.get_session_auth_hash()):
        return None
    return person


class ChangedPasswordForm(AdminPasswordChangeForm):
    """A new password beside the old one, kept through the action."""

    def save(self, commit: bool = True) -> Any:
        accounts.set_password(person=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class ChosenPasswordForm(SetPasswordForm):
    """The password that somebody chooses by a link, kept through the action."""

    def save(self, commit: bool = True) -> Any:
        accounts.set_password(person=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class ForgottenForm(PasswordResetForm):
    """An address; a letter goes to the person who has it, if there is one."""

    def get_users(self, email: str) -> Iterable[Any]:
        """People at work, those included who were invited and never came; a few letters an hour for each."""
        people = get_user_model().objects.filter(email__iexact=email, is_active=True, is_staff=True)
        # Letters that a database takes for the same may make another address.
        alike = (person for person in people if _folded(person.email) == _folded(email))
        return [person for person in alike if not _too_often(f"letter-{person.pk}", LETTERS_A_PERSON)]

    def save(self, *, request: HttpRequest, **_options: Any) -> None:
        for person in self.get_users(self.cleaned_data["email"]):
            letters.post_meanwhile(letters.compose("password", person, request, get_language() or "en"))


class ForgottenView(views.PasswordResetView):
    form_class = ForgottenForm
    success_url = reverse_lazy("admin:password_reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        if _too_often(f"forgotten-{get_client_ip_address(self.request)}", REQUESTS_AN_ADDRESS):
            return render(self.request, "admin/too_often.html", status=429)
        return super().form_valid(form)


class ChoosePasswordView(views.PasswordResetConfirmView):
    """A new password by a link, for people at work only."""

    form_class = ChosenPasswordForm
    success_url = reverse_lazy("admin:password_reset_complete")

    def get_user(self, uidb64: str) -> Any:
        person = super().get_user(uidb64)
        return person if person is not None and person.is_active and person.is_staff else None


def _folded(address: str) -> str:
    return unicodedata.normalize("NFKC", address).casefold()


def _too_often(key: str, limit: int) -> bool:
    """Whether this happened ``limit`` times within the last hour; otherwise it is counted."""
    now = time.time()
    times = [moment for moment in cache.get(key, ()) if moment > now - HOUR]
    if len(times) >= limit:
        return True
    cache.set(key, [*times, now], HOUR)
    return False
