from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

from targets.actions.accounts import open_desk_account
from targets.models import AuditEvent

pytestmark = pytest.mark.django_db
Users = get_user_model()


def test_a_new_account_signs_in_with_the_password_that_was_handed_out(rf):
    password = open_desk_account(username="analyst", group="analyst")

    account = authenticate(rf.post("/"), username="analyst", password=password)
    assert account.is_staff
    assert not account.is_superuser
    assert [group.name for group in account.groups.all()] == ["analyst"]
    assert account.has_perm("targets.add_release")
    assert not account.has_perm("targets.publish_target")


def test_an_account_that_exists_keeps_its_password_and_its_groups():
    account = Users.objects.create_user("editor", password="her own words")

    assert open_desk_account(username="editor", group="editor") is None

    account.refresh_from_db()
    assert account.check_password("her own words")
    assert not account.groups.exists()
    assert not AuditEvent.objects.exists()


def test_opening_an_account_stands_in_the_journal_without_its_password():
    password = open_desk_account(username="editor", group="editor")

    event = AuditEvent.objects.get()
    assert (event.verb, event.object_key) == ("open_account", "editor")
    assert password not in f"{event.reason}{event.counts}{event.object_key}"


def test_the_command_shows_two_different_passwords_once():
    first, second = StringIO(), StringIO()
    call_command("create_desk_accounts", stdout=first)
    call_command("create_desk_accounts", stdout=second)

    passwords = [line.split()[4] for line in first.getvalue().splitlines()]
    assert len(set(passwords)) == 2
    assert all(len(password) == 16 for password in passwords)
    assert second.getvalue() == ""
