"""Plans laid out as other councils lay theirs out, all invented: each comes back as the plan that it is."""

from datetime import date
from time import process_time

from recommendations.intake.columns import Meaning, examples, how_sure, propose
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.sources import ABOVE, LEFT, figures, plan_of, read, source, table


def test_one_row_for_each_action_with_a_letter_for_its_rating():
    plan = read(
        table(
            ("No.", "Ofsted recommendation", "What we will do", "Who", "By when", "RAG", "Comments"),
            (
                "1",
                "Improve the quality of written plans for children in need.",
                "Rewrite the planning template",
                "Head of Safeguarding",
                "31/01/2024",
                "G",
                "Template agreed in November.",
            ),
            (
                "",
                "",
                "Train all team managers in its use",
                "Principal Social Worker",
                "29/02/2024",
                "A",
                "Two sessions held.",
            ),
            (
                "2",
                "Strengthen management oversight of decisions.",
                "Audit twenty decisions each month",
                "Head of Safeguarding, Principal Social Worker",
                "Ongoing",
                "R",
                "",
            ),
        )
    )

    assert figures(plan) == [
        ("1", "1", "none", "Head of Safeguarding", "2024-01-31 day", "in-progress green"),
        ("1", "2", "none", "Principal Social Worker", "2024-02-29 day", "in-progress amber"),
        ("2", "1", "none", "Head of Safeguarding; Principal Social Worker", "ongoing", "in-progress red"),
    ]
    assert [one.text.value for one in plan.recommendations] == [
        "Improve the quality of written plans for children in need.",
        "Strengthen management oversight of decisions.",
    ]


def test_a_rating_by_colour_alone_with_columns_in_another_order():
    green, blue, amber = (Cell(colour=colour) for colour in ("#00b050", "#0070c0", "#ffc000"))
    plan = read(
        table(
            ("BRAG", "Deadline", "Owner", "Action", "Priority"),
            (
                green,
                date(2024, 3, 29),
                "AD CSC",
                "1.1 Publish a revised threshold document",
                "Priority 1: Front door",
            ),
            (blue, date(2023, 12, 1), "HoS MASH", "1.2 Move the police team into the front door", ABOVE),
            (
                amber,
                "Spring 2024",
                "AD CSC / HoS MASH",
                "2.1 Agree a pathway for older children",
                "Priority 2: Exploitation",
            ),
        ),
        kind=Kind.EXCEL,
    )

    assert figures(plan) == [
        ("1", "1.1", "none", "AD CSC", "2024-03-29 day", "in-progress green"),
        ("1", "1.2", "none", "HoS MASH", "2023-12-01 day", "complete blue"),
        ("2", "2.1", "none", "AD CSC; HoS MASH", "2024-05-31 month", "in-progress amber"),
    ]
    assert [one.text.value for one in plan.recommendations] == ["Front door", "Exploitation"]


def test_led_by_outcomes_with_success_measures():
    plan = read(
        table(
            ("Outcome", "Key activities", "Lead", "Timescale", "How will we know?", "Status"),
            (
                "Children are seen alone and their wishes shape their plans",
                "Set a standard for direct work",
                "Service Manager, Practice",
                "Sept 2023",
                "Nine in ten audits show direct work",
                "Complete",
            ),
            (
                "",
                "Buy tools for direct work and show how they are used",
                "Team Managers",
                "Dec 2023",
                "",
                "In progress",
            ),
            (
                "Care leavers live in homes that suit them",
                "Agree a housing protocol with districts",
                "Director of Children's Services",
                "Q4 2023/24",
                "Fewer moves in a year",
                "Not started",
            ),
        ),
    )

    assert figures(plan) == [
        ("R1", "1", "none", "Service Manager, Practice", "2023-09-30 month", "complete"),
        ("R1", "2", "none", "Team Managers", "2023-12-31 month", "in-progress"),
        ("R2", "1", "none", "Director of Children's Services", "2024-03-31 quarter", "not-started"),
    ]
    assert [(one.text.value, one.outcome.value) for one in plan.recommendations] == [
        ("Children are seen alone and their wishes shape their plans", "Nine in ten audits show direct work"),
        ("Care leavers live in homes that suit them", "Fewer moves in a year"),
    ]


def test_a_tree_of_numbers_in_a_reference_column():
    plan = read(
        table(
            ("Ref", "Action", "Responsible officer", "Target date", "Progress to date"),
            ("1. Leadership and governance", LEFT, LEFT, LEFT, LEFT),
            ("1.1 The council should know its own practice well", LEFT, LEFT, LEFT, LEFT),
            (
                "1.1.1",
                "Adopt a framework for quality assurance",
                "QA Lead",
                "30.6.22",
                "Completed: adopted by the board.",
            ),
            ("1.1.2", "Report findings to every leadership meeting", "QA Lead; DCS", "31.7.22", "On track"),
            ("1.2 Partners should share what they know", LEFT, LEFT, LEFT, LEFT),
            (
                "1.2.1",
                "Sign a sharing agreement",
                "DCS",
                "TBC",
                "Will be completed once the trust has signed.",
            ),
            ("2. Front door", LEFT, LEFT, LEFT, LEFT),
            ("2.1 Contacts should be dealt with in a day", LEFT, LEFT, LEFT, LEFT),
            ("2.1.1", "Double the number of screeners", "HoS", "31.9.22", ""),
        )
    )

    assert figures(plan) == [
        ("1.1", "1.1.1", "none", "QA Lead", "2022-06-30 day", "complete"),
        ("1.1", "1.1.2", "none", "QA Lead; DCS", "2022-07-31 day", "in-progress green"),
        ("1.2", "1.2.1", "none", "DCS", "to-be-confirmed", "in-progress"),
        ("2.1", "2.1.1", "none", "HoS", "to-be-confirmed", ""),
    ]
    assert plan.themes == ("1. Leadership and governance", "2. Front door")


def test_bullets_beside_parallel_owners_and_dates_under_a_merged_recommendation():
    plan = read(
        table(
            ("Area for improvement", "Actions", "Lead Officer", "Timescale", "Update"),
            (
                "The timeliness of initial health assessments",
                "• Agree one referral form\n• Notify health within two days of a child coming into care",
                "LAC Nurse\nSM CIC",
                "31/5/19\n30/6/19",
                "Form agreed in April.",
            ),
            (
                ABOVE,
                "• Report monthly\n• Share breaches with the trust",
                "SM CIC\nLAC Nurse",
                "Monthly\nMonthly",
                "",
            ),
        )
    )

    assert figures(plan) == [
        ("R1", "1", "none", "LAC Nurse", "2019-05-31 day", "in-progress"),
        ("R1", "2", "none", "SM CIC", "2019-06-30 day", "in-progress"),
        ("R1", "3", "none", "SM CIC", "ongoing", ""),
        ("R1", "4", "none", "LAC Nurse", "ongoing", ""),
    ]
    assert plan.recommendations[0].actions[0].standings[0].sure == Sureness.UNSURE


def test_a_tracker_with_a_column_for_each_month_under_two_lines_of_headings():
    plan = read(
        table(
            ("Improvement tracker",),
            ("Rec", "Recommendation", "Action", "Owner", "Due", "Progress update", LEFT, LEFT, "Status"),
            (ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, "June 2021", "July 2021", "August 2021", ABOVE),
            (
                "R1",
                "Ensure that return home interviews are offered and recorded",
                "1. Commission an independent provider",
                "Commissioning Manager",
                "30 September 2021",
                "Specification written.",
                "Tender published.",
                "Provider chosen.",
                "Ongoing",
            ),
            (
                ABOVE,
                ABOVE,
                "2. Record every interview within a day",
                "Head of Service",
                "End Oct 21",
                "",
                "Not started",
                "",
                "Not started",
            ),
            ("Rec", "Recommendation", "Action", "Owner", "Due", "Progress update", LEFT, LEFT, "Status"),
            (ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, "June 2021", "July 2021", "August 2021", ABOVE),
            (
                "R2",
                "Reduce drift in pre-proceedings",
                "1. Track every case weekly",
                "Legal",
                "ongoing",
                "",
                "",
                "COMPLETE",
                "Complete",
            ),
        ),
        kind=Kind.EXCEL,
        known=None,
    )

    # The tests' day is before these months, so nothing is dated in the future.
    assert figures(plan) == [
        (
            "R1",
            "1",
            "none",
            "Commissioning Manager",
            "2021-09-30 day",
            "in-progress, in-progress, in-progress",
        ),
        ("R1", "2", "none", "Head of Service", "2021-10-31 month", "not-started"),
        ("R2", "1", "none", "Legal", "ongoing", "complete"),
    ]


def test_a_landscape_plan_with_lead_and_agency_and_a_key_in_a_paragraph():
    plan = read(
        table(
            ("Finding", "Required action", "Lead (Agency)", "Completion date", "Position", "Impact"),
            (
                "F1 Strategy meetings lack health partners",
                "(a) Rota for attendance agreed\n(b) Attendance reported",
                "DN and DCI",
                "(a) 01/02/2027 (b) March2027",
                "(a) Completed\n(b) Not yet completed, awaiting data.",
                "Decisions rest on fuller information",
            ),
        ),
        after=("Key: DN = Designated Nurse; DCI = Detective Chief Inspector; HoS = Head of Service",),
    )

    assert figures(plan) == [
        ("F1", "a", "none", "DN; DCI", "2027-02-01 day", "complete"),
        ("F1", "b", "none", "DN; DCI", "2027-03-31 month", "in-progress"),
    ]
    assert [(post.abbreviation, post.title, post.in_key) for post in plan.posts] == [
        ("DN", "Designated Nurse", True),
        ("DCI", "Detective Chief Inspector", True),
        ("HoS", "Head of Service", True),
    ]


def test_a_spreadsheet_with_a_sheet_for_each_priority():
    head = ("#", "Task", "Assigned to", "Start", "Finish", "% complete", "Notes")
    plan = read(
        table(
            ("Priority 1: Permanence for every child",),
            (),
            head,
            (
                "1",
                "Hold a permanence panel each month",
                "Permanence Lead",
                date(2020, 1, 6),
                date(2020, 3, 31),
                "100%",
                "",
            ),
            (
                "2",
                "Review all section 20 arrangements",
                "IRO Manager",
                date(2020, 1, 6),
                date(2020, 5, 29),
                "40%",
                "Half are done.",
            ),
            name="Permanence",
        ),
        table(
            ("Priority 2: A stable workforce",),
            (),
            head,
            ("1", "Offer a retention payment", "HR", date(2020, 2, 3), date(2020, 4, 30), "0%", ""),
            name="Workforce",
        ),
        table(("Version", "Date"), ("1", "2020-01-02"), name="Control"),
        kind=Kind.EXCEL,
    )

    assert figures(plan) == [
        ("1", "1", "none", "Permanence Lead", "2020-03-31 day", "complete"),
        ("1", "2", "none", "IRO Manager", "2020-05-29 day", "in-progress"),
        ("2", "1", "none", "HR", "2020-04-30 day", "not-started"),
    ]
    assert [(one.theme.value, one.text.value) for one in plan.recommendations] == [
        ("Permanence", "Permanence for every child"),
        ("Workforce", "A stable workforce"),
    ]
    assert {"2020-01-02", "06/01/2020"} <= {one.text for one in plan.unplaced}


def test_dated_entries_in_one_cell_and_a_word_in_capitals():
    plan = read(
        table(
            ("Recommendation 4", "Action", "By whom", "By when", "Progress"),
            (
                "Ensure that partners know the thresholds",
                "Publish the guide",
                "LSCB Manager",
                "30.9.12",
                "Draft with partners.\nUpdate (July 2012): Consultation closed. Update (October 2012): COMPLETED and sent to all schools.",
            ),
            ("", "Brief every school", "LSCB Manager", "30.10.12", "Completion expected in December."),
        )
    )

    action = plan.recommendations[0].actions[0]
    assert [(one.value.on, one.value.stage, one.value.narrative) for one in action.standings] == [
        (None, "in-progress", "Draft with partners."),
        (date(2012, 7, 31), "in-progress", "Consultation closed."),
        (date(2012, 10, 31), "complete", "COMPLETED and sent to all schools."),
    ]
    assert plan.recommendations[0].actions[1].standings[0].value.stage == "in-progress"


def test_a_row_that_a_page_break_has_cut_in_two():
    head = ("Recommendations", "Actions", "Lead", "By when", "Progress")
    plan = read(
        table(
            head,
            (
                "(S1) Make sure that every child has a plan",
                "(1) Write a guide to good plans and",
                "DD TS",
                "30.9.12",
                "(1) Underway: a first",
            ),
        ),
        table(
            head,
            ("", "share it with all teams.", "", "", "draft is with managers."),
            (
                "that is reviewed on time",
                "(2) Track reviews weekly",
                "SM QA",
                "31.10.12",
                "(3) Completed\n(2) Ongoing",
            ),
        ),
    )

    assert figures(plan) == [
        ("S1", "1", "none", "DD TS", "2012-09-30 day", "in-progress"),
        ("S1", "2", "none", "SM QA", "2012-10-31 day", "in-progress"),
    ]
    assert (
        plan.recommendations[0].text.value == "Make sure that every child has a plan that is reviewed on time"
    )
    assert (
        plan.recommendations[0].actions[0].text.value
        == "Write a guide to good plans and share it with all teams."
    )
    assert [one.value.narrative for one in plan.recommendations[0].actions[0].standings] == [
        "Underway: a first draft is with managers."
    ]
    assert [(one.text, one.why) for one in plan.unplaced] == [
        ("Completed", "There is no action 3 under this recommendation")
    ]


def test_numbers_with_a_key_for_the_status():
    plan = read(
        table(("1", "Complete"), ("2", "On track"), ("3", "Not started"), name="Key to status"),
        table(
            ("Recommendation", "Action", "Lead", "Due date", "Status"),
            ("Improve supervision", "Set a standard", "PSW", "1/2/2027", "1"),
            ("Improve supervision", "Audit against it", "PSW", "1/5/2027", "2"),
            ("Improve supervision", "Publish the results", "PSW", "1/8/2027", "3"),
            ("Improve supervision", "Ask staff", "PSW", "1/9/2027", "4"),
        ),
    )

    assert figures(plan) == [
        ("R1", "1", "none", "PSW", "2027-02-01 day", "complete"),
        ("R1", "2", "none", "PSW", "2027-05-01 day", "in-progress green"),
        ("R1", "3", "none", "PSW", "2027-08-01 day", "not-started"),
        ("R1", "4", "none", "PSW", "2027-09-01 day", "not-started"),
    ]
    assert ("4", "The status was not understood") in [(one.text, one.why) for one in plan.unplaced]
    standing = plan.recommendations[0].actions[3].standings[0]
    assert (standing.value.narrative, standing.sure) == ("", Sureness.UNSURE)


def test_a_file_that_this_program_wrote_is_taken_word_for_word():
    plan = read(
        table(
            (
                "Theme", "Timescale", "Reference", "Recommendation", "Outcome required", "Number", "Phase", "Lead officers",
                "Action", "Due", "Due as printed", "Stage", "Rating", "Latest update", "Updated on", "Expected by", "Update no.",
            ),
            (
                "Safeguarding", "Immediate", "S2", "(1) See 2. Then\nImmediate", "Good plans", "1", "Must do", "LSCB SP; Head of A/B",
                "1. First\n2. Second", date(2012, 9, 27), "27.9.12.", "Awaiting sign-off", "Green",
                "Completed: no. Update (July 2012): x", date(2012, 9, 14), date(2012, 12, 31), "2",
            ),
            (
                "Safeguarding", "Immediate", "S2", "(1) See 2. Then\nImmediate", "Good plans", "2", "", "", "MUST DO", None,
                "31.9.12", "Not started", "", "", None, None, "0",
            ),
        ),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert figures(plan) == [
        ("S2", "1", "must-do", "LSCB SP; Head of A/B", "2012-09-27 day", "awaiting-sign-off green"),
        ("S2", "2", "none", "", "to-be-confirmed", ""),
    ]
    recommendation = plan.recommendations[0]
    assert recommendation.text.value == "(1) See 2. Then\nImmediate"
    assert [one.text.value for one in recommendation.actions] == ["1. First\n2. Second", "MUST DO"]
    standing = recommendation.actions[0].standings[0].value
    assert (standing.narrative, standing.on, standing.forecast_on, standing.number) == (
        "Completed: no. Update (July 2012): x",
        date(2012, 9, 14),
        date(2012, 12, 31),
        "2",
    )
    assert plan.unplaced == ()


def test_headings_that_ask_questions_and_one_column_of_colour_and_words():
    plan = read(
        table(
            (
                "What did Ofsted say we need to do better?",
                "What are we going to do?",
                "Who will do it?",
                "When will it be done by?",
                "What will success look like?",
                "Progress (RAG)",
            ),
            (
                "1. Practice in the assessment service is uneven.",
                "a) Review caseloads\nb) Recruit ten social workers",
                "Head of Service\nHR Business Partner",
                "June 2023\nSeptember 2023",
                "Caseloads below 18",
                "a) Green: caseloads have fallen.\nb) Amber",
            ),
            (
                "2. Little is known of private fostering.",
                "Write a statement",
                "Head of Service",
                "July 2023",
                "",
                "Red",
            ),
        )
    )

    assert figures(plan) == [
        ("1", "a", "none", "Head of Service", "2023-06-30 month", "in-progress green"),
        ("1", "b", "none", "HR Business Partner", "2023-09-30 month", "in-progress amber"),
        ("2", "1", "none", "Head of Service", "2023-07-31 month", "in-progress red"),
    ]
    assert plan.unplaced == ()


def test_recommendations_as_rows_of_their_own_each_with_headings_below():
    head = ("Action", "Lead", "Support", "Timescale", "RAG")
    plan = read(
        table(
            ("Recommendation 1: Track children who miss education.", LEFT, LEFT, LEFT, LEFT),
            head,
            ("1.1 Set up a panel", "AD Education", "School Improvement", "31 Jan 2022", "G"),
            ("1.2 Report to scrutiny", "DCS", "", "28 Feb 2022", "B"),
            ("Recommendation 2: Improve the virtual school.", LEFT, LEFT, LEFT, LEFT),
            head,
            ("2.1 Appoint a head", "AD Education", "", "31 Mar 2022", "A"),
        )
    )

    assert figures(plan) == [
        ("1", "1.1", "none", "AD Education; School Improvement", "2022-01-31 day", "in-progress green"),
        ("1", "1.2", "none", "DCS", "2022-02-28 day", "complete blue"),
        ("2", "2.1", "none", "AD Education", "2022-03-31 day", "in-progress amber"),
    ]
    assert [one.text.value for one in plan.recommendations] == [
        "Track children who miss education.",
        "Improve the virtual school.",
    ]


def test_a_table_for_each_recommendation_named_by_the_paragraphs_above():
    head = ("Action", "By whom", "By when", "Status")
    plan = read(
        table(
            head,
            ("Revise the policy", "QA Manager", "30/04/21", "Complete"),
            before=("Recommendation 1", "Strengthen the challenge by chairs"),
        ),
        table(
            head,
            ("Hold workshops", "QA Manager", "30/06/21", "In Progress"),
            before=("Recommendation 2", "Reduce repeat plans"),
        ),
    )

    assert figures(plan) == [
        ("1", "1", "none", "QA Manager", "2021-04-30 day", "complete"),
        ("2", "1", "none", "QA Manager", "2021-06-30 day", "in-progress"),
    ]
    assert [one.text.sure for one in plan.recommendations] == [Sureness.LIKELY, Sureness.LIKELY]


def test_leads_and_updates_split_over_rows_of_their_own():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when", "Progress"),
            ("R1 Improve joint working", "1. Agree a protocol", "DCS", "30/6/20", "Drafted"),
            ("", "", "Police DCI", "", ""),
            ("", "", "CCG", "31/8/20", "and sent to partners."),
            ("", "2. Publish it", "DCS", "31/7/20", ""),
        )
    )

    assert figures(plan) == [
        ("R1", "1", "none", "DCS; Police DCI; CCG", "2020-06-30 day", "in-progress"),
        ("R1", "2", "none", "DCS", "2020-07-31 day", ""),
    ]
    assert plan.recommendations[0].actions[0].standings[0].value.narrative == "Drafted and sent to partners."
    assert [(one.text, one.why) for one in plan.unplaced] == [
        ("31/8/20", "The action above it has one already")
    ]


def test_a_part_named_above_each_run_of_headings_with_a_start_and_an_end():
    heads = ("Ref", "Finding", "What we will do", "Owner", "Start", "End", "Comments")
    plan = read(
        table(
            ("Improvement plan of the borough", "", "", "", "", "", ""),
            ("Priority 1: Leadership", "", "", "", "", "", ""),
            heads,
            (
                "1",
                "Leaders see too little.",
                "1.1 Hold a clinic",
                "DCS",
                "01/03/19",
                "Apr-19",
                "COMPLETE 02/04/2012",
            ),
            ("Front door", "", "", "", "", "", ""),
            heads,
            ("2", "Thresholds are not known.", "2.1 Write them anew", "AD MASH", "", "TBC", ""),
        )
    )

    assert [one.theme.value for one in plan.recommendations] == ["Priority 1: Leadership", "Front door"]
    assert figures(plan) == [
        ("1", "1.1", "none", "DCS", "2019-04-30 month", "complete"),
        ("2", "2.1", "none", "AD MASH", "to-be-confirmed", ""),
    ]
    assert (plan.title, [each.text for each in plan.unplaced]) == (
        "Improvement plan of the borough",
        ["01/03/19"],
    )


def test_headings_that_speak_to_the_reader():
    plan = read(
        table(
            (
                "What Ofsted told us",
                "So we will...",
                "Named person",
                "Done by",
                "How's it going?",
                "What will change?",
            ),
            (
                "1. Workers change often",
                "Action 1a - Pay to stay",
                "Director of HR",
                "31st March 2013",
                "GREEN - agreed",
                "Fewer",
            ),
            ("", "Action 1b - A path to grow", "Principal SW", "Summer 2013", "AMBER: a draft is out", ""),
            (
                "2. Children are seldom seen alone",
                "Action 2a - New standards",
                "Head of CP",
                "asap",
                "Complete (Jan 12)",
                "All are",
            ),
        )
    )

    assert figures(plan) == [
        ("1", "1a", "none", "Director of HR", "2013-03-31 day", "in-progress green"),
        ("1", "1b", "none", "Principal SW", "2013-08-31 month", "in-progress amber"),
        ("2", "2a", "none", "Head of CP", "to-be-confirmed", "complete"),
    ]
    assert [one.outcome.value for one in plan.recommendations] == ["Fewer", "All are"]


def test_where_nothing_is_headed_as_an_action_the_longest_words_are_taken_and_looked_at():
    given = table(
        ("Area", "The thing itself", "Owner", "Due date", "Status"),
        ("Leadership", "Hold a meeting about performance every week", "DCS", "01/04/2013", "Open"),
        ("Front door", "Agree the thresholds with every partner", "AD", "28/02/2013", "Closed"),
    )

    mapping = propose(source(given))

    assert mapping[0].columns[1] == Meaning.ACTION
    assert how_sure(source(given), mapping)[0, 1] == Sureness.UNSURE
    assert [figure[3:] for figure in figures(read(given))] == [
        ("DCS", "2013-04-01 day", "in-progress"),
        ("AD", "2013-02-28 day", "complete"),
    ]


def test_unfamiliar_headings_and_no_real_date_are_proposed_by_what_cells_hold_and_looked_at():
    given = table(
        ("Thing", "Stuff", "Folk", "Point in the year"),
        (
            "Children wait too long for visits",
            "Write a rota for every week of the year",
            "Head of Service",
            "asap",
        ),
        (
            "Children wait too long for visits",
            "Check the rota against visits that were made",
            "Team Manager",
            "spring term",
        ),
        (
            "Nobody asks young people anything",
            "Hold a meeting with them each half term",
            "Participation Officer",
            "end of term",
        ),
    )

    plan = read(given)

    assert propose(source(given))[0].columns == (
        Meaning.RECOMMENDATION,
        Meaning.ACTION,
        Meaning.LEADS,
        Meaning.DUE,
    )
    assert [(figure[0], figure[1], figure[3]) for figure in figures(plan)] == [
        ("R1", "1", "Head of Service"),
        ("R1", "2", "Team Manager"),
        ("R2", "1", "Participation Officer"),
    ]
    assert {action.text.sure for one in plan.recommendations for action in one.actions} == {Sureness.UNSURE}


def test_lines_without_bullets_are_actions_where_the_days_or_statuses_beside_them_are_as_many():
    head = ("Recommendation", "Action", "Lead", "By when", "Status")
    plan = read(
        table(
            head,
            (
                "Improve plans",
                "Train staff in\nwriting plans\nAudit plans",
                "PSW\nAD",
                "asap\nSpring term",
                "",
            ),
            ("Improve visits", "Write a rota\nCheck the rota", "AD", "30/6/20", "Complete\nNot started"),
            ("Improve letters", "Read them all\nWrite better ones", "AD\nPSW", "30/6/20", ""),
        )
    )

    assert [(figure[0], figure[1], figure[3], figure[5]) for figure in figures(plan)] == [
        ("R1", "1", "PSW", ""),
        ("R1", "2", "AD", ""),
        ("R2", "1", "AD", "complete"),
        ("R2", "2", "AD", "not-started"),
        # Two leads may lead one action.
        ("R3", "1", "AD; PSW", ""),
    ]
    assert plan.recommendations[0].actions[0].text.value == "Train staff in writing plans"
    assert plan.recommendations[2].actions[0].text.sure == Sureness.UNSURE


def test_the_same_wording_twice_stays_two_recommendations_and_two_actions():
    row = ("Improve supervision", "Set a standard", "PSW", "30/6/20")
    plan = read(
        table(
            ("Ref", "Recommendation", "Action", "Lead", "By when"),
            ("S7", *row),
            ("LAC4", *row),
            ("LAC4", *row),
        )
    )

    assert figures(plan) == [
        ("S7", "1", "none", "PSW", "2020-06-30 day", ""),
        ("LAC4", "1", "none", "PSW", "2020-06-30 day", ""),
        ("LAC4", "2", "none", "PSW", "2020-06-30 day", ""),
    ]


def test_words_beside_a_status_and_rows_with_nothing_below_are_kept():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when", "RAG", "Progress", "Revised date"),
            (
                "Improve plans",
                "Train staff",
                "PSW",
                "30/6/20",
                "Amber - two managers have left",
                "",
                "31/7/20 if funded",
            ),
            ("", "Audit plans", "PSW", "30/6/20", "Green - the audit is well begun", "Underway", ""),
            ("* This plan is reviewed every month", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
        )
    )

    assert figures(plan) == [
        ("R1", "1", "none", "PSW", "2020-06-30 day", "in-progress amber"),
        ("R1", "2", "none", "PSW", "2020-06-30 day", "in-progress green"),
    ]
    standing = plan.recommendations[0].actions[0].standings[0].value
    assert (standing.narrative, standing.forecast_on) == ("Amber - two managers have left", date(2020, 7, 31))
    assert [one.text for one in plan.unplaced] == [
        "31/7/20 if funded",
        "Green - the audit is well begun",
        "* This plan is reviewed every month",
    ]


def test_headings_that_the_council_has_confirmed_before_win():
    whole = source(
        table(("Widget", "Action", "Lead", "By when"), ("Improve plans", "Train staff", "PSW", "30/6/20")),
    )

    assert propose(whole, {"WIDGET ": Meaning.OUTCOME})[0].columns == (
        Meaning.OUTCOME,
        Meaning.ACTION,
        Meaning.LEADS,
        Meaning.DUE,
    )


def test_examples_and_sureness_of_columns():
    whole = source(
        table(
            ("Recommendation", "Action", "Lead", "Delivery by"),
            ("Improve plans", "Train staff", "PSW", "Spring"),
            ("", "Audit", "PSW", "Summer"),
        ),
    )
    mapping = propose(whole)

    assert examples(whole, mapping[0])[:3] == (("Improve plans",), ("Train staff", "Audit"), ("PSW",))
    assert how_sure(whole, mapping)[0, 1] == Sureness.CERTAIN


def test_nothing_of_a_table_that_is_no_plan_is_dropped():
    plan = read(table(("Meeting", "Room"), ("14 May", "Committee room 2")))

    assert plan.recommendations == ()
    assert [one.text for one in plan.unplaced] == ["Meeting", "Room", "14 May", "Committee room 2"]


def test_many_rows_take_little_time():
    rows = [
        (
            f"S{at // 8}",
            f"Recommendation {at // 8}",
            f"({at % 8 + 1}) Do the thing {at}",
            "DD TS/ SM QA",
            "30.9.12",
            f"({at % 8 + 1}) On track: as of {at}",
        )
        for at in range(5000)
    ]
    whole = source(table(("Ref", "Recommendation", "Action", "Lead", "By when", "Progress"), *rows))
    begun = process_time()

    plan = plan_of(whole)

    assert sum(len(one.actions) for one in plan.recommendations) == 5000
    assert process_time() - begun < 4


def test_a_number_that_is_printed_otherwise_is_made_one_and_looked_at():
    plan = read(
        table(
            ("Recommendation", "Action no", "Action", "Lead", "By when"),
            ("Improve supervision", "03/01", "Set a standard", "PSW", "1/2/2027"),
            ("Improve supervision", "03/02", "Audit against it", "PSW", "1/5/2027"),
            ("Improve supervision", "03/02", "Publish the results", "PSW", "1/8/2027"),
        )
    )

    numbers = [action.number for action in plan.recommendations[0].actions]
    assert [(number.value, number.sure) for number in numbers] == [
        ("03.01", Sureness.UNSURE),
        ("03.02", Sureness.UNSURE),
        ("03.02.2", Sureness.UNSURE),
    ]


def test_what_was_found_beside_its_label_above_the_headings():
    plan = read(
        table(
            ("Priority 1: Front door", "", "", ""),
            ("Finding:", "The response to children is not timely", "", ""),
            ("Ref", "Action", "Lead", "Due"),
            ("1.1", "Work in one place", "PSW", "28/2/2024"),
            name="Front door",
        ),
        kind=Kind.EXCEL,
    )

    assert [each.text.value for each in plan.recommendations] == ["The response to children is not timely"]
