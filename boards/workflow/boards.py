"""Setting up a board: its terms of reference, and who has a seat from which day to which."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from boards.models import Board, Every, Seat, SeatRole
from improvement import ledger
from improvement.models import Council, Organisation, Plan, User
from improvement.permissions import Verb, require

# An address under /<council>/boards/ begins with one of these words already.
TAKEN = frozenset({"add"})
CHAIRS = (SeatRole.CHAIR, SeatRole.INDEPENDENT_CHAIR)


@transaction.atomic
def add_board(
    *, council: Council, name: str, plans: Sequence[Plan], terms: dict[str, Any], by: User, on: date
) -> Board:
    """Set a board up. `terms` are those of `change_terms`."""
    require(by, Verb.KEEP_BOARD, council)
    slug = slugify(name)[:50]
    if not slug or slug in TAKEN or Board.objects.for_council(council).filter(slug=slug).exists():
        raise ValidationError({"name": "Choose another name: a board is known by this one, or cannot be."})
    _check_plans(council, plans)
    board = Board(council=council, slug=slug, name=name.strip(), **_checked(terms))
    board.save(force_insert=True)
    board.plans.set(plans)
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="add_board",
        subject=board,
        before={},
        after={"name": board.name, "plans": sorted(plan.slug for plan in plans), **terms},
    )
    return board


@transaction.atomic
def change_terms(
    *, board: Board, name: str, plans: Sequence[Plan], terms: dict[str, Any], by: User, on: date
) -> Board:
    """Reword a board's terms of reference: purpose, accountable_to, reports_to, principles, and how often it meets.

    `terms` holds those fields and every, interval, weekday, week_of_month.
    """
    require(by, Verb.KEEP_BOARD, board.council)
    _check_plans(board.council, plans)
    kept = Board.objects.select_for_update().get(pk=board.pk)
    before = {field: getattr(kept, field) for field in terms} | _named(kept.name, kept.plans.all())
    after = terms | _named(name.strip(), plans)
    if before == after:
        return kept
    kept.name = name.strip()
    for field, value in _checked(terms).items():
        setattr(kept, field, value)
    kept.save()
    kept.plans.set(plans)
    ledger.record(
        by=by,
        on=on,
        council=board.council,
        verb="change_terms",
        subject=kept,
        before=before,
        after=after,
    )
    return kept


@transaction.atomic
def add_seat(
    *,
    board: Board,
    title: str,
    organisation: Organisation | None,
    role: SeatRole,
    from_on: date | None,
    by: User,
    on: date,
) -> Seat:
    """Give a post a seat. One chair at a time: the one before has to leave first."""
    require(by, Verb.KEEP_BOARD, board.council)
    if organisation and organisation.council_id != board.council_id:
        raise ValidationError({"organisation": "Choose one of the council's own organisations."})
    Board.objects.select_for_update().get(pk=board.pk)
    sitting = Seat.objects.for_board(board).sitting(on=from_on or on)
    if sitting.filter(title__iexact=title.strip(), organisation=organisation).exists():
        raise ValidationError({"title": "This post has a seat already."})
    if role in CHAIRS and sitting.filter(role__in=CHAIRS).exists():
        raise ValidationError({"role": "Somebody chairs the board on that day. End that seat first."})
    position = Seat.objects.for_board(board).count() + 1
    seat = Seat.objects.create(
        board=board,
        slug=f"{slugify(title)[:44] or 'seat'}-{position}",
        position=position,
        title=title.strip(),
        organisation=organisation,
        role=role,
        from_on=from_on,
    )
    said = {"title": seat.title, "role": role, "from_on": from_on}
    ledger.record(by=by, on=on, council=board.council, verb="add_seat", subject=seat, before={}, after=said)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, until_on: date, by: User, on: date) -> Seat:
    """A post leaves the board: `until_on` is its last day."""
    require(by, Verb.KEEP_BOARD, seat.board.council)
    if seat.from_on and until_on < seat.from_on:
        raise ValidationError({"until_on": "A seat ends after it begins."})
    before = {"until_on": seat.until_on}
    if before == {"until_on": until_on}:
        return seat
    Seat.objects.filter(pk=seat.pk).update(until_on=until_on)
    seat.refresh_from_db()
    ledger.record(
        by=by,
        on=on,
        council=seat.board.council,
        verb="end_seat",
        subject=seat,
        before=before,
        after={"until_on": until_on},
    )
    return seat


def _check_plans(council: Council, plans: Sequence[Plan]) -> None:
    if any(plan.council_id != council.pk for plan in plans):
        raise ValidationError({"plans": f"Plans must be those of {council}."})


def _checked(terms: dict[str, Any]) -> dict[str, Any]:
    if not terms["purpose"].strip():
        raise ValidationError({"purpose": "Say what the board is for."})
    if terms["every"] == Every.MONTH and terms["weekday"] is not None and terms["week_of_month"] is None:
        raise ValidationError({"week_of_month": "Say in which week of the month."})
    return terms


def _named(name: str, plans: Any) -> dict[str, Any]:
    return {"name": name, "plans": sorted(plan.slug for plan in plans)}
