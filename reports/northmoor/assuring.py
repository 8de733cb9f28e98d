"""Whether what Northmoor did holds: reviews of finished actions, and questions of the plan that were dismissed."""

from collections.abc import Iterator
from datetime import date

from recommendations import challenge
from recommendations.models import Step
from recommendations.workflow import dismiss_question, record_review
from reports.northmoor import texts
from reports.northmoor.course import Do
from reports.northmoor.days import DAY, HELD, working
from reports.northmoor.ground import AFTER, READ, Event, Ground
from reports.northmoor.playing import Play
from reports.northmoor.texts import ActionText

# How often a finished action is reviewed for the next step, and how many days later.
STEPS = (
    (Step.DELIVERED, 0.55, (10, 50)),
    (Step.COMPLIED_WITH, 0.55, (60, 120)),
    (Step.IMPACT_EVIDENCED, 0.4, (60, 150)),
)
LOST = 0.1


class Assurance:
    def __init__(self, ground: Ground, play: Play) -> None:
        self.ground, self.play = ground, play
        self.words = texts.read("phrases")["review"]

    def reviews(self) -> Iterator[Event]:
        """An action that was reopened is reviewed up to then and not again."""
        for action, steps in self.ground.story.steps.items():
            signed = [step.on for step in steps if step.do == Do.DECIDE_CLAIM and step.yes]
            reopened = [step.on for step in steps if step.do == Do.REOPEN]
            if signed:
                until = min([*reopened, self.ground.story.days.today])
                yield from self._of(action, signed[0], until)

    def _of(self, action: ActionText, on: date, until: date) -> Iterator[Event]:
        rng, found = self.ground.story.chance(f"reviews {action.name}"), None
        reviewer = rng.choice(self.words["reviewers"])
        for step, often, (soonest, latest) in STEPS:
            on = working(on + rng.randint(soonest, latest) * DAY)
            if rng.random() > often or on > until:
                break
            found = step
            yield self._event(action, step, True, reviewer, on)
        on = working(on + 30 * DAY)
        if found == Step.COMPLIED_WITH and rng.random() < LOST * 3 and on <= until:
            yield self._event(action, found, False, reviewer, on)

    def _event(self, action: ActionText, step: Step, holds: bool, reviewer: str, on: date) -> Event:
        findings = dict(
            zip(Step, (self.words["delivered"], self.words["complied"], self.words["impact"]), strict=True)
        )

        def review() -> None:
            played = self.play.played[action]
            record_review(
                recommendation=played.action.recommendation,
                action=played.action,
                step=step,
                holds=holds,
                finding=findings[step] if holds else self.words["lost"],
                evidence=played.shown if holds else [],
                reviewer=reviewer,
                by=self.ground.accounts["board.member"],
                on=on,
            )

        return Event(on, READ, review)

    def dismissals(self) -> Iterator[Event]:
        """After the last meeting the chair dismisses a few questions, each for a reason."""
        on = self.ground.story.days.meeting(HELD) + DAY
        yield Event(on, AFTER, lambda: self._dismiss(on))

    def _dismiss(self, on: date) -> None:
        asked = challenge.of_plan(self.ground.plan, on=on).asked
        for rule, count, reason in texts.read("board")["decisions"]["dismissals"]:
            for question in [found for found in asked if found.rule.slug == rule][:count]:
                dismiss_question(
                    plan=self.ground.plan,
                    fingerprint=question.fingerprint,
                    reason=reason,
                    by=self.ground.chair,
                    on=on,
                )
