"""How an action stands: status words, keys, ratings and colours, each for itself and all together; every word invented."""

from datetime import date

import pytest

from recommendations.intake.colours import hue_of
from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell
from recommendations.intake.standings import Key
from tests.recommendations.intake.sources import ABOVE, LEFT, read, table

CERTAIN, LIKELY, UNSURE = Sureness.CERTAIN, Sureness.LIKELY, Sureness.UNSURE
ON = date(2012, 11, 14)
BLUE, GREEN = Cell(colour="#0070c0"), Cell(colour="#00b050")


@pytest.mark.parametrize(
    ("text", "stage", "rating"),
    [
        ("Completed: sent to all.", "complete", ""),
        ("Completed. Circulated on 31st August.", "complete", ""),
        ("Completed", "complete", ""),
        ("Completed on 11th Sept 2012", "complete", ""),
        ("COMPLETE 11/09/2012", "complete", ""),
        ("Complete (Jan 12)", "complete", ""),
        ("Complete (subject to sign-off)", "in-progress", ""),
        ("Complete (80%)", "in-progress", ""),
        ("Complete 31/12/2030", "in-progress", ""),
        ("Sent to schools. COMPLETED in June.", "complete", ""),
        ("100%", "in-progress", ""),
        ("100% complete", "complete", ""),
        ("Completed - awaiting evidence", "in-progress", ""),
        ("Complete (in part)", "in-progress", ""),
        ("Done?", "in-progress", ""),
        ("Held: follows the inspection", "on-hold", ""),
        ("On track: a draft exists", "in-progress", "green"),
        ("At risk - no lead", "in-progress", "amber"),
        ("Awaiting sign-off: by the board", "awaiting-sign-off", ""),
        ("Held: follows 1 & 2", "on-hold", ""),
        ("Not started", "not-started", ""),
        ("Withdrawn", "withdrawn", ""),
        ("Ongoing", "in-progress", ""),
        ("Will be completed following (1)", "in-progress", ""),
        ("Completion expected in May", "in-progress", ""),
        ("Partly complete", "in-progress", ""),
        ("Partially completed: two of three", "in-progress", ""),
        ("To be completed by December", "in-progress", ""),
        ("Not complete: no data", "in-progress", ""),
        ("Complete by 30.12.12", "in-progress", ""),
        ("Completed: no", "in-progress", ""),
        ("Complete the audit by March", "in-progress", ""),
        ("NOT COMPLETED", "in-progress", ""),
        ("Agreed 12/01/12. Closed.", "complete", ""),
        ("Letters sent to families.\nNot started", "not-started", ""),
        ("Signed off at the board on 12 March", "complete", ""),
        ("Signed off by the director", "complete", ""),
        ("Signed off by 12 March", "in-progress", ""),
        ("Signed off at the board subject to costs", "in-progress", ""),
        ("Signed off on 12/03/2030", "in-progress", ""),
        ("Held", "complete", ""),
        ("Held on 12 March", "complete", ""),
        ("Held up by the printers", "on-hold", ""),
        ("✔", "complete", ""),
        ("4 - complete", "complete", ""),
        ("3. On track", "in-progress", "green"),
        ("(2) started", "in-progress", ""),
        ("1 – not started", "not-started", ""),
        ("3 done, 2 to do", "in-progress", ""),
        ("Complete and closed", "complete", ""),
        ("Complete?", "in-progress", ""),
        ("100% of records were looked at", "in-progress", ""),
        ("0% of families replied", "in-progress", ""),
        ("Two workshops held", "in-progress", ""),
        ("Phase 1: complete. Phase 2: ongoing.", "in-progress", ""),
        ("On track. Completed.", "in-progress", "green"),
        ("Work will be COMPLETED in May", "in-progress", ""),
        ("80% complete", "in-progress", ""),
        ("A draft has been completed and is with legal", "in-progress", ""),
    ],
)
def test_stages_from_words(text, stage, rating):
    heard = Key(Known(on=ON)).words(text)

    assert (heard.stage, heard.rating) == (stage, rating)


@pytest.mark.parametrize(
    ("text", "heading", "stage", "rating"),
    [
        ("G", "RAG", "", "green"),
        ("Amber", "RAG", "", "amber"),
        ("R - Red", "RAG", "", "red"),
        ("Green - on track", "RAG", "in-progress", "green"),
        ("Green", "BRAG", "", "green"),
        ("A/G", "RAG", "", ""),
        ("Complete", "Status", "complete", ""),
        ("In progress", "Status", "in-progress", ""),
        ("Y", "Completed? (Y/N)", "complete", ""),
        ("N", "Completed? (Y/N)", "in-progress", ""),
        ("C", "Status", "complete", ""),
        ("B", "RAG", "complete", "blue"),
        ("2", "Status (1 – not started, 2 – started, 3 – done)", "in-progress", ""),
        ("3", "Status (1 – not started, 2 – started, 3 – done)", "complete", ""),
        ("1", "Status (1 not started, 2 started, 3 done)", "not-started", ""),
        ("G", "RAG R=Not started A=Started G=Complete", "complete", "green"),
        ("4 - complete", "Status", "complete", ""),
        ("3. On track", "Status", "in-progress", "green"),
        ("(2) started", "Status", "in-progress", ""),
        ("5 = embedded", "Status", "complete", ""),
        ("B – complete", "BRAG", "complete", "blue"),
        ("Done", "Status", "complete", ""),
        ("Done?", "Status", "", ""),
        ("On target", "Status", "in-progress", "green"),
        ("Slipped", "Status", "in-progress", ""),
        ("75%", "% complete", "in-progress", ""),
        ("100%", "% complete", "complete", ""),
        ("✔", "Done", "complete", ""),
        ("✔", "Status", "complete", ""),
        ("x", "Done", "in-progress", ""),
        ("x", "Status", "", ""),
        ("1 – not started", "Status", "not-started", ""),
        ("4: Complete", "Status", "complete", ""),
        ("Complete - awaiting evidence", "Status", "in-progress", ""),
        ("Yes", "Closed?", "complete", ""),
        ("No", "Closed?", "in-progress", ""),
        ("Held", "Status", "on-hold", ""),
        ("BRAG: B", "Status", "", "blue"),
        ("Business as usual", "Status", "", ""),
        ("-", "Status", "", ""),
    ],
)
def test_status_columns(text, heading, stage, rating):
    heard = Key.of(Known(on=ON), ["Key: C = complete; P = in progress; B = complete and embedded"]).column(
        text, heading
    )

    assert (heard.stage, heard.rating) == (stage, rating)


@pytest.mark.parametrize("text", ["x", "Complete (in part)"])
def test_what_may_mean_complete_or_not_is_looked_at(text):
    assert Key(Known(on=ON)).column(text, "Complete?").sure == UNSURE


def test_a_share_is_of_what_is_done_only_where_something_says_so():
    key = Key(Known(on=ON))

    assert (key.words("100%").stage, key.words("100%").sure) == ("in-progress", UNSURE)
    assert (key.words("100%", "% complete").stage, key.words("100%", "% complete").sure) == (
        "complete",
        LIKELY,
    )


def test_a_tick_that_the_key_explains_is_what_the_key_says():
    heard = Key.of(Known(on=ON), ["Key: ✔ = in progress; ✗ = not started"]).column("✔", "Done")

    assert heard.stage == "in-progress"


@pytest.mark.parametrize(
    ("colour", "hue"),
    [
        ("#ff0000", "red"),
        ("#c00000", "red"),
        ("#ffc000", "amber"),
        ("#ed7d31", "amber"),
        ("#ffff00", "yellow"),
        ("#00b050", "green"),
        ("#92d050", "green"),
        ("#0070c0", "blue"),
        ("#bfbfbf", "grey"),
        ("#ffffff", ""),
        ("", ""),
    ],
)
def test_colours(colour, hue):
    assert hue_of(colour) == hue


def stands(headings, *rows, before=(), tables=(), after=()):
    """What is understood of how each action stands: its stage and rating, its words, how sure, and how."""
    head = ("Recommendation", "Action", "Lead", "Due date", *headings)
    whole = [
        (f"Improve thing {at}", f"Do thing {at}", "PSW", f"{at}/2/2013", *row)
        for at, row in enumerate(rows, 1)
    ]
    plan = read(*tables, table(head, *whole, before=before), after=after)
    return [
        [
            (f"{one.value.stage} {one.value.rating}".strip(), one.value.narrative, one.sure, one.how)
            for one in action.standings
        ]
        for each in plan.recommendations
        for action in each.actions
    ], [(one.text, one.why) for one in plan.unplaced]


def test_blue_with_nothing_beside_it_is_proposed_as_complete_and_asked_about():
    usual = "Blue usually means complete; nothing else says so"

    found, _ = stands(("Progress", "BRAG"), ("Leaflet printed", "B"), ("", "Blue"), ("", BLUE))

    assert found == [
        [("complete blue", "Leaflet printed", UNSURE, usual)],
        [("complete blue", "", UNSURE, usual)],
        [("complete blue", "", UNSURE, f"{usual}; By the colour of its cell")],
    ]


def test_blue_with_words_that_say_so_is_sure_and_with_others_is_asked_about():
    found, _ = stands(("Progress", "BRAG"), ("Completed", "B"), ("Not started", "B"), ("On track", "Blue"))

    assert [one[0][0::2] for one in found] == [
        ("complete blue", CERTAIN),
        ("not-started blue", UNSURE),
        ("in-progress blue", UNSURE),
    ]
    assert found[1][0][3] == "The words say not started, and blue usually means complete"


@pytest.mark.parametrize(
    "where",
    [
        {
            "before": (
                "The board meets monthly. BRAG: B = complete and embedded, R = off track, G = on track.",
            )
        },
        {"after": ("Blue: Completed", "Green: On track")},
        {"tables": (table(("Colour", "Meaning"), ("Blue", "Completed"), ("Green", "On track")),)},
        {"tables": (table((BLUE, "Completed"), (GREEN, "On track")),)},
        {"tables": (table(("B", "Blue", "Completed"), ("G", "Green", "On track")),)},
        {
            "tables": (
                table(
                    (Cell("Completed", colour="#0070c0"), Cell("On track", colour="#00b050")),
                ),
            )
        },
    ],
)
def test_a_key_of_the_document_explains_letters_words_and_colours(where):
    found, _ = stands(("Progress", "BRAG"), ("Leaflet printed", "B"), ("", "Blue"), ("", BLUE), **where)

    assert [one[0][0::2] for one in found] == [("complete blue", LIKELY)] * 3


def test_words_weigh_more_than_what_a_rating_stands_for():
    found, _ = stands(
        ("Progress", "RAG"),
        ("Not started", "A"),
        ("Drafted with schools", "A"),
        ("Completed", "A"),
        before=("Key: A = started, some slippage; G = on track; B = complete",),
    )

    assert [one[0][0::2] for one in found] == [
        ("not-started amber", LIKELY),
        ("in-progress amber", LIKELY),
        ("complete amber", UNSURE),
    ]


def test_a_status_that_is_not_understood_is_asked_about_by_its_words():
    found, unplaced = stands(
        ("Status", "Comment"),
        ("7", "Two posts filled"),
        ("7", ""),
        ("Business as usual", ""),
        ("7", "Completed"),
    )

    assert found == [
        [
            (
                "in-progress",
                "Two posts filled",
                UNSURE,
                "The status “7” was not understood; taken as in progress, by its words",
            )
        ],
        [
            (
                "not-started",
                "",
                UNSURE,
                "The status “7” was not understood; nothing else is said; taken as not started",
            )
        ],
        [
            (
                "in-progress",
                "Business as usual",
                UNSURE,
                "The status “Business as usual” was not understood; taken as in progress",
            )
        ],
        [
            (
                "complete",
                "Completed",
                UNSURE,
                "The status “7” was not understood; taken as complete, by its words",
            )
        ],
    ]
    assert unplaced == [("7", "The status was not understood")] * 3


def test_a_rating_alone_makes_no_words_and_its_stage_is_asked_about():
    found, _ = stands(("Progress", "RAG"), ("", "R"), ("", ""))

    assert found == [
        [("in-progress red", "", UNSURE, "It has a rating and no status; taken as in progress")],
        [],
    ]


def test_a_key_in_the_heading_of_the_column():
    found, unplaced = stands(
        ("Status (1 – not started, 2 – started, 3 – done)", "Comments"),
        ("1", "No bids yet"),
        ("3", ""),
        ("2", ""),
    )

    assert [one[0][0::2] for one in found] == [
        ("not-started", LIKELY),
        ("complete", LIKELY),
        ("in-progress", LIKELY),
    ]
    assert unplaced == []


def test_closed_yes_or_no_beside_words():
    found, _ = stands(
        ("Update", "Complete?"), ("Opened", "Yes"), ("Not started", "No"), ("Completed", "No"), ("", "No")
    )

    assert [one[0][0::2] for one in found] == [
        ("complete", LIKELY),
        ("not-started", LIKELY),
        ("complete", UNSURE),
        ("in-progress", LIKELY),
    ]


@pytest.mark.parametrize(
    ("headings", "order"),
    [
        (("Q1", "Q2", "Q3"), "abc"),
        (("Progress Q3", "Progress Q2", "Progress Q1"), "cba"),
        (("Q3 update", "Q4 update", "Q1 update"), "abc"),
        (("November update", "December update", "January update"), "abc"),
        (("Update 3", "Update 2", "Update 1"), "cba"),
        (("Progress June 2012", "Progress May 2012", "Progress July 2012"), "bac"),
        (("Latest update", "Progress", "Previous update"), "cba"),
    ],
)
def test_several_columns_of_progress_are_earlier_updates_in_the_order_of_their_headings(headings, order):
    lines = (
        (("Recommendation", "Action", "Lead", "Due date", "Progress", LEFT, LEFT), (ABOVE,) * 4 + headings)
        if headings[0] == "Q1"
        else (("Recommendation", "Action", "Lead", "Due date", *headings),)
    )

    plan = read(
        table(*lines, ("Improve plans", "Write a guide", "PSW", "1/2/2013", "a draft", "booked", "chosen"))
    )

    standings = plan.recommendations[0].actions[0].standings
    assert "".join(one.value.narrative[0] for one in standings) == order
    assert UNSURE not in [one.sure for one in standings]


def test_columns_of_progress_without_an_order_are_all_kept_and_asked_about():
    found, _ = stands(("Progress", "Position"), ("Completed", "See the shared folder"))

    assert [(one[0], one[1], one[2]) for one in found[0]] == [
        ("in-progress", "See the shared folder", LIKELY),
        ("complete", "Completed", UNSURE),
    ]


def test_a_dash_is_no_update():
    found, _ = stands(("Progress",), ("-",), ("n/a",), ("Drafted",))

    assert [len(each) for each in found] == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("On hold until the new lead starts", "on-hold"),
        ("Paused while the budget is set", "on-hold"),
        ("AWAITING SIGN OFF by the finance officer", "awaiting-sign-off"),
        ("Not proceeding", "withdrawn"),
        ("Superseded by 2.1", "withdrawn"),
        ("Has not started", "not-started"),
        ("No progress to date", "not-started"),
        ("Closed to new cases", "in-progress"),
        ("Removed barriers for families", "in-progress"),
    ],
)
def test_a_status_that_runs_on_into_its_sentence(text, stage):
    assert Key(Known()).words(text).stage == stage


def test_a_column_for_each_stage_with_a_tick_in_one():
    found, _ = stands(("Done", "Under way", "Not started"), ("✓", "", ""), ("", "✓", ""), ("", "", "✓"))

    assert [each[0][0] for each in found] == ["complete", "in-progress", "not-started"]


def test_a_key_below_the_table_a_row_for_each_letter():
    key = ("KEY", "B - Completed", "G - On target", "R - Serious delay or not begun")
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "Due date", "RAG"),
            ("Improve thing", "Do it", "PSW", "1/2/2013", "B"),
            *((line, "", "", "", "") for line in key),
        )
    )

    standing = plan.recommendations[0].actions[0].standings[0]
    assert (standing.value.stage, standing.sure) == ("complete", Sureness.LIKELY)
    assert len(plan.recommendations) == 1


def test_of_a_note_and_an_update_the_update_says_how_it_stands():
    found, _ = stands(("Progress", "Notes"), ("Completed: sent to all", "Seen by the group"))

    assert [one[:3] for one in found[0]] == [
        ("in-progress", "Seen by the group", LIKELY),
        ("complete", "Completed: sent to all", CERTAIN),
    ]
