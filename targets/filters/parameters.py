"""What one parameter of an address may say: each reader refuses what means nothing, and says what is allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from targets.records import FEWEST, MOST, OF_A_PAGE
from targets.wording import number

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_SEARCH = 100
_SLUG = re.compile(r"[-\w]{1,90}", re.ASCII)


class BadParameter(BadRequest):
    """A parameter of the address has a value that means nothing; the text names it and what is allowed."""

    def __init__(self, parameter: str, value: str, allowed: str) -> None:
        # Neither page nor log shall hold what cannot be seen, such as the end of a line.
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in value[:80]) + "…" * (len(value) > 80)
        super().__init__(
            _("The parameter “%(parameter)s” cannot be “%(value)s”. Allowed: %(allowed)s.")
            % {"parameter": parameter, "value": shown, "allowed": allowed}
        )
        self.parameter = parameter
        self.allowed = allowed


def choice(asked: QueryDict, parameter: str, allowed: Sequence[str]) -> str:
    """The value of a parameter, the first of those allowed where it is absent. Raises BadParameter for any other."""
    value = asked.get(parameter, "") or allowed[0]
    if value not in allowed:
        raise BadParameter(parameter, value, ", ".join(allowed))
    return value


def whole(asked: QueryDict) -> None:
    """Nothing. Raises BadParameter for what parts or lays out a list that is given whole."""
    for parameter in OF_A_PAGE:
        if value := asked.get(parameter, ""):
            raise BadParameter(parameter, value, _("nothing, because the table holds the whole list"))


def compared(asked: QueryDict, fewest: int = 0) -> tuple[str, ...]:
    """The slugs that ``t`` names, each once, in their order. Raises BadParameter for too many or fewer than wanted."""
    slugs = tuple(dict.fromkeys(slug.strip() for slug in asked.getlist("t") if slug.strip()))
    strange = [slug for slug in slugs if not _SLUG.fullmatch(slug)]
    if strange or not fewest <= len(slugs) <= MOST:
        raise BadParameter("t", ", ".join(strange or slugs), comparable())
    return slugs


def comparable() -> str:
    """What the parameter ``t`` may name, in words."""
    return _("the addresses of %(fewest)s to %(most)s published targets, each as t=…") % {
        "fewest": FEWEST,
        "most": MOST,
    }


def query(**asked: str | date | Sequence[str] | None) -> str:
    """The query of an address that asks for all this, "?as_of=2024-05-01"; what is empty is left out.

    A parameter with several values is given as often.
    """
    told = [
        (name, str(one))
        for name, value in asked.items()
        for one in ([value] if isinstance(value, str | date | None) else value)
        if one
    ]
    return f"?{urlencode(told)}" if told else ""


def of_the_present(asked: QueryDict) -> None:
    """Nothing. Raises BadParameter for a past day asked of what shows the present only: it shall not go unheard."""
    if value := asked.get("as_of", ""):
        allowed = _(
            "nothing here, because this shows the present only; a target, a pair and charts can be of a past day"
        )
        raise BadParameter("as_of", value, allowed)


def past_day(asked: QueryDict, today: date) -> date | None:
    """The day named by ``as_of``, None where it is absent. Raises BadParameter for no day and for one to come."""
    value = asked.get("as_of", "")
    if not value:
        return None
    try:
        # Stricter than fromisoformat alone, which also takes weeks and days without hyphens.
        day = date.fromisoformat(value) if len(value) == 10 and value[4] == value[7] == "-" else None
    except ValueError:
        day = None
    if day is None or day > today:
        allowed = _("a day as YYYY-MM-DD, not after %(today)s") % {"today": today.isoformat()}
        raise BadParameter("as_of", value, allowed)
    return day


def search_allowed() -> str:
    return _("up to %(number)s characters of text") % {"number": number(LONGEST_SEARCH)}


def pages_allowed() -> str:
    return _("whole numbers from 1")


def years_allowed() -> str:
    return _("years from %(first)s to %(last)s") % {"first": FIRST_YEAR, "last": LAST_YEAR}
