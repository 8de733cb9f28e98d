"""A plan's risks as they stood on a day, and what the plan costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from boards.models import Cost, Decision, Funded, Risk, RiskAssessment, RiskWording
from boards.models.risk import SAID, RiskQuerySet
from improvement.models import Plan, User
from recommendations.models import Action

SCORES = (1, 2, 3, 4, 5)
# Products of likelihood and impact from which a risk is grave; the matrix shades by these and says the number.
HIGH, MIDDLE = 15, 8


@dataclass(frozen=True)
class Score:
    """Likelihood and impact, each from 1 to 5 or not given."""

    likelihood: int | None
    impact: int | None

    @property
    def is_given(self) -> bool:
        return self.likelihood is not None or self.impact is not None

    @property
    def size(self) -> int | None:
        """Likelihood times impact, from 1 to 25; None unless both are given."""
        return self.likelihood * self.impact if self.likelihood and self.impact else None

    @property
    def words(self) -> str:
        return f"likelihood {_or_not(self.likelihood)}, impact {_or_not(self.impact)}"


@dataclass(frozen=True)
class Assessed:
    """One line of a risk's history; without a note where it is the score it was raised with.

    `decision` is the board's, where it was a meeting that scored it.
    """

    on: date
    before: Score
    after: Score
    note: str
    decision: Decision | None = None

    @property
    def counts(self) -> Score:
        """What is left after the response, or all of it where nobody scored that."""
        return self.after if self.after.is_given else self.before


@dataclass(frozen=True)
class RiskStanding:
    """A risk as it stood on a day; `history` begins with the latest.

    `risk` has the words of the day and is never saved; `wording` is the number of the last change of them.
    """

    risk: Risk
    actions: tuple[Action, ...]
    wording: int
    history: tuple[Assessed, ...]
    version: int
    is_closed: bool

    @property
    def name(self) -> str:
        return self.risk.reference or f"R{self.risk.position}"

    @property
    def before(self) -> Score:
        return self.history[0].before

    @property
    def after(self) -> Score:
        return self.history[0].after

    @property
    def counts(self) -> Score:
        return self.history[0].counts

    @property
    def is_scored(self) -> bool:
        return self.before.is_given or self.after.is_given

    @property
    def since_raised(self) -> str:
        """“up from 12”; empty where its size is that of the day it was raised, or one of the two is not known."""
        then, now = self.history[-1].counts.size, self.counts.size
        if then is None or now is None or then == now:
            return ""
        return f"{'up' if now > then else 'down'} from {then}"

    def on(self, day: date) -> Assessed | None:
        """How it was scored on an earlier day; None where it had not been raised."""
        return next((line for line in self.history if line.on <= day), None)


@dataclass(frozen=True)
class Moved:
    """How a risk changed between two days, in words."""

    standing: RiskStanding
    words: str


@dataclass(frozen=True)
class Square:
    """A square of the matrix and the risks that stand in it."""

    likelihood: int
    impact: int
    risks: tuple[RiskStanding, ...]

    @property
    def size(self) -> int:
        return self.likelihood * self.impact

    @property
    def weight(self) -> str:
        if self.size >= HIGH:
            return "high"
        return "middle" if self.size >= MIDDLE else "low"


@dataclass(frozen=True)
class Year:
    """What a plan costs in a year, as printed, and how much of it can be counted in pounds."""

    name: str
    costs: tuple[Cost, ...]

    @property
    def pounds(self) -> int:
        return sum(cost.amount for cost in self.costs if cost.amount is not None)

    @property
    def counted(self) -> int:
        return sum(cost.amount is not None for cost in self.costs)

    @property
    def sentence(self) -> str:
        """How far the figures of the year add up."""
        left = len(self.costs) - self.counted
        if not self.counted:
            return "No figure here can be added up: none is printed as a plain sum of pounds."
        told = f"£{self.pounds:,} where pounds are printed plainly"
        return f"{told}; {left} other figure{'' if left == 1 else 's'} not counted." if left else f"{told}."


@dataclass(frozen=True)
class Register:
    """Risks and costs of a plan that were known on a day."""

    risks: tuple[RiskStanding, ...]
    closed: tuple[RiskStanding, ...]
    costs: tuple[Cost, ...]

    @property
    def scored(self) -> bool:
        return any(risk.is_scored for risk in self.risks)

    @property
    def headline(self) -> str:
        """How many risks there are and, where they are scored, how many of them are grave."""
        risks = f"{len(self.risks)} risk{'' if len(self.risks) == 1 else 's'}"
        if not self.scored:
            return risks
        grave = sum((risk.counts.size or 0) >= HIGH for risk in self.risks)
        return f"{grave or 'None'} of {risks} score{'' if grave > 1 else 's'} {HIGH} or more"

    @property
    def grown(self) -> tuple[RiskStanding, ...]:
        """Those that stand higher than when they were raised."""
        return tuple(risk for risk in self.risks if risk.since_raised.startswith("up"))

    @property
    def matrix(self) -> list[tuple[int, list[Square]]]:
        """Rows by likelihood, the highest first; a risk stands where its response leaves it."""
        placed: dict[tuple[int | None, int | None], list[RiskStanding]] = {}
        for risk in self.risks:
            placed.setdefault((risk.counts.likelihood, risk.counts.impact), []).append(risk)
        return [
            (
                likelihood,
                [
                    Square(likelihood, impact, tuple(placed.get((likelihood, impact), ())))
                    for impact in SCORES
                ],
            )
            for likelihood in reversed(SCORES)
        ]

    @property
    def not_placed(self) -> tuple[RiskStanding, ...]:
        """Risks that lack a score and so have no square."""
        return tuple(risk for risk in self.risks if risk.counts.size is None)

    @property
    def unfunded(self) -> int:
        return sum(risk.risk.funded == Funded.NOT_FUNDED for risk in self.risks)

    @property
    def years(self) -> tuple[Year, ...]:
        """Costs by the year that the paper names, in the paper's order; those without one last."""
        named: dict[str, list[Cost]] = {}
        for cost in self.costs:
            named.setdefault(cost.year, []).append(cost)
        return tuple(Year(name, tuple(named[name])) for name in sorted(named, key=lambda name: not name))


def of_plan(plan: Plan, *, on: date, user: User) -> Register:
    risks = standings(Risk.objects.visible_to(user).for_plan(plan), on=on)
    return Register(
        risks=tuple(risk for risk in risks if not risk.is_closed),
        closed=tuple(risk for risk in risks if risk.is_closed),
        costs=tuple(Cost.objects.visible_to(user).for_plan(plan).stated_by(on=on).in_order()),
    )


def standings(risks: RiskQuerySet, *, on: date) -> list[RiskStanding]:
    """Risks raised by a day, each as it stood then; the queries do not grow with the risks."""
    assessed = RiskAssessment.objects.made_by(on=on).select_related("board_decision__meeting__board")
    made = Prefetch("assessments", assessed, to_attr="made")
    shown = list(risks.raised_by(on=on).in_order().with_links().with_wordings().prefetch_related(made))
    # Few risks are ever said otherwise.
    reworded = [risk for risk in shown if getattr(risk, "reworded", 0)]
    worded = Prefetch("wordings", RiskWording.objects.holding_on(on), to_attr="worded")
    prefetch_related_objects(reworded, worded)
    return [_standing(risk, on) for risk in shown]


def moved(risks: Iterable[RiskStanding], *, since: date) -> list[Moved]:
    """What was raised, closed or scored otherwise after a day, in words."""
    found = [(risk, _moved(risk, since)) for risk in risks]
    return [Moved(risk, words) for risk, words in found if words]


def _moved(standing: RiskStanding, since: date) -> str:
    risk, now = standing.risk, standing.counts
    if standing.is_closed:
        return f"Closed: {risk.closed_because}" if risk.closed_on and risk.closed_on > since else ""
    then = standing.on(since)
    if then is None:
        return f"New, {now.words}" if now.is_given else "New, not scored"
    if then.counts == now:
        return ""
    if now.size is None or then.counts.size is None:
        return (
            f"Now {now.words}; it was {then.counts.words}" if then.counts.is_given else f"Scored: {now.words}"
        )
    way = "Up" if now.size > then.counts.size else "Down" if now.size < then.counts.size else "Still"
    return f"{way} from {then.counts.size} to {now.size}: {now.words}"


def _standing(risk: Risk, on: date) -> RiskStanding:
    made: list[RiskAssessment] = getattr(risk, "made", [])
    lines = [
        Assessed(one.on, _before(one), _after(one), one.note, getattr(one, "board_decision", None))
        for one in made
    ]
    raised = Assessed(risk.raised_on, _before(risk), _after(risk), "")
    return RiskStanding(
        risk=risk,
        actions=_worded(risk),
        wording=getattr(risk, "reworded", 0),
        history=(*lines, raised),
        version=made[0].sequence if made else 0,
        is_closed=risk.is_closed(on),
    )


def _worded(risk: Risk) -> tuple[Action, ...]:
    """Give the risk the words that it had on the day; its actions of the day."""
    earlier: list[RiskWording] = getattr(risk, "worded", [])
    if not earlier:
        return tuple(risk.actions.all())
    for name in SAID:
        setattr(risk, name, getattr(earlier[0], name))
    return tuple(earlier[0].actions.all())


def _before(scored: Risk | RiskAssessment) -> Score:
    return Score(scored.likelihood_before, scored.impact_before)


def _after(scored: Risk | RiskAssessment) -> Score:
    return Score(scored.likelihood_after, scored.impact_after)


def _or_not(score: int | None) -> str:
    return "not given" if score is None else str(score)
