"""Coming in, and going out again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from improvement.models import User
from tests.cast import HARROW_PAGES, Cast
from tests.factories import PASSWORD
from tests.pages import heading, links, text, without_tokens

LOGIN = "/account/login/"
RESET = "/account/password/reset/"
START = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)
WRONG = "The email address and/or password you specified are not correct."


@pytest.fixture
def clock_at_nine() -> object:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def sign_in(
    email: str, password: str = PASSWORD, client: Client | None = None, ip: str = "127.0.0.1", **more: str
):
    client = client or Client()
    response = client.post(LOGIN, {"login": email, "password": password, **more}, REMOTE_ADDR=ip)
    return client, response


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Signing in


def test_the_right_password_leads_home(cast: Cast) -> None:
    client, response = sign_in(cast.reader.email)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(client)


def test_the_page_asked_for_comes_after(cast: Cast) -> None:
    asked = Client().get(HARROW_PAGES)
    client = Client()

    response = client.post(
        asked["Location"], {"login": cast.reader.email, "password": PASSWORD, "next": HARROW_PAGES}
    )

    assert (response.status_code, response["Location"]) == (302, HARROW_PAGES)


def test_the_address_counts_in_any_case(cast: Cast) -> None:
    client, _ = sign_in("READER@Cast.Example")

    assert is_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "http://evil.example",
        "//evil.example/",
        "///evil.example/",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:evil.example",
        "http:///evil.example",
        "https://testserver@evil.example/",
        "https://evil.example\\@testserver/",
    ],
)
def test_no_other_site_comes_after(cast: Cast, target: str) -> None:
    """Case 49."""
    _, response = sign_in(cast.reader.email, next=target)

    assert response.status_code == 302
    assert response["Location"] == (
        "/%09/evil.example" if target.startswith("/%09") else "/"
    )  # a path of ours


def test_known_unknown_inactive_and_passwordless_hear_the_same(cast: Cast) -> None:
    """Case 3."""
    cast.board_member.is_active = False
    cast.board_member.save()
    cast.stranger.set_unusable_password()
    cast.stranger.save()
    emails = [cast.reader.email, "nobody@cast.example", cast.board_member.email, cast.stranger.email]

    answers = {email: sign_in(email, "not the password")[1] for email in emails}

    pages = {without_tokens(answer).replace(email, "") for email, answer in answers.items()}
    assert [answer.status_code for answer in answers.values()] == [200, 200, 200, 200]
    assert WRONG in text(answers[cast.reader.email])
    assert len(pages) == 1


def test_what_was_typed_stays_except_the_password(cast: Cast) -> None:
    _, response = sign_in(cast.reader.email, "not the password")

    source = response.content.decode()
    assert f'value="{cast.reader.email}"' in source
    assert "not the password" not in source


def test_an_account_that_is_off_stays_out(cast: Cast) -> None:
    cast.reader.is_active = False
    cast.reader.save()

    client, _ = sign_in(cast.reader.email)

    assert not is_in(client)


def test_nobody_signs_up(signed_out: Client) -> None:
    page = signed_out.get("/account/signup/")
    sent = signed_out.post(
        "/account/signup/",
        {"email": "new@cast.example", "password1": "a fine pass phrase", "password2": "a fine pass phrase"},
    )

    assert (page.status_code, sent.status_code) == (200, 200)
    assert "password1" not in page.content.decode()
    assert not User.objects.filter(email="new@cast.example").exists()
    assert "/account/signup/" not in links(signed_out.get(LOGIN))


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    """Case 41."""
    client = Client(enforce_csrf_checks=True)

    response = client.post(LOGIN, {"login": cast.reader.email, "password": PASSWORD})

    assert response.status_code == 403
    assert not is_in(client)


# Limits


def test_the_eleventh_wrong_password_in_five_minutes_is_throttled(cast: Cast, clock_at_nine: object) -> None:
    """Case 1: from any address; after the wait the right one works; others never notice."""
    for attempt in range(10):
        _, answer = sign_in(cast.reader.email, "not the password", ip=f"10.0.0.{attempt}")
        assert WRONG in text(answer)

    throttled, answer = sign_in(cast.reader.email, PASSWORD, ip="10.0.1.1")
    other, _ = sign_in(cast.board_member.email, PASSWORD, ip="10.0.1.2")
    clock_at_nine.shift(timedelta(minutes=5, seconds=1))  # type: ignore[attr-defined]
    later, _ = sign_in(cast.reader.email, PASSWORD, ip="10.0.1.1")

    assert not is_in(throttled)
    assert "Too many failed login attempts. Try again later." in text(answer)
    assert is_in(other)
    assert is_in(later)


def test_an_unknown_address_is_throttled_alike(cast: Cast, clock_at_nine: object) -> None:
    """Case 3: the limit tells nothing either."""
    answers = []
    for email in (cast.reader.email, "nobody@cast.example"):
        for attempt in range(11):
            _, answer = sign_in(email, "not the password", ip=f"10.0.0.{attempt}")
        answers.append(without_tokens(answer).replace(email, ""))

    assert answers[0] == answers[1]


def test_the_owner_gets_in_by_reset_while_somebody_hammers(cast: Cast, clock_at_nine: object) -> None:
    """Case 2."""
    for attempt in range(20):
        sign_in(cast.reader.email, "not the password", ip=f"10.0.0.{attempt}")

    client = Client()
    path = ask_for_reset(client, cast.reader.email)
    choose(client, path, "another long phrase")
    sign_in(cast.reader.email, "another long phrase", client)

    assert is_in(client)


# Reset


def ask_for_reset(client: Client, email: str) -> str:
    mail.outbox.clear()
    client.post(RESET, {"email": email})
    found = re.search(r"https?://[^/\s]+(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    return found[1]


def choose(client: Client, path: str, password: str):
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else path
    return client.post(where, {"password1": password, "password2": password}, follow=True)


def test_a_reset_link_is_mailed_to_a_known_address_only(cast: Cast) -> None:
    """Case 3."""
    known = Client().post(RESET, {"email": cast.reader.email}, follow=True)
    unknown = Client().post(RESET, {"email": "nobody@cast.example"}, follow=True)

    assert without_tokens(known) == without_tokens(unknown)
    assert [message.to for message in mail.outbox if "/reset/key/" in message.body] == [[cast.reader.email]]


def test_the_reset_link_names_this_site(cast: Cast) -> None:
    """Case 7."""
    Client().post(RESET, {"email": cast.reader.email}, headers={"x-forwarded-host": "evil.example"})
    refused = Client().post(RESET, {"email": cast.reader.email}, headers={"host": "evil.example"})

    assert refused.status_code == 400
    assert len(mail.outbox) == 1
    assert "evil" not in mail.outbox[0].body
    assert [message.cc + message.bcc for message in mail.outbox] == [[]]


def test_the_key_leaves_the_address_at_once(cast: Cast) -> None:
    """Case 5."""
    client = Client()
    path = ask_for_reset(client, cast.reader.email)

    hop = client.get(path)

    assert hop.status_code == 302
    assert hop["Location"].endswith("-set-password/")


def test_a_reset_sets_the_password(cast: Cast) -> None:
    client = Client()

    choose(client, ask_for_reset(client, cast.reader.email), "another long phrase")

    assert is_in(sign_in(cast.reader.email, "another long phrase")[0])
    assert not is_in(sign_in(cast.reader.email, PASSWORD)[0])


def test_a_reset_link_works_once(cast: Cast) -> None:
    """Case 5."""
    client = Client()
    path = ask_for_reset(client, cast.reader.email)
    choose(client, path, "another long phrase")

    answer = choose(Client(), path, "a third long phrase")

    assert "password1" not in answer.content.decode()
    assert is_in(sign_in(cast.reader.email, "another long phrase")[0])


def test_a_reset_link_dies_after_an_hour(cast: Cast, clock_at_nine: object) -> None:
    """Case 5."""
    client = Client()
    path = ask_for_reset(client, cast.reader.email)

    clock_at_nine.shift(timedelta(hours=1, seconds=2))  # type: ignore[attr-defined]
    answer = choose(client, path, "another long phrase")

    assert "password1" not in answer.content.decode()
    assert is_in(sign_in(cast.reader.email, PASSWORD)[0])


@pytest.mark.parametrize("change", ["password", "email"])
def test_a_reset_link_dies_with_a_change(cast: Cast, change: str) -> None:
    """Case 5."""
    client = Client()
    path = ask_for_reset(client, cast.reader.email)
    if change == "password":
        cast.reader.set_password("changed in between")
    else:
        cast.reader.email = "elsewhere@cast.example"
    cast.reader.save()

    answer = choose(client, path, "another long phrase")

    assert "password1" not in answer.content.decode()


def test_at_most_five_mails_an_hour_to_one_address(cast: Cast, clock_at_nine: object) -> None:
    """Case 94."""
    for attempt in range(100):
        Client().post(RESET, {"email": cast.reader.email}, REMOTE_ADDR=f"10.0.0.{attempt}")

    assert len(mail.outbox) == 5


# Passwords


@pytest.fixture
def choosing(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.reader)
    return client


def change_to(client: Client, password: str) -> bool:
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    user = User.objects.get(email="reader@cast.example")
    return user.check_password(password)


@pytest.mark.parametrize(
    "password",
    ["elevenchars", "password1234", "1q2w3e4r5t6y", "reader@cast.example", "Reader@Cast.Example"],
)
def test_a_poor_password_is_refused(choosing: Client, password: str) -> None:
    """Case 9."""
    assert not change_to(choosing, password)


@pytest.mark.parametrize(
    "password", ["twelve chars", " spaces at both ends ", "пароль из слов", "🐢 four words here", "x7" * 64]
)
def test_any_other_is_taken_as_it_is(choosing: Client, password: str) -> None:
    """Case 9."""
    assert change_to(choosing, password)


# Sessions


def test_a_planted_session_is_left_behind(cast: Cast) -> None:
    """Case 14."""
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = planted = session.session_key

    sign_in(cast.reader.email, client=client)

    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_signing_out_ends_the_session(cast: Cast) -> None:
    """Case 15."""
    client, _ = sign_in(cast.reader.email)
    stolen = Client()
    stolen.cookies["session"] = client.session.session_key

    client.post("/account/logout/")

    assert stolen.get(HARROW_PAGES).status_code == 302
    assert client.get(HARROW_PAGES).status_code == 302


def test_signing_out_takes_a_press_of_a_button(cast: Cast) -> None:
    """Case 40."""
    client, _ = sign_in(cast.reader.email)

    client.get("/account/logout/")

    assert is_in(client)


def test_a_change_of_password_ends_other_sessions(cast: Cast) -> None:
    """Case 15."""
    here, _ = sign_in(cast.reader.email)
    there, _ = sign_in(cast.reader.email)

    change_to(here, "another long phrase")

    assert there.get(HARROW_PAGES).status_code == 302


def test_an_account_switched_off_is_out_at_once(cast: Cast) -> None:
    """Case 15."""
    client, _ = sign_in(cast.reader.email)
    cast.reader.is_active = False
    cast.reader.save()

    assert client.get(HARROW_PAGES).status_code == 302


def test_a_membership_that_ends_is_felt_at_once(cast: Cast) -> None:
    """Case 15."""
    client, _ = sign_in(cast.reader.email)
    cast.reader.memberships.all().delete()

    assert client.get(HARROW_PAGES).status_code == 404


def test_the_cookies(cast: Cast) -> None:
    """Case 17; the names and Secure of a public address are in test_settings."""
    client, _ = sign_in(cast.reader.email)
    cookie = client.cookies["session"]

    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (
        True,
        "Lax",
        "",
        "/",
    )
    assert client.cookies["csrf"]["httponly"] is True
    assert sorted(client.cookies) == ["csrf", "session"]


def test_a_session_ends_after_twelve_hours(cast: Cast, clock_at_nine: object) -> None:
    """Case 16."""
    client, _ = sign_in(cast.reader.email)

    clock_at_nine.shift(timedelta(hours=12, seconds=1))  # type: ignore[attr-defined]

    assert client.get(HARROW_PAGES).status_code == 302


def test_the_sign_in_page_says_what_it_is(signed_out: Client) -> None:
    response = signed_out.get(reverse("account_login"))

    assert (response.status_code, heading(response)) == (200, "Sign in")
