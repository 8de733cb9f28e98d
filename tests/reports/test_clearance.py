"""Clearing a report: who asks, who answers, what a change takes back, and who is told."""

import smtplib
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django_tasks_db.models import DBTaskResult

from improvement.models import Change, Membership, Role, User
from recommendations.workflow.access import OwnWork
from recommendations.workflow.careful import LooksLikeChildRecord
from reports import waiting
from reports.models import Clearance, ClearanceMail, ClearanceStep, Happened, Report, ReportSection, Sending
from reports.workflow import clearance as workflow
from reports.workflow.clearance import ClearanceMoved
from tests.cast import Cast
from tests.reports.publishing import hide_something, run_jobs

DAY = date(2012, 11, 1)


@pytest.fixture
def clearance(report: Report) -> Clearance:
    """The Monitoring Officer's: nobody was asked yet."""
    return Clearance.objects.with_report().get(report=report, post="Monitoring Officer")


def ask(clearance: Clearance, cast: Cast, of: User | None = None) -> ClearanceStep:
    asked = of or cast.board_member
    return workflow.ask(clearance=clearance, of=asked, by=cast.scrutiny_officer, on=DAY)


def give(clearance: Clearance, by: User) -> ClearanceStep:
    return workflow.give(clearance=clearance, seen=workflow.as_read(clearance.report), by=by, on=DAY)


# Asking


def test_asking_is_one_step_one_change_and_one_job(clearance: Clearance, cast: Cast) -> None:
    step = ask(clearance, cast)

    assert (step.sequence, step.happened, step.by, step.asked_of) == (
        1,
        Happened.ASKED,
        cast.scrutiny_officer,
        cast.board_member,
    )
    change = Change.objects.get()
    assert (change.verb, change.by, change.before) == ("ask_clearance", cast.scrutiny_officer, {})
    assert change.after == {
        "state": "asked",
        "report": "scrutiny",
        "post": "Monitoring Officer",
        "asked_of": cast.board_member.pk,
    }
    assert DBTaskResult.objects.count() == 1


def test_asked_twice_is_asked_once(clearance: Clearance, cast: Cast) -> None:
    """Case 106."""
    assert ask(clearance, cast) == ask(clearance, cast)

    assert (ClearanceStep.objects.filter(clearance=clearance).count(), Change.objects.count()) == (1, 1)


def test_another_person_may_be_asked_instead(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    ask(clearance, cast, of=cast.plan_administrator)

    with pytest.raises(ClearanceMoved):
        give(clearance, cast.board_member)
    assert give(clearance, cast.plan_administrator).happened == Happened.GIVEN


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "northmoor_administrator"])
def test_only_those_who_write_reports_ask(clearance: Clearance, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        workflow.ask(clearance=clearance, of=cast.plan_administrator, by=getattr(cast, who), on=DAY)


@pytest.mark.parametrize("who", ["scrutiny_officer", "northmoor_administrator", "stranger"])
def test_who_cannot_be_asked(clearance: Clearance, cast: Cast, who: str) -> None:
    with pytest.raises(ValidationError):
        ask(clearance, cast, of=getattr(cast, who))

    assert not ClearanceMail.objects.exists()


def test_of_a_report_with_exempt_matter_only_the_closed_part_is_asked(
    clearance: Clearance, cast: Cast
) -> None:
    hide_something(clearance.report)

    with pytest.raises(ValidationError, match="may read all"):
        ask(clearance, cast, of=cast.lead_officer)

    people = workflow.candidates(clearance.report, by=cast.scrutiny_officer)
    assert [member.user for member in people] == [cast.board_member, cast.plan_administrator]


def test_what_holds_is_not_asked_again(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    give(clearance, cast.board_member)

    with pytest.raises(ValidationError, match="cleared on behalf of this post already"):
        ask(clearance, cast, of=cast.plan_administrator)


# Answering


def test_it_is_given_by_the_person_asked(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)

    step = give(clearance, cast.board_member)

    assert (step.happened, step.by) == (Happened.GIVEN, cast.board_member)
    assert list(clearance.report.clearances.missing()) == []
    assert [change.verb for change in Change.objects.order_by("position")] == [
        "ask_clearance",
        "give_clearance",
    ]


def test_it_is_given_once(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)

    assert give(clearance, cast.board_member) == give(clearance, cast.board_member)


@pytest.mark.parametrize("who", ["scrutiny_officer", "plan_administrator", "reader", "stranger"])
def test_nobody_else_gives_or_returns_it(clearance: Clearance, cast: Cast, who: str) -> None:
    ask(clearance, cast)
    other = getattr(cast, who)

    with pytest.raises(ClearanceMoved):
        give(clearance, other)
    with pytest.raises(ClearanceMoved):
        workflow.return_with_comments(clearance=clearance, comments="No.", by=other, on=DAY)


def test_never_by_who_asked(clearance: Clearance, cast: Cast) -> None:
    """Nothing lets it come to this; a row that says so is refused all the same."""
    ClearanceStep.objects.create(
        clearance=clearance,
        sequence=1,
        happened=Happened.ASKED,
        on=DAY,
        by=cast.scrutiny_officer,
        asked_of=cast.scrutiny_officer,
    )

    with pytest.raises(OwnWork):
        give(clearance, cast.scrutiny_officer)


def test_what_was_changed_since_it_was_read_is_not_cleared(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    seen = workflow.as_read(clearance.report)
    ReportSection.objects.filter(report=clearance.report, heading="Background").update(body="Other words.")

    with pytest.raises(ClearanceMoved, match="changed while you were reading"):
        workflow.give(clearance=clearance, seen=seen, by=cast.board_member, on=DAY)

    assert clearance.steps.count() == 1


def test_another_clearance_does_not_change_what_was_read(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    seen = workflow.as_read(clearance.report)
    first = Clearance.objects.get(report=clearance.report, position=1)
    ClearanceStep.objects.create(clearance=first, sequence=2, happened=Happened.VOIDED, on=DAY)

    step = workflow.give(clearance=clearance, seen=seen, by=cast.board_member, on=DAY)

    assert step.happened == Happened.GIVEN


def test_who_may_no_longer_read_all_of_it_does_not_clear_it(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast, of=cast.lead_officer)
    hide_something(clearance.report)

    with pytest.raises(PermissionDenied):
        give(clearance, cast.lead_officer)


def test_it_is_returned_with_comments(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)

    step = workflow.return_with_comments(
        clearance=clearance, comments="The costs are missing.", by=cast.board_member, on=DAY
    )

    assert (step.happened, step.comments) == (Happened.RETURNED, "The costs are missing.")
    assert Change.objects.order_by("-position")[0].reason == "The costs are missing."


@pytest.mark.parametrize("comments", ["", "  \n"])
def test_without_comments_it_is_not_returned(clearance: Clearance, cast: Cast, comments: str) -> None:
    ask(clearance, cast)

    with pytest.raises(ValidationError, match="Say what has to be changed"):
        workflow.return_with_comments(clearance=clearance, comments=comments, by=cast.board_member, on=DAY)


def test_comments_that_look_like_a_childs_record_are_stopped(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)

    with pytest.raises(LooksLikeChildRecord):
        workflow.return_with_comments(
            clearance=clearance, comments="Born on 01/02/2010.", by=cast.board_member, on=DAY
        )


# Taking back


def test_a_change_takes_back_what_was_given_and_tells_who_gave_it(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    give(clearance, cast.board_member)
    run_jobs()
    mail.outbox.clear()

    voided = workflow.void(report=clearance.report, by=cast.scrutiny_officer, on=DAY, what="Background")
    run_jobs()

    # The Chief Financial Officer's was given on paper, so there is nobody to tell.
    assert [each.post for each in voided] == ["Chief Financial Officer", "Monitoring Officer"]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([cast.board_member.email], "Your clearance of a report no longer holds")
    ]
    assert [item.words for item in waiting.clearances_for(cast.board_member, clearance.report.council)] == [
        "Your clearance of “How the plan goes” no longer holds"
    ]


def test_what_is_not_given_is_not_taken_back(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    first = Clearance.objects.get(report=clearance.report, position=1)

    voided = workflow.void(report=clearance.report, by=cast.scrutiny_officer, on=DAY, what="Background")

    assert voided == (first,)
    assert workflow.void(report=clearance.report, by=cast.scrutiny_officer, on=DAY, what="Summary") == ()


# Telling


def test_the_mail_says_nothing_of_what_the_report_is_about(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    run_jobs()

    (message,) = mail.outbox
    assert (message.subject, message.to, message.cc, message.bcc) == (
        "Your clearance of a report is asked for",
        [cast.board_member.email],
        [],
        [],
    )
    assert message.body == (
        "A report of Harrow Council waits for your clearance on behalf of the Monitoring Officer.\n\n"
        "Read it, then clear it or return it with your comments:\n"
        "http://127.0.0.1:8000/harrow/clearances/\n\n"
        "You need to sign in. This message says nothing of what the report is about, because it may not be public.\n"
    )
    assert ClearanceMail.objects.get().state == Sending.SENT


def test_who_asked_is_told_of_comments_and_not_what_they_say(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    workflow.return_with_comments(
        clearance=clearance, comments="Quicksilver costs.", by=cast.board_member, on=DAY
    )
    run_jobs()

    (message,) = mail.outbox
    assert message.to == [cast.scrutiny_officer.email]
    assert "Quicksilver" not in message.body


def test_a_job_run_twice_sends_once(clearance: Clearance, cast: Cast) -> None:
    """Case 114."""
    ask(clearance, cast)
    (job,) = DBTaskResult.objects.all()

    job.task.call(*job.args_kwargs["args"])
    job.task.call(*job.args_kwargs["args"])

    assert len(mail.outbox) == 1


def test_rights_lost_meanwhile_leave_it_out(clearance: Clearance, cast: Cast) -> None:
    """Case 37."""
    ask(clearance, cast)
    Membership.objects.filter(user=cast.board_member).delete()
    run_jobs()

    assert (mail.outbox, ClearanceMail.objects.get().state) == ([], Sending.LEFT_OUT)


def test_exempt_matter_added_meanwhile_leaves_it_out(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast, of=cast.lead_officer)
    hide_something(clearance.report)
    run_jobs()

    assert (mail.outbox, ClearanceMail.objects.get().state) == ([], Sending.LEFT_OUT)


def test_who_is_not_asked_any_more_is_not_told(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    ask(clearance, cast, of=cast.plan_administrator)
    run_jobs()

    assert [message.to for message in mail.outbox] == [[cast.plan_administrator.email]]


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: object) -> int:
        raise smtplib.SMTPRecipientsRefused({})


class Unreachable(EmailBackend):
    """No mail server."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class Gone(EmailBackend):
    """A mail server that breaks off in the middle, so that nobody knows whether it has the message."""

    def send_messages(self, messages: object) -> int:
        raise TimeoutError


@pytest.mark.parametrize("server", ["Refusing", "Unreachable"])
def test_what_the_server_does_not_take_is_tried_again(
    clearance: Clearance, cast: Cast, settings: object, server: str
) -> None:
    """Case 114."""
    ask(clearance, cast)
    settings.EMAIL_BACKEND = f"{__name__}.{server}"  # type: ignore[attr-defined]
    run_jobs()

    message = ClearanceMail.objects.get()
    assert (message.state, message.tries) == (Sending.QUEUED, 1)
    assert DBTaskResult.objects.count() == 2

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    DBTaskResult.objects.latest("enqueued_at").task.call(message.pk)
    assert len(mail.outbox) == 1


def test_after_the_last_try_the_page_says_that_nobody_was_told(
    clearance: Clearance, cast: Cast, settings: object
) -> None:
    ask(clearance, cast)
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"  # type: ignore[attr-defined]
    (job,) = DBTaskResult.objects.all()
    for _ in range(5):
        job.task.call(*job.args_kwargs["args"])

    assert ClearanceMail.objects.get().state == Sending.FAILED


def test_where_nobody_knows_it_is_not_sent_twice(clearance: Clearance, cast: Cast, settings: object) -> None:
    """Case 114."""
    ask(clearance, cast)
    settings.EMAIL_BACKEND = f"{__name__}.Gone"  # type: ignore[attr-defined]
    run_jobs()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    (job,) = DBTaskResult.objects.all()
    job.task.call(*job.args_kwargs["args"])
    assert (mail.outbox, ClearanceMail.objects.get().state) == ([], Sending.UNSURE)


def test_a_worker_that_died_while_sending_leaves_it_unsure(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    ClearanceMail.objects.update(state=Sending.SENDING)
    run_jobs()

    assert (mail.outbox, ClearanceMail.objects.get().state) == ([], Sending.UNSURE)


# Waiting


def test_what_waits_for_somebody(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)

    (item,) = waiting.clearances_for(cast.board_member, clearance.report.council)
    assert (item.words, item.how) == (
        "Clear “How the plan goes” on behalf of the Monitoring Officer",
        "Scrutiny Committee, 14 November 2012",
    )
    assert item.url.endswith("/reports/scrutiny/clearance/2/answer/")
    assert waiting.clearances_for(cast.scrutiny_officer, clearance.report.council) == ()


def test_who_lost_the_right_has_nothing_waiting(clearance: Clearance, cast: Cast) -> None:
    ask(clearance, cast)
    Report.objects.update(exempt_paragraph="3", public_interest="It costs.")
    Membership.objects.filter(user=cast.board_member).update(role=Role.READER)

    assert waiting.clearances_for(cast.board_member, clearance.report.council) == ()
