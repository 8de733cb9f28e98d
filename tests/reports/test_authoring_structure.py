"""The authors' own headings, the details and rows of a report, its enclosures, and what in it is exempt."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from improvement.models import Change, Plan
from recommendations.workflow import LooksLikeChildRecord
from reports import plan_blocks
from reports.models import Enclosure, EnclosureKind, Report, ReportSection
from reports.workflow import details, enclosures, exemption, structure
from reports.workflow.details import Details
from reports.workflow.structure import heading_facts
from reports.workflow.written import ChangedMeanwhile, Gone, Told, seen
from tests.cast import Cast
from tests.reports.test_uploaded_pdf import written

DAY = date(2012, 11, 14)
HEADINGS = [
    "Summary and Recommendations",
    "Summary",
    "Recommendations",
    "Report",
    "Background",
    "Statutory Officer Clearance",
    "Contact Details and Background Papers",
    "Progress in a minute",
    "Questions for the board",
]


@pytest.fixture
def who(cast: Cast) -> dict[str, object]:
    return {"by": cast.scrutiny_officer, "on": DAY}


def headings(report: Report) -> list[str]:
    return [section.heading for section in report.sections.in_order()]


def under(report: Report, heading: str) -> ReportSection:
    return report.sections.select_related("report__council").get(heading=heading)


def add(report: Report, who: dict, heading: str, after: str = "Background", level: int = 2) -> ReportSection:
    return structure.add_section(after=under(report, after), heading=heading, level=level, **who).section


def cleared_no_more(report: Report) -> list[str]:
    return [each.comments for each in report.clearances.with_state().filter(state="voided")]


def last() -> Change:
    return Change.objects.exclude(verb="void_clearance").latest("position")


# Headings of the authors' own


def test_a_heading_is_added_below_another_with_the_count_of_its_part(report: Report, who: dict) -> None:
    added = add(report, who, " Costs\n so far ")

    assert headings(report) == [*HEADINGS[:5], "Costs so far", *HEADINGS[5:]]
    assert (added.added, added.required, added.level, added.numbered) == (True, False, 2, True)
    assert [section.position for section in report.sections.in_order()] == list(range(1, 11))
    assert cleared_no_more(report) == ["“Costs so far” was added."]
    assert last().verb == "add_section"


def test_a_smaller_heading_needs_a_middle_one_above_it(report: Report, who: dict) -> None:
    with pytest.raises(ValidationError, match="needs one of the middle size above it"):
        add(report, who, "Costs", after="Report", level=3)

    add(report, who, "Costs", after="Background", level=3)

    assert headings(report)[5] == "Costs"


@pytest.mark.parametrize("heading", ["", "x" * 161])
def test_a_heading_is_a_line_of_words(report: Report, who: dict, heading: str) -> None:
    with pytest.raises(ValidationError):
        add(report, who, heading)

    assert Change.objects.count() == 0


def test_own_headings_move_within_their_part_and_others_stay(report: Report, who: dict) -> None:
    added = add(report, who, "Costs")

    structure.move_section(section=added, up=True, **who)
    assert headings(report)[3:6] == ["Report", "Costs", "Background"]
    with pytest.raises(ValidationError, match="at the end of its part"):
        structure.move_section(section=added, up=True, **who)
    with pytest.raises(ValidationError, match="the layout’s"):
        structure.move_section(section=under(report, "Background"), up=False, **who)

    structure.move_section(section=added, up=False, **who)
    assert headings(report)[3:6] == ["Report", "Background", "Costs"]


def test_own_headings_are_renamed_and_a_late_one_is_told(report: Report, who: dict) -> None:
    added = add(report, who, "Costs")
    mark = seen(heading_facts(added))

    structure.rename_section(section=added, heading="What it costs", seen=mark, **who)
    with pytest.raises(ChangedMeanwhile) as clash:
        structure.rename_section(section=added, heading="Money", seen=mark, **who)
    with pytest.raises(ValidationError, match="the layout’s"):
        structure.rename_section(section=under(report, "Summary"), heading="Money", seen=mark, **who)

    assert clash.value.now == (("Heading", "What it costs"),)
    assert headings(report)[5] == "What it costs"


def test_own_and_optional_sections_go_and_required_ones_stay(report: Report, who: dict) -> None:
    added = add(report, who, "Costs")
    ReportSection.objects.filter(pk=under(report, "Questions for the board").pk).update(required=False)

    structure.remove_section(section=added, version=1, **who)
    structure.remove_section(section=under(report, "Questions for the board"), version=1, **who)
    with pytest.raises(ValidationError, match="The layout asks for this section"):
        structure.remove_section(section=under(report, "Background"), version=1, **who)
    with pytest.raises(Gone):
        structure.remove_section(section=added, version=1, **who)

    assert headings(report) == HEADINGS[:-1]
    assert last().before["heading"] == "Questions for the board"


def test_words_that_were_not_seen_are_not_removed(report: Report, who: dict) -> None:
    added = add(report, who, "Costs")
    ReportSection.objects.filter(pk=added.pk).update(version=2, body="New.")

    with pytest.raises(ValidationError, match="Somebody changed its words"):
        structure.remove_section(section=added, version=1, **who)


# Details and rows


def test_details_change_and_name_what_was_changed(report: Report, who: dict) -> None:
    other = Details("Another title", report.committee, report.meeting_on, date(2012, 11, 1))

    told = details.change_details(report=report, details=other, seen=seen(details.facts_of(report)), **who)

    report.refresh_from_db()
    assert details.of(report) == other
    assert last().after == {"report": "scrutiny", "title": "Another title", "on": "2012-11-01"}
    assert [each.post for each in told.voided] == ["Chief Financial Officer"]
    assert cleared_no_more(report) == ["Changed at the head of the report: title and the day it reports on."]


def test_details_as_they_are_leave_no_row(report: Report, who: dict) -> None:
    mark = seen(details.facts_of(report))

    told = details.change_details(report=report, details=details.of(report), seen=mark, **who)

    assert (told, Change.objects.count()) == (Told(), 0)


def test_the_second_to_change_details_sees_the_first(report: Report, who: dict) -> None:
    mark = seen(details.facts_of(report))
    first = Details("First", report.committee, report.meeting_on, report.on)
    details.change_details(report=report, details=first, seen=mark, **who)

    with pytest.raises(ChangedMeanwhile) as clash:
        details.change_details(report=report, details=first, seen=mark, **who)

    assert clash.value.now[0] == ("Title", "First")


def test_rows_that_are_typed_are_filled_and_no_others(report: Report, who: dict) -> None:
    rows = {row.label: row for row in report.rows.all()}
    officer, subject = rows["Responsible officer"], rows["Subject"]

    details.fill_rows(
        report=report,
        texts={officer.pk: "Chief Executive", subject.pk: "Something else"},
        seen=seen(details.row_facts(report)),
        **who,
    )

    texts = {row.label: row.text for row in report.rows.all()}
    assert (texts["Responsible officer"], texts["Subject"]) == ("Chief Executive", "")
    assert last().before == {"Responsible officer": "Director of Children's Services"}
    assert cleared_no_more(report) == ["Changed at the head of the report: Responsible officer."]


def test_a_row_like_a_childs_record_wants_a_reason(report: Report, who: dict) -> None:
    row = details.typed_rows(report)[0]
    said = {"texts": {row.pk: "DOB 12/03/2009"}, "seen": seen(details.row_facts(report)), **who}

    with pytest.raises(LooksLikeChildRecord):
        details.fill_rows(report=report, **said)
    details.fill_rows(report=report, kept_because="Invented.", **said)

    assert last().after["kept_because"] == "Invented."


# Exempt


def test_paragraph_and_reasoning_belong_together(report: Report, who: dict) -> None:
    section = under(report, "Background")
    mark = seen(exemption.facts_of(section))

    with pytest.raises(ValidationError, match="Say why keeping it back"):
        exemption.mark_exempt(subject=section, paragraph="3", public_interest=" ", seen=mark, **who)
    with pytest.raises(ValidationError, match="Choose one of the paragraphs"):
        exemption.mark_exempt(subject=section, paragraph="8", public_interest="x", seen=mark, **who)
    exemption.mark_exempt(subject=section, paragraph="3", public_interest="Prices.", seen=mark, **who)

    section.refresh_from_db()
    assert (section.exempt_paragraph, section.public_interest) == ("3", "Prices.")
    assert (last().after["paragraph"], last().reason) == ("3", "Prices.")
    assert cleared_no_more(report) == ["What is exempt was changed."]


def test_open_again_it_keeps_no_reasoning(report: Report, who: dict) -> None:
    for paragraph in ("3", ""):
        mark = seen(exemption.facts_of(Report.objects.get(pk=report.pk)))
        exemption.mark_exempt(
            subject=report, paragraph=paragraph, public_interest="Prices.", seen=mark, **who
        )

    report.refresh_from_db()
    assert (report.exempt_paragraph, report.public_interest) == ("", "")


def test_an_enclosure_is_marked_and_a_late_one_is_told(report: Report, who: dict) -> None:
    enclosure = report.enclosures.in_order()[0]
    mark = seen(exemption.facts_of(enclosure))
    exemption.mark_exempt(subject=enclosure, paragraph="5", public_interest="Advice.", seen=mark, **who)

    with pytest.raises(ChangedMeanwhile) as clash:
        exemption.mark_exempt(subject=enclosure, paragraph="", public_interest="", seen=mark, **who)

    assert clash.value.now[1] == ("Public interest", "Advice.")


# Enclosures


def enclosed(report: Report) -> list[tuple[str, int]]:
    return [(each.title, each.position) for each in report.enclosures.in_order()]


def test_parts_of_the_plan_are_enclosed_once_and_texts_as_often_as_wanted(report: Report, who: dict) -> None:
    for title in ("Terms", "More terms"):
        enclosures.add_enclosure(
            report=report, kind=EnclosureKind.TERMS, title=title, body="To *watch*.", **who
        )
    with pytest.raises(ValidationError, match="not enclosed yet"):
        enclosures.add_enclosure(report=report, kind=EnclosureKind.PLAN, title="Again", **who)

    assert enclosed(report) == [
        ("How the plan goes", 1),
        ("Index of changes", 2),
        ("Terms", 3),
        ("More terms", 4),
    ]
    there = {EnclosureKind.PLAN.value, EnclosureKind.INDEX.value}
    more = {EnclosureKind.TERMS.value, EnclosureKind.FILE.value}
    assert set(enclosures.offered(report)) == (set(plan_blocks.ENCLOSURES) - there) | more
    assert cleared_no_more(report) == ["An enclosure was added."]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "terms", "title": "", "body": "x"}, "title"),
        ({"kind": "terms", "title": "Terms", "body": " "}, "body"),
        ({"kind": "terms", "title": "Terms", "body": "x" * 100_001}, "body"),
        ({"kind": "file", "title": "Ours"}, "file"),
        ({"kind": "file", "title": "Ours", "file": ContentFile(b"no PDF", "x.pdf")}, "file"),
        ({"kind": "map", "title": "Map"}, "kind"),
    ],
)
def test_what_is_not_enclosed(report: Report, who: dict, said: dict, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        enclosures.add_enclosure(report=report, **said, **who)

    assert list(refused.value.message_dict) == [field]
    assert (report.enclosures.count(), Change.objects.count()) == (2, 0)


def test_enclosures_change_places(report: Report, who: dict) -> None:
    second = report.enclosures.select_related("report__council").in_order()[1]

    enclosures.move_enclosure(enclosure=second, up=True, **who)
    with pytest.raises(ValidationError, match="at the end already"):
        enclosures.move_enclosure(enclosure=second, up=True, **who)

    assert enclosed(report) == [("Index of changes", 1), ("How the plan goes", 2)]


def test_an_enclosure_is_reworded_and_a_late_one_is_told(report: Report, who: dict) -> None:
    first = report.enclosures.select_related("report__council").in_order()[0]
    mark = seen(enclosures.facts_of(first))

    enclosures.change_enclosure(enclosure=first, title="The plan", seen=mark, **who)
    with pytest.raises(ChangedMeanwhile):
        enclosures.change_enclosure(enclosure=first, title="Our plan", seen=mark, **who)

    assert enclosed(report)[0] == ("The plan", 1)


@pytest.mark.pdf
def test_a_pdf_is_looked_at_kept_replaced_and_destroyed(report: Report, who: dict) -> None:
    one_page = written()
    added = enclosures.add_enclosure(
        report=report, kind="file", title="Ours", file=ContentFile(one_page, "ours.pdf"), **who
    ).enclosure
    first = added.file

    enclosures.change_enclosure(
        enclosure=added,
        title="Ours",
        file=ContentFile(one_page + b"\n", "ours.pdf"),
        seen=seen(enclosures.facts_of(added)),
        **who,
    )
    changed = Enclosure.objects.select_related("report__council").get(pk=added.pk)
    enclosures.remove_enclosure(enclosure=changed, **who)

    assert (added.pages, added.size, Path(first).parent.name) == (1, len(one_page), "enclosures")
    assert changed.size == len(one_page) + 1
    assert enclosed(report) == [("How the plan goes", 1), ("Index of changes", 2)]
    assert default_storage.exists(first)  # until the worker comes
    assert last().verb == "remove_enclosure"


@pytest.mark.parametrize("who_not", ["reader", "board_member", "northmoor_administrator"])
def test_who_may_not(report: Report, cast: Cast, harrow: Plan, who_not: str) -> None:
    who = {"by": getattr(cast, who_not), "on": DAY}
    enclosure, section = report.enclosures.in_order()[0], under(report, "Background")
    changes = [
        lambda: structure.add_section(after=section, heading="x", level=2, **who),
        lambda: structure.rename_section(section=section, heading="x", seen="", **who),
        lambda: structure.move_section(section=section, up=True, **who),
        lambda: structure.remove_section(section=section, version=1, **who),
        lambda: details.change_details(report=report, details=details.of(report), seen="", **who),
        lambda: details.fill_rows(report=report, texts={}, seen="", **who),
        lambda: exemption.mark_exempt(subject=report, paragraph="", public_interest="", seen="", **who),
        lambda: enclosures.add_enclosure(report=report, kind="terms", title="x", body="x", **who),
        lambda: enclosures.change_enclosure(enclosure=enclosure, title="x", seen="", **who),
        lambda: enclosures.move_enclosure(enclosure=enclosure, up=False, **who),
        lambda: enclosures.remove_enclosure(enclosure=enclosure, **who),
    ]

    for change in changes:
        with pytest.raises(PermissionDenied):
            change()

    assert Change.objects.count() == 0
