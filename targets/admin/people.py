"""People of the desk: invited, changed, retired, brought back, never deleted. And who signed in, and who tried."""

from __future__ import annotations

from functools import partial
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from targets.actions import accounts, second_factor
from targets.actions.desk import ANALYST, CATALOGUE, EDITOR, SYSTEM
from targets.actions.journal import ActionRefused
from targets.admin import letters
from targets.admin.journaled import JournaledAdmin
from targets.admin.records import ReadOnlyAdmin

ROLES = [(ANALYST, _("analyst: enters and proposes")), (EDITOR, _("editor: also reviews and publishes"))]
LONG = forms.TextInput(attrs={"class": "vTextField"})


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, initial=lambda: get_language() or "en"
    )


class AddressForm(forms.ModelForm):
    """Without an address nobody can get a letter, so it is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class InvitationForm(AddressForm):
    """Who is invited, as what, and in which language the letter is."""

    group = forms.ChoiceField(label=_("Joins as"), choices=ROLES, initial=ANALYST)
    language = language_field()

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")
        field_classes = {"username": UsernameField}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            accounts.check_invitation(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
        except ActionRefused as refusal:
            self.add_error(refusal.field, str(refusal))
        return cleaned


class PersonForm(AddressForm):
    """What of a person can change; refuses what the action would refuse, beside the field concerned."""

    user: Any = None

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "groups", "is_superuser")
        widgets = {"groups": forms.CheckboxSelectMultiple}
        # It is shown, and what could be written into it matters no more.
        help_texts = {"username": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].widget.can_add_related = False

    def _post_clean(self) -> None:
        super()._post_clean()
        try:
            accounts.check_change(by=self.user, person=self.instance)
        except ActionRefused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class LinkForm(forms.Form):
    language = language_field()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200, widget=LONG)


admin.site.unregister((User, Group))


@admin.register(User)
class PersonAdmin(JournaledAdmin, UserAdmin):
    """For superusers: whoever may change people may make themselves anything."""

    group = _("People")
    add_form = InvitationForm
    form = PersonForm
    add_form_template = change_form_template = "admin/person_form.html"
    add_fieldsets: Any = ((None, {"fields": ("username", "first_name", "last_name", "email", "group", "language")}),)
    fieldsets: Any = (
        (None, {"fields": ("username", "state", "factor")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Permissions"), {"fields": ("groups", "is_superuser")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    list_display: Any = ("username", "name", "roles", "state", "factor", "last_login")
    list_filter: Any = ("is_active", "is_superuser", "groups")
    filter_horizontal: Any = ()
    actions: Any = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        people = super().get_queryset(request).exclude(username__in=(CATALOGUE, SYSTEM), is_active=False)
        return people.prefetch_related("groups").annotate(has_factor=Exists(devices))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("username", "state", "factor", "last_login", "date_joined")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Nobody is deleted; says what to do instead."""
        person = self._found(request, object_id)
        told = gettext(
            "People are not deleted: what they entered, and the journal, stand under their names. Retire this person."
        )
        self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))

    def get_urls(self) -> list[URLPattern]:
        """Ours besides; without the page on which one person would type the password of another."""
        ours = [
            path("<int:pk>/link/", self.admin_site.admin_view(self.link_view), name="auth_user_link"),
            path("<int:pk>/retire/", self.admin_site.admin_view(self.retire_view), name="auth_user_retire"),
            path("<int:pk>/reset/", self.admin_site.admin_view(self.reset_view), name="auth_user_reset"),
        ]
        return ours + [one for one in super().get_urls() if one.name != "auth_user_password_change"]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        response = super().add_view(request, form_url, {"title": gettext("Invite a person"), **(extra_context or {})})
        invited = getattr(request, "invited", None)
        if invited is not None:
            # Only now is the account sure to be there to which the letter leads.
            self._send(request, "invitation", *invited)
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        # The account is there once the letter is sent, and what is said of the letter says it.
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[obj.pk]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            accounts.change(by=request.user, person=obj, groups=form.cleaned_data["groups"])
        else:
            accounts.invite(by=request.user, person=obj, group=form.cleaned_data["group"])
            request.invited = (obj, form.cleaned_data["language"])  # type: ignore[attr-defined]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another link for choosing a password; for who is retired, after being brought back."""
        person = self._found(request, pk)
        form = LinkForm(request.POST or None)
        if not person.email:
            self.message_user(request, gettext("Write down an e-mail address first."), messages.ERROR)
            return self._back(person)
        act = partial(accounts.bring_back, by=request.user, person=person)
        if form.is_valid() and (person.is_active or self._did(request, form, act, gettext("Brought back."))):
            kind = "password" if person.has_usable_password() else "invitation"
            accounts.note_link_sent(by=request.user, person=person)
            self._send(request, kind, person, form.cleaned_data["language"])
            return self._back(person)
        if not person.is_active:
            title, button = gettext("Bring back"), gettext("Bring back and send a link")
            help_text = gettext("The account opens again with the rights it had. A letter leads to a new password.")
        else:
            title = button = gettext("Send a link for choosing a password")
            help_text = gettext("The letter goes to %(address)s. Its link works once, for three days.")
            help_text %= {"address": person.email}
        return self._step(request, person, form, title=title, button=button, help=help_text)

    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Closes an account."""
        told = gettext("Retired. The account is closed, its sessions have ended.")
        help_text = gettext(
            "The account is closed at once: sessions end, password, second factor and links sent are of no use any "
            "more. What the person did stays under their name. They can be brought back."
        )
        return self._asked(request, pk, accounts.retire, told, title=gettext("Retire"), help=help_text)

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes away the second factor of somebody who lost it."""
        told = gettext("The second factor is gone; signing in asks for none.")
        help_text = gettext(
            "For somebody who lost the phone and has no recovery code. Make sure that it is this person who asks, "
            "for instance by telephone, and say how."
        )
        title = gettext("Reset the second factor")
        return self._asked(request, pk, second_factor.reset, told, title=title, help=help_text)

    @admin.display(description=_("name"))
    def name(self, person: User) -> str:
        return person.get_full_name() or "–"

    @admin.display(description=_("groups"))
    def roles(self, person: User) -> str:
        names = [group.name for group in person.groups.all()]
        return ", ".join([*([gettext("superuser")] if person.is_superuser else []), *names]) or "–"

    @admin.display(description=_("state"), ordering="is_active")
    def state(self, person: User) -> str:
        if not person.is_active:
            return gettext("retired")
        return gettext("at work") if person.has_usable_password() else gettext("invited")

    @admin.display(description=_("second factor"), boolean=True, ordering="has_factor")
    def factor(self, person: Any) -> bool:
        return bool(person.has_factor)

    def _found(self, request: HttpRequest, pk: int | str) -> Any:
        if not self.has_change_permission(request):
            raise PermissionDenied
        person = self.get_object(request, unquote(str(pk)))
        if person is None:
            raise Http404
        return person

    def _asked(self, request: HttpRequest, pk: int, act: Any, told: str, **page: str) -> HttpResponse:
        """The page that asks for a reason before the action on a person, and after it that person's page."""
        person = self._found(request, pk)
        form = ReasonForm(request.POST if "sure" in request.POST else None)
        if form.is_valid():
            done = partial(act, by=request.user, person=person, **form.cleaned_data)
            if self._did(request, form, done, told):
                return self._back(person)
        return self._step(request, person, form, button=page["title"], **page)

    def _did(self, request: HttpRequest, form: forms.Form, act: Any, told: str) -> bool:
        """Whether the action was done, with a word about it; otherwise the form says why not."""
        try:
            act()
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return False
        self.message_user(request, told, messages.SUCCESS)
        return True

    def _send(self, request: HttpRequest, kind: str, person: Any, language: str) -> None:
        told = {"address": person.email}
        if not letters.post(letters.compose(kind, person, request, language)):
            text = gettext("The letter to %(address)s could not be sent: send the link again when mail works.")
            self.message_user(request, text % told, messages.ERROR)
        elif letters.printed():
            text = gettext("This site has no mail server: the letter to %(address)s stands in the site’s log.")
            self.message_user(request, text % told, messages.WARNING)
        else:
            self.message_user(request, gettext("A letter is on its way to %(address)s.") % told, messages.SUCCESS)

    def _back(self, person: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))

    def _step(self, request: HttpRequest, person: Any, form: forms.Form, **told: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subtitle": person.get_username(),
            "record": person,
            "form": form,
            **told,
        }
        return TemplateResponse(request, "admin/step.html", context)


class GroupForm(forms.ModelForm):
    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        # Still asked for: without a field that is required, an empty form would take all rights away.
        if _is_lasting(self.instance) and name != self.instance.name:
            raise forms.ValidationError(gettext("People are invited into this group: it keeps its name."))
        return name


def _is_lasting(group: Any) -> bool:
    return group is not None and group.name in (ANALYST, EDITOR)


@admin.register(Group)
class DeskGroupAdmin(JournaledAdmin, GroupAdmin):
    """Groups; the two that people are invited into stay, under their names. Changes of rights are in the journal."""

    group = _("People")
    form = GroupForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_lasting(obj)

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        accounts.save_group(by=request.user, group=obj, permissions=form.cleaned_data["permissions"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the action has stored the rights with the group."""

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        accounts.remove_group(by=request.user, group=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Group]) -> None:
        for group in queryset:
            accounts.remove_group(by=request.user, group=group)


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    group = _("Signing in")
    list_display = ("attempt_time", "username", "ip_address", "path_info", "failures_since_start")
    search_fields = ("username", "ip_address")
    fields: Any = (*list_display, "user_agent")
    date_hierarchy = "attempt_time"


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    group = _("Signing in")
    list_display = ("attempt_time", "logout_time", "username", "ip_address")
    search_fields = ("username", "ip_address")
    fields: Any = (*list_display, "path_info", "user_agent")
    date_hierarchy = "attempt_time"
