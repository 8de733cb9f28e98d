"""One digest for each reader and day, with what is due then, however often it is asked for."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from boards.chasing import sending, tick
from boards.models import ChaserSettings, Digest, DigestItem, Occasion, Sending
from boards.workflow.chasing import make_digest, set_chaser_times
from boards.workflow.owner_links import make_link
from improvement.models import LeadOfficer, Membership, Plan, Role, User
from recommendations.models import Action, Stage
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    HoldingFactory,
    LeadOfficerFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    UserFactory,
)

# Northmoor's first action was due on 30 June 2025, its second on 31 July; a third has no date, the fourth is complete.
PASSED = date(2025, 7, 1)


@pytest.fixture
def holder(northmoor: Plan) -> User:
    """Holds the post that leads all of Northmoor's actions."""
    user = UserFactory(email="quality.lead@northmoor.example", name="Quality lead")
    MembershipFactory(user=user, council=northmoor.council, role=Role.LEAD_OFFICER)
    post = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")
    HoldingFactory(lead_officer=post, user=user)
    return user


@pytest.fixture
def heard(northmoor: Plan) -> None:
    """Something was said of each open action on 20 June, so that silence asks nothing."""
    for action in Action.objects.for_plan(northmoor).exclude(number="4"):
        ProgressUpdateFactory(action=action, sequence=1, on=date(2025, 6, 20))


@pytest.fixture
def sent(mailoutbox: list[mail.EmailMultiAlternatives]) -> Iterator[list[mail.EmailMultiAlternatives]]:
    return mailoutbox


def keys(digest: Digest) -> list[tuple[str, str]]:
    return [(item.occasion, str(item.action)) for item in digest.items.all()]


def run(on: date) -> list[Digest]:
    return tick.run(on=on)


def test_a_holder_is_told_what_is_due_that_day(holder: User, heard: None) -> None:
    made = run(PASSED)

    assert [(digest.user, digest.on, digest.state) for digest in made] == [(holder, PASSED, Sending.QUEUED)]
    assert keys(made[0]) == [(Occasion.PASSED, "N1 (1)")]


def test_asked_twice_on_a_day_it_says_nothing_twice(holder: User, heard: None) -> None:
    run(PASSED)

    assert run(PASSED) == []
    assert Digest.objects.count() == 1


def test_no_second_digest_can_be_in_the_database(holder: User) -> None:
    Digest.objects.create(user=holder, on=PASSED)

    with pytest.raises(IntegrityError):
        Digest.objects.create(user=holder, on=PASSED)


def test_whoever_comes_second_makes_none(holder: User) -> None:
    """Two schedulers that both found that there is something to say."""
    first = make_digest(to=holder, on=PASSED)
    second = make_digest(to=holder, on=PASSED)

    assert (first is not None, second) == (True, None)


def test_the_same_is_said_again_only_when_it_is_due_again(holder: User, heard: None) -> None:
    days = [date(2025, 7, day) for day in range(1, 10)]

    told = {on: [keys(digest) for digest in run(on)] for on in days}

    assert {on.day: said for on, said in told.items() if said} == {
        1: [[(Occasion.PASSED, "N1 (1)")]],
        8: [[(Occasion.PASSED, "N1 (1)")]],
    }


def test_after_weeks_without_a_tick_one_digest_says_what_is_due_now(holder: User, heard: None) -> None:
    run(PASSED)

    made = run(date(2025, 7, 26))

    assert [keys(digest) for digest in made] == [[(Occasion.PASSED, "N1 (1)"), (Occasion.SOON, "N1 (2)")]]


def test_an_answer_stops_it(holder: User, heard: None) -> None:
    run(PASSED)
    ProgressUpdateFactory(
        action=Action.objects.get(number="1", recommendation__reference="N1"), sequence=2, on=date(2025, 7, 3)
    )

    assert run(date(2025, 7, 8)) == []


def test_what_waits_for_sign_off_is_not_chased(holder: User, heard: None) -> None:
    ProgressUpdateFactory(
        action=Action.objects.get(number="1", recommendation__reference="N1"),
        sequence=2,
        on=date(2025, 6, 21),
        stage=Stage.AWAITING_SIGN_OFF,
    )

    assert run(PASSED) == []


def test_a_council_at_a_fixed_day_sends_nothing(cast: Cast, harrow: Plan) -> None:
    assert run(date(2012, 11, 14)) == []


def test_those_who_left_or_may_not_update_are_told_nothing(holder: User, heard: None) -> None:
    Membership.objects.filter(user=holder).update(role=Role.READER)
    assert run(PASSED) == []

    Membership.objects.filter(user=holder).update(role=Role.LEAD_OFFICER)
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert run(PASSED) == []


def test_a_closed_plan_says_nothing(holder: User, heard: None, northmoor: Plan) -> None:
    Plan.objects.filter(pk=northmoor.pk).update(closed_on=PASSED)

    assert run(PASSED) == []


def test_the_plans_own_times_hold(holder: User, heard: None, northmoor: Plan, cast: Cast) -> None:
    rounds = {"round_opened": True, "round_half_way": False, "round_last_day": True}
    values = {"first_days": 20, "last_days": 2, "again_days": 3, "silent_days": 0, **rounds}
    set_chaser_times(
        plan=northmoor, values=values, version=0, by=cast.northmoor_administrator, on=date(2025, 6, 1)
    )

    made = run(date(2025, 7, 11))

    assert [keys(digest) for digest in made] == [[(Occasion.PASSED, "N1 (1)"), (Occasion.SOON, "N1 (2)")]]
    assert ChaserSettings.objects.holding(northmoor).again_days == 3


def test_queries_do_not_grow_with_actions(holder: User, heard: None, northmoor: Plan) -> None:
    with CaptureQueriesContext(connection) as one:
        run(PASSED)
    post = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")
    recommendation = RecommendationFactory(
        theme=northmoor.themes.get(), reference="N2", raised_on=date(2025, 1, 10)
    )
    for _ in range(3):
        ActionFactory(
            recommendation=recommendation,
            original_due_on=date(2025, 7, 7),
            added_on=date(2025, 2, 1),
            leads=[post],
        )

    with CaptureQueriesContext(connection) as more:
        run(date(2025, 7, 8))

    assert len(more) == len(one)
    assert DigestItem.objects.count() == 5


# The mail


def test_the_mail_is_sent_once_in_plain_and_html_with_a_link_to_each(
    holder: User, heard: None, sent: list[mail.EmailMultiAlternatives]
) -> None:
    number = run(PASSED)[0].pk

    sending.send.call(number)
    sending.send.call(number)

    (message,) = sent
    page = "http://127.0.0.1:8000/northmoor/improvement-2025/actions/N1/1/update/"
    html, kind = message.alternatives[0]
    assert (message.to, message.cc, message.bcc) == (["quality.lead@northmoor.example"], [], [])
    assert message.subject == "1 action needs a word from you"
    assert f"Update N1 (1): {page}" in message.body
    assert "Was due 30 June 2025, 1 day overdue; in progress; last word 20 June 2025." in message.body
    assert kind == "text/html"
    assert f'<a href="{page}">Update N1 (1)</a>' in html
    assert '<html lang="en-GB">' in html
    assert Digest.objects.get().state == Sending.SENT


def test_what_was_answered_before_it_went_out_is_left_out(
    holder: User, heard: None, sent: list[mail.EmailMultiAlternatives]
) -> None:
    number = run(PASSED)[0].pk
    ProgressUpdateFactory(
        action=Action.objects.get(number="1", recommendation__reference="N1"), sequence=2, on=PASSED
    )

    sending.send.call(number)

    assert sent == []
    assert Digest.objects.get().state == Sending.LEFT_OUT


def test_whoever_lost_their_place_before_it_went_out_is_told_nothing(
    holder: User, heard: None, sent: list[mail.EmailMultiAlternatives]
) -> None:
    """Case 37."""
    number = run(PASSED)[0].pk
    Membership.objects.filter(user=holder).delete()

    sending.send.call(number)

    assert sent == []
    assert Digest.objects.get().state == Sending.LEFT_OUT


def test_a_refused_mail_is_tried_again_and_a_taken_one_never(
    holder: User, heard: None, settings: object, sent: list[mail.EmailMultiAlternatives]
) -> None:
    """Case 114: nothing listens there, and afterwards somebody does."""
    number = run(PASSED)[0].pk
    backend = settings.EMAIL_BACKEND  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    sending.send.call(number)
    refused = Digest.objects.get()

    settings.EMAIL_BACKEND = backend  # type: ignore[attr-defined]
    sending.send.call(number)
    sending.send.call(number)

    assert (refused.state, refused.tries) == (Sending.QUEUED, 1)
    assert len(sent) == 1


def test_words_of_a_plan_are_text_in_the_html(
    holder: User, northmoor: Plan, sent: list[mail.EmailMultiAlternatives]
) -> None:
    """Case 42."""
    post = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")
    ActionFactory(
        recommendation=northmoor.recommendations.get(),
        number="9",
        original_text="<script>alert(1)</script> & more",
        original_due_on=date(2025, 6, 30),
        added_on=date(2025, 2, 1),
        leads=[post],
    )

    sending.send.call(run(PASSED)[0].pk)

    assert "<script>" not in sent[0].alternatives[0][0]
    assert "<script>alert(1)</script> & more" in sent[0].body


def test_the_command_says_how_many(holder: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out == "1 e-mail is on the way.\n0 e-mails are on the way.\n"


def test_an_owner_behind_a_link_is_chased_for_their_own_actions(
    northmoor: Plan, cast: Cast, sent: list[mail.EmailMultiAlternatives]
) -> None:
    hospital = OrganisationFactory(council=northmoor.council, slug="hospital", name="The hospital")
    post = LeadOfficerFactory(council=northmoor.council, organisation=hospital, abbreviation="DoN")
    ActionFactory(
        recommendation=northmoor.recommendations.get(),
        number="9",
        original_due_on=date(2025, 6, 30),
        added_on=date(2025, 6, 1),
        leads=[post],
    )
    link = make_link(
        post=post,
        email="nursing@hospital.example",
        expires_on=date(2025, 12, 31),
        by=cast.northmoor_administrator,
        on=date(2025, 6, 2),
    )

    (digest,) = run(PASSED)
    sending.send.call(digest.pk)

    assert (digest.link, keys(digest)) == (link, [(Occasion.PASSED, "N1 (9)")])
    assert sent[0].to == ["nursing@hospital.example"]
    assert f"/owner/{link.secret}/" in sent[0].body
    assert "N1 (1)" not in sent[0].body
    assert run(date(2026, 1, 1)) == []
