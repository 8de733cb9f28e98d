"""The log: one escaped line per event, and nothing in it that should not be. Cases 48 and 125."""

import io
import logging

import pytest
from django.test import Client

from improvement.logs import LineFormatter
from tests.cast import HARROW_PAGES, Cast
from tests.factories import PASSWORD


@pytest.fixture
def log() -> io.StringIO:
    """What the log writes, as it writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.mark.parametrize(
    "path",
    ["/x%0d%0aINFO%20forged", "/x%1b[31mred", "/x%00", "/x%e2%80%a8line", "/x%c2%85next", "/x%e2%80%aeright"],
)
def test_whatever_a_request_brings_stays_on_one_line(as_reader: Client, log: io.StringIO, path: str) -> None:
    """Case 48."""
    as_reader.get(path, headers={"user-agent": "Mozilla\x1b[2J forged"})

    lines = log.getvalue().splitlines()
    assert [line for line in lines if not line.startswith("20")] == []
    assert [
        character for character in log.getvalue() if not character.isprintable() and character != "\n"
    ] == []


def test_a_request_says_who_from_where_and_its_number(
    as_reader: Client, cast: Cast, log: io.StringIO
) -> None:
    """Case 125."""
    as_reader.get(HARROW_PAGES)

    finished = next(line for line in log.getvalue().splitlines() if "request_finished" in line)
    assert f"user_id={cast.reader.pk}" in finished
    assert "ip='127.0.0.1'" in finished
    assert "request_id='" in finished
    assert "code=200" in finished


@pytest.mark.parametrize("path", ["/owner/{}/", "/calendar/{}.ics", "/calendar/{}/harrow/x/dates.ics"])
def test_addresses_that_let_somebody_in_stay_out(signed_out: Client, log: io.StringIO, path: str) -> None:
    """Case 125: the secret part of an address is a key."""
    secret = "UJtQHNfOznRQVTxj94GHjn9tc5obyEuuMzg9U1QabcD"

    signed_out.get(path.format(secret))

    assert secret not in log.getvalue()
    assert "request_finished" in log.getvalue()


def test_secrets_and_narratives_stay_out(cast: Cast, log: io.StringIO) -> None:
    """Case 125."""
    client = Client()
    client.post("/account/login/", {"login": cast.board_member.email, "password": "not the password"})
    client.post("/account/login/", {"login": cast.board_member.email, "password": PASSWORD})
    client.post(
        f"{HARROW_PAGES}actions/S2/1/update/",
        {"stage": "complete", "narrative": "The child’s name is Alex.", "version": "1"},
    )
    client.post("/account/password/reset/", {"email": cast.board_member.email})

    written = log.getvalue()
    secrets = [PASSWORD, "not the password", client.session.session_key, client.cookies["csrf"].value, "Alex"]
    assert [secret for secret in secrets if secret in written] == []
    assert "/account/password/reset/key/" not in written


def test_a_fault_is_written_with_its_trace(log: io.StringIO) -> None:
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        logging.getLogger("x").exception("failed")

    assert "Traceback (most recent call last):" in log.getvalue()
    assert "RuntimeError: broken" in log.getvalue()
