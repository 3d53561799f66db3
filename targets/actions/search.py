"""What search looks through, kept beside each target, statement and document in one text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps as today
from django.db.models import Model, Prefetch

from targets.models import Economy, RoadmapDocument, RoadmapMeasure, Statement, Target
from targets.records import ReviewState, search_text

ROWS_AT_ONCE = 200


def refresh_search_text(targets: Iterable[int] | None = None, *, apps: Any = today) -> int:
    """How many texts became others, of the targets (ids; None: all) and of their pairs' statements and documents.

    To be called after a change of what readers may find: the names of an economy, a target, a statement, a document.
    At most six queries and the writes. ``apps``: whose models are meant; a migration gives its own.
    """
    models = {
        name: apps.get_model("targets", name) for name in ("Target", "Statement", "RoadmapDocument", "RoadmapMeasure")
    }
    measures = Prefetch("measures", models["RoadmapMeasure"]._base_manager.order_by("id"))
    found = (
        models["Target"]
        ._base_manager.select_related("pair__first", "pair__second")
        .prefetch_related(
            Prefetch("statements", models["Statement"]._base_manager.order_by("stated_on", "id")),
            Prefetch("documents", models["RoadmapDocument"]._base_manager.order_by("id").prefetch_related(measures)),
        )
    )
    papers = models["RoadmapDocument"]._base_manager.prefetch_related(measures)
    if targets is not None:
        chosen = list(targets)
        found = found.filter(pk__in=chosen)
        # Those that lost their last target among them.
        papers = papers.filter(pair__in=found.values("pair"))
    rows = list(found)
    changed = _write(((row, target_text(row)) for row in rows), models["Target"])
    said = (statement for row in rows for statement in row.statements.all())
    changed += _write(((one, search_text(statement_texts(one))) for one in said), models["Statement"])
    return changed + _write(((one, search_text(document_texts(one))) for one in papers), models["RoadmapDocument"])


def target_text(target: Target) -> str:
    """Names of both sides in every form, the slug, and who said what where, as search looks through it.

    Needs statements and documents with their measures to be prefetched; takes the published ones alone.
    """
    texts = [target.slug, *_names(target.pair.first), *_names(target.pair.second), target.notes, target.notes_ru]
    for statement in target.statements.all():
        if statement.state == ReviewState.PUBLISHED:
            texts += statement_texts(statement)
    for document in target.documents.all():
        if document.state == ReviewState.PUBLISHED:
            texts += document_texts(document)
    return search_text(texts)


def statement_texts(statement: Statement) -> list[str]:
    """Who said what where, in both languages, and in the original one where it was taken down."""
    return [
        statement.speaker,
        statement.speaker_ru,
        statement.role,
        statement.role_ru,
        statement.occasion,
        statement.occasion_ru,
        statement.summary_en,
        statement.summary_ru,
        statement.quote,
    ]


def document_texts(document: RoadmapDocument) -> list[str]:
    """The title and the measures in both languages; needs ``measures`` to be prefetched."""
    measures: list[RoadmapMeasure] = list(document.measures.all())
    return [document.title, document.title_ru, *(text for one in measures for text in (one.text, one.text_ru))]


def _names(economy: Economy) -> list[str]:
    """Every form of the name; Russian readers type "Киргизии" as often as "Киргизия"."""
    forms = [economy.code, economy.iso2, economy.name_en, economy.name_en_text, economy.name_ru]
    forms += [economy.name_ru_gen, economy.name_ru_ins, economy.name_ru_prep]
    return [*forms, *economy.other_names.splitlines()]


def _write(texts: Iterable[tuple[Any, str]], model: type[Model]) -> int:
    """How many of the records had another text; it is theirs now. Writes no history: nobody edited anything."""
    changed = []
    for record, text in texts:
        if record.search_text != text:
            record.search_text = text
            changed.append(record)
    model._base_manager.bulk_update(changed, ["search_text"], batch_size=ROWS_AT_ONCE)
    return len(changed)
