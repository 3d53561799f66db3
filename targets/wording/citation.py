"""How a target's page is cited: a line in the style of the APA, and an entry for BibTeX."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from targets.records import TargetPage
from targets.wording.dates import day
from targets.wording.goals import target_title
from targets.wording.numbers import NARROW, NO_BREAK, language

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "–": "--",
        "—": "---",
        NO_BREAK: "~",
        NARROW: r"\,",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"en": "english", "ru": "russian"}


def citation(page: TargetPage, address: str, today: date) -> str:
    """The page as the APA cites a data set, with the version of its data and the day on which it was seen."""
    words = {
        "year": (page.as_of or today).year,
        "title": target_title(page.target),
        "version": _version(page),
        "day": day(today),
        "address": address,
    }
    return (
        gettext("Tradewatch. (%(year)s). %(title)s (%(version)s) [Data set]. Retrieved %(day)s, from %(address)s")
        % words
    )


def bibtex(page: TargetPage, address: str, today: date) -> str:
    """The same as an entry for BibTeX, ending with a line break; its key names the target and the version."""
    on = page.as_of or today
    fields = {
        "author": "{Tradewatch}",
        "title": f"{{{target_title(page.target).translate(_LATEX)}}}",
        "year": str(on.year),
        "month": _MONTHS[on.month - 1],
        "note": _version(page).translate(_LATEX),
        "url": address,
        "urldate": today.isoformat(),
        "langid": _LANGUAGES[language()],
    }
    # The name of a month stands bare, so that a style may write it in its own language.
    lines = [f"  {name} = {text if name == 'month' else f'{{{text}}}'}" for name, text in fields.items()]
    return f"@misc{{tradewatch-{page.target.slug}-v{page.data_version},\n" + ",\n".join(lines) + "\n}\n"


def _version(page: TargetPage) -> str:
    words: dict[str, object] = {"version": page.data_version, "day": day(page.as_of) if page.as_of else ""}
    if page.as_of:
        return gettext("data version %(version)s, as of %(day)s") % words
    return gettext("data version %(version)s") % words
