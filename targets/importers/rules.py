"""The catalogue's JSON Schema as plain words: what is wrong with a record, where, and what to do about it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from targets.importers.rows import UnreadableFile

SCHEMA = Path(__file__).parents[2] / "data" / "catalogue" / "schema.json"

Problem = tuple[str, str, str]
"""The field ("statements[2].source"), the value found and what to do."""

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def read_list(path: Path) -> list[Any]:
    """The list in a JSON file. Raises UnreadableFile when there is no such file, no JSON in it, or no list."""
    try:
        records = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refused)
    except FileNotFoundError:
        raise UnreadableFile(f"{path.name} is missing in {path.parent}") from None
    except OSError as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8: byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{path.name} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}"
        ) from None
    except ValueError as error:
        raise UnreadableFile(f"{path.name} is not JSON: {error}") from None
    except RecursionError:
        raise UnreadableFile(f"{path.name} is nested too deeply to be a list of records") from None
    if not isinstance(records, list):
        raise UnreadableFile(f"{path.name} must hold a list of records, not {_kind(records)}")
    return records


@cache
def validator(name: str) -> Draft202012Validator:
    """What checks one record of the list of this name."""
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))["$defs"][name]["items"])


def problems(checker: Draft202012Validator, record: Any) -> list[Problem]:
    """Everything that is wrong with a record by its schema, in the order of its fields; empty for a sound one."""
    found = [problem for error in checker.iter_errors(record) for problem in _told(error)]
    return sorted(dict.fromkeys(found)) or list(_unprintable(record, ""))


def shown(value: Any) -> str:
    """A value as it stands in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=True) if _has_unprintable(value) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _told(error: ValidationError) -> Iterator[Problem]:
    field, value, rule = _field(error.absolute_path), error.instance, error.validator_value
    match error.validator:
        case "required":
            for name in rule:
                if name not in value:
                    yield _below(field, name), "missing", "add the field; null where nothing is known"
        case "additionalProperties":
            for name in value:
                if name not in error.schema["properties"]:
                    yield _below(field, shown(name)[1:-1]), shown(value[name]), "no such field; remove it"
        case "type":
            allowed = [rule] if isinstance(rule, str) else rule
            yield field, shown(value), f"must be {' or '.join(_KINDS[kind] for kind in allowed)}, not {_kind(value)}"
        case "enum":
            yield field, shown(value), f"must be one of {', '.join('null' if one is None else one for one in rule)}"
        case "pattern":
            yield field, shown(value), f"must be {error.schema['description']}"
        case "minLength" if rule == 1:
            yield field, shown(value), "must not be empty"
        case "minLength":
            yield field, shown(value), f"must have at least {rule} characters"
        case "maxLength":
            yield field, shown(value), f"must have at most {rule} characters, not {len(value)}"
        case "minItems" | "maxItems":
            least, most = error.schema.get("minItems", 0), error.schema.get("maxItems")
            wanted = str(least) if least == most else f"at least {least}" if most is None else f"{least} to {most}"
            yield field, shown(value), f"must have {wanted} entries, not {len(value)}"
        case "uniqueItems":
            yield field, shown(value), "must not name the same twice"
        case "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum":
            bounds = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most"}
            yield field, shown(value), f"must be {bounds.get(str(error.validator), 'below')} {rule}"
        case _:
            yield field, shown(value), error.message


def _unprintable(value: Any, field: str) -> Iterator[Problem]:
    """Texts with signs that no page can print and not every database stores."""
    if isinstance(value, str) and _has_unprintable(value):
        yield field, shown(value), "remove the control characters"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _unprintable(inner, _below(field, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unprintable(inner, f"{field}[{place}]")


def _has_unprintable(value: Any) -> bool:
    return isinstance(value, str) and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value)


def _field(path: Any) -> str:
    field = ""
    for step in path:
        field = f"{field}[{step}]" if isinstance(step, int) else _below(field, step)
    return field


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds = {str: "a text", int: "a whole number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not a number that JSON knows")
