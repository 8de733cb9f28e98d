"""Error pages: plain English, a reference number, and nothing of what is inside. Case 89."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from improvement import errors, pages
from tests.cast import HARROW_PAGES
from tests.pages import apart_from_reference, heading, links, navigation, reference, text

UPDATE = f"{HARROW_PAGES}actions/S2/1/update/"
INSIDE = re.compile(
    r"Traceback|site-packages|\.py\b|SELECT|sqlite|psycopg|Exception|DEBUG|django", re.IGNORECASE
)


def test_400(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW_PAGES}?on=yesterday")

    assert (response.status_code, heading(response)) == (400, "That request did not make sense")
    assert "Write the day as year, month and day, for example 2012-11-14." in text(response)
    assert reference(response)


def test_400_of_an_unknown_host(as_reader: Client) -> None:
    """Case 86."""
    response = as_reader.get("/", headers={"host": "evil.example"})

    assert (response.status_code, heading(response)) == (400, "That request did not make sense")
    assert "evil" not in response.content.decode()
    assert reference(response)


def test_403(as_reader: Client) -> None:
    response = as_reader.get(UPDATE)

    assert (response.status_code, heading(response)) == (403, "You cannot do that")
    assert "You can update only the actions of posts that you hold." in text(response)
    assert reference(response)


@pytest.mark.parametrize(
    ("referrer", "ways"),
    [
        ("", ["/"]),
        (
            f"http://testserver{HARROW_PAGES}actions/S2/1/?on=2012-11-14#history",
            [f"{HARROW_PAGES}actions/S2/1/?on=2012-11-14", "/"],
        ),
        (f"http://testserver{UPDATE}", ["/"]),
        ("https://evil.example/harrow/", ["/"]),
        ("//evil.example/harrow/", ["/"]),
        ("http://testserver//evil.example/", ["/"]),
        ("http://testserver/\\evil.example/", ["/"]),
        ("http://testserver:99999/", ["/"]),
        ("http://[", ["/"]),
        ("javascript:alert(1)", ["/"]),
    ],
)
def test_403_has_a_way_back_that_stays_on_this_site(
    as_reader: Client, referrer: str, ways: list[str]
) -> None:
    """Case 49."""
    response = as_reader.get(UPDATE, headers={"referer": referrer})

    assert links(response)[-len(ways) :] == ways


def test_403_stands_in_the_frame_of_its_council(as_reader: Client) -> None:
    response = as_reader.get(UPDATE)

    assert "Harrow Council" in text(response)
    assert "Sign out" in text(response)
    assert ("Actions", f"{HARROW_PAGES}actions/") in navigation(response)


def test_403_says_that_nothing_was_changed_only_of_what_was_sent(as_reader: Client) -> None:
    opened, sent = text(as_reader.get(UPDATE)), text(as_reader.post(UPDATE, {"stage": "complete"}))

    assert "Nothing was changed." not in opened
    assert "Nothing was changed." in sent


def test_403_without_a_token(as_board_member: Client) -> None:
    """Case 41."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = as_board_member.cookies

    response = client.post(UPDATE, {"stage": "complete"})

    assert (response.status_code, heading(response)) == (403, "You cannot do that")
    assert "This form was open for too long, or came from another site." in text(response)
    assert reference(response)


def test_404(as_reader: Client) -> None:
    response = as_reader.get("/nowhere/at-all/")

    assert (response.status_code, heading(response)) == (404, "Page not found")
    assert reference(response)


def test_405(as_reader: Client) -> None:
    response = as_reader.post(HARROW_PAGES)

    assert (response.status_code, heading(response)) == (405, "This page does not work that way")
    assert response["Allow"] == "GET, HEAD"
    assert reference(response)


def test_413(as_board_member: Client) -> None:
    """Case 92."""
    response = as_board_member.post(UPDATE, {"narrative": "x" * 2_500_001})

    assert (response.status_code, heading(response)) == (413, "That is too large to send")
    assert reference(response)


def test_413_of_a_raw_body(as_board_member: Client) -> None:
    """Case 92."""
    response = as_board_member.post(
        UPDATE, "narrative=" + "x" * 2_500_001, content_type="application/x-www-form-urlencoded"
    )

    assert (response.status_code, heading(response)) == (413, "That is too large to send")


def test_too_many_fields_are_refused(as_board_member: Client) -> None:
    """Case 92."""
    response = as_board_member.post(UPDATE, {f"field-{n}": "x" for n in range(1001)})

    assert response.status_code in (400, 413)
    assert reference(response)


def test_500(as_reader: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Case 89: the page says nothing of the fault; the log has it."""
    monkeypatch.setattr(pages.clock, "day_shown", _fails)
    as_reader.raise_request_exception = False

    response = as_reader.get("/harrow/")

    assert (response.status_code, heading(response)) == (500, "Something went wrong at our end")
    assert "the password is swordfish" not in response.content.decode()
    assert reference(response) in caplog.text


def test_health_needs_no_account(signed_out: Client) -> None:
    """Case 90."""
    response = signed_out.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500])
def test_no_error_page_shows_what_is_inside(rf: object, status: int) -> None:
    """Case 89."""
    response = errors.page(rf.get("/harrow/"), status)  # type: ignore[attr-defined]

    assert response.status_code == status
    assert INSIDE.search(text(response)) is None


def test_each_reference_is_new_and_in_the_log(as_reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    responses = [as_reader.get("/nowhere/") for _ in range(3)]

    given = {reference(response) for response in responses}

    assert len(given) == 3
    assert [one for one in given if one not in caplog.text] == []
    assert len({apart_from_reference(response) for response in responses}) == 1


def test_signed_out_visitors_learn_nothing_of_what_exists(signed_out: Client) -> None:
    """Case 23: a page that exists and one that does not both lead to the sign-in."""
    answers = [signed_out.get(path) for path in (HARROW_PAGES, "/nowhere/at-all/", "/harrow/", "/nowhere/")]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302]
    assert [answer["Location"].partition("?")[0] for answer in answers] == [reverse("account_login")] * 4


def _fails(*arguments: object) -> None:
    raise RuntimeError("the password is swordfish")
