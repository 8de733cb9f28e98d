"""Evidence and reviews for tests, made by the workflow as anybody's are."""

from datetime import date
from typing import Any

from django_tasks_db.models import DBTaskResult

from improvement.models import User
from recommendations import workflow
from recommendations.models import Action, Evidence, Recommendation, Review
from tests.cast import HARROW
from tests.files import PDF, uploaded

DAY = date(2012, 11, 14)
SHOWS = "Ten files were read; the chair had challenged in nine."


def load_action(reference: str, number: str, plan: tuple[str, str] = HARROW) -> Action:
    return Action.objects.with_recommendation().with_leads().get_by_natural_key(*plan, reference, number)


def load_recommendation(reference: str, plan: tuple[str, str] = HARROW) -> Recommendation:
    return Recommendation.objects.select_related("plan__council").get_by_natural_key(*plan, reference)


def show(about: Action | Recommendation, by: User, **changed: Any) -> Evidence:
    """Evidence of an action or of a recommendation: a link unless a file is given."""
    values: dict[str, Any] = {
        "shows": SHOWS,
        "method": "audit",
        "gathered_on": date(2012, 10, 31),
        "supports": "delivered",
        "exempt": False,
        "link": "" if "file" in changed else "https://papers.example/audit",
        "on": DAY,
        **changed,
    }
    return workflow.add_evidence(**{**subject(about), **values}, by=by)


def show_file(about: Action | Recommendation, by: User, **changed: Any) -> Evidence:
    return show(about, by, **{"file": uploaded("audit.pdf", PDF), **changed})


def review(about: Action | Recommendation, by: User, *evidence: Evidence, **changed: Any) -> Review:
    values: dict[str, Any] = {
        "step": "delivered",
        "holds": True,
        "finding": "The board read the audit.",
        "reviewer": "Improvement Board",
        "on": DAY,
        **changed,
    }
    return workflow.record_review(**subject(about), evidence=evidence, by=by, **values)


def subject(about: Action | Recommendation) -> dict[str, Any]:
    if isinstance(about, Action):
        return {"recommendation": about.recommendation, "action": about}
    return {"recommendation": about, "action": None}


def run_jobs() -> None:
    for job in DBTaskResult.objects.ready():
        job.task.call(*job.args_kwargs["args"])
        job.set_successful(None)
