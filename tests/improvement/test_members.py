"""A council's members: the list, its CSV, letting somebody in, another role, the end of a membership."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Change, Council, Holding, LeadOfficer, Membership, Plan, Role, User
from tests.cast import Cast
from tests.factories import MembershipFactory
from tests.pages import heading, links, text
from tests.recommendations.views.doors import (
    assert_methods,
    assert_only_for_keepers,
    assert_signed_out,
)

LIST, ADD, CSV = "/harrow/members/", "/harrow/members/add/", "/harrow/members.csv"
SENT = {"email": "New.Person@NHS.example", "name": "New Person", "role": "lead_officer"}


def page_of(user: User) -> str:
    return f"{LIST}{Membership.objects.get(user=user, council__slug='harrow').pk}/"


def post(abbreviation: str) -> LeadOfficer:
    return LeadOfficer.objects.get(council__slug="harrow", abbreviation=abbreviation)


def held_by(user: User) -> list[str]:
    posts = LeadOfficer.objects.filter(council__slug="harrow").held_by(
        user, on=Council.objects.get(slug="harrow").stands_at
    )
    return [one.abbreviation for one in posts]


# The list


def test_the_list_says_who_may_do_what(as_plan_administrator: Client, cast: Cast) -> None:
    response = as_plan_administrator.get(LIST)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "5 members")
    assert f"{cast.lead_officer.email} {cast.lead_officer.name} Lead officer No SM QA Change" in words
    assert f"{cast.scrutiny_officer.email} {cast.scrutiny_officer.name} Scrutiny officer Yes Change" in words
    assert cast.northmoor_administrator.email not in words
    assert LIST in links(as_plan_administrator.get("/harrow/"))


def test_it_is_narrowed_and_sorted(as_plan_administrator: Client, cast: Cast) -> None:
    narrowed = as_plan_administrator.get(f"{LIST}?role=reader")
    found = as_plan_administrator.get(f"{LIST}?words=SCRUTINY")
    turned = as_plan_administrator.get(f"{LIST}?sort=-email")
    none = as_plan_administrator.get(f"{LIST}?words=nobody")

    assert [row.membership.user for row in narrowed.context["rows"]] == [cast.reader]
    assert (heading(narrowed), "Role: Reader" in text(narrowed)) == ("1 member found", True)
    assert [row.membership.user for row in found.context["rows"]] == [cast.scrutiny_officer]
    emails = [row.membership.user.email for row in turned.context["rows"]]
    assert emails == sorted(emails, reverse=True)
    assert "No member fits" in text(none)


def test_a_page_of_the_list_has_one_size(as_plan_administrator: Client, harrow: Plan) -> None:
    for _ in range(50):
        MembershipFactory(council=harrow.council)

    first, second = (as_plan_administrator.get(f"{LIST}?per_page=1000&page={page}") for page in (1, 2))

    assert [len(page.context["rows"]) for page in (first, second)] == [50, 5]


def test_more_members_cost_no_more_queries(as_plan_administrator: Client, harrow: Plan) -> None:
    """Case 95."""
    with CaptureQueriesContext(connection) as few:
        as_plan_administrator.get(LIST)
    for _ in range(3):
        MembershipFactory(council=harrow.council)
    with CaptureQueriesContext(connection) as more:
        as_plan_administrator.get(LIST)

    assert len(more) == len(few)


def test_the_list_as_csv(as_plan_administrator: Client, cast: Cast) -> None:
    response = as_plan_administrator.get(f"{CSV}?role=lead_officer&columns=all")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        ["email", "name", "role", "reads_exempt", "posts", "organisation"],
        [cast.lead_officer.email, cast.lead_officer.name, "Lead officer", "no", "SM QA", "Harrow Council"],
    ]
    assert f"{CSV}?role=reader" in links(as_plan_administrator.get(f"{LIST}?role=reader"))
    assert as_plan_administrator.get(f"{CSV}?role=mayor").status_code == 400


# Letting somebody in


def test_somebody_is_let_in(as_plan_administrator: Client, cast: Cast) -> None:
    response = as_plan_administrator.post(ADD, {**SENT, "posts": [post("Des Nurse").pk]})

    added = Membership.objects.select_related("user").get(user__email="new.person@nhs.example")
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert (added.council.slug, added.role, added.user.name) == ("harrow", "lead_officer", "New Person")
    assert held_by(added.user) == ["Des Nurse"]
    assert [(change.verb, change.by) for change in Change.objects.all()] == [
        ("add_member", cast.plan_administrator)
    ]
    assert "new.person@nhs.example is in, as lead officer." in text(as_plan_administrator.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": ""}, "Give their e-mail address."),
        ({"email": "somebody"}, "Enter a valid email address."),
        ({"role": ""}, "Choose what they may do."),
        ({"role": "mayor"}, "Select a valid choice."),
        ({"posts": ["1000000"]}, "Select a valid choice."),
        ({"email": "READER@cast.example"}, "READER@cast.example is a member of Harrow Council already."),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, wrong: dict[str, object], words: str
) -> None:
    response = as_plan_administrator.post(ADD, {**SENT, **wrong})

    assert response.status_code == 422
    assert words in text(response)
    assert "New Person" in response.content.decode()
    assert Change.objects.count() == 0


def test_a_post_of_another_council_is_no_choice(as_plan_administrator: Client, northmoor: Plan) -> None:
    theirs = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")

    assert as_plan_administrator.post(ADD, {**SENT, "posts": [theirs.pk]}).status_code == 422


# Another role


def test_a_member_gets_another_role_and_other_posts(as_plan_administrator: Client, cast: Cast) -> None:
    page = page_of(cast.lead_officer)
    form = as_plan_administrator.get(page).context["form"]
    sent = {"role": "reader", "posts": [post("Des Nurse").pk], "version": form["version"].value()}

    response = as_plan_administrator.post(page, sent)

    change = Change.objects.get()
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert Membership.objects.get(user=cast.lead_officer).role == Role.READER
    assert held_by(cast.lead_officer) == ["Des Nurse"]
    assert (change.verb, change.before, change.after) == (
        "change_member",
        {"role": "lead_officer", "posts": ["SM QA"]},
        {"role": "reader", "posts": ["Des Nurse"]},
    )


def test_a_post_that_was_given_up_is_given_again(as_plan_administrator: Client, cast: Cast) -> None:
    page, theirs = page_of(cast.lead_officer), post("SM QA").pk
    without = {"role": "lead_officer", "version": "0"}
    again = {"role": "lead_officer", "posts": [theirs], "version": "1"}
    off = {"role": "lead_officer", "version": "2"}

    statuses = [as_plan_administrator.post(page, sent).status_code for sent in (without, again)]
    held = held_by(cast.lead_officer)
    as_plan_administrator.post(page, off)

    assert (statuses, held) == ([302, 302], ["SM QA"])
    assert held_by(cast.lead_officer) == []


def test_nothing_changed_is_no_change(as_plan_administrator: Client, cast: Cast) -> None:
    sent = {"role": "lead_officer", "posts": [post("SM QA").pk], "version": "0"}

    assert as_plan_administrator.post(page_of(cast.lead_officer), sent).status_code == 302
    assert Change.objects.count() == 0


def test_the_second_of_two_is_told(as_plan_administrator: Client, cast: Cast) -> None:
    page = page_of(cast.reader)
    as_plan_administrator.post(page, {"role": "board_member", "version": "0"})

    late = as_plan_administrator.post(page, {"role": "scrutiny_officer", "version": "0"})

    assert (late.status_code, late.context["form"]["version"].value()) == (409, "1")
    assert "Somebody else changed this membership" in text(late)
    assert late.context["form"]["role"].value() == "scrutiny_officer"
    assert Membership.objects.get(user=cast.reader).role == Role.BOARD_MEMBER


def test_an_unknown_role_is_refused(as_plan_administrator: Client, cast: Cast) -> None:
    response = as_plan_administrator.post(page_of(cast.reader), {"role": "mayor", "version": "0"})

    assert response.status_code == 422


# The end


def test_a_membership_ends_at_once(
    as_plan_administrator: Client, as_lead_officer: Client, cast: Cast, harrow: Plan
) -> None:
    page = f"{page_of(cast.lead_officer)}end/"
    asked = as_plan_administrator.get(page)

    response = as_plan_administrator.post(page)

    assert "no longer hold SM QA" in text(asked)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert not Membership.objects.filter(user=cast.lead_officer).exists()
    assert held_by(cast.lead_officer) == []
    assert as_lead_officer.get("/harrow/").status_code == 404
    change = Change.objects.get()
    assert (change.verb, change.before, change.after) == (
        "end_member",
        {"user": cast.lead_officer.pk, "role": "lead_officer", "posts": ["SM QA"]},
        {},
    )
    assert as_plan_administrator.get(page).status_code == 404


def test_somebody_comes_back(as_plan_administrator: Client, cast: Cast) -> None:
    as_plan_administrator.post(f"{page_of(cast.lead_officer)}end/")

    sent = {"email": cast.lead_officer.email, "role": "lead_officer", "posts": [post("SM QA").pk]}
    response = as_plan_administrator.post(ADD, sent)

    assert response.status_code == 302
    assert held_by(cast.lead_officer) == ["SM QA"]


def test_posts_in_another_council_stay(as_plan_administrator: Client, cast: Cast, northmoor: Plan) -> None:
    theirs = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")
    Holding.objects.create(lead_officer=theirs, user=cast.lead_officer)

    as_plan_administrator.post(f"{page_of(cast.lead_officer)}end/")

    assert Holding.objects.filter(lead_officer=theirs, until_on=None).count() == 1


def test_the_last_administrator_stays(as_plan_administrator: Client, cast: Cast) -> None:
    page = page_of(cast.plan_administrator)

    changed = as_plan_administrator.post(page, {"role": "reader", "version": "0"})
    as_plan_administrator.post(f"{page}end/")

    last = "This is the council’s last plan administrator. Make somebody else one first."
    assert (changed.status_code, last in text(changed)) == (422, True)
    assert last in text(as_plan_administrator.get(LIST))
    assert Membership.objects.get(user=cast.plan_administrator).role == Role.PLAN_ADMINISTRATOR
    assert Change.objects.count() == 0


def test_somebody_whose_account_is_closed_is_no_other_administrator(
    as_plan_administrator: Client, cast: Cast
) -> None:
    Membership.objects.filter(user=cast.reader).update(role=Role.PLAN_ADMINISTRATOR)
    User.objects.filter(pk=cast.reader.pk).update(is_active=False)

    as_plan_administrator.post(f"{page_of(cast.plan_administrator)}end/")

    assert Membership.objects.filter(user=cast.plan_administrator).exists()


def test_one_of_two_administrators_may_go(as_plan_administrator: Client, cast: Cast) -> None:
    Membership.objects.filter(user=cast.reader).update(role=Role.PLAN_ADMINISTRATOR)

    response = as_plan_administrator.post(f"{page_of(cast.plan_administrator)}end/")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert not Membership.objects.filter(user=cast.plan_administrator).exists()


# The doors


def test_who_may(request: pytest.FixtureRequest, signed_out: Client, cast: Cast) -> None:
    theirs = page_of(cast.reader)

    for page in (ADD, theirs, f"{theirs}end/"):
        assert_only_for_keepers(request, page)
        assert_signed_out(signed_out, page)
        assert_methods(request.getfixturevalue("as_plan_administrator"), page, "GET, HEAD, POST")
    for page in (LIST, CSV):
        assert request.getfixturevalue("as_reader").get(page).status_code == 403
        assert request.getfixturevalue("as_northmoor_administrator").get(page).status_code == 404
        assert_signed_out(signed_out, page)
        assert_methods(request.getfixturevalue("as_plan_administrator"), page, "GET, HEAD")


def test_another_councils_member_is_a_404(as_plan_administrator: Client, cast: Cast, northmoor: Plan) -> None:
    theirs = Membership.objects.get(user=cast.northmoor_administrator)

    for page in (f"{LIST}{theirs.pk}/", f"{LIST}{theirs.pk}/end/"):
        assert as_plan_administrator.get(page).status_code == 404
        assert as_plan_administrator.post(page).status_code == 404
    assert Change.objects.count() == 0


def test_there_are_no_members_of_another_day(as_plan_administrator: Client) -> None:
    for page in (LIST, ADD, CSV):
        assert as_plan_administrator.get(f"{page}?on=2012-11-01").status_code == 403
