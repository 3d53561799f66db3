"""Codes of an app and on paper: who has a second factor, which codes are believed, and how often."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from targets.actions import second_factor
from targets.actions.journal import ActionRefused
from targets.models import AuditEvent
from targets.queries.people import has_second_factor, needs_second_factor, recovery_codes_left
from tests import world
from tests.factors import App, shown, wait_long

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return world.make_user("ana", "analyst")


def test_a_second_factor_begins_with_a_code_that_belongs_to_the_key(ana):
    key = second_factor.new_key()
    code = shown(second_factor.key_in_letters(key))
    with pytest.raises(ActionRefused, match="not the code"):
        second_factor.enrol(person=ana, key=second_factor.new_key(), code=code)
    assert not TOTPDevice.objects.exists()
    assert not has_second_factor(ana)

    _device, codes = second_factor.enrol(person=ana, key=key, code=f"{code[:3]} {code[3:]}")
    assert has_second_factor(ana)
    assert len(set(codes)) == 10
    assert recovery_codes_left(ana) == 10
    assert [(event.by, event.verb, event.object_key) for event in AuditEvent.objects.all()] == [
        (ana, "enrol_second_factor", "ana")
    ]


def test_nobody_has_two(ana):
    App(ana)
    with pytest.raises(ActionRefused, match="already"):
        App(ana)
    assert TOTPDevice.objects.count() == 1


def test_the_code_that_set_it_up_opens_nothing(ana):
    key = second_factor.new_key()
    code = shown(second_factor.key_in_letters(key))
    second_factor.enrol(person=ana, key=key, code=code)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=code)


def test_each_code_is_believed_once(ana):
    app = App(ana)
    second_factor.spend(person=ana, code=app.code())
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.code())
    wait_long()
    second_factor.spend(person=ana, code=app.code(1))


def test_codes_of_another_time_are_not_believed(ana):
    app = App(ana)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.code(-20))
    wait_long()
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.code(20))


def test_a_code_on_paper_is_believed_once_however_it_is_typed(ana):
    app = App(ana)
    second_factor.spend(person=ana, code=f" {app.paper[0].upper().replace('-', ' – ')}")
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.paper[0])
    assert recovery_codes_left(ana) == 9
    used = AuditEvent.objects.get(verb="use_recovery_code")
    assert (used.by, used.counts) == (ana, {"left": 9})


def test_the_codes_of_one_person_open_nothing_for_another(ana):
    app, other = App(ana), world.make_user("edo", "editor")
    App(other)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=other, code=app.paper[0])
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=world.make_user("stan", ""), code=app.code())


def test_wrong_codes_make_the_right_one_wait_longer_and_longer(ana):
    app = App(ana)
    for _ in range(5):
        with pytest.raises(second_factor.WrongCode):
            second_factor.spend(person=ana, code=app.wrong())
        wait_long()
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.wrong())
    with pytest.raises(ActionRefused, match=r"wait \d\d seconds") as refusal:
        second_factor.spend(person=ana, code=app.code())
    assert not isinstance(refusal.value, second_factor.WrongCode)
    wait_long()
    second_factor.spend(person=ana, code=app.code())
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_guessing_codes_of_the_app_leaves_those_on_paper_alone(ana):
    app = App(ana)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.wrong())
    second_factor.spend(person=ana, code=app.paper[3])


@pytest.mark.parametrize("code", ["9" * 32, "١٢٣٤٥٦", "½½½½½½", "-", "0x1234", "nobody's"])
def test_what_is_no_code_is_refused_as_a_wrong_one(ana, code):
    App(ana)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=code)


def test_new_codes_on_paper_put_the_old_ones_out_of_use(ana):
    app = App(ana)
    codes = second_factor.renew_recovery_codes(person=ana, code=app.code())
    assert not set(codes) & set(app.paper)
    with pytest.raises(second_factor.WrongCode):
        second_factor.spend(person=ana, code=app.paper[0])
    wait_long()
    second_factor.spend(person=ana, code=codes[0])


def test_it_is_switched_off_with_a_code_only(ana):
    app = App(ana)
    with pytest.raises(second_factor.WrongCode):
        second_factor.switch_off(person=ana, code=app.wrong())
    assert has_second_factor(ana)
    wait_long()
    second_factor.switch_off(person=ana, code=app.code())
    assert not has_second_factor(ana)
    assert recovery_codes_left(ana) == 0
    assert AuditEvent.objects.filter(verb="switch_off_second_factor", by=ana).count() == 1


def test_somebody_else_resets_it_and_says_why(ana):
    App(ana)
    sue = world.make_user("sue", "editor")
    with pytest.raises(ActionRefused, match="how you know"):
        second_factor.reset(by=sue, person=ana, reason=" ")
    with pytest.raises(ActionRefused, match="your own"):
        second_factor.reset(by=ana, person=ana, reason="Lost")
    assert has_second_factor(ana)
    second_factor.reset(by=sue, person=ana, reason="She called me")
    assert not has_second_factor(ana)
    assert AuditEvent.objects.get(verb="reset_second_factor").reason == "She called me"
    with pytest.raises(ActionRefused, match="no second factor"):
        second_factor.reset(by=sue, person=ana, reason="Again")


@pytest.mark.parametrize(
    ("setting", "needed"), [("offered", set()), ("editors", {"edo", "sue"}), ("everyone", {"ana", "edo", "sue"})]
)
def test_the_site_says_of_whom_it_is_asked(ana, settings, django_user_model, setting, needed):
    settings.SECOND_FACTOR = setting
    sue = django_user_model.objects.create_superuser("sue")
    people = [ana, world.make_user("edo", "editor"), sue]
    assert {person.username for person in people if needs_second_factor(person)} == needed


def test_the_command_resets_it_where_nobody_at_the_desk_can(ana):
    App(ana)
    out = StringIO()
    with pytest.raises(CommandError, match="Nobody is called 'anna'"):
        call_command("reset_second_factor", "anna", reason="Known by voice")
    with pytest.raises(CommandError, match="how you know"):
        call_command("reset_second_factor", "ana", reason="")
    assert has_second_factor(ana)
    call_command("reset_second_factor", "ana", reason="Known by voice", stdout=out)
    assert not has_second_factor(ana)
    assert out.getvalue() == "The second factor of ana is gone.\n"
    event = AuditEvent.objects.get(verb="reset_second_factor")
    assert (event.by.username, event.object_key, event.reason) == ("system", "ana", "Known by voice")
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_second_factor", "ana", reason="Again")
