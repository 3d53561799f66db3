"""Who may import whom: the drawing of the house in docs/architecture.md, held against the imports that are there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORM = frozenset({"django.db", "django.contrib"})
HTTP = frozenset({"django.http", "django.shortcuts", "django.template", "django.urls", "django.views", "django_htmx"})
DESK = frozenset({"django.contrib.admin"})


@dataclass(frozen=True)
class Layer:
    """What a layer may import: layers of ``targets``, and packages beside the standard library, some parts aside."""

    may: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    database: bool = False


def layer(may: str = "", outside: str = "", never: frozenset[str] = frozenset(), database: bool = False) -> Layer:
    return Layer(frozenset(may.split()), frozenset(outside.split()), never, database)


LANGUAGE = "babel django.utils.translation"
LAYERS = {
    "progress": layer(),
    "records": layer("progress"),
    "wording": layer("records progress", LANGUAGE),
    "importers": layer("records progress", "jsonschema pypdf python_calamine"),
    "charts": layer("records progress wording", LANGUAGE),
    "exports": layer("records progress wording", f"{LANGUAGE} PIL segno typst xlsxwriter"),
    # A record knows its own page, so models may ask for addresses.
    "models": layer("progress records", "django simple_history", HTTP - {"django.urls"} | DESK, database=True),
    "migrations": layer("actions models", "django simple_history", HTTP | DESK, database=True),
    "queries": layer("models records progress", "django django_otp", HTTP | DESK, database=True),
    "actions": layer(
        "models records importers progress queries", "django django_otp simple_history", HTTP | DESK, database=True
    ),
    "gallery": layer("queries charts records wording", "django.utils.translation"),
    "filters": layer("records progress wording", "django", ORM),
    "views": layer("gallery queries actions filters exports records wording", "django django_htmx csp", DESK),
    "api": layer("gallery queries actions filters exports records wording", "django ninja", DESK),
    "admin": layer(
        "models actions queries gallery exports importers records progress wording",
        "django simple_history csp axes django_otp",
        database=True,
    ),
    "management": layer("actions queries importers progress records", "django", HTTP | DESK),
    "checks": layer("records progress wording", "django", HTTP | DESK | {"django.db"}),
    "templatetags": layer("charts filters records progress wording", "django", DESK | {"django.db"}),
    "apps": layer("actions checks", "django", HTTP | DESK),
    "urls": layer("views api", "django"),
}

# Names under which anything may hide. A helper lives where it is used.
DRAWERS = {"utils", "helpers", "services", "managers", "constants", "signals", "common", "misc"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def violations(path: PurePosixPath, source: str) -> Iterator[str]:
    """A sentence for each thing that the module at ``path`` (from the project's folder) may not do."""
    parts = path.with_suffix("").parts
    if parts[0] != "targets" or parts[1:] == ("__init__",):
        return
    name = parts[1]
    if name not in LAYERS:
        yield f"{path} belongs to no layer: give it a place in one of {', '.join(sorted(LAYERS))}."
        return
    if drawer := DRAWERS.intersection(parts):
        yield f"{path} is called {drawer.pop()}, which says nothing: put each helper where it is used."
    rule = LAYERS[name]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not rule.database:
            yield f"{path}, line {node.lineno}: {name} uses .{node.attr}; only queries read and only actions write."
        for module in imported(node, path):
            if complaint := forbidden(name, rule, module):
                yield f"{path}, line {node.lineno}: {complaint}"


def imported(node: ast.AST, path: PurePosixPath) -> Iterator[str]:
    """The dotted names that a statement imports: modules, or what it takes from them."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = ".".join(path.parent.parts[: len(path.parent.parts) - node.level + 1]) if node.level else ""
        module = ".".join(filter(None, [package, node.module]))
        yield from (f"{module}.{alias.name}" for alias in node.names)


def forbidden(name: str, rule: Layer, module: str) -> str:
    """Why the layer ``name`` may not import ``module``; nothing where it may."""
    top, _, rest = module.partition(".")
    if top == "targets":
        other, _, inner = rest.partition(".")
        if other != name and other not in rule.may:
            allowed = f"only {', '.join(sorted(rule.may))}" if rule.may else "nothing"
            return f"{name} imports {module}; from targets it may import {allowed}."
        if other == "importers" and name in {"admin", "management"} and "." in inner:
            return f"{name} imports {module}; it may take only the names that targets.importers offers."
        return ""
    if top in sys.stdlib_module_names:
        return ""
    if any(within(module, part) for part in rule.never):
        return f"{name} imports {module}, which belongs to another layer."
    if not any(within(module, part) for part in rule.outside):
        allowed = ", ".join(sorted(rule.outside)) or "nothing"
        return f"{name} imports {module}; beside the standard library it may import {allowed}."
    return ""


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def modules() -> list[PurePosixPath]:
    return [PurePosixPath(file.relative_to(ROOT).as_posix()) for file in sorted((ROOT / "targets").rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=str)
def test_every_module_keeps_to_its_layer(path):
    assert list(violations(path, (ROOT / path).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("targets/progress/growth.py", "import django", "beside the standard library it may import nothing."),
        ("targets/progress/growth.py", "from targets.records import Target", "from targets it may import nothing."),
        ("targets/records/words.py", "def f():\n    from django.db import models", "line 2: records imports"),
        ("targets/importers/flows.py", "from targets.models import Target", "importers imports targets.models.Target"),
        ("targets/charts/theme.py", "from django.conf import settings", "babel, django.utils.translation"),
        ("targets/charts/theme.py", "import plotly.graph_objects", "charts imports plotly.graph_objects"),
        ("targets/views/home.py", "from targets import models", "views imports targets.models"),
        ("targets/views/home.py", "from ..charts import rail", "views imports targets.charts.rail"),
        ("targets/views/home.py", "rows = Target.objects.all()", "views uses .objects; only queries read"),
        ("targets/views/home.py", "rows = Target._default_manager", "views uses ._default_manager"),
        ("targets/queries/home.py", "from django.http import HttpRequest", "which belongs to another layer."),
        ("targets/actions/entry.py", "if True:\n    import targets.views.home", "actions imports targets.views.home"),
        ("targets/filters/words.py", "from django.db.models import Q", "filters imports django.db.models.Q"),
        ("targets/admin/entry.py", "from targets.importers.flows import read", "only the names that"),
        ("targets/management/commands/x.py", "from targets.models import Target", "management imports"),
        ("targets/services.py", "", "belongs to no layer"),
        ("targets/views/utils.py", "", "is called utils"),
    ],
)  # fmt: skip
def test_a_wrong_module_is_refused_with_a_sentence(path, source, complaint):
    found = list(violations(PurePosixPath(path), source))
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("targets/progress/growth.py", "import math\nfrom targets.progress.shapes import Point"),
        ("targets/charts/theme.py", "from django.utils import translation"),
        ("targets/views/home.py", "from targets import queries\nfrom django_htmx.http import trigger_client_event"),
        ("targets/queries/home.py", "from django.db.models import Q\nrows = Target.objects.all()"),
        ("targets/admin/entry.py", "from targets.importers import FORMATS"),
        ("targets/__init__.py", ""),
    ],
)  # fmt: skip
def test_a_right_module_is_let_through(path, source):
    assert list(violations(PurePosixPath(path), source)) == []


def test_the_page_about_the_house_draws_the_same_table():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|[^|]*\| ([^|]+) \|$", page, re.MULTILINE)
    drawn = {
        name.removesuffix(".py").split("/")[0]: set(re.findall(r"`([a-z]+)/?`", may))
        for names, may in rows
        for name in re.findall(r"`([^`]+)`", names)
    }
    assert drawn
    wrong = {name: may for name, may in drawn.items() if LAYERS[name].may != may}
    assert wrong == {}, "docs/architecture.md and LAYERS in this file must say the same"


def test_the_project_folder_holds_no_stray_module():
    known = {"dev.py", "gunicorn.conf.py", "manage.py", "start.py"}
    assert {file.name for file in ROOT.glob("*.py")} == known
