"""What the readers of files say, in Russian: every message of theirs, with whatever they put into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from targets.wording import complaint, place_words

READERS = Path(__file__).parents[2] / "targets" / "importers"
OF_OTHERS = {"catalogue", "datasets", "parcel", "pasted", "pdf", "rates", "rules", "shaping", "spellings", "amounts"}
"""Readers of what is shipped or pasted, which say what they say elsewhere; and lists of names."""

NO_MESSAGE = {
    "lines {self.first} to {self.last}",
    "{self.unit} {line}, column {column}",
    "{self.unit}s {' and '.join(map(str, lines))}",
    "{self.unit}s {lines[0]} to {lines[-1]}",
    "{self.unit}s {entries[0][1]} and {entries[1][1]}",
    "{told}, column {', '.join(columns)}",
    "{name}, sheet {title}",
    "{self.name}, part {title}",
    "{row.reporter} and {row.compiler}",
    "{amounts['exports']} + {amounts['imports']}",
    "<{len(chains) // 4}I",
    "of 27 members",
    "trade \\(us\\$ mil\\)(-top 5 (export|import) partner)?",
    "{flow} (us$ thousand)",
    "{told} (US$ Thousand)",
    # What follows is a message of its own.
    "{name}, line {before + 1}: {_told(error)}",
    "{name}, line {parser.CurrentLineNumber}: {why}",
    # The unit is one of two, and both are tested below.
    "{ledger.name}, {ledger.unit} 1: only single commodities ({commodities} {ledger.unit}s) and no totals, of which "
    "alone figures are made; download it again with the commodity code TOTAL",
    # Said in one with what it begins: a PDF has its own test.
    "{name} is {what}",
    "a PDF document; only tables can be imported",
}


def template(node: ast.AST) -> str | None:
    """The text of a literal, what is put into it in braces."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else f"{{{ast.unparse(one.value)}}}" for one in node.values
        )
    return None


def literals(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    within -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        told = None if id(node) in within | documentation else template(node)
        # A message has several words and begins small, or with what is put into it, or is a whole sentence.
        if (
            told
            and told.count(" ") >= 2
            and "|" not in told
            and (told[0].islower() or told[0] == "{" or told[-1] == ".")
        ):
            yield told


SAID = sorted(
    {told for path in READERS.glob("*.py") if path.stem not in OF_OTHERS for told in literals(path)} - NO_MESSAGE
)


def test_messages_are_found():
    assert len(SAID) > 100
    assert "must be export or import" in SAID


@pytest.mark.parametrize("told", SAID)
def test_a_message_is_said_in_russian_with_all_that_is_put_into_it(told):
    given = re.findall(r"{[^{}]*(?:{[^{}]*}[^{}]*)*}", told)
    text = told
    for number, one in enumerate(given):
        text = text.replace(one, f"{700 + number}", 1)
    with override("ru"):
        said = complaint(text)
    assert re.search("[а-яё]", said, re.IGNORECASE), text
    assert not [number for number in range(700, 700 + len(given)) if str(number) not in said]


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("must be export or import", "должно быть export или import"),
        (
            "a.csv, line 12: 5,000 columns; at most 2,000 are read",
            "a.csv, строка 12: столбцов: 5,000; читается не больше 2,000",
        ),
        *(
            (
                f"a.json, {unit} 1: only single commodities (7 {unit}s) and no totals, of which alone figures are "
                "made; download it again with the commodity code TOTAL",
                f"a.json, {said} 1: только отдельные товары ({counted}: 7) и ни одного итога, а берутся только итоги; "
                "скачайте заново с кодом товара TOTAL",
            )
            for unit, said, counted in (("record", "запись", "записей"), ("line", "строка", "строк"))
        ),
        ("a.csv is empty: line 1 has nothing on it", "a.csv пуст: в строке 1 ничего нет"),
        (
            "a.csv is a PDF document; only tables can be imported",
            "a.csv — документ PDF; загрузить можно только таблицы",
        ),
        (
            "a, b.xlsx, sheet 2024, line 1: the header names the column year twice",
            "a, b.xlsx, лист 2024, строка 1: столбец year назван в заголовке дважды",
        ),
        ("a.xlsx, part xl/sheet.xml: damaged", "a.xlsx, часть xl/sheet.xml: повреждена"),
        (
            "line 3 gives another value for the same flow and year; keep one",
            "строка 3: другое значение того же потока за тот же год; оставьте одно",
        ),
        ("nobody ever said this", "nobody ever said this"),
        ("", ""),
    ],
)
def test_files_and_places_stand_before_it(english, russian):
    with override("ru"):
        assert complaint(english) == russian
    with override("en"):
        assert complaint(english) == english


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("line 3", "строка 3"),
        ("lines 3 and 4", "строки 3 и 4"),
        ("lines 3 to 9", "строки с 3 по 9"),
        ("record 2", "запись 2"),
        ("records 2 and 5 and 6", "записи 2, 5 и 6"),
        ("line 12, column 2019", "строка 12, столбец 2019"),
        ("lines 1 and 2, column 2019, 2020", "строки 1 и 2, столбец 2019, 2020"),
        ("", ""),
    ],
)
def test_a_place_is_named(english, russian):
    with override("ru"):
        assert place_words(english) == russian
    with override("en"):
        assert place_words("line 12, column 2019") == "line 12, column 2019"
