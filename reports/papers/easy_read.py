"""The easy-read summary: one page in short sentences, plain words and large type."""

from dataclasses import dataclass
from typing import ClassVar

from recommendations.progress import Figures
from reports.paper import Block, Paper, Part, day
from reports.papers.dated import paper
from reports.plan_blocks import Asked

TITLE = "Our plan: easy read"


@dataclass(frozen=True)
class Said:
    """A question, and the answer in short sentences, each on a line of its own."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class EasyRead(Block):
    template: ClassVar[str] = "reports/blocks/_easy_read.html"
    said: tuple[Said, ...]


def of(asked: Asked) -> Paper:
    return paper(asked, TITLE, (Part("easy-read", TITLE, (EasyRead(_said(asked)),)),))


def _said(asked: Asked) -> tuple[Said, ...]:
    figures, council = asked.figures, asked.plan.council.name
    if not figures.actions.count:
        return (Said("What is this?", (f"{council} will make a plan.", "There are no jobs in it yet.")),)
    return (
        Said("What is this?", tuple(_about(asked))),
        Said("What is done?", tuple(_done(figures))),
        Said("What is late?", tuple(_late(figures))),
        Said("What comes next?", tuple(_next(figures))),
        Said(
            "Do you want to know more?",
            (f"Ask {council} for the whole plan.", "You can ask somebody to read it with you."),
        ),
    )


def _about(asked: Asked) -> list[str]:
    things, jobs = asked.recommendations, asked.figures.actions.count
    return [
        "This page is about help for children and families.",
        f"{_things(things)} must get better.",
        f"{asked.plan.council.name} has a plan to make {'it' if things == 1 else 'them'} better.",
        f"The plan has {_jobs(jobs)}.",
        f"This page says how it was going on {day(asked.on)}.",
    ]


def _done(figures: Figures) -> list[str]:
    done = figures.complete.count
    return [f"{_jobs_are(done)} done." if done else "No job is done yet."]


def _late(figures: Figures) -> list[str]:
    late = figures.overdue.count
    if not late:
        return ["No job is late."]
    return [
        f"{_jobs_are(late)} late.",
        "Late means: the day we promised has gone by.",
        f"The {'job is' if late == 1 else 'jobs are'} still not done.",
    ]


def _next(figures: Figures) -> list[str]:
    soon = figures.due_soon.count
    if not soon:
        return ["No job has to be done in the next 30 days."]
    return [f"{_jobs(soon)} must be done in the next 30 days."]


def _jobs(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"


def _jobs_are(count: int) -> str:
    return f"{_jobs(count)} {'is' if count == 1 else 'are'}"


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"
