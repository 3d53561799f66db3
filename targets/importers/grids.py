"""Tables that an office lays out for the eye: a title, a unit, a header somewhere below, then the countries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from targets.importers.directory import Directory, Party
from targets.importers.opening import kind_of, table
from targets.importers.rows import UnreadableFile
from targets.importers.spellings import spelled
from targets.importers.workbooks import sheets

Rows = list[tuple[int, list[str]]]
"""Number and cells of each line that is not blank."""

UNITS = {
    "тыс": 1_000,
    "thousand": 1_000,
    "ths": 1_000,
    "млн": 1_000_000,
    "million": 1_000_000,
    "mln": 1_000_000,
}
DOLLARS = re.compile(r"доллар|сша|dollar|usd|us\s*\$", re.I)

GROUPS = frozenset(
    map(
        spelled,
        (
            "Всего", "Total", "Бардыгы", "Мир", "Европа", "Europe", "Азия", "Asia", "Африка", "Africa", "Америка",
            "America", "Северная Америка", "North America", "Южная Америка", "South America", "Latin America",
            "Австралия и Океания", "Australia and Oceania", "Океания", "Oceania", "Ближний Восток", "СНГ", "CIS",
            "ШОС", "SCO", "ЕС", "EU", "The EU", "Евросоюз", "ЕАЭС", "EAEU", "Остальные страны", "Other countries",
            "Остальные страны мира", "Другие страны", "Прочие страны", "Rest of the world",
        ),
    )
)  # fmt: skip
"""Sums in tables by country. "America" is a continent there, whatever people call the United States."""


NAMES = {
    spelled(name): code
    for code, names in {
        "ARE": "UAE", "BHS": "Багамские острова", "BOL": "Боливия, Многонациональное Государство",
        "CAF": "Центральноафриканская Республика", "CIV": "Кот д'Ивуар", "COD": "Конго, Демократическая Республика",
        "FSM": "Микронезия, Федеративные Штаты",
        "GBR": "Great Britain|Соединенное Королевство Великобритании и Северной Ирландии",
        "IRN": "Иран, Исламская Республика",
        "KGZ": "Кыргызстан, Республика", "KNA": "Сент-Китс и Невис",
        "KOR": "Корея, Республика|Южная Корея (Республика Корея)",
        "LAO": "Лаосская Народно-Демократическая Республика|Лаосская НДР", "LVA": "Республика Латвия",
        "MAC": "Макао (Аомынь)", "MDA": "Молдова, Республика", "MKD": "Македония|Республика Северная Македония",
        "MMR": "Мьянма (Бирма)", "MNE": "Черногория (Монтенегро)",
        "PRK": "Корея, Народно-Демократическая Республика|Северная Корея (КНДР)", "PSE": "Палестина, Государство",
        "TWN": "Тайвань (Китай)|Тайвань, провинция Китая", "TZA": "Танзания, Объединенная Республика",
        "USA": "Соединенные Штаты Америки", "VEN": "Венесуэла, Боливарианская Республика",
        "VNM": "Социалистическая Республика Вьетнам", "ZAF": "Южная Африка|Южно-Африканская республика",
    }.items()
    for name in names.split("|")
}  # fmt: skip
"""What the offices write otherwise than everybody else."""


def grids(data: bytes, name: str) -> dict[str, Rows]:
    """The sheets of a workbook by name, or the one table of a text under "". Raises UnreadableFile."""
    if kind_of(data, name) == "workbook":
        return {title: list(lines) for title, lines in sheets(data, name).items()}
    return {"": list(table(data, name))}


def thousands(rows: Rows, name: str) -> int:
    """The number of dollars that 1 in the table stands for, as one of its first lines says.

    Raises UnreadableFile where none does: a table in another unit would be a thousand times wrong.
    """
    for _line, cells in rows[:12]:
        for cell in cells:
            if DOLLARS.search(cell):
                for word, unit in UNITS.items():
                    if word in cell.lower():
                        return unit
    raise UnreadableFile(
        f'{name}, line 1: none of the first lines says the unit, as "thousand US dollars"; add the line of the original'
    )


def beyond(cells: list[str], width: int) -> str:
    """Figures right of a table of so many columns: its line is shifted. Empty for none; words are remarks."""
    return " ".join(cell for cell in cells[width:] if re.search(r"\d", cell))


def partner(names: Iterable[str], directory: Directory) -> Party:
    """Whom a line is about by its names in several languages; a group where any of them is one."""
    said = [name for name in names if name]
    shown = said[-1] if said else ""
    found = [
        directory.code(NAMES[spelled(name)], name=name) if spelled(name) in NAMES else directory.name(name)
        for name in said
    ]
    if any(spelled(name) in GROUPS or spelled(name).startswith("страны ") for name in said):
        return Party("", shown, group=True)
    codes = {party.code for party in found if party.code}
    if len(codes) == 1:
        return next(party for party in found if party.code)
    return Party("", shown, group=not codes and any(party.group for party in found))
