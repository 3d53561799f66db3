"""Opens accounts at the analysts' desk."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.crypto import get_random_string

from targets.actions.desk import SYSTEM, ensure_desk_groups, system_account
from targets.models import AuditEvent

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
    AuditEvent.objects.create(
        by=system_account(SYSTEM), verb="open_account", object_kind="account", object_key=username, counts={"made": 1}
    )
    return password
