"""The addresses of targets: proposed from what a target says, checked, and never changed by themselves."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import Any

from django.utils.translation import gettext as _

from targets.actions.journal import ActionRefused
from targets.models import SlugRedirect, Target
from targets.progress import Measure

_MULTIPLES = {"2": "double", "3": "triple", "10": "tenfold"}


def target_slug(target: Target) -> str:
    """The address a new target is given: pair, goal, deadline and what is special, "blr-kgz-500m-usd-2030-nonoil"."""
    parts = [target.pair.slug]
    if target.amount is None:
        factor = f"{(target.factor or 0):f}".rstrip("0").rstrip(".")
        parts.append(_MULTIPLES.get(factor, f"times{factor.replace('.', '-')}"))
    else:
        amounts = [_short(amount) for amount in (target.amount, target.amount_high) if amount is not None]
        parts += ["-to-".join(amounts), target.currency.lower()]
    parts.append(str(target.deadline_year or "open"))
    if target.measure == Measure.NON_OIL_TURNOVER:
        parts.append("nonoil")
    elif target.measure == Measure.GOODS_SERVICES_TURNOVER:
        parts.append("services")
    elif target.measure == Measure.EXPORTS_FIRST_TO_SECOND:
        parts.append(f"exports-{target.pair.first_id.lower()}")
    elif target.measure == Measure.EXPORTS_SECOND_TO_FIRST:
        parts.append(f"exports-{target.pair.second_id.lower()}")
    if target.cumulative:
        parts.append("cumulative")
    return "-".join(parts)


def _short(amount: Any) -> str:
    """500m, 10bn, 1500m: the amount in the largest unit that leaves it whole."""
    for unit, name in ((10**9, "bn"), (10**6, "m")):
        if amount % unit == 0:
            return f"{amount // unit:f}{name}"
    return f"{amount:.0f}"


def free_slug(slug: str) -> str:
    """The slug, with a number behind it where another target has it."""
    taken = set(Target.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken |= set(SlugRedirect.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


def check_slug(target: Target) -> None:
    """Nothing, or ActionRefused: the address is of small letters and digits, and never led to another target."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", target.slug):
        raise ActionRefused(
            _("Write the address with small Latin letters, digits and single hyphens, as in “%(example)s”.")
            % {"example": target_slug(target)},
            field="slug",
        )
    other = Target.objects.filter(slug=target.slug).exclude(pk=target.pk).first()
    moved = SlugRedirect.objects.filter(slug=target.slug).exclude(target=target.pk).select_related("target").first()
    if other or moved:
        raise ActionRefused(
            _("This address leads to the target %(other)s. Use another, for example %(free)s.")
            % {"other": other or moved.target, "free": free_slug(target.slug)},
            field="slug",
        )
