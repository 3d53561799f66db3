"""What readers can take along: the files of a chart, in every size, theme and format."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from targets.wording import PICTURES, size_words

register = template.Library()


@dataclass(frozen=True, slots=True)
class SizeFiles:
    """A size of a chart in words, and its files by theme: format, address, and what a screen reader calls it."""

    title: str
    about: str
    light: tuple[tuple[str, str, str], ...]
    dark: tuple[tuple[str, str, str], ...]


@register.simple_tag
def chart_files(svg: str, query: str = "") -> list[SizeFiles]:
    """The files of the chart whose SVG has this address, with what the address asks for beside ("?as_of=…")."""
    return [
        SizeFiles(title, about, _files(svg, query, size, "light", title), _files(svg, query, size, "dark", title))
        for size, (title, about) in size_words().items()
    ]


@register.simple_tag
def chart_picture(svg: str, query: str = "") -> str:
    """The address of the same chart as PNG of the usual size."""
    return f"{svg.removesuffix('.svg')}.png{query}"


def _files(svg: str, query: str, size: str, theme: str, title: str) -> tuple[tuple[str, str, str], ...]:
    asked = {name: value for name, value in (("size", size), ("theme", theme)) if value not in ("web", "light")}
    more = f"{'&' if query else '?'}{urlencode(asked)}" if asked else ""
    themes = {"light": _("light"), "dark": _("dark")}
    return tuple(
        (ext.upper(), f"{svg.removesuffix('.svg')}.{ext}{query}{more}", f"{title}, {themes[theme]}: {ext.upper()}")
        for ext in PICTURES
    )
