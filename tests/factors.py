"""Second factors for tests: an app in place of a phone."""

from __future__ import annotations

from base64 import b32decode
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from targets.actions import second_factor


def shown(letters: str, later: int = 0) -> str:
    """The code that an app shows for the key in letters, ``later`` half minutes from now."""
    bare = letters.replace(" ", "")
    return f"{totp(b32decode(bare + '=' * (-len(bare) % 8)), drift=later):06d}"


class App:
    """The app of somebody who has a second factor."""

    def __init__(self, person: Any) -> None:
        self.key = second_factor.new_key()
        self.person = person
        code = shown(second_factor.key_in_letters(self.key))
        _device, self.paper = second_factor.enrol(person=person, key=self.key, code=code)
        # As if it had been set up long ago: the code of now is not used up.
        TOTPDevice.objects.filter(user=person).update(last_t=-1)

    def code(self, later: int = 0) -> str:
        return shown(second_factor.key_in_letters(self.key), later)

    def wrong(self) -> str:
        """A code that is none of those that are believed now."""
        right = {self.code(later) for later in range(-2, 3)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right)


def wait_long() -> None:
    """Nobody has to wait any more for having typed a wrong code."""
    past = timezone.now() - timedelta(days=1)
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(throttling_failure_count__gt=0).update(throttling_failure_timestamp=past)
