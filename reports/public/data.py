"""What everybody sees of a plan as JSON and as CSV, for those who want to work with it.

`templates/public/about_data.html` describes every field; its test holds the two against each other.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from improvement.spreadsheet import Columns, day
from recommendations.progress import Figures
from reports.public import addresses
from reports.public.seen import PublicAction, PublicPlan, PublicRecommendation, PublicReport

COLUMNS = Columns(
    shown=(
        "theme",
        "reference",
        "recommendation",
        "text",
        "raised_by",
        "timescale",
        "organisations",
        "outcome",
        "number",
        "action",
        "words",
        "said_on",
        "lead_posts",
        "lead_organisations",
        "due",
        "first_due_on",
        "overdue",
        "stage",
        "completed_on",
        "rating",
    ),
    more=("phase", "due_on", "updated_on"),
)


def fingerprint(shown: PublicPlan) -> str:
    """SHA-256 of everything that is shown; two that look the same have the same."""
    return hashlib.sha256(as_json(shown)).hexdigest()


def as_json(shown: PublicPlan) -> bytes:
    return (json.dumps(of(shown), ensure_ascii=False, indent=1) + "\n").encode()


def of(shown: PublicPlan) -> dict[str, Any]:
    plan, version = shown.opening.plan, shown.opening.version
    return {
        "council": plan.council.name,
        "plan": plan.name,
        "address": addresses.whole(plan, "public_plan"),
        "as_of": shown.on.isoformat(),
        "shown_since": {"version": version.label, "agreed_on": version.agreed_on.isoformat()},
        "headline": shown.figures.headline,
        "figures": _figures(shown.figures),
        "rating_key": [
            {"letter": one.letter, "word": one.word, "colour": one.colour, "meaning": one.meaning}
            for one in shown.ratings
        ],
        "recommendations": [
            _recommendation(theme.name, one) for theme in shown.themes for one in theme.recommendations
        ],
        "changes": [
            {
                "on": one.on.isoformat(),
                "kind": str(one.kind.label),
                "reference": one.reference,
                "number": one.number,
                "change": one.words,
            }
            for one in shown.news
        ],
        "reports": [_report(shown, one) for one in shown.reports],
    }


def rows(shown: PublicPlan) -> Iterator[list[str]]:
    """One row for each action, and for each recommendation without one, under `COLUMNS`; a day is 2012-11-14 or empty."""
    for theme in shown.themes:
        for one in theme.recommendations:
            said = [one.title, one.text, one.raised_by, one.timescale, "; ".join(one.organisations)]
            for answer in map(_cells, one.actions) if one.actions else ([""] * 15,):
                yield [theme.name, one.reference, *said, one.outcome, *answer]


def _cells(action: PublicAction) -> list[str]:
    return [
        action.number,
        action.text,
        action.words,
        day(action.said_on),
        "; ".join(post.title for post in action.leads),
        "; ".join(dict.fromkeys(post.organisation for post in action.leads)),
        action.due,
        day(action.first_due_on),
        "yes" if action.overdue else "no",
        str(action.stage.label),
        day(action.completed_on),
        action.rating.word if action.rating else "",
        action.phase,
        day(action.due_on),
        day(action.updated_on),
    ]


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "actions": figures.actions.count,
        "complete": figures.complete.count,
        "should_be_finished": figures.should_be_finished.count,
        "overdue": figures.overdue.count,
        "stages": {figure.label: figure.count for figure in figures.stages},
        "ratings": {figure.label: figure.count for figure in figures.ratings},
    }


def _recommendation(theme: str, one: PublicRecommendation) -> dict[str, Any]:
    return {
        "theme": theme,
        "reference": one.reference,
        "title": one.title,
        "text": one.text,
        "outcome": one.outcome,
        "timescale": one.timescale,
        "raised_by": one.raised_by,
        "organisations": list(one.organisations),
        "actions": [_action(action) for action in one.actions],
    }


def _action(action: PublicAction) -> dict[str, Any]:
    return {
        "number": action.number,
        "text": action.text,
        "phase": action.phase,
        "leads": [{"post": post.title, "organisation": post.organisation} for post in action.leads],
        "due": action.due,
        "due_on": _day(action.due_on),
        "first_due_on": _day(action.first_due_on),
        "stage": str(action.stage.label),
        "rating": action.rating.word if action.rating else None,
        "overdue": action.overdue,
        "completed_on": _day(action.completed_on),
        "updated_on": _day(action.updated_on),
        "words": action.words,
        "said_on": _day(action.said_on),
    }


def _report(shown: PublicPlan, report: PublicReport) -> dict[str, Any]:
    plan = shown.opening.plan
    return {
        "title": report.title,
        "committee": report.committee,
        "meeting_on": report.meeting_on.isoformat(),
        "published_on": report.published_on.isoformat(),
        "version": report.version,
        "corrects": report.corrects,
        "files": [
            {
                "form": file.form,
                "bytes": file.size,
                "sha256": file.sha256,
                "address": addresses.whole(plan, "public_file", file.sha256, file.ending),
            }
            for file in report.files
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
