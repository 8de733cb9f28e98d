"""What is proved about a plan and what is only said, as of a day. Pages and exports only render these.

A reader who may not see exempt evidence sees neither a title nor a count of it. Whether a step was found to hold is open
to everybody who reads the plan, and the same for all.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, TextChoices

from improvement.models import Organisation, Plan, Theme, User
from recommendations.models import Action, Evidence, Recommendation, Review, Stage, Step
from recommendations.models.evidence import EvidenceQuerySet
from recommendations.models.recommendation import RecommendationQuerySet
from recommendations.models.review import ReviewQuerySet

MEANINGS = {
    Step.DELIVERED: "It was done.",
    Step.COMPLIED_WITH: "People work that way now.",
    Step.IMPACT_EVIDENCED: "Children are better off for it.",
}
NOT_LOOKED_AT = {
    Step.DELIVERED: "Nobody has found yet that the whole of it was delivered.",
    Step.COMPLIED_WITH: "Nobody has found yet that people work that way.",
    Step.IMPACT_EVIDENCED: "Nobody has found yet that children are better off for it.",
}


class Proof(TextChoices):
    """How far an action that is reported complete is more than said."""

    PROVED = "proved", "Proved"
    NOT_REVIEWED = "not-reviewed", "Evidence not reviewed"
    ONLY_SAID = "only-said", "Only said"
    NOT_COMPLETE = "not-complete", "Not complete"

    @property
    def meaning(self) -> str:
        return PROOFS[self]


CLAIMED = (Proof.PROVED, Proof.NOT_REVIEWED, Proof.ONLY_SAID)
PROOFS = {
    Proof.PROVED: "A review found that it was delivered.",
    Proof.NOT_REVIEWED: "There is evidence. Nobody has reviewed it.",
    Proof.ONLY_SAID: "Reported complete. Nothing shows it.",
    Proof.NOT_COMPLETE: "Nobody says that it is complete.",
}


class State(TextChoices):
    """Whether a step of assurance holds, by its last review."""

    PROVED = "proved", "Proved"
    LOST = "lost", "Lost again"
    UNSUPPORTED = "unsupported", "Its evidence was withdrawn"
    NOT_REVIEWED = "not-reviewed", "Not reviewed"


@dataclass(frozen=True)
class StepStanding:
    """One step as it stood on a day: by which review, and on how much evidence that the reader may see."""

    step: Step
    state: State
    review: Review | None
    evidence: int

    @property
    def meaning(self) -> str:
        return MEANINGS[self.step]

    @property
    def is_proved(self) -> bool:
        return self.state == State.PROVED


@dataclass(frozen=True)
class Assured:
    """What shows and what was found of one action or one recommendation, the latest first."""

    steps: tuple[StepStanding, ...]
    reviews: tuple[Review, ...]
    evidence: tuple[Evidence, ...]
    withdrawn: tuple[Evidence, ...]


@dataclass(frozen=True)
class Claim:
    """One action, and how far its being complete is proved."""

    action: Action
    proof: Proof
    evidence: int


@dataclass(frozen=True)
class Tracked:
    """One recommendation: what is said of it, what is proved, and what is missing in between."""

    recommendation: Recommendation
    claims: tuple[Claim, ...]
    steps: tuple[StepStanding, ...]
    evidence: int

    def count(self, proof: Proof) -> int:
        return sum(claim.proof == proof for claim in self.claims)

    @property
    def complete(self) -> int:
        return len(self.claims) - self.count(Proof.NOT_COMPLETE)

    @property
    def by_proof(self) -> tuple[tuple[Proof, tuple[Claim, ...]], ...]:
        """The actions that are reported complete by how far they are proved; what none is, is left out."""
        groups = ((proof, tuple(claim for claim in self.claims if claim.proof == proof)) for proof in CLAIMED)
        return tuple((proof, claims) for proof, claims in groups if claims)

    @property
    def is_reviewed(self) -> bool:
        """Whether any step of the whole was ever reviewed."""
        return any(standing.review for standing in self.steps)

    @property
    def gap(self) -> tuple[str, ...]:
        """What is missing, in sentences."""
        return tuple(_gap(self))


@dataclass(frozen=True)
class Tracker:
    """The recommendations of a plan that were asked for, in the plan's order, and their sums."""

    on: date
    rows: tuple[Tracked, ...]

    @property
    def counts(self) -> tuple[tuple[Proof, int], ...]:
        counted = Counter(claim.proof for row in self.rows for claim in row.claims)
        return tuple((proof, counted[proof]) for proof in Proof)

    @property
    def steps(self) -> tuple[tuple[Step, int], ...]:
        """Of how many recommendations each step is proved."""
        proved = Counter(standing.step for row in self.rows for standing in row.steps if standing.is_proved)
        return tuple((step, proved[step]) for step in Step)

    @property
    def headline(self) -> str:
        counts = dict(self.counts)
        complete = sum(counts.values()) - counts[Proof.NOT_COMPLETE]
        proved = counts[Proof.PROVED]
        if not complete:
            return "Nothing is reported complete on this day"
        if proved == complete:
            return f"{_all_of(complete)} reported complete {'is' if complete == 1 else 'are'} proved"
        if complete == 1:
            return "The one action reported complete is not proved"
        if not proved:
            return f"None of the {complete} actions reported complete is proved"
        return f"{proved} of {complete} actions reported complete {'is' if proved == 1 else 'are'} proved"


def track(
    plan: Plan,
    *,
    user: User,
    on: date,
    theme: Theme | None = None,
    organisation: Organisation | None = None,
    only_said: bool = False,
) -> Tracker:
    """Each recommendation of a plan as a reader may see it on a day. Four queries, however long the plan is."""
    recommendations = Recommendation.objects.visible_to(user).for_plan(plan).raised_by(on=on)
    if theme:
        recommendations = recommendations.for_theme(theme)
    if organisation:
        recommendations = recommendations.addressed_to(organisation)
    tracker = _tracker(recommendations, Evidence.objects.visible_to(user), plan, on)
    if only_said:
        return Tracker(on, tuple(row for row in tracker.rows if row.count(Proof.ONLY_SAID)))
    return tracker


def track_for_paper(plan: Plan, *, exempt: bool, on: date) -> Tracker:
    """Each recommendation as a paper shows it: an open one knows nothing of exempt evidence."""
    evidence = Evidence.objects.all() if exempt else Evidence.objects.open()
    return _tracker(Recommendation.objects.for_plan(plan).raised_by(on=on), evidence, plan, on)


def _tracker(
    recommendations: RecommendationQuerySet, readable: EvidenceQuerySet, plan: Plan, on: date
) -> Tracker:
    facts = _Facts(plan, readable, on)
    return Tracker(
        on, tuple(facts.tracked(each) for each in recommendations.select_related("theme").in_order())
    )


def of_action(action: Action, *, user: User, on: date) -> Assured:
    reviews = Review.objects.visible_to(user).of_action(action)
    return _assured(reviews, Evidence.objects.visible_to(user).of_action(action), user, on)


def of_recommendation(recommendation: Recommendation, *, user: User, on: date) -> Assured:
    """Reviews of the recommendation as a whole; evidence of it and of its actions."""
    reviews = Review.objects.visible_to(user).of_recommendation(recommendation)
    return _assured(reviews, Evidence.objects.visible_to(user).about(recommendation), user, on)


def _assured(reviews: ReviewQuerySet, evidence: Any, user: User, on: date) -> Assured:
    seen = Evidence.objects.visible_to(user).added_by(on=on).select_related("plan", "action").latest_first()
    done = reviews.with_evidence(Evidence.objects.visible_to(user), on=on).select_related("by").done_by(on=on)
    history = tuple(done.prefetch_related(Prefetch("evidence", seen, to_attr="seen")))
    shown = list(evidence.added_by(on=on).select_related("action__recommendation", "added_by").latest_first())
    return Assured(
        steps=_steps(history),
        reviews=history,
        evidence=tuple(each for each in shown if each.stood(on)),
        withdrawn=tuple(each for each in shown if not each.stood(on)),
    )


class _Facts:
    """What the tracker needs of a whole plan, each kind read once."""

    def __init__(self, plan: Plan, readable: EvidenceQuerySet, on: date) -> None:
        self.reviews: dict[tuple[int, int | None], list[Review]] = {}
        last = Review.objects.for_plan(plan).last_of_each_step(on=on)
        for review in last.with_evidence(readable, on=on).order_by("pk"):
            self.reviews.setdefault((review.recommendation_id, review.action_id), []).append(review)
        self.actions: dict[int, list[Any]] = {}
        actions = Action.objects.for_plan(plan).as_of(on).with_recommendation()
        for action in actions.not_in_stage(Stage.WITHDRAWN).in_plan_order():
            self.actions.setdefault(action.recommendation_id, []).append(action)
        standing = readable.for_plan(plan).standing(on=on).order_by()
        counted = standing.values_list("recommendation", "action").annotate(count=Count("pk"))
        self.evidence: Counter[int] = Counter()
        self.shown: dict[int, int] = {}
        for about, action_number, count in counted:
            self.evidence[about] += count
            if action_number:
                self.shown[action_number] = count

    def tracked(self, recommendation: Recommendation) -> Tracked:
        number = recommendation.pk
        steps = _steps(self.reviews.get((number, None), []))
        claims = tuple(self.claim(action, steps[0]) for action in self.actions.get(number, []))
        return Tracked(recommendation, claims, steps, self.evidence[number])

    def claim(self, action: Any, whole: StepStanding) -> Claim:
        """A claim is proved by a review of the action, or by one of the whole that came after it was completed."""
        evidence = self.shown.get(action.pk, 0)
        if action.stage != Stage.COMPLETE:
            return Claim(action, Proof.NOT_COMPLETE, evidence)
        own = _steps(self.reviews.get((action.recommendation_id, action.pk), []))[0]
        by_whole = bool(whole.is_proved and whole.review and whole.review.on >= action.completed_on)
        if own.is_proved or by_whole:
            return Claim(action, Proof.PROVED, evidence)
        return Claim(action, Proof.NOT_REVIEWED if evidence else Proof.ONLY_SAID, evidence)


def _steps(reviews: Iterable[Any]) -> tuple[StepStanding, ...]:
    """Each step by the first review of it."""
    last: dict[str, Any] = {}
    for review in reviews:
        last.setdefault(review.step, review)
    return tuple(_step(step, last.get(step)) for step in Step)


def _step(step: Step, review: Any) -> StepStanding:
    if review is None:
        return StepStanding(step, State.NOT_REVIEWED, None, 0)
    if not review.holds:
        return StepStanding(step, State.LOST, review, review.shown)
    return StepStanding(step, State.PROVED if review.rests else State.UNSUPPORTED, review, review.shown)


def _gap(row: Tracked) -> Iterable[str]:
    for standing in row.steps:
        if standing.state == State.LOST and standing.review:
            yield f"{standing.step.label} was lost again on {standing.review.on:%-d %B %Y}."
        elif standing.state == State.UNSUPPORTED:
            yield f"The evidence for “{standing.step.label}” was withdrawn."
    if said := row.count(Proof.ONLY_SAID):
        yield f"Nothing shows {_that(said)} complete."
    if waiting := row.count(Proof.NOT_REVIEWED):
        yield f"Nobody has reviewed the evidence of {waiting} complete action{'' if waiting == 1 else 's'}."
    if not row.claims:
        yield "No action answers it."
    elif not row.complete:
        yield "Nothing is reported complete."
    elif still_open := row.count(Proof.NOT_COMPLETE):
        yield f"{still_open} of {len(row.claims)} actions {'is' if still_open == 1 else 'are'} not complete."
    missing = [standing for standing in row.steps if standing.state == State.NOT_REVIEWED]
    begun = any(standing.is_proved for standing in row.steps)
    all_proved = bool(row.claims) and row.count(Proof.PROVED) == len(row.claims)
    if missing and (begun or all_proved):
        yield NOT_LOOKED_AT[missing[0].step]


def _that(count: int) -> str:
    return "that 1 action is" if count == 1 else f"that {count} actions are"


def _all_of(count: int) -> str:
    return "The one action" if count == 1 else f"All {count} actions"
