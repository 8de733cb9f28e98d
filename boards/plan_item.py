"""What a board looks at when it comes to a plan: what moved since last time, what to ask, and what to decide."""

from dataclasses import dataclass
from datetime import date

from boards import meeting_room, register
from boards.models import Meeting, Risk
from boards.register import RiskStanding
from improvement.models import LeadOfficer, Plan, User
from recommendations import challenge, comparison, contents, progress, versions
from recommendations.challenge import Questions
from recommendations.comparison import Comparison
from recommendations.models import Action, DueDateChange, Evidence, ProgressUpdate, Stage
from recommendations.progress import Figures, Standing

AT_MOST = 50


@dataclass(frozen=True)
class Request:
    """Somebody asks for another due date; nobody decides what they asked for themselves."""

    change: DueDateChange
    own: bool

    @property
    def key(self) -> str:
        return f"date-{self.change.pk}"


@dataclass(frozen=True)
class Claim:
    """Somebody claims that an action is complete; `own` where the reader claimed or leads it, `shown` with evidence."""

    standing: Standing
    version: int
    own: bool
    shown: bool

    @property
    def key(self) -> str:
        return f"claim-{self.standing.action.pk}"


@dataclass(frozen=True)
class PlanItem:
    """A plan as a meeting comes to it. `since` is the day of the last meeting, or of the last agreed version."""

    plan: Plan
    since: date | None
    since_what: str
    changes: Comparison | None
    figures: Figures
    questions: Questions
    requests: tuple[Request, ...]
    claims: tuple[Claim, ...]
    latest_label: str
    risks: tuple[RiskStanding, ...]


def of(meeting: Meeting, plan: Plan, *, on: date, user: User) -> PlanItem:
    agreed = versions.agreed(plan, on=on)
    since, what = _since(meeting, on, agreed[0].version.agreed_on if agreed else None)
    changes = comparison.of(contents.of(plan, on=since), contents.of(plan, on=on)) if since else None
    return PlanItem(
        plan=plan,
        since=since,
        since_what=what,
        changes=changes,
        figures=progress.break_down(plan, on=on).whole,
        questions=challenge.of_plan(plan, on=on),
        requests=_requests(plan, on, user),
        claims=_claims(plan, on, user),
        latest_label=agreed[0].version.label if agreed else "",
        risks=_risks(plan, on, user),
    )


def _since(meeting: Meeting, on: date, agreed_on: date | None) -> tuple[date | None, str]:
    last = meeting_room.last_held(meeting, on=on)
    if last:
        return last.on, "the last meeting"
    return agreed_on, "the plan was agreed"


def _risks(plan: Plan, on: date, user: User) -> tuple[RiskStanding, ...]:
    """The open risks, the gravest first."""
    found = register.standings(Risk.objects.visible_to(user).for_plan(plan).open(on=on), on=on)
    return tuple(sorted(found, key=lambda standing: -(standing.counts.size or 0))[:AT_MOST])


def _requests(plan: Plan, on: date, user: User) -> tuple[Request, ...]:
    changes = DueDateChange.objects.visible_to(user).for_plan(plan).waiting(on=on).asked_by(on=on)
    return tuple(
        Request(change, change.requested_by_id == user.pk) for change in changes.with_people()[:AT_MOST]
    )


def _claims(plan: Plan, on: date, user: User) -> tuple[Claim, ...]:
    claimed = Action.objects.visible_to(user).for_plan(plan).as_of(on).in_stage(Stage.AWAITING_SIGN_OFF)
    posts = list(LeadOfficer.objects.visible_to(user).filter(council=plan.council).held_by(user, on=on))
    own = set(claimed.own_claims_of(user, posts, on=on).values_list("pk", flat=True))
    standings = progress.standings(
        claimed.in_plan_order().with_recommendation().with_leads()[:AT_MOST], on=on
    )
    evidence = Evidence.objects.standing(on=on).filter(action__in=[one.action for one in standings])
    shown = set(evidence.values_list("action_id", flat=True))
    said = ProgressUpdate.objects.filter(action__in=[one.action for one in standings], on__lte=on)
    latest = dict(said.order_by("sequence").values_list("action_id", "sequence"))
    return tuple(
        Claim(one, latest[one.action.pk], one.action.pk in own, one.action.pk in shown) for one in standings
    )
