"""What everybody sees of a plan as JSON and as CSV, for those who want to work with it.

`templates/public/about_data.html` describes every field; its test holds the two against each other.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from recommendations.progress import Figures
from reports.public import addresses
from reports.public.seen import PublicAction, PublicPlan, PublicRecommendation, PublicReport

COLUMNS = (
    "theme",
    "reference",
    "recommendation",
    "number",
    "action",
    "phase",
    "lead_posts",
    "lead_organisations",
    "due",
    "due_on",
    "first_due_on",
    "stage",
    "rating",
    "overdue",
    "completed_on",
    "updated_on",
    "words",
    "said_on",
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
    """One row for each action, under `COLUMNS`; a day is 2012-11-14 or empty."""
    for theme in shown.themes:
        for one in theme.recommendations:
            for action in one.actions:
                yield [
                    theme.name,
                    one.reference,
                    one.title,
                    action.number,
                    action.text,
                    action.phase,
                    "; ".join(post.title for post in action.leads),
                    "; ".join(dict.fromkeys(post.organisation for post in action.leads)),
                    action.due,
                    _day(action.due_on) or "",
                    _day(action.first_due_on) or "",
                    str(action.stage.label),
                    action.rating.word if action.rating else "",
                    "yes" if action.overdue else "no",
                    _day(action.completed_on) or "",
                    _day(action.updated_on) or "",
                    action.words,
                    _day(action.said_on) or "",
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
