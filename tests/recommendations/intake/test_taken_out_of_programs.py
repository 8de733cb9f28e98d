"""Plans as the programs that councils plan their work with take them out, all invented."""

from datetime import date

from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.sources import LEFT, figures, read, table

GREEN, RED, GREY = (Cell(colour=colour) for colour in ("#00a651", "#c00000", "#a6a6a6"))


def told(action):
    return [(one.value.on, one.value.stage, one.value.narrative) for one in action.standings]


def parts(plan):
    return [(one.reference.value, one.theme.value, one.text.value) for one in plan.recommendations]


def test_a_board_of_tasks_whose_progress_is_a_status_and_whose_description_tells():
    plan = read(
        table(
            ("Plan name", "Ofsted plan", "", "", "", "", ""),
            ("Task name", "Bucket Name", "Progress", "Assigned To", "Due Date", "Labels", "Description"),
            ("1.2 Build a tracker", "Rec 1: Review plans", "In progress", "HoS", "31/10/2012", "Help", "16/09/2012 - Built.\n14/10/2012 - Two teams load it."),
            ("1.1 Write a standard", "Rec 1: Review plans", "Completed", "PSW", "31/07/2012", "Help", "22/07/2012 - Agreed at the forum."),
            ("2.1 Train teachers", "Rec 2: Raise ambitions", "Not started", "VSH", "13/02/2013", "Care", ""),
        ),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert parts(plan) == [("1", "Help", "Review plans"), ("2", "Care", "Raise ambitions")]
    assert figures(plan) == [
        ("1", "1.2", "none", "HoS", "2012-10-31 day", "in-progress, in-progress"),
        ("1", "1.1", "none", "PSW", "2012-07-31 day", "complete"),
        ("2", "2.1", "none", "VSH", "2013-02-13 day", "not-started"),
    ]
    assert told(plan.recommendations[0].actions[0]) == [
        (date(2012, 9, 16), "in-progress", "Built."),
        (date(2012, 10, 14), "in-progress", "Two teams load it."),
    ]


def test_a_project_whose_rows_above_sum_up_those_below():
    plan = read(
        table(
            ("ID", "WBS", "Task Name", "Start", "Finish", "% Complete", "Resource Names"),
            ("0", "0", "Improvement programme", "1/4/12", "30/9/13", "54%", ""),
            ("1", "1", "Leadership", "1/4/12", "30/9/13", "54%", ""),
            ("2", "1.1", "Strengthen oversight", "1/4/12", "30/9/13", "60%", ""),
            ("3", "1.1.1", "Agree the terms", "1/4/12", "31/10/12", "100%", "DCS"),
            ("4", "1.1.2", "Appoint a chair", "1/4/12", "30/9/13", "20%", "AD"),
            ("5", "2", "Front door", "1/4/12", "31/1/13", "0%", ""),
            ("6", "2.1", "Answer in time", "1/4/12", "31/1/13", "0%", ""),
            ("7", "2.1.1", "Redesign the way in", "1/4/12", "31/1/13", "0%", "HoS"),
        ),
        kind=Kind.EXCEL,
    )

    assert parts(plan) == [
        ("1.1", "Leadership", "Strengthen oversight"),
        ("2.1", "Front door", "Answer in time"),
    ]
    assert figures(plan) == [
        ("1.1", "1.1.1", "none", "DCS", "2012-10-31 day", "complete"),
        ("1.1", "1.1.2", "none", "AD", "2013-09-30 day", "in-progress"),
        ("2.1", "2.1.1", "none", "HoS", "2013-01-31 day", "not-started"),
    ]
    summed = [one.text for one in plan.unplaced if one.why == "It sums up the rows below"]
    assert summed == ["30/9/13", "54%", "30/9/13", "54%", "30/9/13", "60%", "31/1/13", "0%", "31/1/13", "0%"]


def test_groups_each_with_its_title_and_the_headings_again():
    head = ("Name", "Owner", "Status", "Due date", "Notes")
    plan = read(
        table(
            ("Ofsted plan", "", "", "", ""),
            ("1. Plan for permanence", "", "", "", ""),
            head,
            ("Design a checklist", "PSW", "Done", "2012-05-30", "It is in use for all reviews."),
            ("Hold a clinic", "HoS", "Working on it", "2012-09-30", "It is held with four teams."),
            ("2. Manage allegations", "", "", "", ""),
            head,
            ("Appoint an officer", "DCS", "Done", "2012-06-30", "The post is filled since June."),
        ),
        kind=Kind.EXCEL,
    )

    assert [(one.reference.value, one.text.value) for one in plan.recommendations] == [
        ("1", "Plan for permanence"),
        ("2", "Manage allegations"),
    ]
    assert [(figure[0], figure[3], figure[5]) for figure in figures(plan)] == [
        ("1", "PSW", "complete"),
        ("1", "HoS", "in-progress"),
        ("2", "DCS", "complete"),
    ]


HEAD = ("Rec no.", "Recommendation", "Action no.", "Action", "Lead", "Due", "Status", "Update date", "Update")


def updates(*rows):
    begins = ("1", "Write better plans", "1.1", "Write guidance", "PSW", "30/6/12")
    return read(table(HEAD, *((*begins, *row) for row in rows)), kind=Kind.CSV)


def test_a_row_for_each_update_is_one_action():
    plan = updates(
        ("Complete", "18/06/2012", "The guidance is published."),
        ("Complete", "22/04/2012", "Parents were asked."),
    )

    (action,) = plan.recommendations[0].actions
    assert told(action) == [
        (date(2012, 4, 22), "in-progress", "Parents were asked."),
        (date(2012, 6, 18), "complete", "The guidance is published."),
    ]
    assert action.standings[0].sure == Sureness.LIKELY
    assert plan.unplaced == ()


def test_what_another_row_of_an_action_says_otherwise_is_kept():
    plan = updates(
        ("Complete", "18/06/2012", "The guidance is published."),
        ("In progress", "22/04/2012", "Parents were asked."),
    )

    assert [(one.text, one.why) for one in plan.unplaced] == [
        ("In progress", "The action has one in another row")
    ]


def test_the_same_words_on_the_same_day_are_two_actions():
    plan = updates(("Complete", "18/06/2012", "Published."), ("Complete", "18/06/2012", "Published."))

    assert len(plan.recommendations[0].actions) == 2


def test_the_parent_of_an_action_behind_it_and_its_share_as_its_status():
    plan = read(
        table(
            ("Action Code", "Action Title", "Assigned To", "Original Due Date", "Current Due Date", "Progress", "Latest Note Date", "Latest Note", "Parent Code", "Parent Title"),
            ("P1.1", "Adopt the tool", "SM", "30-Sep-2012", "30-Sep-2012", "100%", "02-Oct-2012", "It is adopted by all teams.", "P1", "Protect children sooner"),
            ("P1.2", "Review long plans", "HoS", "29-Jun-2012", "31-Jan-2013", "80%", "24-Oct-2012", "Two of three panels were held.", "P1", "Protect children sooner"),
            ("P2.1", "Train champions", "PSW", "30-Aug-2012", "30-Aug-2012", "0%", "", "", "P2", "Work directly"),
        ),
        kind=Kind.CSV,
    )  # fmt: skip

    assert [(one.reference.value, one.text.value) for one in plan.recommendations] == [
        ("P1", "Protect children sooner"),
        ("P2", "Work directly"),
    ]
    adopt, review = plan.recommendations[0].actions
    assert told(adopt) == [(date(2012, 10, 2), "complete", "It is adopted by all teams.")]
    assert told(review) == [(date(2012, 10, 24), "in-progress", "Two of three panels were held.")]
    assert (review.due.value.on, review.standings[0].value.forecast_on) == (
        date(2012, 6, 29),
        date(2013, 1, 31),
    )


def test_days_with_strokes_around_the_name_of_the_month():
    plan = read(
        table(("Recommendation", "Action", "Assignee", "Due date"), ("Plan", "Write it", "PSW", "31/Mar/13")),
        kind=Kind.CSV,
    )

    assert figures(plan) == [("R1", "1", "none", "PSW", "2013-03-31 day", "")]


def test_words_under_the_names_of_months_go_on_where_the_table_does():
    less = ("PA1: Wait less", "1a", "Appoint writers", "HoS", "30 September 2012")
    plan = read(
        table(
            (
                "Priority action",
                "Ref",
                "What we will do",
                "Who",
                "Target date",
                "August 2012",
                "September 2012",
                "RAG",
            ),
            (*less, "Interviews were held.", "All four are in post.", "Green"),
            (
                "PA1: Wait less",
                "1b",
                "Launch a portal",
                "DSM",
                "31 March 2013",
                "It was shown to parents.",
                "",
                "Red",
            ),
            before=("Priority Action Plan", "RAG key: Green – on track. Red – off track."),
        ),
        table(
            (
                "PA2: Know more",
                "2a",
                "Keep a register",
                "HoI",
                "31 October 2012",
                "The data was asked for.",
                "",
                "Red",
            )
        ),
    )

    assert parts(plan) == [
        ("PA1", "All recommendations", "Wait less"),
        ("PA2", "All recommendations", "Know more"),
    ]
    assert told(plan.recommendations[0].actions[0]) == [
        (date(2012, 8, 31), "in-progress", "Interviews were held."),
        (date(2012, 9, 30), "in-progress", "All four are in post."),
    ]
    assert told(plan.recommendations[1].actions[0]) == [
        (date(2012, 8, 31), "in-progress", "The data was asked for.")
    ]


def test_of_colours_for_each_month_the_last_is_how_it_stands():
    plan = read(
        table(
            ("Finding", "No", "What we will do", "Who", "By when", "Progress rating", LEFT, LEFT, "Commentary"),
            ("", "", "", "", "", "Jun", "Jul", "Aug", ""),
            ("1. See children in time", "1.1", "Add a post", "HoS", "30/9/12", GREY, RED, GREEN, "The chair is appointed."),
            ("", "1.2", "Book early", "BSL", "31/12/12", GREY, GREY, RED, "The rule is applied in one place."),
            ("Total number of actions", "2", "", "", "", "", "", "", ""),
            ("Notes: approved in June.", "", "", "", "", "", "", "", ""),
        ),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert [figure[5] for figure in figures(plan)] == ["in-progress green", "in-progress red"]
    assert len(plan.recommendations) == 1
    assert [one.text for one in plan.unplaced] == ["Total number of actions", "2", "Notes: approved in June."]


def test_a_card_with_an_update_below_each_action():
    plan = read(
        table(
            ("Recommendation PA1", "Oversee practice", LEFT, LEFT, LEFT),
            ("What good looks like", "Every record has a reason", LEFT, LEFT, LEFT),
            ("Ref", "Key action", "Owner", "Deadline", "Status"),
            ("1.1", "Set standards", "HoS", "28 June 2012", "Delivered"),
            ("Update", "25/06/2012 – Signed off by the board.", LEFT, LEFT, LEFT),
            ("1.2", "Coach managers", "PSW", "28 March 2013", "In delivery"),
            ("Update", "", "", "", ""),
            ("Risks and issues", "Managers may leave", LEFT, LEFT, LEFT),
            before=("Card 1 of 4",),
        ),
    )

    assert parts(plan) == [("PA1", "All recommendations", "Oversee practice")]
    assert plan.recommendations[0].outcome.value == "Every record has a reason"
    assert [told(action) for action in plan.recommendations[0].actions] == [
        [(date(2012, 6, 25), "complete", "Signed off by the board.")],
        [(None, "in-progress", "")],
    ]
    assert [one.text for one in plan.unplaced] == ["Risks and issues", "Managers may leave"]


def test_an_outcome_below_the_recommendation_in_its_cell():
    plan = read(
        table(
            ("No.", "What we will do", "Timescale", "Lead", "Progress"),
            ("1. Supervise well\nIntended outcome: Staff feel supported.", LEFT, LEFT, LEFT, LEFT),
            ("1.1", "Issue the standards", "Sept 2012", "PSW", "They are issued."),
        ),
        table(
            ("Recommendation", "Action", "By when", "Lead"),
            ("2. Write life stories\nOutcome: Children know theirs.", "Train writers", "Sept 2012", "PSW"),
        ),
    )

    assert [(one.reference.value, one.text.value, one.outcome.value) for one in plan.recommendations] == [
        ("1", "Supervise well", "Staff feel supported."),
        ("2", "Write life stories", "Children know theirs."),
    ]


def test_tasks_that_name_their_epic_by_its_key():
    plan = read(
        table(
            ("Issue key", "Parent key", "Summary", "Assignee", "Due date", "Labels", "Custom field (Outcome)", "Comment"),
            ("CIP-1", "", "Improve what is sent in", "", "", "Help", "What is sent in is enough", ""),
            ("CIP-2", "CIP-1", "Meet the schools that send most", "ESL", "31/Mar/12", "", "", "19/Jan/12 9:14;Programme Office;Six have come."),
            ("CIP-3", "CIP-1", "Put the form on a portal", "DDM", "30/Jun/12", "", "", ""),
            ("CIP-4", "", "Watch over those far away", "", "", "Care", "They are as safe", ""),
            ("CIP-5", "CIP-4", "Visit every one of them", "HoC", "27/Feb/12", "", "", ""),
        ),
        kind=Kind.CSV,
    )  # fmt: skip

    assert parts(plan) == [
        ("CIP-1", "Help", "Improve what is sent in"),
        ("CIP-4", "Care", "Watch over those far away"),
    ]
    assert [one.outcome.value for one in plan.recommendations] == [
        "What is sent in is enough",
        "They are as safe",
    ]
    assert [figure[:2] for figure in figures(plan)] == [
        ("CIP-1", "CIP-2"),
        ("CIP-1", "CIP-3"),
        ("CIP-4", "CIP-5"),
    ]
    assert told(plan.recommendations[0].actions[0]) == [(date(2012, 1, 19), "in-progress", "Six have come.")]


def test_an_action_without_a_reference_is_no_epic():
    plan = read(
        table(
            ("Rec no", "Action no", "Action", "Lead", "By when"),
            ("1", "1", "Write it", "PSW", "30/6/12"),
            ("", "2", "Test it", "PSW", "30/6/12"),
            ("2", "3", "Teach it", "PSW", "30/6/12"),
        ),
    )

    assert [figure[:2] for figure in figures(plan)] == [("1", "1"), ("1", "2"), ("2", "3")]
