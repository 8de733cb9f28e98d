"""Everything that can be done under one item of a live meeting: each deed with its form and what carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict

from boards import meeting_room, plan_item
from boards.board_pages import MeetingPage
from boards.deciding_forms import ActionForm, ClaimForm, DateForm, NoteForm, VersionForm, WordsForm
from boards.meeting_room import Line
from boards.plan_item import Claim, PlanItem, Request
from boards.register import RiskStanding
from boards.risk_forms import AssessmentForm, CloseForm
from boards.workflow import at_meeting, decisions
from boards.workflow.meetings import NotedMeanwhile
from boards.workflow.risks import AssessedMeanwhile
from improvement.permissions import Verb
from recommendations import workflow
from recommendations.forms import CarefulForm
from recommendations.views.plan_versions import next_label

Do = Callable[..., Any]


@dataclass(frozen=True)
class Deed:
    """One thing to do. `about` is the request or claim that it settles, or the risk that it scores."""

    key: str
    form: CarefulForm
    do: Do
    told: str
    about: Request | Claim | RiskStanding | None = None

    def carry_out(self) -> bool:
        """Whether it was done; if not, the form says why and keeps what was typed."""
        if not self.form.is_valid():
            return False
        try:
            return self.form.attempt(lambda: self.do(**self.form.cleaned_data)) is not None
        except NotedMeanwhile as clash:
            typed = cast(QueryDict, self.form.data).copy()
            typed["version"] = str(clash.version)
            self.form.data = typed
            self.form.add_error(None, f"{clash} Theirs: “{clash.theirs}”")
        except AssessedMeanwhile as clash:
            cast(AssessmentForm, self.form).now_at(clash.theirs)
        except (workflow.AlreadyDecided, workflow.UpdatedMeanwhile, workflow.OwnWork) as refused:
            self.form.add_error(None, str(refused))
        return False


@dataclass(frozen=True)
class LiveItem:
    """An item as the chair comes to it, with all that can be done under it."""

    line: Line
    plan: PlanItem | None
    deeds: tuple[Deed, ...]

    def find(self, key: str) -> Deed | None:
        return next((deed for deed in self.deeds if deed.key == key), None)

    @property
    def dates(self) -> list[Deed]:
        return [deed for deed in self.deeds if isinstance(deed.about, Request)]

    @property
    def claims(self) -> list[Deed]:
        return [deed for deed in self.deeds if isinstance(deed.about, Claim)]

    @property
    def risks(self) -> list[tuple[Deed, Deed]]:
        """To score each risk, and to close it."""
        found = [deed for deed in self.deeds if isinstance(deed.about, RiskStanding)]
        half = len(found) // 2
        return list(zip(found[:half], found[half:], strict=True))

    @property
    def to_decide(self) -> int:
        return len(self.dates) + len(self.claims)

    @property
    def version(self) -> Deed | None:
        return self.find("version")

    @property
    def words(self) -> Deed | None:
        return self.find("words")

    @property
    def note(self) -> Deed | None:
        return self.find("note")

    @property
    def action(self) -> Deed | None:
        return self.find("action")


def of(room: MeetingPage, line: Line, sent: QueryDict | None) -> LiveItem:
    """The item's deeds; the one that was sent holds what was typed."""
    now = room.day.now
    shown = plan_item.of(room.meeting, line.item.plan, on=now, user=room.user) if line.item.plan else None
    found: list[Deed] = []
    if shown:
        found += [_date(room, line, request, sent) for request in shown.requests]
        found += [_claim(room, line, claim, sent) for claim in shown.claims]
        if room.may(Verb.KEEP_RISKS):
            found += [_risk(room, line, standing, sent) for standing in shown.risks]
            found += [_closing(room, line, standing, sent) for standing in shown.risks]
        if room.may(Verb.KEEP_PLAN):
            found.append(_version(room, shown, line, sent))
    found.append(_words(room, line, sent))
    found.append(_action(room, sent))
    if room.may(Verb.KEEP_BOARD):
        found.append(_note(room, line, sent))
    return LiveItem(line, shown, tuple(found))


def lines_of(room: MeetingPage) -> tuple[Line, ...]:
    return meeting_room.agenda(room.meeting, on=room.day.now)


def _typed(sent: QueryDict | None, key: str) -> QueryDict | None:
    return sent if sent is not None and sent.get("deed") == key else None


def _date(room: MeetingPage, line: Line, request: Request, sent: QueryDict | None) -> Deed:
    def do(*, decision: str, **said: Any) -> Any:
        agree = decision == "agree"
        return decisions.decide_due_date(
            item=line.item, change=request.change, agree=agree, by=room.user, on=room.day.now, **said
        )

    form = DateForm(_typed(sent, request.key), auto_id=f"{request.key}-%s")
    return Deed(request.key, form, do, f"Decided: the due date of {request.change.action}.", request)


def _claim(room: MeetingPage, line: Line, claim: Claim, sent: QueryDict | None) -> Deed:
    standing = claim.standing

    def do(*, decision: str, **said: Any) -> Any:
        return decisions.decide_claim(
            item=line.item,
            action=standing.action,
            rating=standing.rating,
            sign_off=decision == "sign-off",
            by=room.user,
            on=room.day.now,
            **said,
        )

    initial = {"version": claim.version}
    form = ClaimForm(_typed(sent, claim.key), auto_id=f"{claim.key}-%s", initial=initial)
    return Deed(claim.key, form, do, f"Decided: the completion of {standing.action}.", claim)


def _risk(room: MeetingPage, line: Line, standing: RiskStanding, sent: QueryDict | None) -> Deed:
    key = f"risk-{standing.risk.pk}"

    def do(**said: Any) -> Any:
        return decisions.decide_risk(
            item=line.item, risk=standing.risk, by=room.user, on=room.day.now, **said
        )

    form = AssessmentForm(_typed(sent, key), standing=standing, auto_id=f"{key}-%s")
    return Deed(key, form, do, f"Decided: the risk “{standing.risk.title}” is scored.", standing)


def _closing(room: MeetingPage, line: Line, standing: RiskStanding, sent: QueryDict | None) -> Deed:
    key = f"close-risk-{standing.risk.pk}"

    def do(**said: Any) -> Any:
        return decisions.decide_risk_closed(
            item=line.item, risk=standing.risk, by=room.user, on=room.day.now, **said
        )

    form = CloseForm(_typed(sent, key), auto_id=f"{key}-%s")
    return Deed(key, form, do, f"Decided: the risk “{standing.risk.title}” is closed.", standing)


def _version(room: MeetingPage, shown: PlanItem, line: Line, sent: QueryDict | None) -> Deed:
    def do(**said: Any) -> Any:
        return decisions.decide_version(
            item=line.item, plan=shown.plan, by=room.user, on=room.day.now, **said
        )

    initial = {"label": next_label(shown.latest_label)}
    form = VersionForm(_typed(sent, "version"), auto_id="version-%s", initial=initial)
    return Deed("version", form, do, "The version is agreed.")


def _words(room: MeetingPage, line: Line, sent: QueryDict | None) -> Deed:
    def do(**said: Any) -> Any:
        return decisions.decide_in_words(item=line.item, by=room.user, on=room.day.now, **said)

    form = WordsForm(_typed(sent, "words"), plan=line.item.plan, auto_id="words-%s")
    return Deed("words", form, do, "The decision is recorded.")


def _note(room: MeetingPage, line: Line, sent: QueryDict | None) -> Deed:
    def do(**said: Any) -> Any:
        return at_meeting.note_item(item=line.item, by=room.user, on=room.day.now, **said)

    initial = {"text": line.note.text if line.note else "", "version": line.version}
    form = NoteForm(_typed(sent, "note"), auto_id="note-%s", initial=initial)
    return Deed("note", form, do, "The notes are saved.")


def _action(room: MeetingPage, sent: QueryDict | None) -> Deed:
    def do(**said: Any) -> Any:
        return at_meeting.raise_action(meeting=room.meeting, by=room.user, on=room.day.now, **said)

    return Deed(
        "action", ActionForm(_typed(sent, "action"), auto_id="action-%s"), do, "The action is in the log."
    )
