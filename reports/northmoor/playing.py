"""The courses of Northmoor's actions, done by those who would do them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from boards.models import OwnerLink, Round
from boards.workflow import owner_links, rounds
from improvement.models import LeadOfficer, User
from recommendations import workflow
from recommendations.models import Action, DueDateChange, Evidence, Phase, Step
from recommendations.models.action import ENDED
from recommendations.workflow import FIRST_WORDS, NOTHING_SAID
from reports.northmoor import course, texts
from reports.northmoor.course import Do
from reports.northmoor.days import DAY, HELD, VERSIONS
from reports.northmoor.ground import DOMAIN, SAY, SET_UP, Event, Ground
from reports.northmoor.texts import ActionText

# What makes a change last, rather than brings it about.
LASTING = frozenset({"audit", "data", "voice"})
A_YEAR = timedelta(days=360)
# A post without an account gets a link in the round of this meeting.
LINKED_AT = HELD
# One piece of evidence in so many is a file; the others are links.
FILES = 5


@dataclass
class Played:
    """An action as the story has it: how far its updates are, the request that waits, what shows that it is done."""

    action: Action
    version: int = NOTHING_SAID
    asked: DueDateChange | None = None
    shown: list[Evidence] = field(default_factory=list)


class Play:
    """Does the steps of the story; the boards' meetings decide through it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.played: dict[ActionText, Played] = {}
        self.round: Round | None = None
        self.link: OwnerLink | None = None

    # Taking actions into the plan

    def taking_in(self) -> Iterator[Event]:
        """The plan is drafted in the days before the meeting that agrees it."""
        days = self.ground.story.days
        for place, action in enumerate(self.ground.story.steps):
            before = days.meeting(VERSIONS[action.version]) - (6 - place % 4) * DAY
            yield Event(before, SET_UP, lambda action=action, on=before: self.take_in(action, on))  # type: ignore[misc]

    def take_in(self, text: ActionText, on: date) -> None:
        leads = [self.ground.posts[lead] for lead in text.leads]
        planned = next(found for found in self.ground.story.courses if found.action == text)
        made = workflow.add_action(
            recommendation=self.ground.recommendations[text.reference],
            number=text.number,
            phase=Phase.EMBEDDING if text.kind in LASTING else Phase.MUST_DO,
            text=text.text,
            leads=leads,
            due_on=planned.first_due_on,
            by=self.ground.administrator,
            on=on,
        )
        action = Action.objects.with_recommendation().with_leads().get(pk=made.pk)
        self.ground.actions[text.what] = action
        self.played[text] = Played(action)

    def rewording(self) -> Iterator[Event]:
        on = self.ground.story.days.meeting(VERSIONS["2.0"]) - DAY
        for row in texts.read("plan")["reworded"]:
            text = next(action for action in self.ground.story.steps if action.what == row["what"])
            if self.ground.story.stage(text, on) not in ENDED:
                yield Event(on, SET_UP, lambda row=row: self.reword(row, on))  # type: ignore[misc]

    def reword(self, row: dict[str, str], on: date) -> None:
        workflow.reword_action(
            action=self.ground.actions[row["what"]],
            version=FIRST_WORDS,
            text=row["text"],
            reason=row["reason"],
            by=self.ground.administrator,
            on=on,
        )

    # What is said between meetings

    def saying(self) -> Iterator[Event]:
        for steps in self.ground.story.steps.values():
            for step in steps:
                if not step.number:
                    yield Event(step.on, SAY, lambda step=step: self.do(step))  # type: ignore[misc]

    def do(self, step: course.Step) -> None:
        played = self.played[step.action]
        if step.do == Do.UPDATE:
            self._update(step, played)
        elif step.do == Do.NO_CHANGE:
            self._no_change(step, played)
        elif step.do == Do.SHOW:
            self._show(step, played)
        elif step.do == Do.ASK_DATE and step.day:
            played.asked = workflow.request_due_date(
                action=played.action, new_on=step.day, reason=step.words, by=self._lead(step), on=step.on
            )
        else:
            self._close(step, played)

    def _update(self, step: course.Step, played: Played) -> None:
        by_link = step.stage in owner_links.STAGES and self.ground.holder(step.action.leads[0]) is None
        if self.link and by_link:
            said = owner_links.post_update_by_link(
                link=self.link,
                action=played.action,
                version=played.version,
                stage=step.stage,
                narrative=step.words,
                forecast_on=step.day,
                on=step.on,
            )
        else:
            said = workflow.post_update(
                action=played.action,
                version=played.version,
                stage=step.stage,
                rating=self.ground.ratings[step.rating],
                narrative=step.words,
                forecast_on=step.day,
                by=self._lead(step),
                on=step.on,
            )
        played.version = said.sequence

    def _no_change(self, step: course.Step, played: Played) -> None:
        if self.round:
            rounds.say_no_change(
                asked=self.round,
                action=played.action,
                version=played.version,
                reason=step.words,
                by=self._lead(step),
                on=step.on,
            )

    def _show(self, step: course.Step, played: Played) -> None:
        rng = self.ground.story.chance(f"evidence {step.action.name} {step.on}")
        file, link = _proof(step, rng)
        shown = workflow.add_evidence(
            recommendation=played.action.recommendation,
            action=played.action,
            shows=step.words,
            method=step.method or "audit",
            gathered_on=step.on - rng.randint(2, 20) * DAY,
            supports=Step.DELIVERED if not played.shown else Step.COMPLIED_WITH,
            exempt=False,
            link=link,
            file=file,
            key=uuid.UUID(int=rng.getrandbits(128), version=4),
            by=self._lead(step),
            on=step.on,
        )
        played.shown.append(shown)

    def _close(self, step: course.Step, played: Played) -> None:
        at: dict[str, Any] = {"action": played.action, "version": played.version, "on": step.on}
        if step.do == Do.CLAIM:
            rating = self.ground.ratings[step.rating]
            said = workflow.claim_complete(**at, rating=rating, narrative=step.words, by=self._lead(step))
        elif step.do == Do.REOPEN:
            rating = self.ground.ratings[step.rating]
            said = workflow.reopen(**at, rating=rating, reason=step.words, by=self._lead(step))
        else:
            said = workflow.withdraw(**at, reason=step.words, by=self.ground.administrator)
        played.version = said.sequence

    def _lead(self, step: course.Step) -> User:
        """Whoever holds the accountable post; the plan's administrator writes for those who have no account."""
        return self.ground.holder(step.action.leads[0]) or self.ground.administrator

    # A post of another organisation without an account

    def linking(self) -> Iterator[Event]:
        on = self.ground.story.days.round_opens(LINKED_AT)
        for abbreviation, post in self.ground.posts.items():
            if self.ground.holder(abbreviation) is None:
                yield Event(on, SET_UP, lambda post=post: self.make_link(post, on))  # type: ignore[misc]

    def make_link(self, post: LeadOfficer, on: date) -> None:
        email = f"{slugify(post.title)}@{slugify(post.organisation.name)}.example"
        self.link = owner_links.make_link(
            post=post, email=email, expires_on=on + A_YEAR, by=self.ground.administrator, on=on
        )


def _proof(step: course.Step, rng: Random) -> tuple[ContentFile[bytes] | None, str]:
    """A small file, or the address of where it can be seen."""
    name = slugify(step.action.what.removeprefix("the "))
    if rng.randrange(FILES):
        return None, f"https://evidence.{DOMAIN}/{step.on:%Y/%m}/{name}"
    rows = [
        f"{service},{rng.randint(20, 60)},{rng.randint(61, 98)}%" for service in ("North", "South", "East")
    ]
    content = "\n".join(["Area,Looked at,As it should be", *rows, ""])
    return ContentFile(content.encode(), name=f"{name}-{step.on:%Y-%m}.csv"), ""
