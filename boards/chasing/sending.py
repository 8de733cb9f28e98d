"""Sending a digest: taken before it is handed to the mail server, so that no second worker sends it too.

What the server did not take is tried again; where nobody can tell whether it did, it is not sent again.
"""

import smtplib
from datetime import timedelta

import structlog
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django_tasks import task

from boards.chasing import composing
from boards.models import Digest, Sending
from improvement import clock

log = structlog.get_logger(__name__)

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=2)
# The server said no, and so has not taken the message.
REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


def queue(digest: Digest) -> None:
    """Have it sent. Call it inside the transaction that makes it: there is never one without the other."""
    send.enqueue(digest.pk)


@task()
def send(number: int) -> None:
    """Send the digest of that number, unless it was sent, is with another worker, or says nothing any more."""
    digest = Digest.objects.select_related("user", "link__post__council", "link__post__organisation").get(
        pk=number
    )
    if digest.state == Sending.SENDING:
        # Whoever took it ended without saying whether the server had it.
        _settle(digest, Sending.UNSURE)
        return
    message = composing.message_of(digest)
    waiting = Digest.objects.filter(pk=number, state=Sending.QUEUED)
    if message is None:
        waiting.update(state=Sending.LEFT_OUT)
    elif waiting.update(state=Sending.SENDING, tries=F("tries") + 1):
        digest.tries += 1
        _hand_over(digest, message)


def _hand_over(digest: Digest, message: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_again(digest, error)
        return
    try:
        connection.send_messages([message])
    except REFUSALS as error:
        _try_again(digest, error)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("digest_unsure", digest=digest.pk, problem=type(error).__name__)
        _settle(digest, Sending.UNSURE)
    else:
        _settle(digest, Sending.SENT)
    finally:
        connection.close()


def _try_again(digest: Digest, error: Exception) -> None:
    """Later, each time after twice as long."""
    log.warning("digest_refused", digest=digest.pk, tries=digest.tries, problem=type(error).__name__)
    again = digest.tries < MOST_TRIES
    with transaction.atomic():
        _settle(digest, Sending.QUEUED if again else Sending.FAILED)
        if again:
            pause = FIRST_PAUSE * 2 ** (digest.tries - 1)
            send.using(run_after=clock.now() + pause).enqueue(digest.pk)


def _settle(digest: Digest, state: Sending) -> None:
    sent_at = clock.now() if state == Sending.SENT else None
    Digest.objects.filter(pk=digest.pk, state=Sending.SENDING).update(state=state, sent_at=sent_at)
