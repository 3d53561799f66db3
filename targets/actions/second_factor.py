"""The second factor: a code of an app by time beside the password, and codes on paper for when the app is lost.

Each code is believed once. Wrong ones make the next try wait, one second, two, four and so on.
"""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from targets.actions import journal
from targets.actions.journal import ActionRefused
from targets.queries.people import has_second_factor, recovery_codes_left

RECOVERY_CODES = 10


class WrongCode(ActionRefused):
    """The code was tried and is wrong, or was used before."""

    def __init__(self) -> None:
        told = _("The code is wrong, or was used already. Wait for the next one.")
        super().__init__(told, field="code")


def new_key() -> str:
    """A key that nobody has yet, as hexadecimal digits."""
    return str(default_key())


def key_in_letters(key: str) -> str:
    """The key as people type it into an app that cannot read the QR code."""
    return b32encode(bytes.fromhex(key)).decode().rstrip("=")


def app_address(person: AbstractBaseUser, key: str) -> str:
    """What an app reads from the QR code: whose key this is, of which site, and the key."""
    return str(TOTPDevice(user=person, key=key).config_url)


@transaction.atomic
def enrol(*, person: AbstractBaseUser, key: str, code: str) -> tuple[Device, list[str]]:
    """The second factor that signing in asks for from now on, and its recovery codes, which are shown this once.

    The code proves that the app has the key.
    """
    get_user_model().objects.select_for_update().get(pk=person.pk)
    if has_second_factor(person):
        raise ActionRefused(_("You have a second factor already. Switch it off before you set up another."))
    device = TOTPDevice.objects.create(user=person, name="app", key=key)
    if not device.verify_token(_bare(code)):
        raise ActionRefused(
            _("This is not the code that belongs to this key now. Is the clock of your phone right?"), field="code"
        )
    codes = _new_recovery_codes(person)
    journal.record(by=person, verb="enrol_second_factor", record=person)
    return device, codes


def spend(*, person: AbstractBaseUser, code: str) -> Device:
    """The second factor that took the code, which is of no use afterwards; WrongCode or ActionRefused otherwise."""
    code = _bare(code)
    kind = TOTPDevice if re.fullmatch(r"\d{6}", code) else StaticDevice
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=person, confirmed=True).first()
        allowed, why = device.verify_is_allowed() if device else (True, None)
        if not allowed:
            raise ActionRefused(_wait(why["locked_until"]), field="code")
        right = device is not None and device.verify_token(code)
        if right and kind is StaticDevice:
            left = {"left": recovery_codes_left(person)}
            journal.record(by=person, verb="use_recovery_code", record=person, counts=left)
    # Outside, so that the failure stays counted.
    if not right:
        raise WrongCode
    return device


def renew_recovery_codes(*, person: AbstractBaseUser, code: str) -> list[str]:
    """New recovery codes, shown this once; those before them are of no use any more."""
    spend(person=person, code=code)
    with transaction.atomic():
        codes = _new_recovery_codes(person)
        journal.record(by=person, verb="renew_recovery_codes", record=person)
    return codes


def switch_off(*, person: AbstractBaseUser, code: str) -> None:
    """Nothing: from now on signing in asks this person for the password alone."""
    spend(person=person, code=code)
    with transaction.atomic():
        forget(person)
        journal.record(by=person, verb="switch_off_second_factor", record=person)


def reset(*, by: AbstractBaseUser, person: AbstractBaseUser, reason: str) -> None:
    """Nothing: somebody who lost phone and paper signs in by password again, and sets up another second factor."""
    if by.pk == person.pk:
        raise ActionRefused(_("This is your own second factor: switch it off on its page, with a code."))
    if not reason.strip():
        raise ActionRefused(_("Say how you know that it is this person who asks."), field="reason")
    with transaction.atomic():
        if not forget(person):
            raise ActionRefused(_("This person has no second factor."))
        journal.record(by=by, verb="reset_second_factor", record=person, reason=reason.strip())


def forget(person: AbstractBaseUser) -> bool:
    """Whether there was a second factor; there is none any more."""
    StaticDevice.objects.filter(user=person).delete()
    number, _kinds = TOTPDevice.objects.filter(user=person).delete()
    return number > 0


def _new_recovery_codes(person: AbstractBaseUser) -> list[str]:
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="paper")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def _bare(code: str) -> str:
    """The code without what people and apps write between its groups."""
    return re.sub(r"[\s\u2010-\u2015-]", "", code).lower()


def _wait(until: datetime) -> str:
    seconds = max(1, round((until - timezone.now()).total_seconds()))
    if seconds < 120:
        told = ngettext(
            "Too many wrong codes: wait %(number)d second.", "Too many wrong codes: wait %(number)d seconds.", seconds
        )
        return told % {"number": seconds}
    minutes = round(seconds / 60)
    told = ngettext(
        "Too many wrong codes: wait %(number)d minute.", "Too many wrong codes: wait %(number)d minutes.", minutes
    )
    return told % {"number": minutes}
