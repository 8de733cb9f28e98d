"""Who leads, as cells name them."""

import pytest

from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.intake.posts import Posts
from tests.recommendations.intake.sources import read, source, table

CERTAIN, LIKELY, UNSURE = Sureness.CERTAIN, Sureness.LIKELY, Sureness.UNSURE

KEY = table(
    ("Post", "Abbreviation"),
    ("Divisional Director Targeted Services", "DD TS"),
    ("Division Director Children With Disabilities", "DD CWD"),
    ("Service Manager Performance", "SM Perf."),
    ("Service Manager Placements", "SM Place."),
    ("Independent Chair LSCB", "LSCB Chr."),
    ("Deputy Borough Director, NHS Harrow", "NHSH (DBD)"),
    ("Designated Doctor (NHS Harrow)", "Des. Dr. (NHSH)"),
    ("Quality Assurance Manager", "QA Mgr."),
)


@pytest.mark.parametrize(
    ("cell", "posts", "sure"),
    [
        ("DD TS/ SM Place.", ("DD TS", "SM Place."), CERTAIN),
        ("DD TS, SM Place.", ("DD TS", "SM Place."), CERTAIN),
        ("DD TS\nSM Place.", ("DD TS", "SM Place."), CERTAIN),
        ("DD TS and SM Place.", ("DD TS", "SM Place."), CERTAIN),
        ("DD TS SM Place. QA MGR.", ("DD TS", "SM Place.", "QA Mgr."), CERTAIN),
        ("Divisional Director Targeted Services", ("DD TS",), CERTAIN),
        ("Deputy Borough Director, NHS Harrow", ("NHSH (DBD)",), CERTAIN),
        ("Des. Dr (NHSH)", ("Des. Dr. (NHSH)",), CERTAIN),
        ("LSCB Chair.", ("LSCB Chr.",), LIKELY),
        ("SM Per", ("SM Perf.",), LIKELY),
        ("DD DWD", ("DD DWD",), UNSURE),
        ("NHS (DBD)", ("NHS (DBD)",), UNSURE),
        ("Des. Dr. (NHS)", ("Des. Dr. (NHS)",), UNSURE),
        ("", (), LIKELY),
    ],
)
def test_posts_by_a_key(cell, posts, sure):
    said = Posts.of(source(KEY), [0], Known(), own=False).read(cell)

    assert (said.value, said.sure) == (posts, sure)


@pytest.mark.parametrize(
    ("cell", "posts"),
    [
        ("Head of Safeguarding and Quality", ("Head of Safeguarding and Quality",)),
        ("Head of Safeguarding and Service Manager", ("Head of Safeguarding", "Service Manager")),
        ("Director of Public Health, NHS Harrow", ("Director of Public Health, NHS Harrow",)),
        ("Head of Service / DCS", ("Head of Service", "DCS")),
        ("DCS & HoS CIN", ("DCS", "HoS CIN")),
        ("Head of\nCare", ("Head of Care",)),
    ],
)
def test_posts_without_a_key(cell, posts):
    assert Posts.of(source(), [], Known(), own=False).read(cell).value == posts


def test_posts_that_the_council_has_are_taken_by_title_or_abbreviation():
    posts = Posts.of(source(), [], Known(posts=(("DCS", "Director of Children's Services"),)), own=False)

    assert posts.read("Director of Children’s Services").value == ("DCS",)
    assert posts.read("D.C.S").value == ("D.C.S",)


@pytest.mark.parametrize(
    ("cell", "posts", "sure"),
    [
        ("TBC", (), UNSURE),
        ("to be appointed", (), UNSURE),
        ("–", (), UNSURE),
        ("All partners", (), UNSURE),
        ("DD TS / TBC", ("DD TS",), UNSURE),
        ("Head of Performance & BI", ("Head of Performance & BI",), UNSURE),
        ("Head of Early Help", ("Head of Early Help",), LIKELY),
        ("HEHS", ("HEHS",), UNSURE),
        ("Head of Service, Corporate Parenting", ("Head of Service, Corporate Parenting",), LIKELY),
        ("DCO, ICB", ("DCO, ICB",), UNSURE),
        ("DCO, SM Access", ("DCO, SM Access",), UNSURE),
        ("YJS Manager, SM Children in Care", ("YJS Manager, SM Children in Care",), UNSURE),
        ("N/A", (), UNSURE),
        ("Manager (support: ICB Lead)", ("Manager (support: ICB Lead)",), LIKELY),
        ("Lead: DD TS\nSupport: SM Place.", ("DD TS", "SM Place."), CERTAIN),
        ("DD TS, supported by SM Place.", ("DD TS", "SM Place."), CERTAIN),
    ],
)
def test_who_is_not_in_the_key(cell, posts, sure):
    said = Posts.of(source(KEY), [0], Known(), own=False).read(cell)

    assert (said.value, said.sure) == (posts, sure)


def test_a_title_with_no_room_as_an_abbreviation_is_called_by_its_first_words():
    posts = Posts.of(source(), [], Known(), own=False)

    first = posts.read("Clinical Lead for Speech and Language, Sallow Hospitals NHS Trust")
    again = posts.read("Clinical lead for speech and language, Sallow Hospitals NHS Trust")
    another = posts.read("Clinical Lead for Speech and Language, Farm Road Clinic")

    assert first.value == again.value == ("Clinical Lead for Speech and Language",)
    assert first.sure == LIKELY
    assert another.value == ("Clinical Lead for Speech and… (2)",)
    assert [post.title for post in posts.named()] == [
        "Clinical Lead for Speech and Language, Sallow Hospitals NHS Trust",
        "Clinical Lead for Speech and Language, Farm Road Clinic",
    ]


@pytest.mark.parametrize(
    ("in_waymark", "sure"),
    [
        ("Service Manager, Performance", CERTAIN),
        ("Service Manager for Performance and Data", CERTAIN),
        ("Student Mentor, Highfield School", UNSURE),
    ],
)
def test_a_key_and_waymark_may_mean_two_posts_by_one_abbreviation(in_waymark, sure):
    known = Known(posts=(("SM Perf.", in_waymark),))

    said = Posts.of(source(KEY), [0], known, own=False).read("SM Perf.")

    assert (said.value, said.sure) == (("SM Perf.",), sure)


def test_a_column_of_agencies_beside_the_posts_names_no_lead():
    plan = read(
        table(
            ("Recommendation", "Lead agency", "Lead", "Action", "By when"),
            ("See children sooner", "Police", "DCI PVP", "Attend every discussion", "30.4.2024"),
            ("See children sooner", "All", "Head of MASH", "Audit contacts each week", "31.5.2024"),
        )
    )

    assert [action.leads.value for action in plan.recommendations[0].actions] == [
        ("DCI PVP",),
        ("Head of MASH",),
    ]
    assert [each.text for each in plan.unplaced] == ["Police", "All"]


def test_who_leads_as_above():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when"),
            ("See children sooner", "Attend every discussion", "DCS", "30.4.2024"),
            ("See children sooner", "Audit contacts each week", "As above", "“"),
        )
    )

    first, second = plan.recommendations[0].actions
    assert (second.leads.value, second.leads.sure) == (("DCS",), LIKELY)
    assert second.due.value == first.due.value
