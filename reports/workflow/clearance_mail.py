"""The e-mails about clearances: one person each, sent once, and nothing in them of what a report is about.

A message is taken before it is handed to the mail server, so that no second worker sends it too. What the server did not
take is tried again; where nobody can tell whether it did, the page says so and no second message goes out.
"""

import smtplib
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from improvement import clock
from improvement.models import User
from improvement.permissions import CLOSED_PART, role_in
from reports import document
from reports.models import Audience, ClearanceMail, ClearanceStep, Happened, Sending

log = structlog.get_logger(__name__)

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=2)
SUBJECTS = {
    Happened.ASKED.value: "Your clearance of a report is asked for",
    Happened.RETURNED.value: "A report was returned with comments",
    Happened.VOIDED.value: "Your clearance of a report no longer holds",
}
# The server said no, and so has not taken the message.
REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


def queue(step: ClearanceStep, *, to: User) -> None:
    """Have one person told of a step. Call it inside the transaction of the step: there is never one without the other."""
    mail, made = ClearanceMail.objects.get_or_create(step=step, to=to)
    if made:
        send.enqueue(mail.pk)


@task()
def send(number: int) -> None:
    """Send the message of that number, unless it was sent, or is with another worker, or may not be sent any more."""
    mail = _mails().filter(pk=number).first()
    if mail is None:
        return
    if mail.state == Sending.SENDING:
        # Whoever took it ended without saying whether the server had it.
        _settle(mail, Sending.UNSURE)
        return
    if not _may_be_told(mail):
        ClearanceMail.objects.filter(pk=number, state=Sending.QUEUED).update(state=Sending.LEFT_OUT)
        return
    message = _message(mail)
    taken = ClearanceMail.objects.filter(pk=number, state=Sending.QUEUED)
    if taken.update(state=Sending.SENDING, tries=F("tries") + 1):
        mail.tries += 1
        _hand_over(mail, message)


def _hand_over(mail: ClearanceMail, message: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_again(mail, error)
        return
    try:
        connection.send_messages([message])
    except REFUSALS as error:
        _try_again(mail, error)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("clearance_mail_unsure", mail=mail.pk, problem=type(error).__name__)
        _settle(mail, Sending.UNSURE)
    else:
        _settle(mail, Sending.SENT)
    finally:
        connection.close()


def _message(mail: ClearanceMail) -> EmailMessage:
    council = mail.step.clearance.report.council
    context = {
        "step": mail.step,
        "post": mail.step.clearance.post,
        "council": council,
        # No address of the report itself: its last part is made of its title.
        "url": settings.PUBLIC_URL + reverse("reports:waiting_list", args=[council.slug]),
    }
    body = render_to_string("reports/clearance_mail.txt", context)
    return EmailMessage(SUBJECTS[mail.step.happened], body, to=[mail.to.email])


def _may_be_told(mail: ClearanceMail) -> bool:
    """Whether the person may still read the report, and still has to do with what happened."""
    clearance, to = mail.step.clearance, mail.to
    last = clearance.steps.last()
    role = role_in(to, clearance.report.council)
    if last is None or last.pk != mail.step_id or not to.is_active or role is None:
        return False
    return role in CLOSED_PART or Audience.EXEMPT not in document.audiences_of(clearance.report)


def _try_again(mail: ClearanceMail, error: Exception) -> None:
    """Later, each time after twice as long; after the last try the page says that nobody was told."""
    log.warning("clearance_mail_refused", mail=mail.pk, tries=mail.tries, problem=type(error).__name__)
    again = mail.tries < MOST_TRIES
    with transaction.atomic():
        _settle(mail, Sending.QUEUED if again else Sending.FAILED)
        if again:
            pause = FIRST_PAUSE * 2 ** (mail.tries - 1)
            send.using(run_after=clock.now() + pause).enqueue(mail.pk)


def _settle(mail: ClearanceMail, state: Sending) -> None:
    sent_at = clock.now() if state == Sending.SENT else None
    ClearanceMail.objects.filter(pk=mail.pk, state=Sending.SENDING).update(state=state, sent_at=sent_at)


def _mails() -> QuerySet[ClearanceMail]:
    related = ("to", "step__clearance__report__council", "step__clearance__report__plan")
    return ClearanceMail.objects.select_related(*related)
