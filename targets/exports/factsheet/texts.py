"""What a sheet does with every text: letters that can be printed, words that can be broken, nothing without an end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from targets.exports.letters import LEFT_OUT, breakable, printable, shortened
from targets.records import in_language
from targets.wording import language, number

Said = dict[str, str]
"""A text with its language where that is not the sheet's, and the word that tells so."""

LONGEST, BRIEF = 320, 130
"""Letters of a text that somebody wrote, and of a name or an occasion; longer ones are shortened and say so."""

_LANGUAGE = re.compile("[a-z]{2,3}")


@dataclass(kw_only=True)
class Texts:
    """Makes texts ready to be set; ``left_out`` tells afterwards whether anything was shortened."""

    own: bool = False
    """Whether the shipped typeface has to do alone."""
    left_out: bool = False

    def told(self, english: str, russian: str, most: int = LONGEST) -> Said:
        """What somebody wrote, in the reader's language or marked as English."""
        text, written = in_language(english, russian, language())
        said = self.marked(text, written, most)
        return said | {"mark": gettext("in English")} if text and written != language() else said

    def marked(self, text: str, written: str, most: int = LONGEST) -> Said:
        """The text with its language, where that can be told."""
        code = written.partition("-")[0].lower()
        return {"text": self.set(text, most), "lang": code if _LANGUAGE.fullmatch(code) else "", "mark": ""}

    def left(self, count: int, words: Callable[[int], str]) -> str:
        """That so many things were left out, nothing where none was."""
        return words(count) % {"count": number(count)} if count > 0 else ""

    def set(self, text: str, most: int = 2000) -> str:
        """The text in letters that can be printed, in words that can be broken, no longer than so many letters."""
        whole = printable(text, self.own)
        done = shortened(whole, most)
        self.left_out |= LEFT_OUT in done and LEFT_OUT not in text
        return breakable(done)
