"""People of the desk and their second factors."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice


def has_second_factor(person: AbstractBaseUser) -> bool:
    """Whether signing in asks this person for a code beside the password; one query."""
    return TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def needs_second_factor(person: AbstractBaseUser) -> bool:
    """Whether the site (``SECOND_FACTOR``) lets this person work only with a second factor."""
    if settings.SECOND_FACTOR == "editors":
        return person.has_perm("targets.publish_target")  # type: ignore[attr-defined]
    return bool(settings.SECOND_FACTOR == "everyone")


def recovery_codes_left(person: AbstractBaseUser) -> int:
    """How many codes on paper this person can still use."""
    return StaticToken.objects.filter(device__user=person).count()


def person_named(username: str) -> AbstractBaseUser | None:
    """Who signs in by this name; None where there is nobody."""
    return get_user_model().objects.filter(username=username).first()
