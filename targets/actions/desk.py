"""Who may do what at the analysts' desk, and the accounts in whose name the system itself acts."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AbstractBaseUser, Group, Permission

ANALYST = "analyst"
EDITOR = "editor"

CATALOGUE = "catalogue"
"""The account that loads what is shipped. Whatever another account wrote since is a person's and stays."""

SYSTEM = "system"
"""The account of what nobody does by hand: the daily look at the calendar."""

_SEEN_BY_ALL = (
    "auditevent",
    "countrypair",
    "economy",
    "exchangerate",
    "judgement",
    "release",
    "roadmapdocument",
    "roadmapmeasure",
    "source",
    "statement",
    "target",
    "turnoverfigure",
    "verdictchange",
)

# Figures are added and never changed; nothing that was once public is deleted, so nobody gets that right here.
ANALYSTS = frozenset(
    [f"view_{model}" for model in _SEEN_BY_ALL]
    + [
        f"{may}_{model}"
        for model in ("roadmapdocument", "roadmapmeasure", "statement", "target")
        for may in ("add", "change")
    ]
    + ["add_countrypair", "add_release", "add_source"]
)
EDITORS = ANALYSTS | {
    "publish_target",
    "withdraw_release",
    "change_source",
    "add_economy",
    "change_economy",
    "delete_roadmapmeasure",
}


def ensure_desk_groups() -> None:
    """Makes the groups *analyst* and *editor* and gives them their permissions; takes none away that a site has added.

    Django makes permissions only after the last migration of an application, in an order that depends on the settings;
    so they are made here first.
    """
    create_permissions(apps.get_app_config("targets"), verbosity=0)
    known = {
        permission.codename: permission for permission in Permission.objects.filter(content_type__app_label="targets")
    }
    for name, codenames in ((ANALYST, ANALYSTS), (EDITOR, EDITORS)):
        group, _ = Group.objects.get_or_create(name=name)
        held = set(group.permissions.values_list("codename", flat=True))
        group.permissions.add(*(known[codename] for codename in sorted(codenames - held)))


def system_account(name: str, *, lasting: bool = True) -> AbstractBaseUser:
    """The account of this name, made if need be: inactive and without a usable password, so nobody signs in by it.

    Not saved where it need not last, for what only looks and writes nothing.
    """
    users = get_user_model()
    if not lasting:
        return users(username=name, is_active=False)
    account, made = users.objects.get_or_create(username=name, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def may(person: AbstractBaseUser, permission: str) -> bool:
    """Whether this account may do what the permission names; the system's own accounts may do everything."""
    if person.get_username() in (CATALOGUE, SYSTEM) and not person.is_active:
        return True
    return person.has_perm(permission)  # type: ignore[attr-defined]
