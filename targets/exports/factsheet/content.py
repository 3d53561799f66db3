"""What stands on the fact sheet of a target, in words ready to be set: one dictionary, which the template reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext, ngettext

from targets.exports.factsheet.cutting import Kept
from targets.exports.factsheet.texts import BRIEF, LONGEST, Texts
from targets.exports.tables import shared
from targets.progress import Measure, Reading, Status
from targets.records import (
    Conversion,
    DocumentRecord,
    FigureRecord,
    PartialDate,
    SourceRecord,
    StatementRecord,
    TargetPage,
    TargetRecord,
    Valuation,
)
from targets.wording import (
    about,
    aim_approximate,
    base_label,
    basis_sentences,
    capital,
    deciding_growth,
    first_note,
    goal_words,
    goalposts_words,
    language,
    measure_words,
    mirror_sentences,
    money,
    number,
    openness,
    partial_date,
    percent,
    period,
    rail_key,
    rate_words,
    reading_sentence,
    share,
    side_name,
    status_word,
    verdict_sentence,
    word,
    year_label,
)

_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass
class Content(Texts):
    """Puts the texts of one sheet together."""

    page: TargetPage
    signs: Mapping[str, tuple[str, str]]
    """Path data and colour of each status, by its code."""
    kept: Kept
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    """The sources of the figures by their keys, in the order of their numbers."""

    @property
    def target(self) -> TargetRecord:
        return self.page.target

    @property
    def currency(self) -> str:
        return self.target.currency or "USD"

    def sections(self) -> dict[str, Any]:
        """All parts of the sheet between its head and its foot, empty where the target has nothing of the kind."""
        assessment = self.page.assessment
        opened = openness(self.target, assessment, self.page.reworded)
        return {
            "pair": self.set(self.target.pair.name(language())),
            "goal": self.set(goal_words(self.target)),
            "status": self.status(assessment.verdict.status),
            "verdict": self.set(verdict_sentence(self.target, assessment)),
            "depends": gettext("The verdict depends on how the words are taken")
            if any(one.depends for one in opened)
            else "",
            "standings": list(self.standings()),
            "readings": [self.reading(one) for one in self.readings()],
            "more_readings": self.left(
                len(assessment.readings) - len(self.readings()),
                lambda count: ngettext(
                    "One more reading stands on the target’s page.",
                    "%(count)s more readings stand on the target’s page.",
                    count,
                ),
            ),
            "gaps": [self.set(text) for text in (mirror_sentences(self.page.mirror) if self.page.mirror else ())],
            "open": [self.set(" ".join((one.taken, *one.otherwise))) for one in opened],
            "terms": list(self.terms()),
            "notes": list(self.notes()),
            "moved": [self.set(capital(goalposts_words(history))) for history in self.page.goals],
            "versions": list(self.versions()),
            **self.said(),
            "documents": [self.document(one) for one in self.page.documents[: self.kept.documents]],
            "more_documents": self.left(
                len(self.page.documents) - self.kept.documents,
                lambda count: ngettext(
                    "One more document stands on the target’s page.",
                    "%(count)s more documents stand on the target’s page.",
                    count,
                ),
            ),
            **self.figures(),
            "judged": [self.set(text) for text in self.judged()],
        }

    def readings(self) -> list[Reading]:
        """Those that are kept: both sides first, then the compilers."""
        found = self.page.assessment.readings
        others = [one for one in found if not one.reporter][: self.kept.compilers]
        return [one for one in found if one.reporter or one in others]

    def status(self, status: Status) -> dict[str, str]:
        path, colour = self.signs[status.value]
        return {"word": status_word(status), "path": path, "colour": colour}

    def standings(self) -> Iterator[dict[str, str]]:
        """The key of the rail: which side stands where by its latest amount, or why it has no mark."""
        for one in rail_key(self.target, self.page.assessment):
            yield {
                "kind": self.target.pair.side(one.reading.by) if one.drawn else "",
                "side": self.set(one.side, BRIEF),
                "amount": one.amount,
                "year": one.year,
                "why": self.set(one.why),
            }

    def reading(self, reading: Reading) -> dict[str, Any]:
        return {
            "kind": self.target.pair.side(reading.by),
            "side": self.side(reading.by),
            "status": self.status(reading.status),
            "sentence": self.set(reading_sentence(self.target, reading)),
            "facts": [[self.set(label), self.set(value)] for label, value in self.facts(reading)],
        }

    def facts(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """The numbers of a reading, each with what it is."""
        if reading.base_year is not None and reading.base_amount is not None:
            stated = f" ({gettext('as the statement gives it')})" if reading.base_stated else ""
            amount = about(money(reading.base_amount, self.currency), reading.base_approximate)
            yield gettext("Base") + stated, f"{base_label(self.target, reading)}: {amount}"
        yield from self.amount_of(
            gettext("Latest full year"), reading.latest_year, reading.latest_amount, reading.latest_approximate, reading
        )
        if reading.decided_year != reading.latest_year:
            yield from self.amount_of(
                gettext("Decided by"),
                reading.decided_year,
                reading.decided_amount,
                reading.decided_approximate,
                reading,
            )
        if reading.target_amount is not None and reading.target_amount != self.page.assessment.terms.amount:
            aim = about(money(reading.target_amount, self.currency), aim_approximate(self.target, reading))
            yield gettext("Amount to reach"), aim
        if reading.share_of_way is not None and reading.base_year != reading.latest_year:
            yield gettext("Share of the way"), share(reading.share_of_way)
        if reading.catch_up_growth is not None and reading.status is not Status.NOT_ASSESSABLE:
            year = {"year": self.target.deadline_year}
            yield gettext("Needed a year until %(year)s") % year, percent(reading.catch_up_growth)
        if grew := deciding_growth(self.target, reading):
            yield gettext("Grew a year, %(years)s") % {"years": grew.years}, percent(grew.rate)

    def amount_of(
        self, label: str, year: int | None, amount: float | None, approximate: bool, reading: Reading
    ) -> Iterator[tuple[str, str]]:
        if year is not None and amount is not None:
            yield label, f"{year_label(year, reading.fiscal)}: {about(money(amount, self.currency), approximate)}"

    def terms(self) -> Iterator[dict[str, str]]:
        """The terms of the target; what each of them is, and what has to be said beside it."""
        target = self.target
        beside = [
            gettext("judged by the lower end") if target.amount_high is not None else "",
            gettext("summed over several years") if target.cumulative else "",
        ]
        yield self.term(gettext("Amount"), goal_words(target), *beside)
        yield self.term(gettext("Measure"), measure_words(target), word(target.measure_basis))
        due = (str(target.deadline_year),) if target.deadline_year else ()
        yield self.term(gettext("Deadline"), *due, word(target.deadline_basis))
        yield self.term(gettext("Strength"), word(target.strength))
        deduced = gettext("deduced from the context") if target.first_stated.inferred else ""
        yield self.term(gettext("First stated"), partial_date(target.first_stated), deduced, first_note(self.page))

    def notes(self) -> Iterator[dict[str, Any]]:
        """What is noted of the terms."""
        target = self.target
        if target.deadline_note:
            yield {"label": gettext("Deadline"), "text": self.told(target.deadline_note, target.deadline_note_ru)}
        if target.baseline_year or target.baseline_amount is not None:
            amount = "" if target.baseline_amount is None else money(target.baseline_amount, self.currency)
            start = ": ".join(filter(None, (str(target.baseline_year or ""), amount)))
            yield {"label": gettext("Starting point it names"), "text": self.marked(start, "")}
        if target.sectors:
            yield {"label": gettext("Sectors it names"), "text": self.told(", ".join(target.sectors), "")}
        if target.notes:
            yield {"label": gettext("Note"), "text": self.told(target.notes, target.notes_ru)}

    def term(self, label: str, value: str, *beside: str) -> dict[str, str]:
        return {"label": label, "value": self.set(value), "beside": self.set(", ".join(filter(None, beside)))}

    def versions(self) -> Iterator[dict[str, Any]]:
        """The versions of the goal, oldest first, where there are several; of each what the next one did to it."""
        page = self.page
        later = (page.later,) if page.later else ()
        versions = (*page.earlier, page.target, *later)
        for version in versions if len(versions) > 1 else ():
            moved = word(version.relation) if version.relation and version is not versions[-1] else ""
            yield {
                "when": partial_date(version.first_stated),
                "goal": self.set(goal_words(version)),
                "moved": moved,
                "here": version is page.target,
            }

    def said(self) -> dict[str, Any]:
        """The statements, those of the target before those around it."""
        found = self.kept.statements_of(self.page.statements)
        return {
            "statements": [self.statement(one) for one in found if not one.context_only],
            "around": [self.statement(one) for one in found if one.context_only],
            "more_statements": self.left(
                len(self.page.statements) - len(found),
                lambda count: ngettext(
                    "One more statement stands on the target’s page.",
                    "%(count)s more statements stand on the target’s page.",
                    count,
                ),
            ),
        }

    def statement(self, one: StatementRecord) -> dict[str, Any]:
        return {
            "when": self.when(one.stated),
            "sides": [{"kind": self.target.pair.side(code), "side": self.side(code)} for code in one.sides],
            "speaker": self.told(one.speaker, one.speaker_ru, BRIEF),
            "role": self.told(one.role, one.role_ru, BRIEF),
            "hedged": gettext("names the number, does not promise it") if one.hedged else "",
            "summary": self.told(one.summary_en, one.summary_ru),
            "quote": self.marked(one.quote, one.quote_language),
            "occasion": self.told(one.occasion, one.occasion_ru, BRIEF),
            "source": self.source(one.source),
        }

    def document(self, one: DocumentRecord) -> dict[str, Any]:
        told = [word(one.kind)]
        if one.valid_until:
            told.append(gettext("valid until %(year)s") % {"year": one.valid_until})
        if one.measures:
            about_measures = ngettext(
                "%(count)s measure stands on the target’s page",
                "%(count)s measures stand on the target’s page",
                len(one.measures),
            )
            told.append(about_measures % {"count": number(len(one.measures))})
        signed = gettext("Signed by: %(names)s") % {"names": one.signatories} if one.signatories else ""
        return {
            "when": self.when(one.signed),
            "title": self.told(one.title, one.title_ru, BRIEF),
            "about": ", ".join(told),
            "signed": self.set(signed, LONGEST),
            "source": self.source(one.source),
        }

    def figures(self) -> dict[str, Any]:
        """Both tables of figures, what was converted, and the sources by number."""
        whole, parts = shared(self.page.full_years), shared(self.page.partial_periods)
        shown = whole[: self.kept.figures] + parts[: self.kept.parts]
        used = {point.key for one in self.page.series for point in one.points}
        converted = [one for one in self.page.conversions if one.figure in shown]
        left = len(whole) + len(parts) - len(shown)
        return {
            "full_years": [self.figure(one, one.id in used) for one in shown if one.full_year],
            "parts": [self.figure(one, one.id in used) for one in shown if not one.full_year],
            "withheld": self.left(
                len(self.page.figures) - len(whole) - len(parts),
                lambda count: ngettext(
                    "One figure is left out: the terms of its source do not allow passing it on.",
                    "%(count)s figures are left out: the terms of their sources do not allow passing them on.",
                    count,
                ),
            ),
            "marked": any(one.id in used for one in shown),
            "noted": gettext("Notes on figures are in English.")
            if language() != "en" and any(one.note for one in shown)
            else "",
            "no_figures": "" if self.page.full_years else gettext("There are no figures for full years."),
            "more_figures": self.left(
                left,
                lambda count: ngettext(
                    "The newest figures are shown; one more stands in the whole table:",
                    "The newest figures are shown; %(count)s more stand in the whole table:",
                    count,
                ),
            ),
            "converted": [self.conversion(one) for one in converted],
            "sources": [self.source(one) for one in self.sources.values()],
        }

    def figure(self, one: FigureRecord, used: bool) -> dict[str, Any]:
        return {
            "period": period(one).replace("\u00a0", " "),
            "used": used,
            "kind": self.target.pair.side(one.by),
            "side": self.side(one.by),
            "amounts": [
                "–" if amount is None else money(amount, one.currency)
                for amount in (one.exports, one.imports, one.turnover)
            ],
            "about": " · ".join(filter(None, self.about_figure(one))),
            "note": self.marked(one.note, "en", 2 * BRIEF),
            **self.numbered(one.source),
        }

    def about_figure(self, one: FigureRecord) -> Iterator[str]:
        yield word(one.standing)
        yield gettext("approximate") if one.approximate else ""
        yield word(one.valuation) if one.valuation is not Valuation.UNKNOWN else ""
        yield word(one.measure) if one.measure is not Measure.GOODS_TURNOVER else ""

    def conversion(self, one: Conversion) -> dict[str, Any]:
        return {
            "period": period(one.figure).replace("\u00a0", " "),
            "side": self.side(one.figure.by),
            "amounts": [money(one.original, one.figure.currency), money(one.amount, one.currency)],
            "rates": [rate_words(rate) for rate in one.rates],
            "numbers": [self.numbered(rate.source) for rate in _first_of_each(one)],
        }

    def judged(self) -> Sequence[str]:
        return (
            gettext("Each side’s own full-year figures are read on their own; nothing is averaged between the two."),
            *basis_sentences(self.target, self.page.assessment),
        )

    def numbered(self, source: SourceRecord) -> dict[str, Any]:
        """The number of a source of figures, and the way to it."""
        self.sources.setdefault(source.key, source)
        return {"number": list(self.sources).index(source.key) + 1, "link": self.address(source)}

    def source(self, one: SourceRecord) -> dict[str, Any]:
        return {
            "publisher": self.set(one.publisher, BRIEF),
            "title": self.marked(one.title, one.language, BRIEF),
            "when": partial_date(one.published) if one.published.on else "",
            "link": self.address(one),
        }

    def address(self, source: SourceRecord) -> str:
        return quote(source.link, safe=_SAFE)

    def when(self, date: PartialDate) -> dict[str, str]:
        return {"date": partial_date(date), "beside": gettext("date deduced") if date.inferred else ""}

    def side(self, by: str) -> str:
        return self.set(side_name(self.target.pair, by), BRIEF)


def _first_of_each(one: Conversion) -> Iterable[Any]:
    """The rates of a conversion, those of one source once."""
    return {rate.source.key: rate for rate in one.rates}.values()
