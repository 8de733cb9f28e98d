"""A newer file of a plan laid beside the plan: what it says otherwise, so that nothing that people wrote is overwritten.

Three sides are compared where there are three: the file, the plan as it stands, and what the file started from. That is
the last file of the council's own of which something was loaded into the plan; for a file that Waymark wrote, the update
that each of its rows names and what else the plan had on the day of the file, and otherwise all that it ever said. What only Waymark has changed since is left alone
and not shown. What both have changed is a clash: both are shown, and the file's is applied only where somebody chooses
it. What the file before said already and nobody took over is shown again, and not ticked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from improvement.models import Plan
from recommendations.intake.as_it_stands import ActionStands, PlanStands, plain, plan_as_it_stands, short
from recommendations.intake.comparing_actions import compared
from recommendations.intake.covering import part
from recommendations.intake.difference import (
    LEFT_OUT,
    UNCLEAR,
    AddAction,
    AddRecommendation,
    Difference,
    DifferenceKind,
    key_of,
)
from recommendations.intake.pairing import pair
from recommendations.intake.plan_read import (
    ActionRead,
    PlanRead,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
)
from recommendations.intake.side_by_side import SideBySide
from recommendations.models import Recommendation, Stage, Timescale

SHOWN_ONLY = "Shown only: Waymark keeps what it has."


@dataclass(frozen=True)
class Base:
    """The plan as the council's own file before this one had it, and the moment at which that was loaded."""

    read: PlanRead
    at: datetime


@dataclass(frozen=True)
class Compared:
    """What a file says otherwise; and in a sentence which part of the plan it holds, empty where it is all of it."""

    differences: tuple[Difference, ...]
    part: str


def differences(read: PlanRead, plan: Plan, *, base: Base | None, on: date) -> tuple[Difference, ...]:
    """Everything that the file says otherwise, in its order; what it no longer has comes last."""
    return compare(read, plan, base=base, on=on).differences


def compare(read: PlanRead, plan: Plan, *, base: Base | None, on: date) -> Compared:
    stands = plan_as_it_stands(plan, on=on)
    gone: list[ActionStands] = []
    found = list(_differences(read, stands, base, on, gone))
    there = {short(each.reference.value) for each in read.recommendations}
    whole = [each for each in stands.recommendations if short(each.reference) not in there]
    gone += [action for each in whole for action in stands.actions.get(each.pk, ())]
    gone = [each for each in gone if each.stage != Stage.WITHDRAWN]
    sentence, listed = part(stands, gone, read.covers)
    # Of a recommendation that is gone whole its actions need no line of their own.
    of_whole = {} if sentence else {each.pk: each for each in whole}
    found += [_gone(each) for each in listed if each.action.recommendation_id not in of_whole]
    found += [_gone_whole(each) for each in of_whole.values()]
    return Compared(tuple(found), sentence)


def is_ours(read: PlanRead) -> bool:
    """Whether Waymark wrote the file: its rows name the updates that they started from."""
    return any(said.number.strip() for said in _standings(read))


def _standings(read: PlanRead) -> Iterator[Standing]:
    actions = (action for each in read.recommendations for action in each.actions)
    return (said.value for action in actions for said in action.standings)


def _differences(
    read: PlanRead, stands: PlanStands, base: Base | None, on: date, gone: list[ActionStands]
) -> Iterator[Difference]:
    """What the file says otherwise of what it holds; what it lacks of its recommendations is put to what is gone."""
    there = {short(each.reference): each for each in stands.recommendations}
    before = {short(each.reference.value): each for each in base.read.recommendations} if base else {}
    ours_file = is_ours(read)
    says_forecasts = any(said.forecast_on for said in _standings(read))
    for each in read.recommendations:
        reference = short(each.reference.value)
        ours = there.get(reference)
        if ours is None:
            yield _added(each, left_out=reference in before)
            continue
        earlier = before.get(reference)
        yield from _of_recommendation(each, ours, earlier)
        actions = stands.actions.get(ours.pk, ())
        pairs = pair(each.actions, actions)
        were = {short(action.number.value): action for action in earlier.actions} if earlier else {}
        taken = {short(action.action.number) for action in actions}
        for action, standing in pairs.same:
            was = _as_it_was(action, standing, were)
            at = base.at if base and was else None
            yield from compared(
                SideBySide(
                    reference=each.reference.value,
                    read=action,
                    stands=standing,
                    was=was,
                    at=at,
                    plan=stands,
                    on=on,
                    is_ours=ours_file,
                    as_of=read.as_of,
                    says_forecasts=says_forecasts,
                )
            )
        for action in pairs.added:
            left_out = short(action.number.value) in were
            yield _added_action(ours, each.reference.value, action, taken, left_out=left_out)
        gone += pairs.gone


def _as_it_was(action: ActionRead, standing: ActionStands, were: dict[str, ActionRead]) -> ActionRead | None:
    """The action in the file before this one; a number that meant another action then tells nothing."""
    by_number = were.get(short(standing.action.number))
    words = {plain(text) for text in (*standing.texts.values, action.text.value)}
    if by_number and plain(by_number.text.value) in words:
        return by_number
    same = [each for each in were.values() if plain(each.text.value) in words]
    return same[0] if len(same) == 1 else by_number


def _added(read: RecommendationRead, *, left_out: bool) -> Difference:
    reference, count = read.reference.value, len(read.actions)
    unclear = _unclear(read.reference, read.text)
    words = f"{read.text.value} ({count} {'action' if count == 1 else 'actions'})"
    return Difference(
        key=key_of(reference, "added", read.text.value, *(each.text.value for each in read.actions)),
        kind=DifferenceKind.ADDED_RECOMMENDATION,
        subject=reference,
        before="",
        after=words,
        read_subject=reference,
        places=read.text.places,
        step=AddRecommendation(read),
        chosen=not (left_out or unclear),
        unclear=bool(unclear) and not left_out,
        note=LEFT_OUT if left_out else unclear,
    )


def _unclear(*said: Said[str]) -> str:
    """Why somebody has to look at what tells something new from what is there; empty where it is clear."""
    return next((UNCLEAR.format(each.how) for each in said if each.sure == Sureness.UNSURE), "")


def _added_action(
    ours: Recommendation, reference: str, read: ActionRead, taken: Iterable[str], *, left_out: bool
) -> Difference:
    number, subject = read.number.value, f"{ours.reference} ({read.number.value})"
    clash = short(number) in taken
    unclear = _unclear(read.number, read.text)
    note = LEFT_OUT if left_out else unclear
    if clash:
        note = (
            f"{ours.reference} has another action {number} already. Give it a number of its own in the file."
        )
    return Difference(
        key=key_of(subject, "added", read.text.value, read.due.value, read.leads.value),
        kind=DifferenceKind.ADDED_ACTION,
        subject=subject,
        before="",
        after=read.text.value,
        read_subject=f"{reference} ({number})",
        places=read.text.places,
        step=None if clash else AddAction(ours, read),
        chosen=not (clash or left_out or unclear),
        unclear=bool(unclear) and not (clash or left_out),
        note=note,
    )


def _of_recommendation(
    read: RecommendationRead, ours: Recommendation, earlier: RecommendationRead | None
) -> Iterator[Difference]:
    """What a recommendation says never changes in Waymark, so that another wording is shown and nothing is done."""
    labels = dict(Timescale.choices)
    sides: list[tuple[str, Said[str], str, str | None]] = [
        ("recommendation", read.text, ours.text, earlier.text.value if earlier else None),
        ("outcome required", read.outcome, ours.outcome, earlier.outcome.value if earlier else None),
        ("theme", read.theme, ours.theme.name, earlier.theme.value if earlier else None),
        ("timescale", read.timescale, ours.timescale, earlier.timescale.value if earlier else None),
    ]
    for what, said, now, was in sides:
        after = plain(said.value)
        if not after or after in (plain(now), plain(was or "")) or said.value == Timescale.NONE:
            continue
        yield Difference(
            key=key_of(ours.reference, what.replace(" ", "-"), now, said.value),
            kind=DifferenceKind.OTHER,
            subject=ours.reference,
            before=str(labels.get(now, now)),
            after=str(labels.get(said.value, said.value)),
            read_subject=read.reference.value,
            places=said.places,
            note=f"{SHOWN_ONLY} The file has another {what}.",
        )


def _gone(stands: ActionStands) -> Difference:
    subject = str(stands.action)
    return Difference(
        key=key_of(subject, "gone", stands.text),
        kind=DifferenceKind.GONE,
        subject=subject,
        before=stands.text,
        after="",
        note="Nothing is done. Withdraw the action on its own page if it is no longer to be done.",
    )


def _gone_whole(ours: Recommendation) -> Difference:
    return Difference(
        key=key_of(ours.reference, "gone", ours.text),
        kind=DifferenceKind.GONE,
        subject=ours.reference,
        before=ours.text,
        after="",
        note="Nothing is done. Its actions can be withdrawn, each on its own page.",
    )
