"""The Russian catalogue: whole, current, well set, and compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

from targets import progress, records
from targets.wording import word

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "tradewatch" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")

# Where in a call the context, the message and its plural stand.
PLACES = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
Message = tuple[str | None, str, str | None]


def spoken(source: str, where: str) -> Iterator[Message]:
    """The messages that Python source asks to have translated."""
    for node in ast.walk(ast.parse(source, where)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in PLACES:
            continue
        texts = [
            argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
            for argument in node.args
        ]
        context, message, plural = (
            texts[place] if place is not None and place < len(texts) else None for place in PLACES[name]
        )
        if message is not None:
            yield context, message, plural


def used() -> dict[Message, str]:
    """Every message of code and templates, with one file that uses it."""
    found: dict[Message, str] = {}
    for path in sorted((*(ROOT / "targets").rglob("*.py"), *(ROOT / "tradewatch").rglob("*.py"))):
        for message in spoken(path.read_text("utf-8"), str(path)):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix not in (".html", ".txt", ".xml"):
            continue
        # Django turns the tags of a template into calls and everything else into noise.
        for call in re.finditer(
            r"(?<!\w)(?:n?p?gettext|_)\((?:[^()'\"]|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")*\)",
            templatize(path.read_text("utf-8")),
        ):
            for message in spoken(call[0], str(path)):
                found.setdefault(message, str(path.relative_to(ROOT)))
    return found


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def messages() -> dict[Message, str]:
    return used()


def said(entry: polib.POEntry) -> list[str]:
    """All that a translation says, one text or three plural forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_messages_are_found_in_code_and_in_templates(messages):
    files = set(messages.values())
    assert any(file.startswith("templates/") for file in files)
    assert any(file.startswith("targets/wording/") for file in files)
    assert any(plural for _, _, plural in messages)
    assert any(context for context, _, _ in messages)


def test_every_message_is_translated(catalogue, messages):
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in catalogue if entry.translated()}
    missing = {message[1]: file for message, file in messages.items() if message not in known}
    assert not missing, "run makemessages and translate"


def test_no_translation_is_fuzzy_or_left_over(catalogue, messages):
    assert not [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete]
    wanted = {message[:2] for message in messages}
    assert not [entry.msgid for entry in catalogue if (entry.msgctxt, entry.msgid) not in wanted]


def test_translations_have_the_same_placeholders(catalogue):
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in said(entry):
            assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_russian_plurals_have_three_forms(catalogue):
    assert catalogue.metadata["Plural-Forms"].startswith("nplurals=3;")
    assert all(sorted(entry.msgstr_plural) == [0, 1, 2] for entry in catalogue if entry.msgid_plural)


def test_russian_is_set_as_russian_is(catalogue):
    """Guillemets and dashes, no straight quotes, no doubled spaces, and "ё" in words that are commonly robbed of it."""
    robbed = re.compile(r"\b(еще|ее|счет\w*|объем\w*|отчет\w*|учет\w*|причем|расчет\w*|твердост\w*|трех\w*)\b", re.I)
    for entry in catalogue:
        for text in said(entry):
            assert not re.search(r"[\"']|\.\.\.| {2}| - ", text), text
            assert not robbed.search(text), text
            assert text.count("«") == text.count("»"), text
            assert text == text.strip(), text


def test_a_translation_ends_as_its_message_does(catalogue):
    """A full stop, a colon or a question mark belongs to the message: pages join and punctuate by it."""
    for entry in catalogue:
        for text in said(entry):
            message = entry.msgid_plural or entry.msgid
            if message[-1] in ".:?" and message != "no.":
                assert text[-1] == message[-1], message
            elif message[-1].isalpha():
                assert text[-1] not in ".:?", message


def test_russian_is_not_english(catalogue):
    """What is the same in both languages is a name, a code or made of placeholders only."""
    same = [
        entry.msgid
        for entry in catalogue
        if said(entry)[0] == entry.msgid and re.search("[a-z]{2}", PLACEHOLDER.sub("", entry.msgid))
    ]
    assert set(same) <= {"Tradewatch", "ISO alpha-2"}


def test_the_compiled_catalogue_is_the_one_compiled_from_the_source(catalogue):
    compiled = {(entry.msgctxt, entry.msgid): said(entry) for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == {(entry.msgctxt, entry.msgid): said(entry) for entry in catalogue}


def test_every_word_of_the_domain_has_a_russian_label():
    words = {
        kind
        for module in (progress, records)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, progress.Word) and kind is not progress.Word
    }
    assert len(words) > 10
    with override("ru"):
        for kind in words:
            for member in kind:
                assert re.search("[а-яё]", word(member), re.I), member
