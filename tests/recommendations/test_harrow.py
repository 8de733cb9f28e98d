"""Harrow's plan as its committee saw it: the figures that everybody knows."""

from datetime import date

from improvement.models import LeadOfficer, Plan
from recommendations import progress
from recommendations.models import Action, DuePrecision, ProgressUpdate, Recommendation

ON = date(2012, 11, 14)


def test_the_headline(harrow: Plan) -> None:
    figures = progress.of_plan(harrow, on=ON)

    assert figures.headline == "40 of 62 actions that should be finished are not"


def test_the_figures_of_the_day_of_the_committee(harrow: Plan) -> None:
    figures = progress.of_plan(harrow, on=ON)

    assert figures.actions.count == 101
    assert (figures.should_be_finished.count, figures.overdue.count, figures.complete.count) == (62, 40, 22)
    assert {figure.label: figure.count for figure in figures.ratings} == {
        "Red": 0,
        "Amber": 0,
        "Green": 21,
        "Not rated": 80,
    }
    assert sum(figure.count for figure in figures.stages) == 101


def test_references_and_themes(harrow: Plan) -> None:
    references = [made.reference for made in Recommendation.objects.for_plan(harrow).in_order()]

    assert references == [f"S{n}" for n in range(1, 12)] + [f"LAC{n}" for n in range(1, 12)]
    themes = progress.break_down(harrow, on=ON).themes
    assert [part.label for part in themes] == [theme.name for theme in harrow.themes.all()]
    assert sum(part.figures.actions.count for part in themes) == 101


def test_numbers_that_the_paper_lost_are_not_invented(harrow: Plan) -> None:
    numbers = {
        reference: [
            a.number for a in Action.objects.for_plan(harrow).filter(recommendation__reference=reference)
        ]
        for reference in ("S1", "LAC3")
    }

    assert numbers == {"S1": ["9", "10", "11"], "LAC3": ["2", "3", "4", "5", "6", "7", "9", "10", "11"]}
    assert "Actions 1 to 8 of S1, and actions 1 and 8 of LAC3, are lost" in harrow.notes


def test_posts_of_the_key_and_those_that_it_lacks(harrow: Plan) -> None:
    posts = LeadOfficer.objects.filter(council=harrow.council)

    assert (posts.filter(in_key=True).count(), posts.filter(in_key=False).count()) == (30, 4)
    assert [post.abbreviation for post in posts.filter(in_key=False, note="")] == []


def test_a_date_that_is_none_is_kept_as_printed_and_flagged(harrow: Plan) -> None:
    odd = Action.objects.for_plan(harrow).filter(due_text__startswith="31.9.12")

    assert [(action.original_due_on, bool(action.note)) for action in odd] == [(None, True)] * len(odd)
    assert len(odd) > 0


def test_ongoing_to_may_2013_is_ongoing(harrow: Plan) -> None:
    ongoing = Action.objects.for_plan(harrow).filter(due_text__icontains="ongoing to may 2013")

    assert {action.due_precision for action in ongoing} == {DuePrecision.ONGOING}


def test_dates_are_as_first_agreed(harrow: Plan) -> None:
    actions = Action.objects.for_plan(harrow).as_of(date(2012, 11, 14))

    assert [str(action) for action in actions.moved()] == []
    assert [str(action) for action in actions if action.due_on != action.original_due_on] == []


def test_updates_are_as_of_14_september_and_nobodys(harrow: Plan) -> None:
    updates = ProgressUpdate.objects.filter(action__recommendation__plan=harrow)

    assert {(u.on, u.by, u.sequence, u.source) for u in updates} == {
        (date(2012, 9, 14), None, 1, "Improvement plan, version 2.01")
    }
    assert updates.count() == 99


def test_the_two_actions_without_an_update_are_not_started(harrow: Plan) -> None:
    silent = Action.objects.for_plan(harrow).as_of(ON).filter(updated_on=None).in_plan_order()

    assert [str(action) for action in silent] == ["LAC7 (4)", "LAC7 (5)"]
    assert [action.stage for action in silent] == ["not-started", "not-started"]


def test_before_the_plan_took_them_in_there_were_no_actions(harrow: Plan) -> None:
    assert progress.of_plan(harrow, on=date(2012, 9, 9)).actions.count == 0
    assert progress.of_plan(harrow, on=date(2012, 9, 10)).actions.count == 101


def test_before_the_updates_nothing_had_been_said(harrow: Plan) -> None:
    figures = progress.of_plan(harrow, on=date(2012, 9, 13))

    assert figures.stage("not-started").count == 101
    assert figures.silent.count == 101


def test_recommendations_on_several_days(harrow: Plan) -> None:
    counts = [
        Recommendation.objects.for_plan(harrow).raised_by(on=on).count()
        for on in (date(2012, 6, 26), date(2012, 6, 27))
    ]

    assert counts == [0, 22]
