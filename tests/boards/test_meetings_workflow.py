"""Boards, meetings, decisions and minutes: what changes them, and what they refuse."""

import hashlib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from boards.models import (
    BoardAction,
    Decided,
    Decision,
    Meeting,
    Minutes,
    Outcome,
    Presence,
    Readiness,
    Seat,
    SeatRole,
)
from boards.workflow import at_meeting, boards, decisions, meetings, pack
from boards.workflow import minutes as minutes_workflow
from boards.workflow.meetings import MeetingHeld, NotedMeanwhile, When
from improvement.models import Change, PlanVersion, User
from recommendations import workflow as plan_workflow
from recommendations.models import Action, DueDateChange, ProgressUpdate
from tests.boards.meetings import TODAY, arranged, asked, board
from tests.cast import Cast
from tests.factories import RiskFactory

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Change.objects.order_by("position").values_list("verb", flat=True))


def item_of(meeting: Meeting, position: int = 2) -> object:
    return meeting.items.select_related("meeting__board__council").get(position=position)


# Boards and seats


def test_a_post_takes_a_seat_and_leaves_it(cast: Cast, harrow: object) -> None:
    seat = boards.add_seat(
        board=board(),
        title="Headteacher",
        organisation=None,
        role=SeatRole.MEMBER,
        from_on=date(2012, 10, 1),
        by=cast.plan_administrator,
        on=TODAY,
    )
    boards.end_seat(seat=seat, until_on=date(2012, 10, 31), by=cast.plan_administrator, on=TODAY)

    sitting = [
        Seat.objects.sitting(on=on).filter(pk=seat.pk).exists()
        for on in (date(2012, 9, 30), date(2012, 10, 1), date(2012, 10, 31), date(2012, 11, 1))
    ]
    assert sitting == [False, True, True, False]
    assert verbs() == ["add_seat", "end_seat"]


def test_a_board_has_one_chair(cast: Cast, harrow: object) -> None:
    with pytest.raises(ValidationError, match="Somebody chairs the board"):
        boards.add_seat(
            board=board(),
            title="Somebody independent",
            organisation=None,
            role=SeatRole.INDEPENDENT_CHAIR,
            from_on=None,
            by=cast.plan_administrator,
            on=TODAY,
        )


def test_terms_saved_as_they_were_are_no_change(cast: Cast, harrow: object) -> None:
    kept = board()
    terms = {"purpose": kept.purpose, "every": kept.every, "weekday": None, "week_of_month": None}
    plans = list(kept.plans.all())

    for _ in range(2):
        boards.change_terms(
            board=kept, name="Another name", plans=plans, terms=terms, by=cast.plan_administrator, on=TODAY
        )

    assert verbs() == ["change_terms"]
    assert board().name == "Another name"


# Meetings


def test_a_meeting_begins_with_an_agenda_and_a_pack(cast: Cast, harrow: object) -> None:
    meeting = arranged(cast)

    assert list(meeting.items.values_list("position", "kind", "title")) == [
        (1, "log", "Actions from the last meeting"),
        (2, "plan", "Children and Families Improvement Plan"),
        (3, "other", "Any other business"),
    ]
    assert meeting.papers.count() == 3
    assert verbs() == ["arrange_meeting"]


def test_a_board_meets_once_a_day(cast: Cast, harrow: object) -> None:
    arranged(cast)

    with pytest.raises(ValidationError, match="meets on 14 November 2012 already"):
        arranged(cast)


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "scrutiny_officer"])
def test_only_who_keeps_the_board_arranges(cast: Cast, harrow: object, who: str) -> None:
    with pytest.raises(PermissionDenied):
        meetings.arrange_meetings(board=board(), when=[When(TODAY)], by=getattr(cast, who), on=TODAY)


def test_a_paper_stays_out_for_a_reason(cast: Cast, harrow: object) -> None:
    paper = arranged(cast).papers.get(position=1)

    with pytest.raises(ValidationError, match="Say why"):
        pack.set_paper(paper=paper, readiness=Readiness.EXCLUDED, by=cast.plan_administrator, on=TODAY)
    step = pack.set_paper(
        paper=paper,
        readiness=Readiness.EXCLUDED,
        reason="Figures are late.",
        by=cast.plan_administrator,
        on=TODAY,
    )

    assert (step.readiness, step.reason) == ("excluded", "Figures are late.")


def test_attendance_is_recorded_once_and_corrected_by_another_record(cast: Cast, harrow: object) -> None:
    meeting = arranged(cast)
    seat = Seat.objects.for_board(board()).get(position=1)
    said = {"meeting": meeting, "by": cast.plan_administrator, "on": TODAY}

    counts = [
        at_meeting.record_attendance(presence={seat: presence}, **said)
        for presence in (Presence.PRESENT, Presence.PRESENT, Presence.APOLOGIES)
    ]

    assert counts == [1, 0, 1]
    assert verbs() == ["arrange_meeting", "record_attendance", "record_attendance"]


def test_a_board_action_carries_over_until_it_ends(cast: Cast, harrow: object) -> None:
    action = at_meeting.raise_action(
        meeting=arranged(cast),
        what="Bring a paper.",
        who="SM QA",
        due_on=date(2012, 12, 1),
        by=cast.board_member,
        on=TODAY,
    )
    at_meeting.end_action(
        action=action, outcome=Outcome.DONE, words="It was read.", by=cast.board_member, on=date(2012, 12, 5)
    )

    open_on = [
        BoardAction.objects.open(on=on).filter(pk=action.pk).exists()
        for on in (date(2012, 11, 13), TODAY, date(2012, 12, 4), date(2012, 12, 5))
    ]
    assert open_on == [False, True, True, False]
    with pytest.raises(ValidationError, match="Somebody else ended"):
        at_meeting.end_action(
            action=action, outcome=Outcome.DROPPED, words="No.", by=cast.board_member, on=date(2012, 12, 6)
        )


def test_notes_are_never_lost(cast: Cast, harrow: object) -> None:
    item = item_of(arranged(cast))
    said = {"item": item, "by": cast.plan_administrator, "on": TODAY}
    at_meeting.note_item(text="First.", version=0, **said)

    with pytest.raises(NotedMeanwhile) as clash:
        at_meeting.note_item(text="Second.", version=0, **said)

    assert (clash.value.theirs, clash.value.version) == ("First.", 1)


def test_nothing_is_added_to_a_closed_meeting(cast: Cast, harrow: object) -> None:
    meeting = arranged(cast)
    item = item_of(meeting)
    meetings.close_meeting(meeting=meeting, by=cast.plan_administrator, on=TODAY)

    with pytest.raises(MeetingHeld):
        at_meeting.note_item(item=item, text="Late.", version=0, by=cast.plan_administrator, on=TODAY)
    with pytest.raises(MeetingHeld):
        decisions.decide_in_words(item=item, words="Late.", by=cast.board_member, on=TODAY)


def test_a_meeting_is_called_off_for_a_reason(cast: Cast, harrow: object) -> None:
    meeting = arranged(cast)
    said = {"meeting": meeting, "by": cast.plan_administrator, "on": TODAY}
    with pytest.raises(ValidationError, match="Say why"):
        meetings.call_off(reason=" ", **said)

    meetings.call_off(reason="Snow.", **said)

    known = Meeting.objects.for_board(board())
    assert not known.to_come(on=TODAY).exists()
    assert known.called_off(on=TODAY).get().called_off_because == "Snow."
    assert verbs() == ["arrange_meeting", "call_off_meeting"]
    with pytest.raises(MeetingHeld, match="called off"):
        decisions.decide_in_words(item=item_of(meeting), words="No.", by=cast.board_member, on=TODAY)


# Decisions


@pytest.mark.parametrize(
    ("agree", "decided", "words"),
    [
        (True, Decided.DATE_AGREED, "S2 (1): the due date moves to 31 January 2013. Said so."),
        (False, Decided.DATE_REFUSED, "S2 (1): the due date stays 27 September 2012. Said so."),
    ],
)
def test_a_decision_about_a_date_acts(
    cast: Cast, action: Action, agree: bool, decided: str, words: str
) -> None:
    item, change = item_of(arranged(cast)), asked(cast, action)

    decision = decisions.decide_due_date(
        item=item, change=change, agree=agree, words="Said so.", by=cast.board_member, on=TODAY
    )

    change = DueDateChange.objects.get(pk=change.pk)
    assert (change.decision, change.decided_on) == ("agreed" if agree else "refused", TODAY)
    assert (decision.number, decision.decided, decision.words) == (1, decided, words)
    assert change.board_decision == decision
    assert decision.changed == change
    assert verbs()[-2:] == ["agree_due_date" if agree else "refuse_due_date", "decide"]


def test_a_decision_that_cannot_act_is_not_recorded(cast: Cast, action: Action) -> None:
    item, change = item_of(arranged(cast)), asked(cast, action)

    with pytest.raises(ValidationError, match="Say why the date stays"):
        decisions.decide_due_date(item=item, change=change, agree=False, by=cast.board_member, on=TODAY)

    assert not Decision.objects.of_meeting(item.meeting).exists()
    assert DueDateChange.objects.get(pk=change.pk).decision == "waiting"


def test_a_double_click_is_one_decision(cast: Cast, action: Action) -> None:
    item, change = item_of(arranged(cast)), asked(cast, action)
    said = {"item": item, "change": change, "agree": True, "on": TODAY}

    first, second = (decisions.decide_due_date(by=cast.board_member, **said) for _ in range(2))

    assert first == second
    assert Decision.objects.of_meeting(item.meeting).count() == 1


def test_nothing_is_decided_before_the_day_of_the_meeting(cast: Cast, harrow: object) -> None:
    when = When(date(2012, 12, 5))
    later = meetings.arrange_meetings(board=board(), when=[when], by=cast.plan_administrator, on=TODAY)[0]

    with pytest.raises(ValidationError, match="on the day of its meeting"):
        decisions.decide_in_words(item=item_of(later), words="Early.", by=cast.board_member, on=TODAY)


def test_a_version_is_agreed_by_the_board(cast: Cast, harrow: object) -> None:
    decision = decisions.decide_version(
        item=item_of(arranged(cast)), plan=harrow, label="3.0", by=cast.plan_administrator, on=TODAY
    )

    version = PlanVersion.objects.get(plan=harrow, label="3.0")
    assert decision.plan_version == version
    assert [str(signed) for signed in version.sign_offs.all()] == [
        "Children and Families Improvement Board, 14 November 2012"
    ]


def test_words_about_a_risk_point_to_it(cast: Cast, harrow: object) -> None:
    risk = RiskFactory(plan=harrow)

    decision = decisions.decide_in_words(
        item=item_of(arranged(cast)),
        words="Accept it until March.",
        risk=risk,
        by=cast.board_member,
        on=TODAY,
    )

    assert (decision.decided, decision.changed) == (Decided.RISK, risk)


def test_a_decision_is_never_reworded(cast: Cast, harrow: object) -> None:
    decision = decisions.decide_in_words(
        item=item_of(arranged(cast)), words="Meet weekly.", by=cast.board_member, on=TODAY
    )

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(words="Meet daily.")


def test_a_reader_decides_nothing(cast: Cast, harrow: object) -> None:
    with pytest.raises(PermissionDenied):
        decisions.decide_in_words(item=item_of(arranged(cast)), words="No.", by=cast.reader, on=TODAY)


# Minutes


def test_minutes_are_saved_then_agreed_and_frozen(cast: Cast, harrow: object) -> None:
    meeting = arranged(cast)
    said = {"meeting": meeting, "by": cast.plan_administrator, "on": TODAY}
    minutes_workflow.save_minutes(text="We met.", version=0, **said)
    with pytest.raises(ValidationError, match="Close the meeting"):
        minutes_workflow.agree_minutes(version=1, **said)
    meeting = meetings.close_meeting(**said)

    agreed = minutes_workflow.agree_minutes(**{**said, "meeting": meeting}, version=1)

    digest = hashlib.sha256(b"We met.").hexdigest()
    assert (agreed.agreed, agreed.digest) == (True, digest)
    change = Change.objects.get(verb="agree_minutes")
    assert change.after == {"agreed": True, "digest": digest}
    with pytest.raises(ValidationError, match="agreed"):
        minutes_workflow.save_minutes(text="We met twice.", version=2, **said)
    assert Minutes.objects.filter(meeting=meeting).count() == 2


@pytest.mark.parametrize(
    ("sign_off", "words", "stage", "decided", "sentence"),
    [
        (True, "", "complete", Decided.SIGNED_OFF, "S2 (1): signed off as complete."),
        (
            False,
            "Show the audit.",
            "in-progress",
            Decided.RETURNED,
            "S2 (1): returned to the lead officer. Show the audit.",
        ),
    ],
)
def test_a_decision_about_a_claim_acts(
    cast: Cast, action: Action, sign_off: bool, words: str, stage: str, decided: str, sentence: str
) -> None:
    """The fixtures have S2 (1) claimed already."""
    claim = ProgressUpdate.objects.last_of(action)
    add_link(action, by=cast.plan_administrator)

    decision = decisions.decide_claim(
        item=item_of(arranged(cast)),
        action=action,
        version=claim.sequence,
        rating=claim.rating,
        sign_off=sign_off,
        words=words,
        by=cast.board_member,
        on=TODAY,
    )

    latest = ProgressUpdate.objects.last_of(action)
    assert (latest.stage, latest.on, latest.by) == (stage, TODAY, cast.board_member)
    assert (decision.decided, decision.words, decision.changed) == (decided, sentence, latest)


def add_link(action: Action, *, by: User) -> None:
    plan_workflow.add_evidence(
        recommendation=action.recommendation,
        action=action,
        shows="The protocol as it was approved.",
        method="observation",
        gathered_on=date(2012, 11, 1),
        supports="delivered",
        exempt=False,
        link="https://harrow.example/protocol",
        by=by,
        on=TODAY,
    )


def test_a_completion_that_nothing_shows_is_not_signed_off(cast: Cast, action: Action) -> None:
    claim = ProgressUpdate.objects.last_of(action)
    item = item_of(arranged(cast))

    with pytest.raises(plan_workflow.EvidenceMissing):
        decisions.decide_claim(
            item=item,
            action=action,
            version=claim.sequence,
            rating=claim.rating,
            sign_off=True,
            words="",
            by=cast.board_member,
            on=TODAY,
        )

    assert not Decision.objects.of_meeting(item.meeting).exists()
