"""The ledger: every change, chained by digest, kept append-only by the database itself.

Names of people stay outside the digest: a change carries the user's number, so a person's name can be erased
without breaking the chain.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from improvement import clock
from improvement.models import Change, Council, LedgerHead, User

START = "0" * 64
# Rows that go to the database in one statement.
AT_ONCE = 500


class LedgerBroken(Exception):
    """The ledger's one head was changed by something that does not keep to its order."""


@dataclass(frozen=True)
class Fault:
    """The first place at which the ledger is not what it was, in words."""

    position: int
    sentence: str


@dataclass(frozen=True)
class Entry:
    """What one change was: to what, from what, to what, and why."""

    verb: str
    subject: models.Model
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str = ""


def record(
    *,
    by: User | None,
    on: date,
    council: Council | None,
    verb: str,
    subject: models.Model,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> Change:
    """Append one change. Call it inside the transaction that makes the change. A framework's belongs to no council."""
    return record_all([Entry(verb, subject, before, after, reason)], by=by, on=on, council=council)[0]


def record_all(
    entries: Sequence[Entry], *, by: User | None, on: date, council: Council | None
) -> list[Change]:
    """Append several changes that one person makes in one transaction: a row each, in their order, the head moved once."""
    if not connection.in_atomic_block:
        raise LedgerBroken("A change is recorded in the transaction that makes it, never outside one.")
    if not entries:
        return []
    head = LedgerHead.objects.select_for_update().get(pk=1)
    position, digest, changes = head.position, head.digest, []
    for position, entry in enumerate(entries, start=head.position + 1):
        change = Change(
            position=position,
            at=clock.now(),
            on=on,
            by=by,
            council=council,
            verb=entry.verb,
            subject=entry.subject._meta.label_lower,
            subject_id=entry.subject.pk,
            before=_plain(entry.before),
            after=_plain(entry.after),
            reason=entry.reason,
            previous=digest,
        )
        change.digest = digest = digest_of(change)
        changes.append(change)
    Change.objects.bulk_create(changes, batch_size=AT_ONCE)
    moved = LedgerHead.objects.filter(pk=1, position=head.position).update(position=position, digest=digest)
    if moved != 1:
        raise LedgerBroken("Another change took this place in the ledger; nothing was saved.")
    transaction.on_commit(lambda: _keep_head_outside(position, digest))
    return changes


def digest_of(change: Change) -> str:
    """SHA-256 over the change and the digest before it. Times count in UTC to the microsecond."""
    content = [
        change.position,
        change.at.astimezone(UTC).isoformat(timespec="microseconds"),
        change.on.isoformat(),
        change.by_id,
        change.council_id,
        change.verb,
        change.subject,
        change.subject_id,
        change.before,
        change.after,
        change.reason,
        change.previous,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> Fault | None:
    """Walk the whole ledger; return the first fault, or None when every row is as it was written."""
    kept = dict(_heads_kept_outside())
    position, digest = 0, START
    for change in Change.objects.order_by("position").iterator(chunk_size=1000):
        position += 1
        if change.position != position:
            return Fault(position, f"Change {position} is missing; {change.position} stands in its place.")
        if change.previous != digest:
            return Fault(position, f"Change {position} does not follow from the one before it.")
        if change.digest != digest_of(change):
            return Fault(position, f"Change {position} was altered after it was written.")
        if kept.get(position, change.digest) != change.digest:
            return Fault(position, f"Change {position} is not the one that was noted outside the database.")
        digest = change.digest
    head = LedgerHead.objects.get(pk=1)
    if (head.position, head.digest) != (position, digest):
        return Fault(position + 1, f"The ledger ends at {position}, its head says {head.position}.")
    if kept and max(kept) > position:
        return Fault(
            position + 1, f"Changes after {position} are gone; the note outside the database has {max(kept)}."
        )
    return None


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As the database will give the values back, so that the digest can be made again."""
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _keep_head_outside(position: int, digest: str) -> None:
    path = settings.LEDGER_HEAD_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    # One short write in append mode is whole even when several processes write.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{position} {digest}\n".encode())
    finally:
        os.close(descriptor)


def _heads_kept_outside() -> Iterator[tuple[int, str]]:
    path = settings.LEDGER_HEAD_FILE
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        position, _, digest = line.partition(" ")
        if position.isdigit() and len(digest) == len(START):
            yield int(position), digest
