"""The sections that authors add to those of the layout: adding, renaming, moving and removing them."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import User
from recommendations.workflow import careful
from reports import typed
from reports.models import ReportSection
from reports.workflow.order import ASIDE, number, require_steps
from reports.workflow.written import (
    Facts,
    Gone,
    Told,
    called,
    one_at_a_time,
    record,
    require_line,
    require_seen,
)

LONGEST_HEADING = 160
MOST_SECTIONS = 200


@dataclass(frozen=True)
class Added:
    """A section that an author added, and whose clearance that cost."""

    section: ReportSection
    told: Told


def heading_facts(section: ReportSection) -> Facts:
    return (("Heading", section.heading),)


@transaction.atomic
def add_section(
    *, after: ReportSection, heading: str, level: int, by: User, on: date, kept_because: str = ""
) -> Added:
    """A heading of the author's own below a section: level 2, or 3 under one of level 2."""
    report = one_at_a_time(after.report, by=by)
    heading = _checked(heading, kept_because)
    sections = list(report.sections.in_order())
    place = _place_of(after, sections) + 1
    if level not in (2, 3):
        raise ValidationError({"level": "Choose one of the two."})
    if len(sections) >= MOST_SECTIONS:
        raise ValidationError(f"A report has room for {MOST_SECTIONS} headings.")
    main = _main_of(sections, place)
    # Kept last while it is made; its place is given below.
    added = ReportSection(
        report=report,
        heading=heading,
        level=level,
        numbered=main.numbered,
        numbers_paragraphs=main.numbers_paragraphs or after.numbers_paragraphs,
        required=False,
        added=True,
        position=ASIDE - 1,
    )
    sections.insert(place, added)
    require_steps(sections)
    added.save(force_insert=True)
    number(report.sections.all(), sections)
    told = record(
        report=report,
        subject=added,
        verb="add_section",
        before={},
        after={"heading": heading, "level": level, "section": added.position},
        by=by,
        on=on,
        what=f"“{heading}” was added.",
        reason=kept_because,
    )
    return Added(added, told)


@transaction.atomic
def rename_section(
    *, section: ReportSection, heading: str, seen: str, by: User, on: date, kept_because: str = ""
) -> Told:
    """Another heading for a section that an author added. Raises ChangedMeanwhile."""
    report = one_at_a_time(section.report, by=by)
    before = _as_it_is(section)
    if not before.added:
        raise ValidationError("This heading is the layout’s.")
    require_seen(heading_facts(before), seen)
    heading = _checked(heading, kept_because, before.heading)
    if heading == before.heading:
        return Told()
    ReportSection.objects.filter(pk=section.pk).update(heading=heading)
    return record(
        report=report,
        subject=before,
        verb="rename_section",
        before={"heading": before.heading},
        after={"heading": heading, **careful.kept(kept_because)},
        by=by,
        on=on,
        what=f"{called(before)} has another heading.",
    )


@transaction.atomic
def move_section(*, section: ReportSection, up: bool, by: User, on: date) -> Told:
    """Move a section that an author added past its neighbour, within its main heading."""
    report = one_at_a_time(section.report, by=by)
    sections = list(report.sections.in_order())
    place = _place_of(section, sections)
    other = place - 1 if up else place + 1
    if not sections[place].added:
        raise ValidationError("The order of these sections is the layout’s.")
    if not 0 < other < len(sections) or sections[other].level == 1:
        raise ValidationError("It is at the end of its part already.")
    sections[place], sections[other] = sections[other], sections[place]
    require_steps(sections)
    number(report.sections.all(), sections)
    return record(
        report=report,
        subject=section,
        verb="move_section",
        before={"section": place + 1},
        after={"section": other + 1},
        by=by,
        on=on,
        what="The order of the sections was changed.",
    )


@transaction.atomic
def remove_section(*, section: ReportSection, version: int, by: User, on: date) -> Told:
    """Take out a section that an author added or the layout can do without. `version` is that of its words as seen."""
    report = one_at_a_time(section.report, by=by)
    sections = list(report.sections.in_order())
    place = _place_of(section, sections)
    before = sections.pop(place)
    if not before.may_go:
        raise ValidationError("The layout asks for this section. Say that it does not apply instead.")
    if version != before.version:
        raise ValidationError("Somebody changed its words meanwhile. Look at them before you remove it.")
    if before.level == 1 and place < len(sections) and sections[place].level > 1:
        raise ValidationError("Remove or move the sections under it first.")
    require_steps(sections)
    ReportSection.objects.filter(pk=before.pk).delete()
    number(report.sections.all(), sections)
    return record(
        report=report,
        subject=before,
        verb="remove_section",
        before={
            "heading": before.heading,
            "section": before.position,
            "sha256": typed.digest(before.body),
            "words": before.words,
        },
        after={},
        by=by,
        on=on,
        what=f"{called(before)} was removed.",
    )


def _checked(heading: str, kept_because: str, before: str = "") -> str:
    heading = typed.line(heading)
    require_line("heading", heading, LONGEST_HEADING, "Give it a heading.")
    careful.check(heading, kept_because=kept_because, before=before)
    return heading


def _place_of(section: ReportSection, sections: list[ReportSection]) -> int:
    for place, each in enumerate(sections):
        if each.pk == section.pk:
            return place
    raise Gone("Somebody else took this section out of the report.")


def _main_of(sections: list[ReportSection], place: int) -> ReportSection:
    return next((each for each in reversed(sections[:place]) if each.level == 1), sections[0])


def _as_it_is(section: ReportSection) -> ReportSection:
    found = ReportSection.objects.filter(pk=section.pk).first()
    if found is None:
        raise Gone("Somebody else took this section out of the report.")
    return found
