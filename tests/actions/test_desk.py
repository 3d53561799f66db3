"""Groups, permissions and the system's own accounts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from targets.actions.desk import CATALOGUE, SYSTEM, ensure_desk_groups, may, system_account
from tests.world import make_user

pytestmark = pytest.mark.django_db


def permissions(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_both_groups_are_there_as_soon_as_the_tables_are():
    assert {"add_release", "change_target", "add_statement", "view_judgement"} <= permissions("analyst")
    assert permissions("analyst") < permissions("editor")


def test_editors_publish_and_withdraw_and_analysts_do_not():
    assert {"publish_target", "withdraw_release"} <= permissions("editor") - permissions("analyst")


@pytest.mark.parametrize("group", ["analyst", "editor"])
def test_nobody_changes_figures_in_place_or_deletes_what_was_public(group):
    held = permissions(group)
    assert not held & {
        "change_turnoverfigure",
        "change_release",
        "change_auditevent",
        "add_auditevent",
        "change_judgement",
    }
    assert not {name for name in held if name.startswith("delete_")} - {"delete_roadmapmeasure"}


def test_a_second_run_gives_back_what_is_missing_and_leaves_what_a_site_added():
    analyst = Group.objects.get(name="analyst")
    extra = Permission.objects.get(codename="view_user")
    analyst.permissions.remove(Permission.objects.get(codename="add_release"))
    analyst.permissions.add(extra)
    ensure_desk_groups()
    assert {"add_release", "view_user"} <= permissions("analyst")


def test_a_migration_back_to_the_beginning_needs_no_groups(transactional_db):
    call_command("migrate", "targets", "zero", verbosity=0)
    call_command("migrate", "targets", verbosity=0)
    assert "withdraw_release" in permissions("editor")


def test_the_systems_accounts_may_act_and_nobody_can_sign_in_as_one():
    account = system_account(SYSTEM)
    assert may(account, "targets.withdraw_release")
    assert not account.is_active
    assert not account.has_usable_password()
    assert system_account(SYSTEM) == account


def test_a_person_who_takes_the_name_of_a_system_account_gets_no_rights_by_it():
    person = make_user(CATALOGUE, group="")
    assert person.is_active
    assert not may(person, "targets.withdraw_release")
