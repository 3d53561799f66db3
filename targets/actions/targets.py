"""Targets as a press report brings them: made with their first statement, restated, renamed, merged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from targets.actions import editing, journal, review
from targets.actions.desk import may
from targets.actions.entry import NewSource, add_source
from targets.actions.journal import ActionRefused
from targets.actions.slugs import check_slug
from targets.models import CountryPair, Economy, SlugRedirect, Source, Statement, Target
from targets.queries import same_goal, source_at, statements_of, verdicts_seen
from targets.records import ChangeCause, Relation, ReviewState


class Doubtful(ActionRefused):
    """What is to be made seems to be there already; ``alike`` and ``read`` say where, and it can be made nevertheless.

    ``known`` is the source that stands for the address given.
    """

    def __init__(self, alike: Sequence[Target], read: Sequence[Statement], known: Source | None) -> None:
        super().__init__(_("This seems to be known already. Look at what is there, then say that it is new."))
        self.alike = alike
        self.read = read
        self.known = known


def doubts(target: Target, source: Source | NewSource, *, beside: Target | None = None) -> Doubtful | None:
    """What speaks against making the target: others of the same pair and amount, or its source read already.

    ``beside`` is the target that this one restates; that one may say the same. Two or three queries.
    """
    alike = [one for one in same_goal(target) if beside is None or one.pk != beside.pk]
    known = source_at(source.url) if isinstance(source, NewSource) else source
    # A source chosen from the list may well name several targets; two of one pair are worth a look.
    read = statements_of(known, None if isinstance(source, NewSource) else target.pair_id) if known else ()
    if not (alike or read or (known and isinstance(source, NewSource))):
        return None
    return Doubtful(alike, read, known)


@transaction.atomic
def create(
    *,
    by: AbstractBaseUser,
    target: Target,
    statement: Statement,
    source: Source | NewSource,
    sides: Sequence[Economy] = (),
    accepted: bool = False,
    submit: bool = False,
    today: date | None = None,
    beside: Target | None = None,
) -> Target:
    """The target, stored as a draft with its first statement and that one's source; submitted where asked for.

    ``target`` and ``statement`` are not saved yet, and neither need the pair be. Raises Doubtful for what seems to be
    there, unless ``accepted``; a new source at a known address is then the known one. Raises ActionRefused where the
    records cannot be so.
    """
    doubt = None if accepted else doubts(target, source, beside=beside)
    if doubt:
        raise doubt
    if isinstance(source, NewSource):
        source = (source_at(source.url) if source.url else None) or add_source(by=by, new=source)
    if target.pair._state.adding:
        editing.save(by=by, record=target.pair)
        target.pair = target.pair
    editing.save(by=by, record=target, today=today)
    statement.target, statement.source = target, source
    editing.save(by=by, record=statement, related={"sides": list(sides)}, today=today)
    if submit:
        review.submit(by=by, record=target)
        review.submit(by=by, record=statement)
    return target


@transaction.atomic
def restate(
    *,
    by: AbstractBaseUser,
    earlier: Target,
    relation: Relation | str,
    target: Target,
    statement: Statement,
    source: Source | NewSource,
    sides: Sequence[Economy] = (),
    accepted: bool = False,
    submit: bool = False,
    today: date | None = None,
) -> Target:
    """The next version of a target, made like any other and linked from the earlier one with what it did to it.

    The link is set at once, on a published target too: readers see nothing of it before the next version is published.
    Raises ActionRefused where the earlier one is followed already, the pair is another, or the relation contradicts
    the amounts or deadlines.
    """
    stored = Target.objects.select_for_update().get(pk=earlier.pk)
    relation = _relation(relation)
    if stored.superseded_by_id is not None:
        told = {"earlier": stored.slug, "next": stored.superseded_by.slug}
        raise ActionRefused(_("%(earlier)s is followed by %(next)s already. Restate that one.") % told)
    if target.pair_id != stored.pair_id:
        raise ActionRefused(_("The next target must be of the same pair."), field="pair")
    check_relation(stored, target, relation)
    made = create(
        by=by,
        target=target,
        statement=statement,
        source=source,
        sides=sides,
        accepted=accepted,
        submit=submit,
        today=today,
        beside=stored,
    )
    stored.superseded_by, stored.relation = made, relation
    _sign(stored, by, _("Restated as %(slug)s.") % {"slug": made.slug})
    stored.save()
    event = journal.record(by=by, verb="restate", record=stored, counts={"next": made.slug, "relation": relation.value})
    editing.refresh(stored, by=by, event=event, today=today)
    return made


def may_unlink(person: AbstractBaseUser, earlier: Target) -> bool:
    """Whether this person may part the target from its next version: who changes targets and may change this one, or,
    while the next one is not published, that one."""
    after = earlier.superseded_by
    if after is None or not may(person, "targets.change_target"):
        return False
    return editing.may_edit(person, earlier) or (
        after.state != ReviewState.PUBLISHED and editing.may_edit(person, after)
    )


@transaction.atomic
def unlink(
    *, by: AbstractBaseUser, earlier: Target, after: Target, reason: str = "", today: date | None = None
) -> None:
    """Nothing: the target has no next version any more. ``after``, which was it, stays a target of its own.

    With a reason where readers see both. Raises ActionRefused where it is followed by another one than ``after``.
    """
    stored = Target.objects.select_for_update().get(pk=earlier.pk)
    if stored.superseded_by_id != after.pk:
        raise ActionRefused(_("Somebody has changed this meanwhile. Look at what follows now."))
    if not may_unlink(by, stored):
        raise ActionRefused(_("You may not do this."))
    shown = {stored.state, after.state} == {ReviewState.PUBLISHED}
    if shown and not reason.strip():
        raise ActionRefused(editing.unexplained(), field="reason")
    stored.superseded_by, stored.relation = None, ""
    _sign(stored, by, reason.strip() or _("Not followed by %(slug)s.") % {"slug": after.slug})
    stored.save()
    event = journal.record(by=by, verb="unlink", record=stored, reason=reason.strip(), counts={"next": after.slug})
    editing.refresh(stored, by=by, event=event, today=today)


def check_relation(earlier: Target, later: Target, relation: Relation) -> None:
    """Nothing, or ActionRefused: a raised target has a higher amount, a postponed one a later deadline, and so on.

    Only what both say is compared: amounts of one currency, deadlines that are named.
    """
    amounts = (earlier.amount, later.amount) if earlier.currency == later.currency else (None, None)
    years = (earlier.deadline_year, later.deadline_year)
    wrong = {
        Relation.RAISED: _above(*amounts) is False and _("Raised, but the new amount is not higher."),
        Relation.LOWERED: _above(*reversed(amounts)) is False and _("Lowered, but the new amount is not lower."),
        Relation.POSTPONED: _above(*years) is False and _("Postponed, but the new deadline is not later."),
        Relation.BROUGHT_FORWARD: _above(*reversed(years)) is False
        and _("Brought forward, but the new deadline is not earlier."),
    }.get(relation)
    if wrong:
        raise ActionRefused(wrong, field="relation")


def _above(one: Any, other: Any) -> bool | None:
    """Whether the other is the greater; None where either is not known."""
    return None if one is None or other is None else bool(other > one)


def _relation(value: Relation | str) -> Relation:
    if not value:
        raise ActionRefused(_("Say what the new target does to the earlier one."), field="relation")
    return Relation(value)


# Addresses


@transaction.atomic
def rename(*, by: AbstractBaseUser, target: Target, slug: str, reason: str = "", today: date | None = None) -> bool:
    """Whether the target got another address; the former one leads there where readers could have known it."""
    # As it is stored now: what somebody else saved since the caller read it must not be written over.
    stored = Target.objects.select_for_update().get(pk=target.pk)
    former = stored.slug
    if slug == former:
        return False
    stored.slug = slug
    check_slug(stored)
    editing.save(by=by, record=stored, reason=reason, today=today, verb="rename")
    SlugRedirect.objects.filter(slug=slug).delete()
    if was_public(stored):
        SlugRedirect.objects.create(slug=former, target=stored)
    target.slug = slug
    return True


@transaction.atomic
def merge(*, by: AbstractBaseUser, target: Target, into: Target, reason: str, today: date | None = None) -> Target:
    """The target that stays: it takes the other's statements, documents, links and addresses, and the other is gone.

    A statement that the one which stays has too is not doubled; the one that readers see is kept. The verdicts that
    readers saw on the other stand on the one that stays, named as the other's. The history keeps what is gone. For
    editors, with a reason.
    """
    if not review.may_publish(by):
        raise ActionRefused(_("Only an editor may merge targets."))
    if target.pk == into.pk:
        raise ActionRefused(_("A target cannot be merged into itself."), field="into")
    # In one order for everybody: two who merge the same two crosswise must not wait for each other.
    rows = Target.objects.select_for_update().filter(pk__in=[target.pk, into.pk]).order_by("pk")
    both = {row.pk: row for row in rows}
    if len(both) < 2:
        raise ActionRefused(_("One of the two is gone: somebody merged it meanwhile."), field="into")
    gone, stays = both[target.pk], both[into.pk]
    if gone.pair_id != stays.pair_id:
        raise ActionRefused(_("Only targets of one pair are merged."), field="into")
    if gone.state == ReviewState.PUBLISHED and stays.state != ReviewState.PUBLISHED:
        raise ActionRefused(_("Readers see this target and not the other one: publish that one first."), field="into")
    if not reason.strip():
        raise ActionRefused(_("Say why these are one target."), field="reason")
    moved = _move_evidence(gone, stays, by, reason)
    _move_verdicts(gone, stays)
    _move_links(gone, stays, by, reason)
    gone.former_slugs.update(target=stays)
    public, slug = was_public(gone), gone.slug
    _sign(gone, by, reason)
    gone.delete()
    if public:
        SlugRedirect.objects.create(slug=slug, target=stays)
    event = journal.record(
        by=by, verb="merge", record=stays, reason=reason.strip(), counts={"merged": slug, "statements": moved}
    )
    editing.refresh(stays, by=by, event=event, today=today)
    return stays


def was_public(target: Target) -> bool:
    """Whether readers could ever have seen the target. One query at most."""
    published = target.history.filter(state=ReviewState.PUBLISHED)
    return target.state == ReviewState.PUBLISHED or published.exists()


def _move_evidence(gone: Target, stays: Target, by: AbstractBaseUser, reason: str) -> int:
    """How many statements went over; documents go with them."""
    # Held until the end: what somebody stores or publishes meanwhile must not be written over.
    held = list(Statement.objects.select_for_update().filter(target__in=[gone, stays]).order_by("pk"))
    known = {_said(one): one for one in held if one.target_id == stays.pk}
    moved = 0
    for statement in [one for one in held if one.target_id == gone.pk]:
        _sign(statement, by, reason)
        same = known.get(_said(statement))
        if same is not None and (same.state == ReviewState.PUBLISHED or statement.state != ReviewState.PUBLISHED):
            statement.delete()
            continue
        if same is not None:
            # Of one statement twice the one that readers see is kept.
            _sign(same, by, reason)
            same.delete()
        statement.target = stays
        statement.save()
        moved += 1
    for document in gone.documents.all():
        _sign(document, by, reason)
        document.targets.add(stays)
        document.targets.remove(gone)
    return moved


def _move_verdicts(gone: Target, stays: Target) -> None:
    """Nothing: the verdicts that readers saw on the one that goes stand on the one that stays, as those of the other.

    Of a draft nobody saw any.
    """
    if gone.state != ReviewState.PUBLISHED:
        return
    for change in verdicts_seen(gone):
        if gone.published_at and change.changed_at < gone.published_at and not change.merged_from:
            # The verdict it was published with: what it was before, readers never saw.
            change.from_status, change.cause = "", ChangeCause.FIRST
        change.target, change.merged_from = stays, change.merged_from or gone.slug
        change.save(update_fields=["target", "merged_from", "from_status", "cause"])


def _said(statement: Statement) -> tuple[Any, ...]:
    """By what a statement of one target is the same as another."""
    return (statement.source_id, statement.stated_on, statement.speaker)


def _move_links(gone: Target, stays: Target, by: AbstractBaseUser, reason: str) -> None:
    """Nothing: what led to the one that goes leads to the one that stays, which never follows itself."""
    if stays.superseded_by_id == gone.pk:
        stays.superseded_by, stays.relation = None, ""
    if stays.superseded_by_id is None and gone.superseded_by_id not in (None, stays.pk):
        if stays.pk not in _after(gone):
            stays.superseded_by, stays.relation = gone.superseded_by, gone.relation
    _sign(stays, by, reason)
    stays.save()
    for earlier in Target.objects.select_for_update().filter(superseded_by=gone).exclude(pk=stays.pk):
        if earlier.pk in _after(stays):
            earlier.superseded_by, earlier.relation = None, ""
        else:
            earlier.superseded_by = stays
        _sign(earlier, by, reason)
        earlier.save()
    if gone.superseded_by_id is not None:
        gone.superseded_by, gone.relation = None, ""


def _after(target: Target) -> set[int]:
    """Ids of all that follow the target, however far on."""
    found: set[int] = set()
    here = target.superseded_by
    while here is not None and here.pk not in found:
        found.add(here.pk)
        here = here.superseded_by
    return found


def _sign(record: Any, by: AbstractBaseUser, reason: str) -> None:
    record._history_user, record._change_reason = by, reason.strip()[:100]


def pair_of(*, one: Economy, other: Economy) -> CountryPair:
    """The pair of two economies, in either order; not saved where it is new. Raises ActionRefused for one economy."""
    first, second = sorted((one, other), key=lambda economy: economy.pk)
    if first.pk == second.pk:
        raise ActionRefused(_("No economy trades with itself."), field="other")
    known = CountryPair.objects.select_related("first", "second").filter(first=first, second=second).first()
    return known or CountryPair(first=first, second=second, slug=f"{first.pk}-{second.pk}".lower())
