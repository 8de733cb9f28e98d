"""A meeting's pack in one file: the agenda, then each paper that is ready; the others are named, with the reason."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from boards import meeting_room, meeting_rounds, minutes_text
from boards.meeting_room import Logged
from boards.models import Meeting, Minutes, PackPaper, Readiness
from boards.models.pack import LOG, MINUTES, REPORT
from improvement.models import Plan, User
from reports import document, papers
from reports.models import Report
from reports.paper import Block, Cell, Column, Heading, Paper, Part, Table, Words, day, of_plan
from reports.papers import board_pack
from reports.plan_blocks import Asked
from reports.plan_blocks.saying import words

AGENDA = (Column("Item", 8), Column("What", 60), Column("Led by", 32))
ROUNDS = (Column("Plan", 50), Column("Answered", 26), Column("Answers by", 24))
PAPERS = (Column("Paper", 46), Column("State", 18), Column("More", 36))
ACTIONS = (
    Column("No.", 8),
    Column("What", 42),
    Column("Who", 22),
    Column("By when", 14),
    Column("State", 14),
)
SENT_APART = "Brought by its author; it is sent apart from this file."


@dataclass(frozen=True)
class Line:
    """A paper that the pack is to have, and what makes it; nothing does where somebody brings it."""

    standing: meeting_room.Paper
    build: Callable[[], Paper] | None

    @property
    def is_in(self) -> bool:
        return self.build is not None and self.standing.readiness == Readiness.READY


@dataclass(frozen=True)
class Pack:
    """The pack of a meeting as of a day. It is kept among the files of the board's first plan."""

    meeting: Meeting
    plan: Plan
    lines: tuple[Line, ...]
    on: date
    user: User

    @property
    def name(self) -> str:
        return f"{self.meeting.board.slug}-{self.meeting.on.isoformat()}"

    @property
    def is_in(self) -> list[Line]:
        return [line for line in self.lines if line.is_in]

    def paper(self) -> Paper:
        """Agenda and papers as one, every figure as of the day."""
        own = [line.build() for line in self.is_in if line.build]
        joined = board_pack.of(self.plan, on=self.on, papers=[self._agenda(), *own])
        # Papers of several plans bring several keys; each paper prints its own.
        ratings = {rating.pk: rating for paper in (joined, *own) for rating in paper.ratings}
        board = self.meeting.board
        return replace(
            joined, occasion=f"{board.name}, {day(self.meeting.on)}", ratings=tuple(ratings.values())
        )

    def _agenda(self) -> Paper:
        meeting = self.meeting
        blocks: list[Block] = [words(_when_and_where(meeting))]
        items = meeting_room.agenda(meeting, on=self.on)
        rows = tuple(
            (Cell(str(place), strong=True), Cell(line.item.title), Cell(line.item.lead or "–"))
            for place, line in enumerate(items, start=1)
        )
        blocks += [Heading("Items"), Table("What the meeting comes to", AGENDA, rows)]
        asked = meeting_rounds.of(meeting, on=self.on, user=self.user)
        if any(one.asked for one in asked):
            blocks += [Heading("Update rounds"), Table("Who has answered", ROUNDS, tuple(map(_round, asked)))]
        blocks += [
            Heading("Papers"),
            Table("What is in this pack, and what is not", PAPERS, tuple(map(_paper, self.lines))),
        ]
        return _paper_of(self.plan, self.on, "Agenda", meeting, blocks)


def of(meeting: Meeting, *, on: date, user: User) -> Pack | None:
    """None where the board keeps no plan that the reader may see: then there is nothing to make papers from."""
    plans = Plan.objects.visible_to(user).select_related("council", "rating_scale")
    plan = plans.filter(boards=meeting.board_id).order_by("name", "pk").first()
    if plan is None:
        return None
    lines = tuple(
        Line(standing, _builder(standing.paper, meeting, plan, on, user))
        for standing in meeting_room.pack(meeting, on=on)
    )
    return Pack(meeting, plan, lines, on, user)


def open_reports(plan: Plan, user: User) -> list[Report]:
    """Committee reports that may go into a pack which everybody of the council reads."""
    reports = Report.objects.visible_to(user).for_plan(plan).with_plan().latest_meeting_first()
    return [report for report in reports if not report.is_exempt]


def _builder(
    paper: PackPaper, meeting: Meeting, plan: Plan, on: date, user: User
) -> Callable[[], Paper] | None:
    if paper.source == MINUTES:
        return lambda: _minutes(meeting, plan, on, user)
    if paper.source == LOG:
        return lambda: _log(meeting, plan, on, user)
    if paper.plan is None:
        return None
    if paper.source.startswith(REPORT):
        slug = paper.source.removeprefix(REPORT)
        report = next((one for one in open_reports(paper.plan, user) if one.slug == slug), None)
        return (lambda: document.of(report)) if report else None
    asked = _asked(paper.plan, meeting, on)
    kind = next((kind for kind in papers.offered(asked) if kind.slug == paper.source), None)
    return (lambda: kind.build(asked)) if kind else None


def _asked(plan: Plan, meeting: Meeting, on: date) -> Asked:
    """What is new is what happened since the last meeting, where one was held."""
    last = meeting_room.last_held(meeting, on=on)
    return Asked(plan, on, last.on) if last and last.on < on else papers.asked(plan, on)


def _paper_of(plan: Plan, on: date, title: str, meeting: Meeting, blocks: Iterable[Block]) -> Paper:
    part = Part("paper", title, tuple(blocks))
    return of_plan(
        plan, on=on, title=title, occasion=f"{meeting.board.name}, {day(meeting.on)}", parts=(part,)
    )


def _when_and_where(meeting: Meeting) -> str:
    told = [f"{meeting.on:%A} {day(meeting.on)}"]
    if meeting.starts_at:
        told.append(f"{meeting.starts_at:%H:%M}")
    if meeting.place:
        told.append(meeting.place)
    return f"{', '.join(told)}."


def _round(one: meeting_rounds.PlanRound) -> tuple[Cell, ...]:
    return (
        Cell(one.plan.name, strong=True),
        Cell(one.sentence),
        Cell(day(one.asked.cut_off_on) if one.asked else "–"),
    )


def _paper(line: Line) -> tuple[Cell, ...]:
    standing = line.standing
    more = standing.step.reason if standing.step else ""
    if standing.readiness == Readiness.READY and line.build is None:
        more = f"{more} {SENT_APART}".strip()
    return Cell(standing.paper.title, strong=True), Cell(str(standing.readiness.label)), Cell(more or "–")


def _minutes(meeting: Meeting, plan: Plan, on: date, user: User) -> Paper:
    """The minutes of the meeting before, as they stood on the day."""
    last = meeting_room.last_held(meeting, on=on)
    kept = Minutes.objects.visible_to(user).of_meeting(last, on=on).first() if last else None
    if last is None or kept is None:
        told = (
            "No minutes of an earlier meeting are kept."
            if last is None
            else "Nobody has saved its minutes yet."
        )
        return _paper_of(plan, on, "Minutes of the last meeting", last or meeting, [words(told)])
    state = f"Agreed on {day(kept.on)}." if kept.agreed else "A draft: the board has not agreed them yet."
    return _paper_of(
        plan, on, "Minutes of the last meeting", last, [words(state), *_prose(minutes_text.blocks(kept.text))]
    )


def _prose(blocks: Iterable[minutes_text.Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "heading":
            yield Heading(block.lines[0])
        elif block.kind == "list":
            yield Words(_html("ul", *(f"<li>{escape(line)}</li>" for line in block.lines)))
        else:
            yield Words(_html("p", *map(escape, block.lines)))


def _html(tag: str, *inside: str) -> SafeString:
    return mark_safe(f"<{tag}>{''.join(inside)}</{tag}>")  # noqa: S308 - every line was escaped by the caller


def _log(meeting: Meeting, plan: Plan, on: date, user: User) -> Paper:
    found = meeting_room.log(meeting.board, on=on, meeting=meeting, user=user)
    table = Table(
        "What the board asked for and is not done, or was done since",
        ACTIONS,
        tuple(map(_action, found)),
        empty="No action is open from earlier meetings.",
    )
    return _paper_of(plan, on, "The board’s action log", meeting, [table])


def _action(one: Logged) -> tuple[Cell, ...]:
    state = str(one.end.get_outcome_display()) if one.end else "Late" if one.late else "Open"
    return (
        Cell(str(one.action.number), strong=True),
        Cell(one.action.what, one.end.words if one.end else ""),
        Cell(one.action.who),
        Cell(day(one.action.due_on) if one.action.due_on else "–"),
        Cell(state),
    )
