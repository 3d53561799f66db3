"""Whose figures: the sides of a pair and the compilers, as subjects and as "by whose figures"."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import gettext, gettext_noop

from targets.records import PairRecord
from targets.wording.numbers import language, locale

# Name that stands alone; figures as the subject of a sentence, in the plural; by whose figures.
COMPILERS = {
    "": (
        gettext_noop("source not named"),
        gettext_noop("figures that name no source"),
        gettext_noop("by figures that name no source"),
    ),
    "press": (
        gettext_noop("press"),
        gettext_noop("press reports"),
        gettext_noop("by press reports"),
    ),
    "joint statement": (
        gettext_noop("joint statement"),
        gettext_noop("the joint statement's figures"),
        gettext_noop("by the joint statement's figures"),
    ),
    "ASEAN": (
        gettext_noop("ASEAN"),
        gettext_noop("ASEAN's figures"),
        gettext_noop("by ASEAN's figures"),
    ),
    "EEC": (
        gettext_noop("Eurasian Economic Commission"),
        gettext_noop("the Eurasian Economic Commission's figures"),
        gettext_noop("by the Eurasian Economic Commission's figures"),
    ),
    "EDB": (
        gettext_noop("Eurasian Development Bank"),
        gettext_noop("the Eurasian Development Bank's figures"),
        gettext_noop("by the Eurasian Development Bank's figures"),
    ),
    "CERR": (
        gettext_noop("Center for Economic Research and Reforms (Uzbekistan)"),
        gettext_noop("the figures of Uzbekistan's Center for Economic Research and Reforms"),
        gettext_noop("by the figures of Uzbekistan's Center for Economic Research and Reforms"),
    ),
    "JICA": (
        gettext_noop("Japan International Cooperation Agency"),
        gettext_noop("the Japan International Cooperation Agency's figures"),
        gettext_noop("by the Japan International Cooperation Agency's figures"),
    ),
    "OEC": (
        gettext_noop("Observatory of Economic Complexity"),
        gettext_noop("the Observatory of Economic Complexity's figures"),
        gettext_noop("by the Observatory of Economic Complexity's figures"),
    ),
}
"""Compilers of the catalogue that have a wording of their own; any other is named as it stands."""


def side_name(pair: PairRecord, by: str) -> str:
    """Who speaks in a reading, standing alone: the economy's name, or the compiler's."""
    economy = pair.economy(by)
    if economy:
        return economy.name(language())
    return gettext(COMPILERS[by][0]) if by in COMPILERS else by


def figures_of(pair: PairRecord, by: str) -> str:
    """Their figures as the subject of a clause: "China's figures", "press reports"; "данные Китая"."""
    economy = pair.economy(by)
    if economy:
        return gettext("%(whose)s figures") % {"whose": economy.possessive(language())}
    return gettext(COMPILERS[by][1]) if by in COMPILERS else gettext("figures of %(name)s") % {"name": by}


def by_figures_of(pair: PairRecord, by: str) -> str:
    """By whose figures: "by China's figures", "by press reports"; "по данным Китая"."""
    economy = pair.economy(by)
    if economy:
        return gettext("by %(whose)s figures") % {"whose": economy.possessive(language())}
    return gettext(COMPILERS[by][2]) if by in COMPILERS else gettext("by figures of %(name)s") % {"name": by}


def capital(text: str) -> str:
    """The text with a capital first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str]) -> str:
    """The items as people list them: "A, B and C"."""
    return format_list(list(items), locale=locale())
