"""What a list of targets is narrowed to, in words: as a whole and condition by condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from targets.progress import Status, Word
from targets.records import EconomyRecord, TargetFilter
from targets.wording import language, number

ORDINARY = TargetFilter()
OFF_TRACK = frozenset({Status.TOO_SLOW, Status.FAR_TOO_SLOW, Status.MOVING_AWAY})


def in_words(asked: TargetFilter, total: int, economy: EconomyRecord | None = None) -> str:
    """What was found, said in the active language: "27 targets of Belarus, due by 2030, off track"."""
    said = [_counted(total, economy), *(one.words for one in conditions(asked) if "economy" not in one.fields)]
    if asked.replaced:
        said.append(_("replaced versions included"))
    return ", ".join(said)


class Condition(NamedTuple):
    """One thing that a list is asked for: in words, the parameters that hold it, and the filter without it."""

    words: str
    fields: tuple[str, ...]
    without: TargetFilter


def conditions(asked: TargetFilter, economy: EconomyRecord | None = None) -> tuple[Condition, ...]:
    """What narrows the list, in the order in which it is said."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if asked.economy:
        found.append((economy.name(language()) if economy else asked.economy, ("economy",)))
    if asked.deadline_from or asked.deadline_to:
        found.append((_due(asked.deadline_from, asked.deadline_to), ("deadline_from", "deadline_to")))
    for field in ("status", "measure", "strength", "relation"):
        if words := getattr(asked, field):
            found.append((_off_track(words) or _either(words), (field,)))
    if asked.disagree:
        found.append((_("the two sides’ figures differ in their answer"), ("disagree",)))
    if asked.q:
        found.append((_("found by “%(words)s”") % {"words": asked.q}, ("q",)))
    plain = {field: getattr(ORDINARY, field) for _words, fields in found for field in fields}
    return tuple(
        Condition(words, fields, replace(asked, **{field: plain[field] for field in fields})) for words, fields in found
    )


def _counted(total: int, economy: EconomyRecord | None) -> str:
    shown: dict[str, Any] = {"number": number(total)}
    if economy is None:
        return ngettext("%(number)s target", "%(number)s targets", total) % shown
    shown["economy"] = economy.name_ru_gen if language() == "ru" else economy.name_en_text
    return ngettext("%(number)s target of %(economy)s", "%(number)s targets of %(economy)s", total) % shown


def _due(first: int | None, last: int | None) -> str:
    if first is None:
        return _("due by %(last)s") % {"last": last}
    if last is None:
        return _("due in %(first)s or later") % {"first": first}
    if first == last:
        return _("due in %(year)s") % {"year": first}
    return _("due from %(first)s to %(last)s") % {"first": first, "last": last}


def _off_track(words: Sequence[Word]) -> str:
    """One word for the three paces that do not suffice; empty for any other choice."""
    return _("off track") if frozenset(words) == OFF_TRACK else ""


def _either(words: Sequence[Word]) -> str:
    labels = [_(word.label) for word in words]
    if len(labels) == 1:
        return labels[0]
    return pgettext("alternatives in a list", "%(most)s or %(last)s") % {
        "most": ", ".join(labels[:-1]),
        "last": labels[-1],
    }
