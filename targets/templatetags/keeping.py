"""What is written once: ``{% load keeping %}``."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from targets.records import TargetRecord
from targets.wording import language

register = template.Library()


@register.tag
def written_once(parser: Parser, token: Token) -> template.Node:
    """What stands until ``endwritten_once``, made once for the row named first, the language and the flags after it.

    ``{% written_once row flag … %}``: nothing but the row and the flags may be used inside; where two pieces are
    written of one row, a text among the flags tells them apart. It is kept with the row, so that it is never older.
    """
    row, *flags = (parser.compile_filter(part) for part in token.split_contents()[1:])
    inside = parser.parse(("endwritten_once",))
    parser.delete_first_token()
    return _WrittenOnce(row, flags, inside)


@register.filter
def has(chosen: Sequence[TargetRecord] | None, target: TargetRecord) -> bool:
    """Whether the target is one of those chosen; of none no one is."""
    return bool(chosen) and target in chosen


class _WrittenOnce(template.Node):
    def __init__(self, row: FilterExpression, flags: Sequence[FilterExpression], inside: NodeList) -> None:
        self.row, self.flags, self.nodelist = row, flags, inside

    def render(self, context: Context) -> SafeString:
        written = self.row.resolve(context).drawn
        # Addresses begin with the language, and with where the site is mounted.
        said = (flag.resolve(context, ignore_failures=True) for flag in self.flags)
        key = (language(), get_script_prefix(), *said)
        if key not in written:
            written[key] = self.nodelist.render(context)
        return SafeString(written[key])
