"""References and numbers where none, or the same twice, are printed."""

from recommendations.intake.known import Known
from recommendations.intake.mending import mended
from tests.recommendations.intake.sources import ON, read, table


def test_a_second_recommendation_of_the_same_reference_can_be_put_right() -> None:
    """It is never called as an action of the first is."""
    plan = read(
        table(
            ("Ref", "Recommendation", "No", "Action", "Lead", "Due date"),
            ("S1", "Improve one thing for children", "1", "Write the policy", "DCS", "31/03/2013"),
            (
                "S1",
                "Improve one thing for children",
                "2",
                "Train the staff of all teams",
                "DCS",
                "31/03/2013",
            ),
            ("S2", "Improve another for their carers", "1", "Do something in between", "DCS", "31/03/2013"),
            ("S1", "Improve quite another thing", "1", "Audit the files", "DCS", "31/03/2013"),
        )
    )

    after = mended(plan, [("S1-2/reference", "S3")], Known(on=ON))

    assert [each.reference.value for each in plan.recommendations] == ["S1", "S2", "S1-2"]
    assert [each.reference.value for each in after.recommendations] == ["S1", "S2", "S3"]
