"""A layout of a council's own, and what somebody types who sets it out."""

from datetime import date
from typing import Any

from improvement.models import Council, User
from reports.models import Layout
from reports.workflow import layouts
from reports.workflow.layouts import PostWording, RowWording, SectionWording, Wording

ON = date(2012, 11, 14)
SMALL = Wording(
    name="Our report",
    about="For our own committee.",
    numbering="headings",
    rows=(RowWording("For", filled_from="committee"), RowWording("Contact")),
    sections=(
        SectionWording("Asked", filled_from="recommendations"),
        SectionWording("Told", numbers_paragraphs=True, guidance="What happened."),
    ),
    posts=(PostWording("Monitoring Officer"),),
)
TYPED = {
    "name": "Our report",
    "about": "For our own committee.",
    "head_heading": "",
    "numbering": "headings",
    "first_number": "1",
    "appendices": "letters",
    "version": "2",
    "rows": "2",
    "rows-1-label": "For",
    "rows-1-filled_from": "committee",
    "rows-1-place": "head",
    "rows-1-required": "on",
    "rows-2-label": "Contact",
    "rows-2-filled_from": "typed",
    "rows-2-place": "head",
    "rows-2-required": "on",
    "sections": "2",
    "sections-1-heading": "Asked",
    "sections-1-level": "1",
    "sections-1-filled_from": "recommendations",
    "sections-1-required": "on",
    "sections-1-numbered": "on",
    "sections-1-guidance": "",
    "sections-2-heading": "Told",
    "sections-2-level": "1",
    "sections-2-filled_from": "typed",
    "sections-2-required": "on",
    "sections-2-numbered": "on",
    "sections-2-numbers_paragraphs": "on",
    "sections-2-guidance": "What happened.",
    "posts": "1",
    "posts-1-post": "Monitoring Officer",
    "posts-1-required": "on",
}


def typed(changed: dict[str, Any] | None = None) -> dict[str, Any]:
    """The form as sent, with some fields changed or, by None, left out."""
    values = {**TYPED, **(changed or {})}
    return {name: value for name, value in values.items() if value is not None}


def own_layout(council: Council, by: User) -> Layout:
    """“Our report”, copied from the plain one and set out anew: its version is 2."""
    start = Layout.objects.get_by_natural_key("", "plain")
    layout = layouts.copy_layout(council=council, start=start, name="Our report", about="", by=by, on=ON)
    layouts.reword_layout(layout=layout, version=1, wording=SMALL, by=by, on=ON)
    return fresh(layout)


def fresh(layout: Layout) -> Layout:
    return Layout.objects.with_rows().get(pk=layout.pk)


def wording(layout: Layout) -> Wording:
    return layouts.wording_of(fresh(layout))
