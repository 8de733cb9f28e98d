"""When a plan's chasers go out, and the digests themselves.

A digest changes nothing that anybody said or agreed, and nobody makes it: its own rows are its record, not the ledger.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.chasing import sending
from boards.chasing.due import Prompt
from boards.chasing.followed import Happening
from boards.models import CHASER_TIMES, ChaserSettings, Digest, DigestItem, Follow, OwnerLink
from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb
from recommendations.workflow.access import require_in_plan


class SetMeanwhile(ValidationError):
    """Somebody else set the times since they were read."""


@transaction.atomic
def set_chaser_times(
    *, plan: Plan, values: Mapping[str, int], version: int, by: User, on: date
) -> ChaserSettings:
    """Set when those who lead the plan's actions are chased. `version` is what the writer saw."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    before = ChaserSettings.objects.holding(plan)
    times = {name: values[name] for name in CHASER_TIMES}
    if before.pk and times == _times(before):
        return before
    if before.sequence != version:
        raise SetMeanwhile("Somebody else set them while you were writing. Yours are in the form below.")
    made = ChaserSettings(plan=plan, sequence=version + 1, on=on, by=by, **times)
    made.clean_fields()
    if made.first_days and made.last_days >= made.first_days:
        raise ValidationError({"last_days": "The second word comes after the first: give fewer days."})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        raise SetMeanwhile(
            "Somebody else set them while you were writing. Yours are in the form below."
        ) from taken
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="set_chaser_times",
        subject=made,
        before=_times(before),
        after=_times(made),
    )
    return made


@transaction.atomic
def make_digest(
    *,
    to: User | OwnerLink,
    prompts: Sequence[Prompt] = (),
    happenings: Sequence[Happening] = (),
    follows: Sequence[Follow] = (),
    invites: bool = False,
    on: date,
) -> Digest | None:
    """The one digest of a reader for a day, with the job that sends it; None where there is one already.

    `follows` are those whose happenings it tells in full.
    """
    reader = {"user": to} if isinstance(to, User) else {"link": to}
    digest, made = Digest.objects.get_or_create(**reader, on=on, defaults={"invites": invites})
    if not made:
        return None
    DigestItem.objects.bulk_create([*_of_prompts(digest, prompts), *_of_happenings(digest, happenings)])
    for follow in follows:
        until = follow.complete_until(on)
        Follow.objects.filter(pk=follow.pk, told_until__lt=until).update(told_until=until)
    sending.queue(digest)
    return digest


def _of_prompts(digest: Digest, prompts: Sequence[Prompt]) -> list[DigestItem]:
    return [
        DigestItem(
            digest=digest,
            plan=prompt.plan,
            occasion=prompt.occasion,
            key=prompt.key,
            action=prompt.action,
            round=prompt.round,
        )
        for prompt in prompts
    ]


def _of_happenings(digest: Digest, happenings: Sequence[Happening]) -> list[DigestItem]:
    return [
        DigestItem(
            digest=digest,
            plan=happened.plan,
            occasion=happened.occasion,
            key=happened.key,
            action=happened.action,
            update=happened.update,
            move=happened.move,
        )
        for happened in happenings
    ]


def _times(standing: ChaserSettings) -> dict[str, int]:
    return {name: standing.serializable_value(name) for name in CHASER_TIMES}
