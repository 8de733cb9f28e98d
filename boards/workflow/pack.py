"""A meeting's pack: the papers that it is to have, and whether each goes out with it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from boards.models import Meeting, PackPaper, PaperStep, Readiness
from boards.workflow.meetings import next_place, record, require_arranging
from improvement.models import Plan, User
from recommendations.workflow import careful
from recommendations.workflow.access import require_words


@transaction.atomic
def add_paper(
    *, meeting: Meeting, title: str, source: str = "", plan: Plan | None = None, by: User, on: date
) -> PackPaper:
    """Expect another paper in the pack. `source` names what Waymark makes it from, of a plan where it is a plan's."""
    require_arranging(by, meeting, on=on)
    require_words("title", title, "Give the paper a title.")
    if plan and not meeting.board.plans.filter(pk=plan.pk).exists():
        raise ValidationError({"title": "Choose a paper of one of the board's plans."})
    place = next_place(meeting.papers)
    if meeting.papers.filter(title__iexact=title.strip()).exists():
        raise ValidationError({"title": "The pack has a paper of this title already."})
    paper = PackPaper.objects.create(
        meeting=meeting, position=place, title=title.strip(), source=source, plan=plan, added_on=on
    )
    record(meeting, "add_paper", paper, by=by, on=on, after={"title": paper.title, "source": source})
    return paper


@transaction.atomic
def set_paper(
    *,
    paper: PackPaper,
    readiness: Readiness,
    reason: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> PaperStep:
    """Say that a paper is ready, is not, or stays out of the pack; the last for a reason."""
    require_arranging(by, paper.meeting, on=on)
    if readiness == Readiness.EXCLUDED and not reason.strip():
        raise ValidationError({"reason": "Say why the paper stays out of the pack."})
    careful.check(reason, kept_because=kept_because)
    before = paper.steps.order_by("pk").last()
    step = PaperStep(paper=paper, readiness=readiness, reason=reason.strip(), on=on, by=by)
    if before and (before.readiness, before.reason) == (step.readiness, step.reason):
        return before
    step.save(force_insert=True)
    was = {"readiness": before.readiness if before else Readiness.NOT_READY}
    record(
        paper.meeting,
        "set_paper",
        paper,
        by=by,
        on=on,
        before=was,
        after={"readiness": readiness, **careful.kept(kept_because)},
        reason=reason,
    )
    return step
