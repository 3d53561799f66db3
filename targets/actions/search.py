"""What the search of targets looks through, kept beside each target in one text."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from targets.models import Economy, RoadmapDocument, Statement, Target
from targets.records import ReviewState, folded


def refresh_search_text(targets: Iterable[int] | None = None) -> int:
    """How many of the targets (ids; None: all) got another text. To be called after a change of what readers may find:
    the names of an economy, a target, its published statements and documents. Three or four queries.
    """
    published = {"state": ReviewState.PUBLISHED}
    found = Target.objects.select_related("pair__first", "pair__second").prefetch_related(
        Prefetch("statements", Statement.objects.filter(**published)),
        Prefetch("documents", RoadmapDocument.objects.filter(**published)),
    )
    if targets is not None:
        found = found.filter(pk__in=list(targets))
    changed = []
    for target in found:
        text = search_text(target)
        if text != target.search_text:
            target.search_text = text
            changed.append(target)
    Target.objects.bulk_update(changed, ["search_text"], batch_size=200)
    return len(changed)


def search_text(target: Target) -> str:
    """Names of both sides in every form, the slug, and who said what where, folded as search folds its question.

    Needs the published statements and documents, and no others, to be prefetched.
    """
    texts = [target.slug, *_names(target.pair.first), *_names(target.pair.second), target.notes, target.notes_ru]
    for statement in target.statements.all():
        texts += [statement.speaker, statement.speaker_ru, statement.role, statement.role_ru]
        texts += [statement.occasion, statement.occasion_ru, statement.summary_en, statement.summary_ru]
    for document in target.documents.all():
        texts += [document.title, document.title_ru]
    # Once each: a speaker's name often stands in five statements.
    return "\n".join(dict.fromkeys(line for line in map(folded, texts) if line))


def _names(economy: Economy) -> list[str]:
    """Every form of the name; Russian readers type "Киргизии" as often as "Киргизия"."""
    forms = [economy.code, economy.iso2, economy.name_en, economy.name_en_text, economy.name_ru]
    forms += [economy.name_ru_gen, economy.name_ru_ins, economy.name_ru_prep]
    return [*forms, *economy.other_names.splitlines()]
