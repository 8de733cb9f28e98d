"""Owners from outside: who gives a link, what it opens, what is said by it, and how it ends."""

import re
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from boards.chasing import sending
from boards.models import Digest, OwnerLink, Sending
from boards.outside import posts_outside
from boards.workflow import owner_links
from improvement.models import Change, LeadOfficer, Plan
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow import LooksLikeChildRecord, UpdatedMeanwhile
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    LeadOfficerFactory,
    OrganisationFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)
from tests.pages import heading, text

# Harrow stands at this day.
ON = date(2012, 11, 14)
UNTIL = date(2012, 12, 31)


@pytest.fixture
def post(harrow: Plan) -> LeadOfficer:
    """A post of the hospital that leads one action, overdue, and one that has no date."""
    hospital = OrganisationFactory(council=harrow.council, slug="hospital", name="The hospital")
    post = LeadOfficerFactory(
        council=harrow.council, organisation=hospital, abbreviation="DoN", title="Director of Nursing"
    )
    recommendation = RecommendationFactory(theme=harrow.themes.order_by("pk")[0], reference="H1")
    for number, due_on in (("1", date(2012, 10, 31)), ("2", None)):
        ActionFactory(recommendation=recommendation, number=number, original_due_on=due_on, leads=[post])
    return post


@pytest.fixture
def link(post: LeadOfficer, cast: Cast) -> OwnerLink:
    return make(post, cast)


@pytest.fixture
def own(link: OwnerLink) -> Action:
    return Action.objects.with_recommendation().get(recommendation__reference="H1", number="1")


@pytest.fixture
def visitor(link: OwnerLink) -> Client:
    """A browser that opened the link."""
    client = Client()
    client.get(f"/owner/{link.secret}/")
    return client


def make(post: LeadOfficer, cast: Cast, expires_on: date = UNTIL) -> OwnerLink:
    return owner_links.make_link(
        post=post, email="Nursing@hospital.example", expires_on=expires_on, by=cast.plan_administrator, on=ON
    )


def say(link: OwnerLink, action: Action, **other: object) -> ProgressUpdate:
    said = {
        "version": 0,
        "stage": Stage.IN_PROGRESS.value,
        "narrative": "Training began.",
        "forecast_on": None,
        "on": ON,
    }
    return owner_links.post_update_by_link(link=link, action=action, **{**said, **other})


def sent_form(**other: str) -> dict[str, str]:
    return {
        "stage": "in-progress",
        "narrative": "Training began.",
        "version": "0",
        "forecast_on": "",
        **other,
    }


# Making


def test_a_link_is_kept_as_a_digest_alone_and_is_in_the_ledger_without_an_address(link: OwnerLink) -> None:
    change = Change.objects.get(verb="make_owner_link")

    row = OwnerLink.objects.values().get(pk=link.pk)
    assert (change.subject_id, change.after) == (link.pk, {"post": "DoN", "expires_on": "2012-12-31"})
    assert len(link.secret) == 43
    assert link.secret not in str(row)
    assert link.email == "nursing@hospital.example"


def test_the_mail_alone_brings_it(link: OwnerLink, mailoutbox: list[mail.EmailMultiAlternatives]) -> None:
    sending.send.call(Digest.objects.get(link=link).pk)

    (message,) = mailoutbox
    assert message.to == ["nursing@hospital.example"]
    assert message.subject == "2 actions need a word from you"
    found = set(re.findall(r"http://127\.0\.0\.1:8000(/owner/\S+)", message.body))
    actions = Action.objects.filter(recommendation__reference="H1").values_list("pk", flat=True)
    assert found == {
        f"/owner/{link.secret}/",
        *(f"/owner/{link.secret}/?action={number}" for number in actions),
    }


def test_asked_twice_is_asked_once(post: LeadOfficer, cast: Cast) -> None:
    """Case 106."""
    assert make(post, cast) == make(post, cast)
    assert (OwnerLink.objects.count(), Digest.objects.count()) == (1, 1)


def test_the_councils_own_posts_and_other_councils_posts_get_none(cast: Cast, harrow: Plan) -> None:
    inside = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    northmoor = LeadOfficer.objects.get(council__slug="northmoor", abbreviation="SM QA")

    with pytest.raises(ValidationError):
        make(inside, cast)
    with pytest.raises(PermissionDenied):
        make(northmoor, cast)
    assert inside not in posts_outside(harrow.council, on=ON)


def test_a_link_lasts_a_year_at_most(post: LeadOfficer, cast: Cast) -> None:
    for day in (date(2012, 11, 13), date(2013, 11, 16)):
        with pytest.raises(ValidationError):
            make(post, cast, expires_on=day)


# Opening


def test_the_secret_leaves_the_address_at_once_and_is_told_to_nobody(link: OwnerLink) -> None:
    """Case 5 [14.2.1]."""
    response = Client().get(f"/owner/{link.secret}/")

    assert (response.status_code, response["Location"]) == (302, "/owner/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_it_opens_the_actions_of_the_post_and_no_other(visitor: Client) -> None:
    response = visitor.get("/owner/")

    shown = [str(standing.action) for standing, _ in response.context["rows"]]
    assert (response.status_code, heading(response), shown) == (200, "Your actions", ["H1 (1)", "H1 (2)"])
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_link_to_one_action_leads_there(link: OwnerLink, own: Action) -> None:
    response = Client().get(f"/owner/{link.secret}/?action={own.pk}")

    assert response["Location"] == f"/owner/actions/{own.pk}/"


def test_everything_else_is_closed_to_it(visitor: Client, action: Action) -> None:
    signed_out = [
        visitor.get(path).status_code
        for path in (
            "/harrow/",
            "/harrow/children-and-families-2012/",
            "/account/told/",
            "/harrow/owner-links/",
        )
    ]

    assert signed_out == [302, 302, 302, 302]
    assert visitor.get(f"/owner/actions/{action.pk}/").status_code == 404
    assert visitor.post(f"/owner/actions/{action.pk}/", sent_form()).status_code == 404
    assert visitor.get("/owner/actions/999999/").status_code == 404
    assert ProgressUpdate.objects.filter(source__contains="by a link").count() == 0


def test_what_has_ended_is_not_found(visitor: Client, own: Action) -> None:
    ProgressUpdateFactory(action=own, sequence=1, on=ON, stage=Stage.COMPLETE)

    assert visitor.get(f"/owner/actions/{own.pk}/").status_code == 404
    assert [str(each.action) for each, _ in visitor.get("/owner/").context["rows"]] == ["H1 (2)"]


def test_a_wrong_or_shortened_address_is_not_found_and_soon_too_many(link: OwnerLink) -> None:
    client = Client()
    tried = [client.get(f"/owner/{link.secret[:-1]}{n}/").status_code for n in "ab" * 11]

    assert tried == [404] * 20 + [429] * 2
    # Whoever has the right one is not kept out by who guesses beside them.
    assert client.get(f"/owner/{link.secret}/").status_code == 302


def test_a_link_that_was_taken_back_closes_what_is_open(
    visitor: Client, link: OwnerLink, own: Action, cast: Cast
) -> None:
    owner_links.revoke_link(link=link, by=cast.plan_administrator, on=ON)

    assert visitor.get("/owner/").status_code == 404
    assert visitor.post(f"/owner/actions/{own.pk}/", sent_form()).status_code == 404
    assert Client().get(f"/owner/{link.secret}/").status_code == 404
    assert Change.objects.filter(verb="revoke_owner_link", subject_id=link.pk).count() == 1
    assert ProgressUpdate.objects.filter(action=own).count() == 0


def test_its_last_day_is_its_last(link: OwnerLink, own: Action, visitor: Client) -> None:
    assert link.is_live(UNTIL)
    with pytest.raises(owner_links.LinkEnded):
        say(link, own, on=date(2013, 1, 1))

    OwnerLink.objects.filter(pk=link.pk).update(made_on=date(2012, 11, 1), expires_on=date(2012, 11, 13))

    assert visitor.get("/owner/").status_code == 404


def test_a_mail_that_waits_is_left_out_once_the_link_is_taken_back(
    link: OwnerLink, cast: Cast, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    owner_links.revoke_link(link=link, by=cast.plan_administrator, on=ON)

    sending.send.call(Digest.objects.get(link=link).pk)

    assert (mailoutbox, Digest.objects.get(link=link).state) == ([], Sending.LEFT_OUT)


# Saying something


def test_an_update_is_recorded_as_the_posts(visitor: Client, own: Action) -> None:
    response = visitor.post(f"/owner/actions/{own.pk}/", sent_form(forecast_on="2012-12-20"), follow=True)

    update = ProgressUpdate.objects.get(action=own)
    change = Change.objects.get(verb="post_update_by_link")
    assert (update.by, update.source) == (
        None,
        "Director of Nursing, The hospital, by a link without an account",
    )
    assert (update.stage, update.narrative, update.forecast_on, update.rating) == (
        Stage.IN_PROGRESS,
        "Training began.",
        date(2012, 12, 20),
        None,
    )
    assert (change.by, change.subject_id, change.council) == (None, own.pk, own.recommendation.plan.council)
    assert "Update of H1 (1) saved." in text(response)


def test_twice_the_same_is_one_update(link: OwnerLink, own: Action) -> None:
    """Case 106."""
    assert say(link, own) == say(link, own)
    assert ProgressUpdate.objects.filter(action=own).count() == 1


def test_the_rating_stays_what_it_was(link: OwnerLink, own: Action, harrow: Plan) -> None:
    amber = harrow.rating_scale.ratings.get(slug="amber")
    ProgressUpdateFactory(action=own, sequence=1, on=date(2012, 11, 1), rating=amber)

    assert say(link, own, version=1).rating == amber


@pytest.mark.parametrize("stage", ["complete", "withdrawn", "awaiting-sign-off", "not-started", "x", ""])
def test_no_other_stage_can_be_said(link: OwnerLink, own: Action, visitor: Client, stage: str) -> None:
    with pytest.raises(ValidationError):
        say(link, own, stage=stage)
    assert visitor.post(f"/owner/actions/{own.pk}/", sent_form(stage=stage)).status_code == 422
    assert ProgressUpdate.objects.filter(action=own).count() == 0


def test_what_waits_for_sign_off_takes_no_update(link: OwnerLink, own: Action, visitor: Client) -> None:
    ProgressUpdateFactory(action=own, sequence=1, on=ON, stage=Stage.AWAITING_SIGN_OFF)

    with pytest.raises(ValidationError):
        say(link, own, version=1)
    assert visitor.get(f"/owner/actions/{own.pk}/").status_code == 404


def test_another_posts_action_is_refused_in_the_workflow_too(link: OwnerLink, action: Action) -> None:
    with pytest.raises(PermissionDenied):
        say(link, action)


def test_words_like_a_childs_record_are_stopped_and_kept_in_the_form(
    link: OwnerLink, own: Action, visitor: Client
) -> None:
    words = "Child J, born 3 May 2004, was seen."
    with pytest.raises(LooksLikeChildRecord):
        say(link, own, narrative=words)

    response = visitor.post(f"/owner/actions/{own.pk}/", sent_form(narrative=words))

    assert response.status_code == 422
    assert words in text(response)


def test_a_clash_shows_what_was_said_and_keeps_what_was_typed(
    link: OwnerLink, own: Action, visitor: Client
) -> None:
    """Case 104."""
    ProgressUpdateFactory(action=own, sequence=1, on=ON, narrative="Somebody was quicker.")
    with pytest.raises(UpdatedMeanwhile):
        say(link, own)

    response = visitor.post(f"/owner/actions/{own.pk}/", sent_form())

    assert response.status_code == 409
    assert "Somebody was quicker." in text(response)
    assert "Training began." in text(response)
    again = visitor.post(f"/owner/actions/{own.pk}/", sent_form(version="1"))
    assert again.status_code == 302


def test_many_updates_in_a_short_while_are_too_many(visitor: Client, own: Action) -> None:
    tried = [
        visitor.post(
            f"/owner/actions/{own.pk}/", sent_form(version=str(n), narrative=f"Word {n}.")
        ).status_code
        for n in range(32)
    ]

    assert tried == [302] * 30 + [429] * 2


def test_a_form_without_its_token_is_refused(link: OwnerLink, own: Action) -> None:
    """Case 41."""
    strict = Client(enforce_csrf_checks=True)
    strict.get(f"/owner/{link.secret}/")

    assert strict.post(f"/owner/actions/{own.pk}/", sent_form()).status_code == 403


# The pages of plan administrators


def test_an_administrator_gives_a_link_and_never_sees_it(
    as_plan_administrator: Client, post: LeadOfficer
) -> None:
    sent = {"post": str(post.pk), "email": "nursing@hospital.example", "expires_on": "2012-12-31"}

    response = as_plan_administrator.post("/harrow/owner-links/add/", sent, follow=True)

    link = OwnerLink.objects.get()
    assert "The link for Director of Nursing is on its way to nursing@hospital.example." in text(response)
    assert link.secret not in response.content.decode()


def test_bad_input_keeps_what_was_typed(as_plan_administrator: Client, post: LeadOfficer) -> None:
    """Case 25: a post of another council, or of the council itself, is no choice."""
    other = LeadOfficer.objects.get(council__slug="northmoor", abbreviation="SM QA")
    for wrong in (
        {"post": str(other.pk), "email": "a@b.example", "expires_on": "2012-12-31"},
        {"post": str(post.pk), "email": "not an address", "expires_on": "2012-12-31"},
        {"post": str(post.pk), "email": "a@b.example", "expires_on": "2019-12-31"},
    ):
        response = as_plan_administrator.post("/harrow/owner-links/add/", wrong)

        assert response.status_code == 422
        assert wrong["email"] in response.content.decode()
    assert OwnerLink.objects.count() == 0


def test_an_administrator_takes_a_link_back(as_plan_administrator: Client, link: OwnerLink) -> None:
    address = f"/harrow/owner-links/{link.pk}/revoke/"
    asked = as_plan_administrator.get(address)

    done = as_plan_administrator.post(address, follow=True)

    link.refresh_from_db()
    assert heading(asked) == "Take the link of Director of Nursing back"
    assert (link.revoked_on, heading(done)) == (ON, "Owners from outside")


def test_others_neither_give_nor_take_back(
    as_board_member: Client, as_northmoor_administrator: Client, link: OwnerLink, signed_out: Client
) -> None:
    address = f"/harrow/owner-links/{link.pk}/revoke/"

    answers = [
        client.post(address).status_code
        for client in (as_board_member, as_northmoor_administrator, signed_out)
    ]

    assert answers == [403, 404, 302]
    assert as_northmoor_administrator.post(f"/northmoor/owner-links/{link.pk}/revoke/").status_code == 404
    assert OwnerLink.objects.get().revoked_on is None


def test_the_list_as_csv(
    link: OwnerLink, as_plan_administrator: Client, as_reader: Client, as_stranger: Client
) -> None:
    address = "/harrow/owner-links.csv"

    lines = as_plan_administrator.get(address).content.decode("utf-8-sig").splitlines()

    assert lines == [
        "post,title,organisation,sent_to,made_on,made_by,opens_until,taken_back_on,taken_back_by,opens",
        f"DoN,Director of Nursing,The hospital,{link.email},2012-11-14,{link.made_by},2012-12-31,,,yes",
    ]
    assert link.secret not in "".join(lines)
    assert [as_reader.get(address).status_code, as_stranger.get(address).status_code] == [403, 404]
