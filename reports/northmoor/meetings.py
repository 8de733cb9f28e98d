"""Northmoor's board: its terms, its meetings and what they decide, the rounds before them."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from boards import minutes_text
from boards.models import (
    AgendaItem,
    Board,
    BoardAction,
    ItemKind,
    Meeting,
    Outcome,
    PackPaper,
    Presence,
    Readiness,
    Risk,
    Seat,
    SeatRole,
)
from boards.workflow import at_meeting, boards, decisions, meetings, minutes, pack, rounds
from boards.workflow.meetings import When
from improvement.models import Organisation
from recommendations.workflow import sign_version_off
from reports.northmoor import texts
from reports.northmoor.course import Do, Step
from reports.northmoor.days import ARRANGED, DAY, FIRST_ROUND, HELD, NEXT, VERSIONS, working
from reports.northmoor.ground import MEET, OPEN, READ, SET_UP, Event, Ground
from reports.northmoor.playing import Play

HALF_PAST_NINE = time(9, 30)
# The diary is made for so many meetings at a time.
BATCH = 7
EXCLUDED_AT = (5, 14)


class Sittings:
    """The board at work, meeting after meeting."""

    def __init__(self, ground: Ground, play: Play) -> None:
        self.ground, self.play = ground, play
        self.days, self.by = ground.story.days, ground.administrator
        self.said = texts.read("board")
        self.meetings: dict[int, Meeting] = {}
        self.logged: dict[int, BoardAction] = {}
        self.board: Board

    def events(self) -> Iterator[Event]:
        begun = self.days.begun
        yield Event(begun, SET_UP, lambda: self.found(begun))
        for first in range(1, ARRANGED, BATCH):
            on = begun if first == 1 else self.days.meeting(first - 1)
            yield Event(on, OPEN, lambda first=first, on=on: self.arrange(first, on))  # type: ignore[misc]
        for number in range(1, NEXT + 1):
            yield from self._around(number)

    def _around(self, number: int) -> Iterator[Event]:
        """The round before a meeting, its pack, and the meeting itself."""
        today, cut_off, held_on = self.days.today, self.days.cut_off(number), self.days.meeting(number)
        if number >= FIRST_ROUND:
            yield Event(self.days.round_opens(number), OPEN, lambda: self.open_round(number))
        prepared = min(cut_off, today)
        yield Event(prepared, READ, lambda: self.prepare(number, prepared))
        if number <= HELD:
            if number >= FIRST_ROUND:
                yield Event(cut_off + DAY, OPEN, lambda: self.close_round(cut_off + DAY))
            yield Event(held_on, MEET, lambda: self.hold(number, held_on))

    # Setting up

    def found(self, on: date) -> None:
        terms, rule = self.said["terms"], self.days.rule
        worded = ("purpose", "accountable_to", "reports_to", "principles")
        often = {
            "every": rule.every,
            "interval": rule.interval,
            "weekday": rule.weekday,
            "week_of_month": rule.week_of_month,
        }
        self.board = boards.add_board(
            council=self.ground.council,
            name=terms["name"],
            plans=[self.ground.plan],
            terms={**{name: "\n".join(terms[name]) for name in worded}, **often},
            by=self.by,
            on=on,
        )
        organisations = {
            found.slug: found for found in Organisation.objects.filter(council=self.ground.council)
        }
        for title, organisation, role in terms["seats"]:
            boards.add_seat(
                board=self.board,
                title=title,
                organisation=organisations.get(organisation),
                role=SeatRole(role),
                from_on=on,
                by=self.by,
                on=on,
            )

    def arrange(self, first: int, on: date) -> None:
        numbers = range(first, min(first + BATCH, ARRANGED + 1))
        place = self.said["terms"]["place"]
        when = [
            When(self.days.meeting(n), self.days.cut_off(n), starts_at=HALF_PAST_NINE, place=place)
            for n in numbers
        ]
        made = meetings.arrange_meetings(board=self.board, when=when, by=self.by, on=on)
        self.meetings.update(zip(numbers, made, strict=True))

    # Before a meeting

    def open_round(self, number: int) -> None:
        self.play.round = rounds.open_round(
            plan=self.ground.plan,
            meeting=self.meetings[number],
            by=self.by,
            on=self.days.round_opens(number),
        )

    def close_round(self, on: date) -> None:
        if self.play.round:
            rounds.close_round(asked=self.play.round, by=self.by, on=on)
            self.play.round = None

    def prepare(self, number: int, on: date) -> None:
        """The meeting's own paper, and how far the pack is. Of the next meeting half is ready."""
        meeting, paper = self.meetings[number], self.said["paper"][number - 1]
        meetings.add_item(
            meeting=meeting, kind=ItemKind.PAPER, title=paper["title"], lead=paper["lead"], by=self.by, on=on
        )
        pack.add_paper(meeting=meeting, title=paper["title"], by=self.by, on=on)
        papers = list(PackPaper.objects.of_meeting(meeting, on=on))
        for place, each in enumerate(papers):
            if number == 1 and "last meeting" in each.title:
                continue
            if number == NEXT and place not in (1, 2):
                continue
            excluded = number in EXCLUDED_AT and place == len(papers) - 1
            pack.set_paper(
                paper=each,
                readiness=Readiness.EXCLUDED if excluded else Readiness.READY,
                reason=self.said["minutes"]["excluded"] if excluded else "",
                by=self.by,
                on=on,
            )

    # The meeting

    def hold(self, number: int, on: date) -> None:
        meeting = self.meetings[number]
        items = {item.kind: item for item in AgendaItem.objects.of_meeting(meeting, on=on)}
        if number > 1:
            minutes.agree_minutes(meeting=self.meetings[number - 1], version=1, by=self.by, on=on)
        self._attend(meeting, number, on)
        self._end_logged(number, on)
        self._decide(items, number, on)
        self._ask(meeting, number, on)
        meetings.close_meeting(meeting=meeting, by=self.by, on=on)
        text = minutes_text.draft(meeting, on=on, user=self.by)
        minutes.save_minutes(meeting=meeting, text=text, version=0, by=self.by, on=on)

    def _attend(self, meeting: Meeting, number: int, on: date) -> None:
        rng = self.ground.story.chance(f"attendance {number}")
        there = {}
        for seat in Seat.objects.for_board(self.board).sitting(on=on).in_order():
            often = (0, 0, 1) if seat.role == SeatRole.INDEPENDENT_CHAIR else (0.14, 0.03, 0.83)
            (there[seat],) = rng.choices((Presence.APOLOGIES, Presence.ABSENT, Presence.PRESENT), often)
        at_meeting.record_attendance(meeting=meeting, presence=there, by=self.by, on=on)

    def _end_logged(self, number: int, on: date) -> None:
        for place, (raised_at, _, _, after, words) in enumerate(self.said["log"]["actions"]):
            if after and raised_at + after == number:
                at_meeting.end_action(
                    action=self.logged[place], outcome=Outcome.DONE, words=words, by=self.ground.chair, on=on
                )

    def _decide(self, items: dict[str, AgendaItem], number: int, on: date) -> None:
        plan_item, paper_item = items[ItemKind.PLAN], items[ItemKind.PAPER]
        settled = self.ground.story.decided_at(number)
        for step in settled:
            self._settle(plan_item, step, on)
        self._note(plan_item, _told(self.said["minutes"]["plan"], settled), on)
        self._note(paper_item, self.said["paper"][number - 1]["said"], on)
        for label in (label for label, at in VERSIONS.items() if at == number):
            decisions.decide_version(item=plan_item, plan=self.ground.plan, label=label, by=self.by, on=on)
        for at, words in self.said["decisions"]["words"]:
            if at == number:
                decisions.decide_in_words(item=paper_item, words=words, by=self.ground.chair, on=on)
        for at, place, words in self.said["decisions"]["risks"]:
            if at == number:
                risk = Risk.objects.for_plan(self.ground.plan).get(position=place)
                decisions.decide_in_words(item=plan_item, words=words, risk=risk, by=self.ground.chair, on=on)

    def _settle(self, item: AgendaItem, step: Step, on: date) -> None:
        played = self.play.played[step.action]
        if step.do == Do.DECIDE_DATE and played.asked:
            decisions.decide_due_date(
                item=item, change=played.asked, agree=step.yes, words=step.words, by=self.ground.chair, on=on
            )
            played.asked = None
            return
        decided = decisions.decide_claim(
            item=item,
            action=played.action,
            version=played.version,
            rating=self.ground.ratings[step.rating],
            sign_off=step.yes,
            words=step.words,
            by=self.ground.chair,
            on=on,
        )
        if decided.progress_update:
            played.version = decided.progress_update.sequence

    def _note(self, item: AgendaItem, text: str, on: date) -> None:
        at_meeting.note_item(item=item, text=text, version=0, by=self.by, on=on)

    def _ask(self, meeting: Meeting, number: int, on: date) -> None:
        """What the board asks for in its own log; due when it is meant to come back."""
        for place, (raised_at, what, who, after, _) in enumerate(self.said["log"]["actions"]):
            if raised_at == number:
                due_on = self.days.meeting(number + min(after or 2, 2))
                self.logged[place] = at_meeting.raise_action(
                    meeting=meeting, what=what, who=who, due_on=due_on, by=self.ground.chair, on=on
                )

    def cabinet(self) -> Iterator[Event]:
        """Cabinet signs the first version off some weeks after the board."""
        on = working(self.days.meeting(VERSIONS["1.0"]) + 20 * DAY)

        def sign() -> None:
            version = self.ground.plan.versions.get(label="1.0")
            sign_version_off(version=version, body="Cabinet", signed_on=on, by=self.by, on=on)

        yield Event(on, SET_UP, sign)


def _told(sentence: str, settled: list[Step]) -> str:
    def count(do: Do, yes: bool) -> Any:
        return sum(step.do == do and step.yes == yes for step in settled) or "none"

    return sentence.format(
        signed=count(Do.DECIDE_CLAIM, True),
        returned=count(Do.DECIDE_CLAIM, False),
        agreed=count(Do.DECIDE_DATE, True),
        refused=count(Do.DECIDE_DATE, False),
    )
