"""Case 76: whatever somebody writes into any field, the file shows it as text and reaches nothing."""

import json

import pytest
from django.db import models

from improvement.models import Council, LeadOfficer, Organisation, Plan, Rating, RatingScale, Theme
from recommendations.models import Action, ProgressUpdate, Recommendation
from reports import document, pages, pdf
from reports.models import Clearance, Report, ReportSection
from tests.factories import ProgressUpdateFactory
from tests.reports.reading import Paper
from tests.reports.test_pdf import VECTORS

pytestmark = pytest.mark.pdf

WRITTEN = (
    Council,
    LeadOfficer,
    Organisation,
    Plan,
    Rating,
    RatingScale,
    Theme,
    Action,
    Recommendation,
    Report,
)
# What the addresses of pages are made of, what a choice is made of, and what a test looks a record up by.
KEPT = {
    "slug",
    "colour",
    "phase",
    "timescale",
    "due_precision",
    "reference",
    "number",
    "abbreviation",
    "digest",
}


def fill(model: type[models.Model], text: str) -> None:
    """The text in every field of every record, cut where the field is short, with a number where it is unique."""
    names = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in KEPT
    ]
    for record in model.objects.all():
        values = {}
        for name in names:
            length = model._meta.get_field(name).max_length
            values[name] = f"{record.pk}{text}"[:length]
        model.objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("number", [0, 3, 6, 13])
def test_markup_in_every_field_is_shown_as_text(number: int, short_report: Report) -> None:
    hostile = VECTORS[number].format(url="http://127.0.0.1:9/x") + "<script>alert(1)</script>{{ 7*7 }}"
    for model in (*WRITTEN, ReportSection, Clearance):
        fill(model, hostile)
    action = Action.objects.filter(recommendation__plan=short_report.plan).first()
    ProgressUpdateFactory(action=action, sequence=2, on=short_report.on, narrative=hostile)

    made = pdf.render(pages.source_of(document.of(Report.objects.with_plan().get(pk=short_report.pk))))

    paper = Paper(made.content)
    assert "/EmbeddedFiles" not in paper.pdf.Root.get("/Names", {})
    assert b"/URI" not in made.content
    shown = "".join(paper.tree.words.split())
    assert "".join(hostile.split()) in shown
    assert ProgressUpdate.objects.filter(narrative=hostile).count() == 1


def test_no_word_of_it_is_markup_on_the_page(short_report: Report) -> None:
    for model in (*WRITTEN, ReportSection, Clearance):
        fill(model, '"><img src="http://127.0.0.1:9/x"><script>alert(1)</script>')

    source = pages.source_of(document.of(Report.objects.with_plan().get(pk=short_report.pk)))

    html = "".join(piece for part in json.loads(source)["parts"] for piece in part["pieces"])
    assert "<img" not in html
    assert "<script" not in html
