"""Reports of the first release as papers in a layout: their head as rows, their parts as headings, their clearances as steps.

What the template of the first release printed after the narrative becomes sections and enclosures of each report.
"""

from django.db import migrations

ROWS = (
    ("Report for", "committee", ""),
    ("Date of meeting", "meeting-day", ""),
    ("Subject", "title", ""),
    ("Responsible officer", "typed", "responsible_officer"),
    ("Scrutiny lead member area", "typed", "scrutiny_lead_areas"),
    ("Exempt", "exempt", ""),
    ("Enclosures", "enclosures", ""),
)
LAYOUT = {
    "name": "Overview and Scrutiny report",
    "about": "As the first release of Waymark set out every report.",
    "numbering": "parts",
}
FIRST_RELEASE = "The first release of Waymark"


def convert(apps, schema_editor):
    model = lambda name: apps.get_model("reports", name)  # noqa: E731 - said once, used often
    for file in model("ReportFile").objects.select_related("report"):
        file.plan_id, file.title = file.report.plan_id, file.report.title
        file.save(update_fields=["plan", "title"])
    reports = model("Report").objects.all()
    if not reports:
        return
    layout, _ = model("Layout").objects.get_or_create(
        council=None, slug="overview-and-scrutiny", defaults=LAYOUT
    )
    for report in reports:
        report.layout = layout
        if report.exempt:
            report.exempt_paragraph, report.public_interest = "3", "Not recorded in the first release."
        report.save(update_fields=["layout", "exempt_paragraph", "public_interest"])
        _rows(model, report)
        _sections(model, report)
        _enclosures(model, report)
    for clearance in model("Clearance").objects.exclude(cleared_on=None):
        model("ClearanceStep").objects.create(
            clearance=clearance, sequence=1, happened="given", on=clearance.cleared_on, source=FIRST_RELEASE
        )


def _rows(model, report):
    for position, (label, filled_from, field) in enumerate(ROWS, start=1):
        model("ReportRow").objects.create(
            report=report,
            label=label,
            filled_from=filled_from,
            text=getattr(report, field) if field else "",
            position=position,
        )


def _sections(model, report):
    old = list(report.sections.order_by("position").values("part", "part_heading", "heading", "body"))
    report.sections.all().delete()
    wanted = []
    part = None
    for section in old:
        if section["part"] != part:
            part = section["part"]
            wanted.append({"heading": section["part_heading"], "level": 1, "filled_from": "heading"})
        if section["heading"]:
            wanted.append({"heading": section["heading"], "level": 2, "body": section["body"]})
        else:
            wanted[-1].update(body=section["body"], filled_from="typed")
    wanted += [
        {"heading": "Statutory Officer Clearance", "level": 1, "filled_from": "clearance"},
        {"heading": "Contact Details and Background Papers", "level": 1, "filled_from": "heading"},
        {"heading": "Contact", "level": 2, "body": report.contact},
        {"heading": "Background papers", "level": 2, "body": report.background_papers, "required": False},
        {"heading": "Progress in a minute", "level": 1, "filled_from": "minute", "numbered": False},
        {"heading": "Questions for the board", "level": 1, "filled_from": "questions", "numbered": False},
    ]
    for position, section in enumerate(wanted, start=1):
        # Its part is a column until the next migration.
        model("ReportSection").objects.create(
            report=report, part=1, part_heading="", position=position, readiness="ready", **section
        )


def _enclosures(model, report):
    for position, (kind, title) in enumerate(
        (("plan", report.title), ("index", "Index of changes")), start=1
    ):
        model("Enclosure").objects.create(report=report, kind=kind, title=title, position=position)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_layouts_and_papers")]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
