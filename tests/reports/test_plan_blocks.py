"""What a plan says of itself in a paper: its figures are those of `progress.py`, as of the day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan, Rating, Theme
from recommendations import assurance, progress, slippage
from recommendations.models import Action, Stage
from reports import plan_blocks
from reports.models import Audience, EnclosureKind, SectionSource
from reports.paper import Table
from reports.plan_blocks import (
    Asked,
    changes,
    evidence,
    exceptions,
    in_figures,
    judgements,
    moved_dates,
    overdue,
    risks,
    scorecard,
    statutory_clock,
)
from reports.plan_blocks.saying import RatingKey
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    CostFactory,
    InspectionFactory,
    MeasureFactory,
    ProgressUpdateFactory,
    ReadingFactory,
    RecommendationFactory,
    RiskFactory,
)
from tests.recommendations.steps import agree, ask, load, show
from tests.reports.telling import rows, table, words

ON = date(2012, 11, 14)
SOURCES = {
    **{f"section {source}": told for source, told in plan_blocks.SECTIONS.items()},
    **{f"enclosure {kind}": told for kind, told in plan_blocks.ENCLOSURES.items()},
}


def test_every_kind_has_its_blocks() -> None:
    filled_elsewhere = {
        SectionSource.TYPED,
        SectionSource.HEADING,
        SectionSource.RECOMMENDATIONS,
        SectionSource.HEADLINE,
        SectionSource.ENCLOSURES,
        SectionSource.CLEARANCE,
    }

    assert set(plan_blocks.SECTIONS) == set(SectionSource) - filled_elsewhere
    assert set(plan_blocks.ENCLOSURES) == set(EnclosureKind) - {EnclosureKind.TERMS, EnclosureKind.FILE}


# Progress


def test_progress_has_the_figures_of_the_day(harrow: Plan) -> None:
    told = in_figures.of(Asked(harrow, ON))

    figures = progress.of_plan(harrow, on=ON)
    counted = dict(rows(told, "How the plan stands"))
    assert counted["Actions"] == str(figures.actions.count)
    assert counted["Complete"] == str(figures.complete.count)
    assert counted["Overdue"] == str(figures.overdue.count)
    assert counted["Due in the next 30 days"] == str(figures.due_soon.count)
    assert f"<p>{figures.headline}. The plan answers 22 recommendations with 101 actions:" in words(told)
    assert rows(told, "Theme by theme") == [
        ["Safeguarding", "51", "14", "34", "20"],
        ["Looked after children", "50", "8", "28", "20"],
        ["Whole plan", "101", "22", "62", "40"],
    ]


def test_progress_says_what_each_rating_means(harrow: Plan) -> None:
    told = in_figures.of(Asked(harrow, ON))

    meanings = {rating.word: rating.meaning for rating in progress.ratings_of(harrow)}
    assert [row[:2] for row in rows(told, "How the actions are rated")] == [
        *([word, meaning] for word, meaning in meanings.items()),
        ["Not rated", "Nobody has given it a rating."],
    ]


def test_progress_stands_beside_that_of_the_last_report(harrow: Plan) -> None:
    told = in_figures.of(Asked(harrow, ON, date(2012, 9, 13)))

    before = progress.of_plan(harrow, on=date(2012, 9, 13))
    assert rows(told, "How the plan stands on 14 November 2012, and how it stood on 13 September 2012")[
        0
    ] == [
        "Actions",
        "101",
        "101",
        "the same",
    ]
    complete = next(row for row in rows(told, "How the plan stands") if row[0] == "Complete")
    assert complete == ["Complete", str(before.complete.count), "22", "22 more"]


def test_a_plan_without_actions_says_so(harrow: Plan) -> None:
    asked = Asked(harrow, date(2012, 7, 1))

    for told in (in_figures.of(asked), overdue.of(asked), exceptions.of(asked)):
        assert "The plan had no actions on this day." in words(told)


# What changed


def test_without_an_earlier_report_nothing_is_compared(harrow: Plan) -> None:
    sentence = "No report came before this one, so there is nothing to compare with."

    assert sentence in words(changes.of(Asked(harrow, ON)))
    assert sentence in words(changes.in_full(Asked(harrow, ON)))


def test_a_report_of_a_later_day_is_not_compared_with(harrow: Plan) -> None:
    told = changes.of(Asked(harrow, ON, date(2012, 12, 1)))

    assert words(told) == (
        "<p>The last report is of 1 December 2012, so there is nothing to compare with.</p>"
    )


def test_changes_since_the_last_report_are_named(harrow: Plan, cast: Cast) -> None:
    agree(ask(load("S5", "4"), cast.lead_officer, new_on=date(2012, 11, 30), on=ON), cast.board_member, on=ON)
    red = Rating.objects.get(scale=harrow.rating_scale, slug="red")
    ProgressUpdateFactory(
        action=load("S2", "1"), sequence=9, on=ON, stage=Stage.COMPLETE, rating=red, narrative="Done."
    )

    asked = Asked(harrow, ON, date(2012, 11, 1))

    assert rows(changes.of(asked), "What changed") == [
        ["Due date moved", "1", "S5 (4): 122 days later"],
        ["Completed", "1", "S2 (1)"],
        ["Re-rated", "1", "S2 (1)"],
    ]
    told = changes.in_full(asked)
    assert rows(told, "Due date moved since 1 November 2012")[0][3:] == ["31 July 2012", "30 November 2012"]
    assert rows(told, "Re-rated")[0][4] == "Red"
    assert any(isinstance(block, RatingKey) for block in told)


# What goes wrong


def test_overdue_actions_the_longest_first(harrow: Plan) -> None:
    told = overdue.of(Asked(harrow, ON))

    standings = progress.longest_overdue(harrow, on=ON, at_most=200)
    shown = table(told, "Overdue actions")
    assert len(standings) == progress.of_plan(harrow, on=ON).overdue.count == 40
    assert [row[0].action for row in shown.rows] == [standing.action for standing in standings]
    assert [row[1].text for row in shown.rows] == [standing.text for standing in standings]
    assert shown.rows[0][3].small == "106 days overdue"
    assert isinstance(told[-1], RatingKey)


def test_nothing_overdue_is_said(northmoor: Plan) -> None:
    told = overdue.of(Asked(northmoor, date(2025, 6, 1)))

    assert "<p>Nothing is overdue.</p>" in words(told)


def test_exceptions_are_listed_once_with_every_reason(northmoor: Plan) -> None:
    amber = Rating.objects.get(scale=northmoor.rating_scale, slug="amber")
    late = Action.objects.for_plan(northmoor).get(number="1")
    ProgressUpdateFactory(action=late, on=date(2025, 7, 1), stage=Stage.ON_HOLD, rating=amber)

    told = exceptions.of(Asked(northmoor, date(2025, 7, 4)))

    figures = progress.of_plan(northmoor, on=date(2025, 7, 4))
    assert rows(told, "How many there are") == [
        ["Overdue", "1"],
        ["On hold", "1"],
        ["Amber", "1"],
        ["Not updated for 30 days", str(figures.silent.count)],
    ]
    assert [(row[0], row[5]) for row in rows(told, "Actions by exception")] == [
        ("N1 (1)", "Overdue\nOn hold\nRated Amber"),
        ("N1 (2)", "Not updated for 30 days"),
        ("N1 (3)", "Not updated for 30 days"),
    ]


def test_moved_dates_say_when_and_why(harrow: Plan, cast: Cast) -> None:
    for new_on, on in ((date(2012, 11, 30), date(2012, 11, 1)), (date(2012, 12, 31), ON)):
        agree(
            ask(load("S5", "4"), cast.lead_officer, new_on=new_on, on=on, reason=f"Because of {on}."),
            cast.board_member,
            on=on,
        )
    ask(load("S7", "4"), cast.lead_officer, new_on=date(2013, 6, 1), on=ON, reason="More time.")

    told = moved_dates.of(Asked(harrow, ON))

    assert slippage.of_plan(harrow, on=ON).sentence in words(told)
    (row,) = rows(told, "Actions whose due date was moved")
    assert (row[0], row[3], row[4], row[5]) == ("S5 (4)", "31 July 2012", "31 December 2012", "2 times")
    assert row[6] == (
        "Agreed 1 November 2012, to 30 November 2012: Because of 2012-11-01.\n"
        "Agreed 14 November 2012, to 31 December 2012: Because of 2012-11-14."
    )
    assert rows(told, "Requests that wait")[0][:3] == ["S7 (4)", "31 March 2013", "1 June 2013"]
    before = moved_dates.of(Asked(harrow, date(2012, 11, 13)))
    assert rows(before, "Actions whose due date was moved")[0][4] == "30 November 2012"


def test_without_a_move_the_slippage_table_says_so(harrow: Plan) -> None:
    assert "<p>No due date has been moved.</p>" in words(moved_dates.of(Asked(harrow, ON)))


# Evidence


def test_an_open_paper_knows_nothing_of_exempt_evidence(harrow: Plan, cast: Cast) -> None:
    show(load("S2", "2"), cast.board_member, shows="The open audit.")
    plain = evidence.of(Asked(harrow, ON))

    show(load("S2", "3"), cast.board_member, shows="The secret audit.", exempt=True)
    show(
        load("S2", "2"), cast.board_member, shows="The secret survey.", exempt=True, link="https://x.example/"
    )

    assert evidence.of(Asked(harrow, ON)) == plain
    exempt = evidence.of(Asked(harrow, ON, audience=Audience.EXEMPT))
    assert "The secret audit." not in words(plain)
    assert [row[1] for row in rows(exempt, "Evidence, the latest first")] == [
        "The secret survey.",
        "The secret audit.",
        "The open audit.",
    ]


def test_the_tracker_counts_as_the_page_does(harrow: Plan, cast: Cast) -> None:
    told = evidence.of(Asked(harrow, ON))

    tracker = assurance.track(harrow, user=cast.board_member, on=ON)
    assert f"<p>{tracker.headline}.</p>" in words(told)
    assert [row[2] for row in rows(told, "How far the actions are proved")] == [
        str(count) for _, count in tracker.counts
    ]
    assert "No evidence had been added by this day." in table(told, "Evidence, the latest first").empty


def test_evidence_of_a_later_day_is_not_there(harrow: Plan, cast: Cast) -> None:
    show(load("S2", "2"), cast.board_member)

    told = evidence.of(Asked(harrow, date(2012, 11, 13)))

    assert rows(told, "Evidence, the latest first") == []


# Risks, clock, judgements, scorecard


def test_risks_by_the_day(northmoor: Plan) -> None:
    RiskFactory(plan=northmoor, title="Money runs out", raised_on=date(2025, 7, 1), likelihood_before=4)
    CostFactory(plan=northmoor, what="Agency staff", amount_text="£1.2m", stated_on=date(2025, 7, 1))

    asked, before = Asked(northmoor, date(2025, 7, 1)), Asked(northmoor, date(2025, 6, 30))

    assert rows(risks.of(asked), "1 risk") == [
        ["Money runs out", "Nothing is stated.", "Likelihood 4", "Not given"]
    ]
    assert rows(risks.in_full(asked), "Costs and budgets")[0][:3] == [
        "Agency staff",
        "No year given",
        "£1.2m",
    ]
    assert "No risk had been recorded for the plan on this day." in words(risks.in_full(before))
    assert "Agency staff" not in words(risks.in_full(before))


def test_the_statutory_clock_says_how_each_duty_stands(harrow: Plan) -> None:
    told = statutory_clock.of(Asked(harrow, ON))

    stands = {row[0]: row[2:] for row in rows(told, "Safeguarding and looked after children, May 2012")}
    assert stands["Publish a written statement of the action to be taken and by when"] == [
        "4 October 2012",
        "41 days overdue; there is no record that it was met",
    ]


def test_a_plan_that_answers_no_inspection_says_so(northmoor: Plan) -> None:
    sentence = "The plan answers no inspection that had begun on this day."

    assert sentence in words(statutory_clock.of(Asked(northmoor, date(2025, 7, 4))))
    assert sentence in words(judgements.of(Asked(northmoor, date(2025, 7, 4))))


def test_judgements_with_their_scale(harrow: Plan) -> None:
    told = judgements.of(Asked(harrow, ON))

    assert [row[1] for row in rows(told, "Safeguarding and looked after children")] == [
        "Adequate",
        "Adequate",
        "Adequate",
        "Good",
        "Inadequate",
    ]
    assert "from best to worst: Outstanding; Good; Adequate; Inadequate." in words(told)


def test_before_the_report_was_known_no_judgement_is_told(harrow: Plan) -> None:
    told = judgements.of(Asked(harrow, date(2012, 5, 20)))

    assert "the inspectors had not reported yet" in words(told)
    assert "Adequate" not in words(told)


def test_the_scorecard_has_readings_by_the_day(northmoor: Plan) -> None:
    measure = MeasureFactory(plan=northmoor, name="Contacts", added_on=date(2025, 2, 1))
    ReadingFactory(measure=measure, on=date(2025, 6, 1), value=10)
    ReadingFactory(measure=measure, on=date(2025, 7, 1), value=12)

    told = scorecard.of(Asked(northmoor, date(2025, 6, 30)))

    assert rows(told, "Numbers") == [["Contacts", "10", "None set", "Not known yet", "1 June 2025: 10"]]
    later = rows(scorecard.of(Asked(northmoor, date(2025, 7, 1))), "Numbers")
    assert later[0][3] == "2 more than on 1 June 2025"
    assert "had no measures" in words(scorecard.of(Asked(northmoor, date(2025, 1, 1))))


# All of them


@pytest.mark.parametrize("name", SOURCES)
def test_its_queries_do_not_grow_with_the_plan(northmoor: Plan, cast: Cast, name: str) -> None:
    asked = Asked(northmoor, date(2025, 7, 4), date(2025, 3, 1))
    fill(northmoor)
    with CaptureQueriesContext(connection) as few:
        SOURCES[name](Asked(asked.plan, asked.on, asked.since))
    for _ in range(3):
        fill(northmoor)

    with CaptureQueriesContext(connection) as many:
        SOURCES[name](Asked(asked.plan, asked.on, asked.since))

    assert len(many) == len(few)


def fill(plan: Plan) -> None:
    """One more of everything that the plan has."""
    recommendation = RecommendationFactory(theme=Theme.objects.get(plan=plan), raised_on=date(2025, 1, 10))
    late = ActionFactory(
        recommendation=recommendation, original_due_on=date(2025, 5, 1), added_on=date(2025, 4, 1)
    )
    ProgressUpdateFactory(action=late, on=date(2025, 5, 2), rating=plan.rating_scale.ratings.first())
    RiskFactory(plan=plan, raised_on=date(2025, 1, 1))
    CostFactory(plan=plan, stated_on=date(2025, 1, 1))
    ReadingFactory(measure=MeasureFactory(plan=plan, added_on=date(2025, 1, 1)), on=date(2025, 2, 1))
    framework = plan.inspections.first().framework if plan.inspections.exists() else None
    more = {"framework": framework} if framework else {}
    plan.inspections.add(InspectionFactory(council=plan.council, published_on=date(2012, 6, 1), **more))


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("since", [None, date(2012, 9, 15)])
def test_tables_fill_the_page(harrow: Plan, name: str, since: date | None) -> None:
    blocks = SOURCES[name](Asked(harrow, ON, since))

    for found in (block for block in blocks if isinstance(block, Table)):
        widths = [column.width for column in found.columns]
        assert sum(widths) == 100
        assert all(width % 2 == 0 and 4 <= width <= 60 for width in widths)
        assert {len(row) for row in found.rows} <= {len(widths)}
