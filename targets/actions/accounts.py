"""Accounts at the analysts' desk: opened, invited, changed, retired, brought back, never deleted; and their groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, Permission
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from targets.actions import journal, second_factor
from targets.actions.desk import CATALOGUE, SYSTEM, ensure_desk_groups, system_account
from targets.actions.journal import ActionRefused

# No letter that looks like another: the password is read off a screen once.
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def open_desk_account(*, username: str, group: str) -> str | None:
    """The password of the new account ``username`` in ``group``, known to nobody else and kept nowhere.

    None where an account of this name exists already: it is left as it is, whoever made it.
    """
    users = get_user_model()
    if users.objects.filter(username=username).exists():
        return None
    ensure_desk_groups()
    password = get_random_string(16, LETTERS)
    account = users.objects.create_user(username=username, password=password, is_staff=True)
    account.groups.add(Group.objects.get(name=group))
    journal.record(by=system_account(SYSTEM), verb="open_account", record=account, counts={"made": 1})
    return password


@transaction.atomic
def invite(*, by: AbstractBaseUser, person: Any, group: str) -> None:
    """Nothing: ``person``, not stored yet, has an account in ``group`` whose password only they will choose."""
    check_invitation(username=person.get_username(), email=person.email)
    person.is_staff = True
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as taken:
        raise ActionRefused(_("Somebody has this name already, now or formerly."), field="username") from taken
    person.groups.set([Group.objects.get(name=group)])
    journal.record(by=by, verb="invite", record=person, counts={"groups": [group]})


def check_invitation(*, username: str, email: str) -> None:
    """Nothing, or ActionRefused: nobody is mistaken for somebody else, and each address leads to one person."""
    if username in (CATALOGUE, SYSTEM):
        raise ActionRefused(_("This name belongs to the site itself."), field="username")
    if get_user_model().objects.filter(username__iexact=username).exists():
        raise ActionRefused(_("Somebody has this name already, now or formerly."), field="username")
    check_address(email)


def note_link_sent(*, by: AbstractBaseUser, person: AbstractBaseUser) -> None:
    """Nothing: the journal says that a link for choosing a password was sent to this person."""
    journal.record(by=by, verb="send_link", record=person)


@transaction.atomic
def set_password(*, person: AbstractBaseUser, password: str) -> None:
    """Nothing: the password is the one that this person chose; other sessions of theirs and links sent before end."""
    person.set_password(password)
    person.save(update_fields=["password"])
    journal.record(by=person, verb="set_password", record=person)


@transaction.atomic
def change(*, by: AbstractBaseUser, person: Any, groups: Collection[Group]) -> None:
    """Nothing: what is written into ``person`` is stored, with the groups, and the journal says what changed.

    It tells rights before and after; of names and addresses only that they changed, since all of the desk read it.
    """
    stored = get_user_model().objects.select_for_update().get(pk=person.pk)
    check_change(by=by, person=person)
    counts: dict[str, Any] = {
        name: "changed"
        for name in ("first_name", "last_name", "email")
        if getattr(stored, name) != getattr(person, name)
    }
    if stored.is_superuser != person.is_superuser:
        counts["superuser"] = [stored.is_superuser, person.is_superuser]
    before, after = (sorted(group.name for group in some) for some in (stored.groups.all(), groups))
    if before != after:
        counts["groups"] = [before, after]
    if not counts:
        return
    person.save(update_fields=["first_name", "last_name", "email", "is_superuser"])
    person.groups.set(groups)
    journal.record(by=by, verb="change_account", record=person, counts=counts)


def check_change(*, by: AbstractBaseUser, person: Any) -> None:
    """Nothing, or ActionRefused: addresses lead to one person, and somebody looks after the people."""
    check_address(person.email, of=person)
    loses = not person.is_superuser and get_user_model().objects.filter(pk=person.pk, is_superuser=True).exists()
    if loses and by.pk == person.pk:
        told = _("You cannot take this right from yourself: another superuser can.")
        raise ActionRefused(told, field="is_superuser")
    if loses and person.is_active and not _superusers() - {person.pk}:
        raise ActionRefused(_("This is the last superuser: make another one first."), field="is_superuser")


def check_address(email: str, of: AbstractBaseUser | None = None) -> None:
    """Nothing, or ActionRefused: a link for choosing a password goes to one person only."""
    if not email:
        return
    others = get_user_model().objects.filter(email__iexact=email)
    other = (others.exclude(pk=of.pk) if of is not None else others).first()
    if other is not None:
        told = _("%(username)s has this address. To send another invitation, open that person.")
        raise ActionRefused(told % {"username": other.get_username()}, field="email")


@transaction.atomic
def retire(*, by: AbstractBaseUser, person: AbstractBaseUser, reason: str = "") -> None:
    """Nothing: the account is closed. Its sessions end, its password, second factor and links are of no use any more.

    What the person did stays under their name.
    """
    superusers = _superusers()
    stored = get_user_model().objects.select_for_update().get(pk=person.pk)
    if not stored.is_active:
        raise ActionRefused(_("This person is retired already."))
    if by.pk == stored.pk:
        raise ActionRefused(_("You cannot retire yourself: another superuser can."))
    if stored.is_superuser and superusers == {stored.pk}:
        raise ActionRefused(_("This is the last superuser: make another one first."))
    stored.is_active = False
    # Sessions and links are signed with the password: without it they end, and stay ended should the person return.
    stored.set_unusable_password()
    stored.save(update_fields=["is_active", "password"])
    second_factor.forget(stored)
    journal.record(by=by, verb="retire_account", record=stored, reason=reason.strip())


@transaction.atomic
def bring_back(*, by: AbstractBaseUser, person: AbstractBaseUser) -> None:
    """Nothing: the account is open again, with the rights it had; the person chooses a new password by a link."""
    stored = get_user_model().objects.select_for_update().get(pk=person.pk)
    if stored.is_active:
        raise ActionRefused(_("This person is not retired."))
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    journal.record(by=by, verb="bring_back", record=stored)


# Groups


@transaction.atomic
def save_group(*, by: AbstractBaseUser, group: Group, permissions: Collection[Permission]) -> None:
    """Nothing: the group is stored with these rights, and the journal says which it was given and which it lost."""
    adding = group._state.adding
    former = None if adding else Group.objects.select_for_update().get(pk=group.pk)
    before = _rights(former.permissions.all()) if former else set()
    after = _rights(permissions)
    counts: dict[str, Any] = {"given": sorted(after - before), "taken": sorted(before - after)}
    counts = {name: rights for name, rights in counts.items() if rights}
    if former and former.name != group.name:
        counts["name"] = [former.name, group.name]
    if not (adding or counts):
        return
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as taken:
        raise ActionRefused(_("There is a group of this name already."), field="name") from taken
    group.permissions.set(permissions)
    journal.record(by=by, verb="add" if adding else "change_group", record=group, counts=counts)


@transaction.atomic
def remove_group(*, by: AbstractBaseUser, group: Group) -> None:
    """Nothing: the group is gone, and so are the rights that people had through it. The journal says which."""
    rights = sorted(_rights(group.permissions.all()))
    people = sorted(group.user_set.values_list("username", flat=True))
    journal.record(by=by, verb="remove", record=group, counts={"taken": rights, "people": people})
    group.delete()


def _rights(permissions: Iterable[Permission]) -> set[str]:
    return {permission.codename for permission in permissions}


def _superusers() -> set[int]:
    """Keys of the superusers at work, who stay as they are until the transaction ends."""
    found = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk")
    if transaction.get_connection().in_atomic_block:
        found = found.select_for_update()
    return {person.pk for person in found}
