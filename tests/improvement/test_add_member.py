"""manage.py add_member."""

import pytest
from django.core.management import CommandError, call_command

from improvement.models import Change, Holding, Membership, User
from tests.cast import Cast

WHO = "new@harrow.example"


def test_somebody_is_let_in(harrow: object, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(
        "add_member",
        WHO,
        council="harrow",
        role="lead_officer",
        name="New",
        organisation="nhs-harrow",
        post=["Des Nurse", "SM QA"],
    )

    membership = Membership.objects.get(user__email=WHO)
    assert capsys.readouterr().out == "new@harrow.example is in Harrow Council as lead officer.\n"
    assert (membership.council.slug, membership.role, membership.organisation.slug) == (
        "harrow",
        "lead_officer",
        "nhs-harrow",
    )
    assert sorted(h.lead_officer.abbreviation for h in Holding.objects.filter(user__email=WHO)) == [
        "Des Nurse",
        "SM QA",
    ]
    assert [(change.verb, change.by) for change in Change.objects.all()] == [("add_member", None)]
    assert str(Change.objects.get().on) == "2012-11-14"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"council": "nowhere"}, "There is no council nowhere."),
        ({"council": "harrow", "organisation": "the-moon"}, "Harrow Council has no organisation the-moon."),
        ({"council": "harrow", "post": ["SM QA", "XX", "AA"]}, "Harrow Council has no post AA, XX."),
        ({"council": "northmoor", "post": ["Des Nurse"]}, "Northmoor Council has no post Des Nurse."),
        (
            {"council": "northmoor", "organisation": "nhs-harrow"},
            "Northmoor Council has no organisation nhs-harrow.",
        ),
    ],
)
def test_what_does_not_exist_is_named(harrow: object, options: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError) as failed:
        call_command("add_member", WHO, role="reader", **options)

    assert str(failed.value) == said
    assert not User.objects.filter(email=WHO).exists()


def test_twice_is_refused(harrow: object, cast: Cast) -> None:
    with pytest.raises(CommandError) as failed:
        call_command("add_member", cast.reader.email, council="harrow", role="reader")

    assert str(failed.value) == "reader@cast.example is a member of Harrow Council already."


def test_an_unknown_role_is_refused(harrow: object) -> None:
    with pytest.raises(CommandError, match="invalid choice: 'mayor'"):
        call_command("add_member", WHO, "--council", "harrow", "--role", "mayor")
