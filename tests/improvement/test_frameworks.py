"""The frameworks that come with Waymark, against a table written out here."""

from datetime import date

import pytest
from django.db import models

from improvement.models import Area, Duty, Framework, Grade, Judgement

WORST = ("Outstanding", "Good", "Adequate", "Inadequate")
REQUIRES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
TO_BE_GOOD = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
HELP = "The experiences and progress of children who need help and protection"
IN_CARE = "The experiences and progress of children in care"
CARE_LEAVERS = "The experiences and progress of care leavers"
LEADERS = "The impact of leaders on social work practice with children and families"
PUBLISH = ("Publish the inspection report", 30, "working-days", "received")
STATEMENT = (
    "Publish a written statement of the action to be taken and by when",
    70,
    "working-days",
    "received",
)
REPORT = ("Report progress to the department", None, "working-days", "intervention")

# slug: (from, until, {scale: grades}, areas, duties)
TABLE = {
    "joint-area-review-2005": (
        date(2005, 9, 1),
        date(2008, 12, 31),
        {"grades": ("4: Outstanding", "3: Good", "2: Adequate", "1: Inadequate")},
        (
            "Outcomes: Being healthy",
            "Outcomes: Staying safe",
            "Outcomes: Enjoying and achieving",
            "Outcomes: Making a positive contribution",
            "Outcomes: Achieving economic well-being",
            "Areas investigated from April 2007: Safeguarding",
            "Areas investigated from April 2007: Looked after children",
            "Areas investigated from April 2007: Children with learning difficulties and/or disabilities",
            "Service management",
            "Capacity to improve",
        ),
        (
            (
                "Send the report to partners and make it available to the public",
                30,
                "working-days",
                "received",
            ),
        ),
    ),
    "jar-progress-review-2009": (
        date(2009, 6, 1),
        date(2010, 3, 31),
        {"progress": ("Good", "Satisfactory", "Limited"), "capacity": ("Good", "Satisfactory", "Limited")},
        (
            "Progress overall",
            "Capacity to improve",
            "Referral, assessment, protection and planning for children in need",
            "Development of preventative strategies",
            "Support, supervision and performance management of social workers and other front line staff",
            "Partnership working and capacity for further improvement",
        ),
        (),
    ),
    "safeguarding-and-looked-after-2009": (
        date(2009, 6, 1),
        date(2012, 7, 31),
        {"grades": WORST},
        (
            "Safeguarding services: Overall effectiveness",
            "Safeguarding services: Capacity for improvement",
            "Safeguarding services: Children and young people are safe and feel safe",
            "Safeguarding services: Quality of provision",
            "Safeguarding services: The contribution of health agencies to keeping children and young people safe",
            "Safeguarding services: Ambition and prioritisation",
            "Safeguarding services: Leadership and management",
            "Safeguarding services: Performance management and quality assurance",
            "Safeguarding services: Partnership working",
            "Safeguarding services: Equality and diversity",
            "Services for looked after children: Overall effectiveness",
            "Services for looked after children: Capacity for improvement",
            "Services for looked after children: Being healthy",
            "Services for looked after children: Staying safe",
            "Services for looked after children: Enjoying and achieving",
            "Services for looked after children: Making a positive contribution, including user engagement",
            "Services for looked after children: Economic well-being",
            "Services for looked after children: Quality of provision",
            "Services for looked after children: Ambition and prioritisation",
            "Services for looked after children: Leadership and management",
            "Services for looked after children: Performance management and quality assurance",
            "Services for looked after children: Equality and diversity",
        ),
        (PUBLISH, STATEMENT, REPORT),
    ),
    "protection-of-children-2012": (
        date(2012, 5, 1),
        date(2013, 10, 31),
        {"grades": WORST},
        (
            "Overall effectiveness",
            "The effectiveness of the help and protection provided to children, young people, families and carers",
            "The quality of practice",
            "Leadership and governance",
        ),
        (PUBLISH, STATEMENT, REPORT),
    ),
    "sif-2013": (
        date(2013, 11, 1),
        date(2017, 12, 31),
        {"grades": REQUIRES},
        (
            "Overall effectiveness",
            HELP,
            "The experiences and progress of children looked after and achieving permanence",
            "Adoption performance",
            CARE_LEAVERS,
            "Leadership, management and governance",
            "Local Safeguarding Children Board: The effectiveness of the Local Safeguarding Children Board",
        ),
        (
            PUBLISH,
            STATEMENT,
            ("Publish the report on the Local Safeguarding Children Board", 30, "working-days", "received"),
            REPORT,
        ),
    ),
    "ilacs-2018": (
        date(2018, 1, 1),
        date(2022, 12, 31),
        {"grades": TO_BE_GOOD},
        ("Overall effectiveness", HELP, f"{IN_CARE} and care leavers", LEADERS),
        (PUBLISH, STATEMENT, REPORT),
    ),
    "ilacs-2023": (
        date(2023, 1, 1),
        date(2026, 3, 31),
        {"grades": TO_BE_GOOD},
        ("Overall effectiveness", HELP, IN_CARE, CARE_LEAVERS, LEADERS),
        (PUBLISH, STATEMENT, REPORT),
    ),
    "ilacs-2026": (
        date(2026, 4, 1),
        None,
        {"grades": TO_BE_GOOD},
        (HELP, IN_CARE, CARE_LEAVERS, LEADERS),
        (PUBLISH, STATEMENT, REPORT),
    ),
    "focused-visit": (
        date(2018, 1, 1),
        None,
        {},
        ("What the visit looked at",),
        (
            ("Share an early draft of the action plan with Ofsted", 20, "working-days", "received"),
            ("Submit the final action plan", 70, "working-days", "received"),
        ),
    ),
    "monitoring-visit": (date(2016, 1, 1), None, {}, ("Progress since the inspection",), (REPORT,)),
    "jtai": (
        date(2015, 11, 9),
        None,
        {},
        ("How well agencies work together",),
        (("Make a written statement of proposed action", 70, "working-days", "received"),),
    ),
    "area-send-2023": (
        date(2023, 1, 1),
        None,
        {
            "outcomes": (
                (
                    "Arrangements typically lead to positive experiences and outcomes for children and young people "
                    "with SEND"
                ),
                "Arrangements lead to inconsistent experiences and outcomes for children and young people with SEND",
                (
                    "Widespread and/or systemic failings lead to significant concerns about the experiences and outcomes "
                    "of children and young people with SEND"
                ),
            )
        },
        ("Experiences and outcomes of children and young people with SEND",),
        (),
    ),
    "cqc-local-authority-2023": (
        date(2023, 4, 1),
        None,
        {
            "grades": REQUIRES,
            "scores": (
                "4: Evidence shows an exceptional standard",
                "3: Evidence shows a good standard",
                "2: Evidence shows some shortfalls",
                "1: Evidence shows significant shortfalls",
            ),
        },
        (
            "Overall rating",
            "Working with people: Assessing needs",
            "Working with people: Supporting people to live healthier lives",
            "Working with people: Equity in experience and outcomes",
            "Providing support: Care provision, integration and continuity",
            "Providing support: Partnerships and communities",
            "How the local authority ensures safety within the system: Safe systems, pathways and transitions",
            "How the local authority ensures safety within the system: Safeguarding",
            "Leadership: Governance, management and sustainability",
            "Leadership: Learning, improvement and innovation",
        ),
        (),
    ),
    "hmip-youth-2018": (
        date(2018, 4, 1),
        date(2024, 12, 31),
        {"grades": REQUIRES},
        (
            "Overall rating",
            "Organisational delivery: Governance and leadership",
            "Organisational delivery: Staff",
            "Organisational delivery: Partnerships and services",
            "Organisational delivery: Information and facilities",
            "Court disposals: Assessment",
            "Court disposals: Planning",
            "Court disposals: Implementation and delivery",
            "Court disposals: Reviewing",
            "Out-of-court disposals: Assessment",
            "Out-of-court disposals: Planning",
            "Out-of-court disposals: Implementation and delivery",
            "Out-of-court disposals: Joint working",
            "Out-of-court disposals: Out-of-court disposal policy and provision",
            "Resettlement: Resettlement policy and provision",
        ),
        (),
    ),
    "hmip-youth-2025": (
        date(2025, 1, 1),
        None,
        {"grades": REQUIRES},
        ("Overall rating", "Work with children", "Work with victims"),
        (),
    ),
}
KINDS = {
    "joint-inspection": {"joint-area-review-2005", "jtai", "area-send-2023"},
    "progress-review": {"jar-progress-review-2009"},
    "visit": {"focused-visit", "monitoring-visit"},
    "assessment": {"cqc-local-authority-2023"},
}


def test_every_framework_is_in_the_table(councils: None) -> None:
    assert sorted(Framework.objects.values_list("slug", flat=True)) == sorted(TABLE)


@pytest.mark.parametrize("slug", TABLE)
def test_each_is_what_the_table_says(councils: None, slug: str) -> None:
    framework = Framework.objects.with_everything().get(slug=slug)

    scales = {name: tuple(grade.name for grade in grades) for name, grades in framework.scales}
    areas = tuple(str(area) for area in framework.areas.all())
    duties = tuple((duty.name, duty.amount, duty.unit, duty.counted_from) for duty in framework.duties.all())
    assert (framework.from_on, framework.until_on, scales, areas, duties) == TABLE[slug]


@pytest.mark.parametrize("slug", TABLE)
def test_each_says_what_sort_of_look_it_is(councils: None, slug: str) -> None:
    expected = next((kind for kind, slugs in KINDS.items() if slug in slugs), "inspection")

    assert Framework.objects.get(slug=slug).kind == expected


def test_adoption_and_care_leavers_are_parts_of_looked_after(councils: None) -> None:
    parts = Area.objects.filter(part_of__isnull=False).values_list("framework__slug", "slug", "part_of__slug")

    assert sorted(parts) == [
        ("sif-2013", "adoption", "looked-after-and-permanence"),
        ("sif-2013", "care-leavers", "looked-after-and-permanence"),
    ]


def test_every_regulation_is_named(councils: None) -> None:
    sources = dict(
        Duty.objects.filter(framework__slug="safeguarding-and-looked-after-2009").values_list(
            "slug", "source"
        )
    )

    assert sources["publish-report"].endswith("(SI 2007/462), regulation 2")
    assert sources["written-statement"].endswith("(SI 2007/462), regulation 3")
    assert not Duty.objects.filter(source="").exists()


def test_scales_and_areas_fit_each_other(councils: None) -> None:
    for area in Area.objects.select_related("part_of"):
        grades = Grade.objects.filter(framework=area.framework_id, scale=area.scale).count()
        assert (grades > 0) == bool(area.scale), area
        assert area.part_of is None or area.part_of.framework_id == area.framework_id
    for judgement in Judgement.objects.select_related("area", "grade", "inspection"):
        assert judgement.area.framework_id == judgement.inspection.framework_id
        assert (judgement.grade.framework_id, judgement.grade.scale) == (
            judgement.area.framework_id,
            judgement.area.scale,
        )


@pytest.mark.parametrize("model", [Framework, Area, Grade, Duty])
def test_every_row_is_valid_in_every_field(councils: None, model: type[models.Model]) -> None:
    """SQLite keeps no limit on a text's length; PostgreSQL does."""
    for row in model._default_manager.all():
        row.full_clean()
