"""The file as it was sent, and putting it aside."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from recommendations.models import Intake, IntakeState
from tests.cast import Cast
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import CONTENT, LIST, intake_of


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator)


def file_of(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/file/"


def leaving(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/leave/"


def test_the_bytes_that_were_sent(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(file_of(intake))

    assert b"".join(response.streaming_content) == CONTENT  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="Plan v2.csv"'
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_bytes_that_are_others_are_not_handed_out(as_plan_administrator: Client, intake: Intake) -> None:
    with default_storage.open(intake.file, "wb") as stored:
        stored.write(b"other")

    assert as_plan_administrator.get(file_of(intake)).status_code == 500


def test_who(request: pytest.FixtureRequest, intake: Intake) -> None:
    """Cases 22 and 23."""
    for who in ("as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_reader"):
        client = request.getfixturevalue(who)
        assert [client.get(file_of(intake)).status_code, client.post(leaving(intake)).status_code] == [
            403
        ] * 2, who
    for who in ("as_northmoor_administrator", "as_stranger", "as_staff"):
        client = request.getfixturevalue(who)
        assert [client.get(file_of(intake)).status_code, client.post(leaving(intake)).status_code] == [
            404
        ] * 2, who


def test_it_can_be_put_aside(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.post(leaving(intake))

    intake.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{intake.pk}/")
    assert (intake.state, default_storage.exists(intake.file)) == (IntakeState.LEFT, True)


def test_what_is_being_loaded_cannot_be_put_aside(as_plan_administrator: Client, intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.LOADING)

    response = as_plan_administrator.post(leaving(intake), follow=True)

    intake.refresh_from_db()
    assert "Somebody has it loaded already, so that it cannot be put aside." in text(response)
    assert intake.state == IntakeState.LOADING


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, file_of(intake))


def test_wrong_methods(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, file_of(intake), "GET, HEAD")
    assert as_plan_administrator.get(leaving(intake)).status_code == 405
