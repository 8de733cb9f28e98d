"""Risks: raising one, scoring it again, closing it."""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from boards.models import Funded, Risk, RiskAssessment
from boards.models.risk import SCORED
from improvement import ledger
from improvement.models import LeadOfficer, Plan, User
from improvement.permissions import Verb
from recommendations.models import Action
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_length, require_words

# The first scores are the risk's own; each assessment since has the next number.
AS_RAISED = 0
# "add" is an address of the register's own.
RESERVED = {"add"}
POUNDS = re.compile(r"£?(\d{1,3}(?:,\d{3})+|\d+)")
LEAST, MOST = 1, 5


class RiskClosed(ValidationError):
    """The risk was closed; it is no longer scored."""


class AssessedMeanwhile(Exception):
    """Somebody else scored the risk since the form was opened; carries their assessment."""

    def __init__(self, theirs: RiskAssessment) -> None:
        super().__init__("Somebody else assessed this risk while you were writing.")
        self.theirs = theirs


@transaction.atomic
def raise_risk(
    *,
    plan: Plan,
    title: str,
    description: str,
    response: str,
    owner: LeadOfficer | None,
    cost_text: str,
    funded: str,
    actions: Sequence[Action],
    likelihood_before: int,
    impact_before: int,
    likelihood_after: int | None,
    impact_after: int | None,
    by: User,
    on: date,
    kept_because: str = "",
) -> Risk:
    """Put a risk on the plan's register. The same one sent twice on a day, as by a double click, is one."""
    require_in_plan(by, Verb.KEEP_RISKS, plan, on=on)
    require_words("title", title, "Say in a few words what may happen.")
    require_words("description", description, "Say what may happen, why, and with what effect.")
    require_length("response", response)
    check_links(plan, owner, actions, funded)
    scores = _scores(likelihood_before, impact_before, likelihood_after, impact_after)
    careful.check(title, description, response, cost_text, kept_because=kept_because)
    risks = Risk.objects.for_plan(plan)
    twin = risks.filter(title__iexact=title, closed_on=None).first()
    if twin and (twin.raised_on, twin.description) == (on, description):
        return twin
    if twin:
        raise ValidationError({"title": "The register has an open risk of this title."})
    risk = Risk.objects.create(
        plan=plan,
        slug=_slug(title, {*risks.values_list("slug", flat=True), *RESERVED}),
        position=(risks.aggregate(last=Max("position"))["last"] or 0) + 1,
        title=title,
        description=description,
        response=response,
        owner=owner,
        cost_text=cost_text,
        cost=pounds(cost_text),
        funded=funded,
        raised_on=on,
        **scores,
    )
    risk.actions.set(actions)
    words = {"title": title, "description": description, "response": response}
    money = {"cost": cost_text, "funded": funded}
    links = {"owner": owner.abbreviation if owner else "", "actions": sorted(action.pk for action in actions)}
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="raise_risk",
        subject=risk,
        before={},
        after={**words, **money, **links, **scores},
        reason=kept_because,
    )
    return risk


@transaction.atomic
def assess_risk(
    *,
    risk: Risk,
    version: int,
    likelihood_before: int,
    impact_before: int,
    likelihood_after: int | None,
    impact_after: int | None,
    note: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> RiskAssessment:
    """Score a risk again. `version` is the sequence of the last assessment that the person saw.

    Raises AssessedMeanwhile when another came between.
    """
    require_in_plan(by, Verb.KEEP_RISKS, risk.plan, on=on)
    require_open(risk)
    require_words("note", note, "Say why it is scored so.")
    scores = _scores(likelihood_before, impact_before, likelihood_after, impact_after)
    careful.check(note, kept_because=kept_because)
    last = RiskAssessment.objects.last_of(risk)
    if last and version != last.sequence:
        if (last.by_id, last.note, _of(last)) == (by.pk, note, scores):
            return last
        raise AssessedMeanwhile(last)
    if on < (last.on if last else risk.raised_on):
        raise ValidationError("It was assessed already on a later day.")
    try:
        with transaction.atomic():
            found = RiskAssessment.objects.create(
                risk=risk, sequence=version + 1, on=on, note=note, by=by, **scores
            )
    except IntegrityError as error:
        # On PostgreSQL two may have read the same last one; the database lets one of them have the next place.
        theirs = RiskAssessment.objects.last_of(risk)
        if theirs is None:
            raise
        raise AssessedMeanwhile(theirs) from error
    ledger.record(
        by=by,
        on=on,
        council=risk.plan.council,
        verb="assess_risk",
        subject=risk,
        before=_of(last or risk),
        after={**scores, "note": note},
        reason=kept_because,
    )
    return found


@transaction.atomic
def close_risk(*, risk: Risk, reason: str, by: User, on: date, kept_because: str = "") -> Risk:
    """Take a risk off the register from this day on; it stays in the history of the days before."""
    require_in_plan(by, Verb.KEEP_RISKS, risk.plan, on=on)
    require_words("reason", reason, "Say why it is a risk no longer.")
    careful.check(reason, kept_because=kept_because)
    closed = Risk.objects.filter(pk=risk.pk, closed_on=None).update(closed_on=on, closed_because=reason)
    risk.refresh_from_db()
    if not closed:
        if (risk.closed_on, risk.closed_because) == (on, reason):
            return risk
        raise RiskClosed("This risk is closed already.")
    ledger.record(
        by=by,
        on=on,
        council=risk.plan.council,
        verb="close_risk",
        subject=risk,
        before={"closed_on": None},
        after={"closed_on": on, **careful.kept(kept_because)},
        reason=reason,
    )
    return risk


def pounds(text: str) -> int | None:
    """A printed sum as whole pounds, where it is one: “£12,500”, not a range or “£75k”."""
    found = POUNDS.fullmatch(text.strip())
    return int(found[1].replace(",", "")) if found else None


def require_open(risk: Risk) -> None:
    """Raises RiskClosed."""
    # As the database has it: somebody may have closed it since the page was opened.
    if not Risk.objects.filter(pk=risk.pk, closed_on=None).exists():
        raise RiskClosed("This risk is closed. It is no longer scored.")


def check_links(plan: Plan, owner: LeadOfficer | None, actions: Sequence[Action], funded: str) -> None:
    """Owner and actions are of the plan's own council and plan."""
    if owner and owner.council_id != plan.council_id:
        raise ValidationError({"owner": "Choose a post of this council."})
    if any(action.recommendation.plan_id != plan.pk for action in actions):
        raise ValidationError({"actions": "Choose actions of this plan."})
    if funded not in Funded.values:
        raise ValidationError({"funded": "Choose from what is offered."})


def _scores(*given: int | None) -> dict[str, int | None]:
    scores = dict(zip(SCORED, given, strict=True))
    if any(score is not None and not LEAST <= score <= MOST for score in given):
        raise ValidationError("Scores run from 1 to 5.")
    if (scores["likelihood_after"] is None) != (scores["impact_after"] is None):
        missing = "impact_after" if scores["impact_after"] is None else "likelihood_after"
        raise ValidationError({missing: "Give both scores for after the response, or neither."})
    return scores


def _of(scored: Risk | RiskAssessment) -> dict[str, int | None]:
    return {
        "likelihood_before": scored.likelihood_before,
        "impact_before": scored.impact_before,
        "likelihood_after": scored.likelihood_after,
        "impact_after": scored.impact_after,
    }


def _slug(title: str, taken: set[str]) -> str:
    start = slugify(title)[:40] or "risk"
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := start if n == 1 else f"{start}-{n}") not in taken
    )
