"""What a reader takes of a page's charts: the choices of the panel, and what each gives. Views: ``sharing``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext as _

from targets import filters
from targets.exports import svg
from targets.records import PairPage, TargetPage
from targets.views.embedding import Look, embed_address, embed_code
from targets.wording import PICTURES, day, language, size_words

Page = TargetPage | PairPage

THEMES = (*svg.THEMES, "auto")
"""Of the embed; a file cannot follow the reader's device, so with the last it is light."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to take: a chart as a file and as an embed, of now or of the end of a day."""

    chart: str
    format: str
    size: str
    lang: str
    theme: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a choice in words; the value stands in the address."""

    value: str
    words: str
    note: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    words: str
    options: tuple[Option, ...]

    @property
    def told(self) -> str:
        """What was chosen, in words."""
        chosen = next(one for one in self.options if one.chosen)
        return f"{chosen.words} ({chosen.note})" if chosen.note else chosen.words


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel as it was filled in, and what comes of it: addresses, the file's and the picture's from the root."""

    action: str
    choices: tuple[Choice, ...]
    format: str
    file: str
    picture: str
    """The same chart as PNG, to be looked at and to be copied."""
    embed: str
    code: str
    link: str
    pinned: date | None
    open_day: bool
    """Whether the day that it is pinned to is not over."""

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices between more than one thing."""
        return tuple(one for one in self.choices if len(one.options) > 1)

    @property
    def told(self) -> str:
        """All that was chosen, in words."""
        return " · ".join(one.told for one in self.offered)


def charts_of(page: Page) -> tuple[str, ...]:
    """The charts that the page shows, the first one first; a pair of which little is known shows none."""
    if isinstance(page, TargetPage):
        return ("trajectory",)
    shown = {"mirror": page.mirror.known, "goalposts": len(page.targets) > 1}
    return tuple(name for name, there in shown.items() if there)


def asked_of(request: HttpRequest, page: Page) -> Asked:
    """What the address asks for, the usual where it is silent. Raises BadParameter for what there is not."""
    given = request.GET
    return Asked(
        chart=filters.choice(given, "chart", charts_of(page)),
        format=filters.choice(given, "format", PICTURES),
        size=filters.choice(given, "size", tuple(svg.SIZES)),
        lang=filters.choice(given, "lang", _languages()),
        theme=filters.choice(given, "theme", THEMES),
        as_of=page.as_of,
    )


def usual(page: Page) -> Asked:
    """What most readers want: the first chart for a screen, in the language and of the day of the page."""
    return Asked(charts_of(page)[0], PICTURES[0], next(iter(svg.SIZES)), language(), THEMES[0], page.as_of)


def panel(request: HttpRequest, page: Page, asked: Asked, today: date) -> Panel:
    """The panel of a page that has a chart. No SQL query."""
    look = Look(theme=asked.theme, chart=asked.chart, as_of=asked.as_of, language=asked.lang)
    with override(asked.lang):
        file, picture = _file(page, asked, asked.format), _file(page, asked, "png")
        name, argument = _named(page)
        link = request.build_absolute_uri(reverse(name, args=[argument]) + filters.query(as_of=asked.as_of))
    return Panel(
        action=reverse(f"{name}-share", args=[argument]),
        choices=_choices(charts_of(page), asked, today, language()),
        format=asked.format.upper(),
        file=file,
        picture=picture,
        embed=embed_address(request, page, look),
        code=embed_code(request, page, look),
        link=link,
        pinned=asked.as_of,
        open_day=asked.as_of == today,
    )


@lru_cache(maxsize=256)
def _choices(there: tuple[str, ...], asked: Asked, today: date, spoken: str) -> tuple[Choice, ...]:
    """The choices where these charts are, in the language spoken: the same for nearly every page of a day."""
    charts = {"mirror": _("Both sides’ figures"), "goalposts": _("How the goals moved"), "trajectory": _("Chart")}
    sizes = size_words()
    pinned = asked.as_of or today
    told: list[tuple[str, str, str, Sequence[tuple[str, str, str]]]] = [
        ("chart", _("Chart"), asked.chart, [(one, charts[one], "") for one in there]),
        (
            "lang",
            _("Language"),
            asked.lang,
            [(code, str(get_language_info(code)["name_local"]).capitalize(), "") for code in _languages()],
        ),
        (
            "as_of",
            _("Figures"),
            _iso(asked.as_of),
            [
                ("", pgettext("figures of an embed", "Live"), ""),
                (pinned.isoformat(), _("Pinned to %(day)s") % {"day": day(pinned)}, ""),
            ],
        ),
        (
            "theme",
            _("Look"),
            asked.theme,
            [
                ("light", _("Light"), ""),
                ("dark", _("Dark"), ""),
                ("auto", _("As the reader’s device"), _("files are light")),
            ],
        ),
        ("format", _("File"), asked.format, [(one, one.upper(), "") for one in PICTURES]),
        ("size", _("Size of the file"), asked.size, [(size, *sizes[size]) for size in svg.SIZES]),
    ]
    return tuple(
        Choice(name, words, tuple(Option(value, said, note, value == chosen) for value, said, note in options))
        for name, words, chosen, options in told
    )


def _file(page: Page, asked: Asked, ext: str) -> str:
    """The address of the chart as a file, as its own page gives it: what is usual is left out."""
    name, argument = _named(page)
    route = "target-chart" if name == "target" else f"pair-{asked.chart}"
    look = {"as_of": asked.as_of, "size": asked.size, "theme": asked.theme}
    kept = {key: value for key, value in look.items() if value not in ("web", "light", "auto")}
    return reverse(route, args=[argument, ext]) + filters.query(**kept)


def _named(page: Page) -> tuple[str, str]:
    return ("target", page.target.slug) if isinstance(page, TargetPage) else ("pair", page.pair.slug)


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _languages() -> tuple[str, ...]:
    """The codes of the languages, that of the page first."""
    return tuple(sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != language()))
