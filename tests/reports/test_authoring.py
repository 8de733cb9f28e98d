"""Starting a report, writing its sections, and what each change costs."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import Change, Plan
from recommendations.workflow import LooksLikeChildRecord
from reports import typed
from reports.models import Clearance, Happened, Layout, Readiness, Report, ReportSection, SectionSource
from reports.workflow import authoring
from reports.workflow.authoring import WrittenMeanwhile
from reports.workflow.details import Details
from reports.workflow.written import LONGEST_BODY, Gone
from tests.cast import Cast
from tests.reports.conftest import write_report

DAY = date(2012, 11, 14)
DETAILS = Details("Post-Ofsted plan", "Overview & Scrutiny Committee", DAY, DAY, date(2012, 9, 12))


@pytest.fixture
def layout(harrow: Plan) -> Layout:
    return Layout.objects.get_by_natural_key("", "overview-and-scrutiny")


@pytest.fixture
def section(harrow: Plan) -> ReportSection:
    """“Background”: ready, its report cleared on behalf of the Chief Financial Officer."""
    return ReportSection.objects.select_related("report__council").get(
        report=write_report(harrow), heading="Background"
    )


def start(plan: Plan, layout: Layout, cast: Cast, details: Details = DETAILS) -> Report:
    return authoring.start_report(plan=plan, layout=layout, details=details, by=cast.scrutiny_officer, on=DAY)


def write(section: ReportSection, cast: Cast, body: str, version: int = 1, **more: object) -> authoring.Saved:
    return authoring.write_section(
        section=section, version=version, body=body, by=cast.scrutiny_officer, on=DAY, **more
    )


def mark(section: ReportSection, cast: Cast, readiness: str, because: str = "", version: int = 1) -> object:
    return authoring.mark_section(
        section=section, version=version, readiness=readiness, because=because,
        by=cast.scrutiny_officer, on=DAY,
    )  # fmt: skip


def first_clearance(section: ReportSection) -> Clearance:
    return section.report.clearances.with_state().in_order()[0]


def verbs() -> list[str]:
    return list(Change.objects.order_by("position").values_list("verb", flat=True))


def test_a_new_report_has_what_its_layout_lists(harrow: Plan, layout: Layout, cast: Cast) -> None:
    report = start(harrow, layout, cast)

    assert report.slug == "overview-scrutiny-committee-2012-11-14"
    assert [section.heading for section in report.sections.in_order()] == [
        section.heading for section in layout.sections.all()
    ]
    assert [row.label for row in report.rows.all()] == [row.label for row in layout.rows.all()]
    assert [each.post for each in report.clearances.in_order()] == [
        "Chief Financial Officer",
        "Monitoring Officer",
    ]
    assert [(each.kind, each.title) for each in report.enclosures.in_order()] == [("plan", harrow.name)]
    assert verbs() == ["start_report"]


def test_only_what_somebody_has_to_write_is_not_ready(harrow: Plan, layout: Layout, cast: Cast) -> None:
    report = start(harrow, layout, cast)

    waiting = report.sections.filter(readiness=Readiness.NOT_READY)
    assert {section.filled_from for section in waiting} == {
        SectionSource.TYPED,
        SectionSource.RECOMMENDATIONS,
    }


def test_the_next_report_of_a_committee_and_day_has_an_address_of_its_own(
    harrow: Plan, layout: Layout, cast: Cast
) -> None:
    start(harrow, layout, cast)

    second = start(harrow, layout, cast, Details("Another", "Overview & Scrutiny Committee", DAY, DAY))
    long = start(harrow, layout, cast, Details("Long", "c" * 160, DAY, DAY))

    assert second.slug == "overview-scrutiny-committee-2012-11-14-2"
    assert long.slug == "c" * 69 + "-2012-11-14"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (DETAILS, "title"),  # sent twice, as by a double click
        (Details("", "Committee", DAY, DAY), "title"),
        (Details("Title", " ", DAY, DAY), "committee"),
        (Details("Title", "Committee", DAY, date(2012, 11, 15)), "on"),
        (Details("Title", "Committee", DAY, DAY, DAY), "since"),
        (Details("Title", "Committee", date(1989, 1, 1), date(1989, 1, 1)), "meeting_on"),
    ],
)
def test_what_makes_no_report(harrow: Plan, layout: Layout, cast: Cast, details: Details, field: str) -> None:
    start(harrow, layout, cast)

    with pytest.raises(ValidationError) as refused:
        start(harrow, layout, cast, details)

    assert list(refused.value.message_dict) == [field]
    assert verbs() == ["start_report"]


def test_another_councils_layout_is_not_taken(
    harrow: Plan, northmoor: Plan, layout: Layout, cast: Cast
) -> None:
    theirs = Layout.objects.create(council=northmoor.council, slug="ours", name="Ours")

    with pytest.raises(ValidationError):
        start(harrow, theirs, cast)


def test_words_are_kept_with_one_row_that_holds_their_digest(section: ReportSection, cast: Cast) -> None:
    saved = write(section, cast, "Other **words**.\r\n")

    assert (saved.section.body, saved.section.version) == ("Other **words**.", 2)
    assert saved.section.edited_by == cast.scrutiny_officer
    written = Change.objects.get(verb="write_section")
    assert written.after == {
        "report": "scrutiny",
        "section": 5,
        "sha256": typed.digest("Other **words**."),
        "words": 2,
        "readiness": "not-ready",
    }


def test_words_that_are_there_already_leave_no_row(section: ReportSection, cast: Cast) -> None:
    saved = write(section, cast, section.body + "\n\n")

    assert (saved.told.changed, saved.section.version, saved.section.readiness) == (False, 1, "ready")
    assert verbs() == []


def test_other_words_take_back_that_it_was_ready_and_what_was_cleared(
    section: ReportSection, cast: Cast
) -> None:
    saved = write(section, cast, "Other words.")

    assert (saved.was_ready, saved.section.readiness) == (True, Readiness.NOT_READY)
    assert saved.told.sentence == (
        "Cleared on behalf of the Chief Financial Officer before this change, so clearance has to be asked for again."
    )
    assert first_clearance(section).state == Happened.VOIDED
    assert verbs() == ["write_section", "void_clearance"]


def test_the_second_of_two_writers_is_told_and_nothing_is_overwritten(
    section: ReportSection, cast: Cast
) -> None:
    authoring.write_section(section=section, version=1, body="Theirs.", by=cast.plan_administrator, on=DAY)

    with pytest.raises(WrittenMeanwhile) as clash:
        write(section, cast, "Mine.")
    after = write(section, cast, "Mine.", version=clash.value.theirs.version)

    assert clash.value.theirs.body == "Theirs."
    assert (after.section.body, after.section.version) == ("Mine.", 3)


def test_two_writers_of_two_sections_do_not_meet(section: ReportSection, cast: Cast) -> None:
    other = section.report.sections.get(heading="Summary")
    authoring.write_section(section=other, version=1, body="Theirs.", by=cast.plan_administrator, on=DAY)

    saved = write(section, cast, "Mine.")

    assert saved.section.body == "Mine."


def test_a_section_that_was_taken_out_is_gone(section: ReportSection, cast: Cast) -> None:
    ReportSection.objects.filter(pk=section.pk).delete()

    with pytest.raises(Gone):
        write(section, cast, "Mine.")


def test_too_long_is_refused_and_just_short_enough_is_not(section: ReportSection, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="100,001 characters long"):
        write(section, cast, "x" * (LONGEST_BODY + 1))

    assert write(section, cast, "word " * (LONGEST_BODY // 5)).section.words == 20_000


def test_characters_that_show_nothing_are_left_out(section: ReportSection, cast: Cast) -> None:
    saved = write(section, cast, "One\x00\x07\ttwo\rthree\ufffe\x85")

    assert saved.section.body == "One\ttwo\nthree"


def test_words_like_a_childs_record_want_a_reason(section: ReportSection, cast: Cast) -> None:
    with pytest.raises(LooksLikeChildRecord):
        write(section, cast, "Visit AB (DOB 12/03/2009).")

    saved = write(section, cast, "Visit AB (DOB 12/03/2009).", kept_because="Invented.")

    assert saved.told.changed
    assert Change.objects.get(verb="write_section").after["kept_because"] == "Invented."


def test_ready_is_said_of_the_words_that_were_seen(section: ReportSection, cast: Cast) -> None:
    write(section, cast, "Other words.")

    with pytest.raises(WrittenMeanwhile):
        mark(section, cast, Readiness.READY, version=1)
    mark(section, cast, Readiness.READY, version=2)

    section.refresh_from_db()
    assert section.readiness == Readiness.READY


def test_nothing_written_is_not_ready(section: ReportSection, cast: Cast) -> None:
    write(section, cast, "")

    with pytest.raises(ValidationError, match="Nothing is written here yet"):
        mark(section, cast, Readiness.READY, version=2)


def test_what_does_not_apply_needs_its_reason_and_costs_the_clearance(
    section: ReportSection, cast: Cast
) -> None:
    with pytest.raises(ValidationError, match="Say why it does not apply"):
        mark(section, cast, Readiness.NOT_APPLICABLE, " ")

    mark(section, cast, Readiness.NOT_APPLICABLE, "There is none.")

    section.refresh_from_db()
    assert (section.readiness, section.because) == (Readiness.NOT_APPLICABLE, "There is none.")
    assert verbs() == ["mark_section", "void_clearance"]


def test_marking_alone_leaves_the_clearance(section: ReportSection, cast: Cast) -> None:
    mark(section, cast, Readiness.NOT_READY)

    assert verbs() == ["mark_section"]


def test_saved_and_ready_in_one(section: ReportSection, cast: Cast) -> None:
    saved = authoring.finish_section(
        section=section, version=1, body="Done.", by=cast.scrutiny_officer, on=DAY
    )

    assert (saved.section.body, saved.section.readiness) == ("Done.", Readiness.READY)
    assert [each.post for each in saved.told.voided] == ["Chief Financial Officer"]


def test_an_exempt_heading_is_not_told_to_those_who_clear(section: ReportSection, cast: Cast) -> None:
    ReportSection.objects.filter(pk=section.pk).update(exempt_paragraph="3", public_interest="Prices.")
    write(section, cast, "Other words.")

    assert first_clearance(section).comments == "An exempt section was edited."


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "northmoor_administrator"])
def test_who_may_not(harrow: Plan, layout: Layout, section: ReportSection, cast: Cast, who: str) -> None:
    user = getattr(cast, who)

    with pytest.raises(PermissionDenied):
        authoring.start_report(plan=harrow, layout=layout, details=DETAILS, by=user, on=DAY)
    with pytest.raises(PermissionDenied):
        authoring.write_section(section=section, version=1, body="x", by=user, on=DAY)
    with pytest.raises(PermissionDenied):
        authoring.mark_section(section=section, version=1, readiness="ready", by=user, on=DAY)
