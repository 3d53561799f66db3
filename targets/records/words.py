"""Words of the domain that the progress rules do not need: each has a stable code value and an English label."""

from targets.progress import Status, Word
from targets.progress.vocabulary import gettext_noop


class EconomyKind(Word):
    COUNTRY = "country", gettext_noop("country")
    BLOC = "bloc", gettext_noop("bloc")


class SourceKind(Word):
    """Who speaks in a source; decides which of several figures for one year is used (``rank``)."""

    NATIONAL_OFFICE = "national_office", gettext_noop("national statistics")
    COMPILATION = "compilation", gettext_noop("international compilation")
    WORDS = "words", gettext_noop("official's words")
    PRESS = "press", gettext_noop("press report")
    DOCUMENT = "document", gettext_noop("document")


class SourceGrade(Word):
    PRIMARY = "primary", gettext_noop("primary source")
    AGENCY = "agency", gettext_noop("news agency or established media")
    SECONDARY = "secondary", gettext_noop("other press")
    LOW = "low", gettext_noop("mirror or repost")


class FigureStanding(Word):
    FINAL = "final", gettext_noop("final")
    PRELIMINARY = "preliminary", gettext_noop("preliminary")
    ESTIMATE = "estimate", gettext_noop("estimate")
    SAID = "said", gettext_noop("said by an official")
    PRESS = "press", gettext_noop("from the press")
    UNKNOWN = "unknown", gettext_noop("standing not known")


class Valuation(Word):
    FOB_CIF = "fob_cif", gettext_noop("exports FOB, imports CIF")
    FOB = "fob", gettext_noop("FOB")
    CIF = "cif", gettext_noop("CIF")
    UNKNOWN = "unknown", gettext_noop("valuation not known")


class MeasureBasis(Word):
    EXPLICIT = "explicit", gettext_noop("the source says so")
    WORDING = "wording", gettext_noop("read from the wording")
    NONE = "none", gettext_noop("the source only says “trade”")


class DeadlineBasis(Word):
    STATED = "stated", gettext_noop("stated")
    COMPUTED = "computed", gettext_noop("computed from the statement")
    NONE = "none", gettext_noop("no deadline")


class Strength(Word):
    AGREED_DOCUMENT = "agreed_document", gettext_noop("agreed in a document")
    COMMITMENT = "commitment", gettext_noop("commitment")
    ASPIRATION = "aspiration", gettext_noop("aspiration")
    EXPECTATION = "expectation", gettext_noop("expectation")


class Relation(Word):
    """What the next target of the pair did to this one."""

    RAISED = "raised", gettext_noop("raised")
    LOWERED = "lowered", gettext_noop("lowered")
    POSTPONED = "postponed", gettext_noop("postponed")
    BROUGHT_FORWARD = "brought_forward", gettext_noop("brought forward")
    RESTATED = "restated", gettext_noop("restated")
    REMEASURED = "remeasured", gettext_noop("measured differently")
    NEXT_STEP = "next_step", gettext_noop("followed by a next step")


class DatePrecision(Word):
    DAY = "day", gettext_noop("to the day")
    MONTH = "month", gettext_noop("to the month")
    YEAR = "year", gettext_noop("to the year")
    UNKNOWN = "unknown", gettext_noop("date not known")


class DocumentKind(Word):
    AGREEMENT = "agreement", gettext_noop("agreement")
    JOINT_STATEMENT = "joint_statement", gettext_noop("joint statement")
    MEMORANDUM = "memorandum", gettext_noop("memorandum")
    PROGRAMME = "programme", gettext_noop("programme")
    ROADMAP = "roadmap", gettext_noop("roadmap")


class MeasureState(Word):
    """State of one measure of a roadmap."""

    PLANNED = "planned", gettext_noop("planned")
    UNDER_WAY = "under_way", gettext_noop("under way")
    DONE = "done", gettext_noop("done")
    DROPPED = "dropped", gettext_noop("dropped")
    UNKNOWN = "unknown", gettext_noop("state not known")


class ReleaseKind(Word):
    ENTRY = "entry", gettext_noop("entered by hand")
    IMPORT = "import", gettext_noop("imported file")
    CATALOGUE = "catalogue", gettext_noop("shipped catalogue")
    CORRECTION = "correction", gettext_noop("correction (we erred)")
    REVISION = "revision", gettext_noop("revision (the source changed)")


class UploadState(Word):
    """How far a file is that was uploaded for import."""

    RECEIVED = "received", gettext_noop("to be looked at")
    READY = "ready", gettext_noop("waits to be confirmed")
    CONFIRMED = "confirmed", gettext_noop("being recorded")
    DONE = "done", gettext_noop("recorded")
    REFUSED = "refused", gettext_noop("cannot be read")


class ReviewState(Word):
    DRAFT = "draft", gettext_noop("draft")
    SUBMITTED = "submitted", gettext_noop("submitted")
    RETURNED = "returned", gettext_noop("returned")
    PUBLISHED = "published", gettext_noop("published")


class ChangeCause(Word):
    """Why a verdict changed."""

    FIRST = "first", gettext_noop("first assessment")
    NEW_YEAR = "new_year", gettext_noop("a new year of figures")
    REVISION = "revision", gettext_noop("revised figures")
    WITHDRAWAL = "withdrawal", gettext_noop("figures withdrawn")
    TARGET = "target", gettext_noop("the target was restated")
    TIME = "time", gettext_noop("time passed")
    METHOD = "method", gettext_noop("the method changed")


class Invariant(Word):
    """What holds for data in order. What breaks one of the first group is an error, of the second worth a look."""

    ORPHAN = "orphan", gettext_noop("a figure by neither side of its pair")
    DUPLICATE = "duplicate", gettext_noop("the same figure twice in one release")
    IMPOSSIBLE_YEAR = "impossible_year", gettext_noop("a figure of a period that is not over, or of no such year")
    STALE_JUDGEMENT = "stale_judgement", gettext_noop("a stored judgement that is not what the figures say today")
    UNDATED_PUBLICATION = "undated_publication", gettext_noop("published without saying when and by whom")
    PART_ABOVE_WHOLE = "part_above_whole", gettext_noop("a part of a year above the whole year, by the same reporter")
    MIRROR_GAP = "mirror_gap", gettext_noop("two sides more than tenfold apart in one year")
    EMPTY_RELEASE = "empty_release", gettext_noop("a release without figures")
    UNSUPPORTED = "unsupported", gettext_noop("a published target without a published statement")

    @property
    def hard(self) -> bool:
        """Whether data that break it are wrong, and not only worth a look."""
        return self not in (
            Invariant.PART_ABOVE_WHOLE,
            Invariant.MIRROR_GAP,
            Invariant.EMPTY_RELEASE,
            Invariant.UNSUPPORTED,
        )


class Verb(Word):
    """What an action did to a record, in the journal."""

    ADD = "add", gettext_noop("added")
    CHANGE = "change", gettext_noop("changed")
    REMOVE = "remove", gettext_noop("removed")
    REVERT = "revert", gettext_noop("taken back to an earlier version")
    SUBMIT = "submit", gettext_noop("submitted")
    RETURN = "return", gettext_noop("returned")
    PUBLISH = "publish", gettext_noop("published")
    RENAME = "rename", gettext_noop("given another address")
    RESTATE = "restate", gettext_noop("followed by a next version")
    UNLINK = "unlink", gettext_noop("followed by no next version any more")
    MERGE = "merge", gettext_noop("merged with another one")
    RECORD = "record", gettext_noop("recorded by us")
    EXPLAIN = "explain", gettext_noop("doubts overruled")
    WITHDRAW = "withdraw", gettext_noop("withdrawn")
    LOAD = "load", gettext_noop("catalogue loaded")
    REFRESH = "refresh", gettext_noop("verdicts refreshed")
    CHECK = "check", gettext_noop("data checked")
    OPEN_ACCOUNT = "open_account", gettext_noop("account opened")
    INVITE = "invite", gettext_noop("invited")
    SEND_LINK = "send_link", gettext_noop("link for a password sent")
    SET_PASSWORD = "set_password", gettext_noop("password set")
    CHANGE_ACCOUNT = "change_account", gettext_noop("rights or name changed")
    CHANGE_GROUP = "change_group", gettext_noop("rights of a group changed")
    RETIRE_ACCOUNT = "retire_account", gettext_noop("account closed")
    BRING_BACK = "bring_back", gettext_noop("account opened again")
    ENROL = "enrol_second_factor", gettext_noop("second factor set up")
    USE_CODE = "use_recovery_code", gettext_noop("recovery code used")
    RENEW_CODES = "renew_recovery_codes", gettext_noop("recovery codes renewed")
    SWITCH_OFF = "switch_off_second_factor", gettext_noop("second factor switched off")
    RESET_FACTOR = "reset_second_factor", gettext_noop("second factor reset")


class Outcome(Word):
    """What became of a target, as a scoreboard counts it."""

    KEPT = "kept", gettext_noop("kept")
    LOST = "lost", gettext_noop("lost again")
    MISSED = "missed", gettext_noop("missed")
    DISPUTED = "disputed", gettext_noop("disputed")
    PENDING = "pending", gettext_noop("pending")
    UNASSESSABLE = "unassessable", gettext_noop("not assessable")
    REPLACED = "replaced", gettext_noop("replaced")

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that count as this outcome; none for a version that was replaced, whatever its status."""
        return tuple(status for status in Status if _OUTCOME.get(status, Outcome.PENDING) is self)


_OUTCOME = {
    Status.MET: Outcome.KEPT,
    Status.MET_THEN_LOST: Outcome.LOST,
    Status.MISSED: Outcome.MISSED,
    Status.DISPUTED: Outcome.DISPUTED,
    Status.NOT_ASSESSABLE: Outcome.UNASSESSABLE,
}


def outcome_of(status: Status, replaced: bool = False) -> Outcome:
    """The outcome of a target with that verdict; a version that was replaced in time is only that."""
    return Outcome.REPLACED if replaced else _OUTCOME.get(status, Outcome.PENDING)


class Step(Word):
    """How large a step a target asked for: its amount against the base."""

    THERE = "there", gettext_noop("no step: the base was there already")
    HALF = "half", gettext_noop("up to half as much again")
    DOUBLE = "double", gettext_noop("up to double")
    TRIPLE = "triple", gettext_noop("double to three times")
    FIVEFOLD = "fivefold", gettext_noop("three to five times")
    MORE = "more", gettext_noop("more than five times")
    UNKNOWN = "unknown", gettext_noop("base not known")


class Omission(Word):
    """Why an open promise is not in the sum of an economy's open promises."""

    LESSER = "lesser", gettext_noop("a larger open promise of the same pair is counted")
    BLOC = "bloc", gettext_noop("made with a bloc, whose members count for themselves")
    SUM = "sum", gettext_noop("a sum over several years")
    NO_AMOUNT = "no_amount", gettext_noop("a multiple of an unknown amount")
    NO_RATE = "no_rate", gettext_noop("no exchange rate for its currency")
    NO_FIGURES = "no_figures", gettext_noop("no usable figures of either side")
