from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from targets.actions import accounts
from targets.actions.accounts import open_desk_account
from targets.actions.desk import system_account
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent
from targets.queries.people import has_second_factor
from tests import world
from tests.factors import App

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


@pytest.fixture
def sue():
    return Users.objects.create_superuser("sue", password="made up for tests")


def invited(by, name="nina", **fields):
    person = Users(username=name, **{"email": f"{name}@desk.example", **fields})
    accounts.invite(by=by, person=person, group="analyst")
    return person


def test_who_is_invited_has_an_account_and_no_password(sue):
    nina = invited(sue)
    assert (nina.is_staff, nina.is_superuser, nina.has_usable_password()) == (True, False, False)
    assert nina.has_perm("targets.add_release")
    event = AuditEvent.objects.get()
    assert (event.by, event.verb, event.object_kind, event.object_key) == (sue, "invite", "account", "nina")
    assert "desk.example" not in str(event.counts)


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        ("nora", "NINA@desk.example", "email"),
        ("Nina", "nora@desk.example", "username"),
        ("system", "nora@desk.example", "username"),
        ("catalogue", "nora@desk.example", "username"),
    ],
)
def test_nobody_is_invited_who_would_be_mistaken_for_another(sue, name, email, field):
    invited(sue)
    with pytest.raises(ActionRefused) as refusal:
        invited(sue, name, email=email)
    assert refusal.value.field == field
    assert AuditEvent.objects.count() == 1


def test_who_is_retired_loses_the_keys_and_keeps_the_name(sue):
    ana = world.make_user("ana", "analyst")
    App(ana)
    accounts.retire(by=sue, person=ana, reason="Left in March")
    ana.refresh_from_db()
    assert (ana.is_active, ana.has_usable_password(), has_second_factor(ana)) == (False, False, False)
    assert [group.name for group in ana.groups.all()] == ["analyst"]
    assert AuditEvent.objects.get(verb="enrol_second_factor").by == ana
    event = AuditEvent.objects.get(verb="retire_account")
    assert (event.by, event.object_key, event.reason) == (sue, "ana", "Left in March")


def test_who_is_brought_back_has_the_rights_of_before_and_no_password(sue):
    ana = world.make_user("ana", "analyst")
    with pytest.raises(ActionRefused, match="not retired"):
        accounts.bring_back(by=sue, person=ana)
    accounts.retire(by=sue, person=ana)
    with pytest.raises(ActionRefused, match="already"):
        accounts.retire(by=sue, person=ana)
    accounts.bring_back(by=sue, person=ana)
    ana = Users.objects.get(username="ana")
    assert (ana.is_active, ana.has_usable_password(), ana.has_perm("targets.add_release")) == (True, False, True)
    assert AuditEvent.objects.filter(verb="bring_back", by=sue).count() == 1


def test_nobody_retires_themselves_or_the_last_superuser(sue):
    with pytest.raises(ActionRefused, match="yourself"):
        accounts.retire(by=sue, person=sue)
    with pytest.raises(ActionRefused, match="last superuser"):
        accounts.retire(by=system_account("system"), person=sue)
    sam = Users.objects.create_superuser("sam")
    accounts.retire(by=sam, person=sue)
    # Her own answer to it comes too late.
    with pytest.raises(ActionRefused, match="last superuser"):
        accounts.retire(by=sue, person=sam)


def test_the_right_over_people_is_neither_dropped_nor_lost(sue):
    sue.is_superuser = False
    with pytest.raises(ActionRefused, match="from yourself"):
        accounts.change(by=sue, person=sue, groups=[])
    with pytest.raises(ActionRefused, match="last superuser"):
        accounts.change(by=system_account("system"), person=sue, groups=[])
    assert Users.objects.get(username="sue").is_superuser
    accounts.change(by=Users.objects.create_superuser("sam"), person=sue, groups=[])
    assert not Users.objects.get(username="sue").is_superuser


def test_the_journal_tells_rights_before_and_after_and_no_addresses(sue):
    ana = world.make_user("ana", "analyst", email="ana@desk.example")
    ana.email, ana.is_superuser = "new@desk.example", True
    accounts.change(by=sue, person=ana, groups=[*Group.objects.filter(name="editor")])
    event = AuditEvent.objects.get(verb="change_account")
    assert event.counts == {"email": "changed", "superuser": [False, True], "groups": [["analyst"], ["editor"]]}
    accounts.change(by=sue, person=ana, groups=[*Group.objects.filter(name="editor")])
    assert AuditEvent.objects.filter(verb="change_account").count() == 1


def test_a_chosen_password_stands_in_the_journal_as_chosen_by_its_owner(sue):
    nina = invited(sue)
    accounts.set_password(person=nina, password="her own words")
    assert Users.objects.get(username="nina").check_password("her own words")
    event = AuditEvent.objects.get(verb="set_password")
    assert (event.by, event.object_key, event.counts, event.reason) == (nina, "nina", {}, "")
