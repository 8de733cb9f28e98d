"""The form for a piece of evidence: of an action and of a recommendation as a whole."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from improvement.models import Change, Plan
from recommendations import workflow
from recommendations.models import Action, Evidence
from tests.cast import HARROW_PAGES, Cast
from tests.files import EXE, PDF, uploaded
from tests.pages import heading, text
from tests.recommendations.shown import DAY, SHOWS

pytestmark = pytest.mark.once

ACTION = f"{HARROW_PAGES}actions/S2/1/"
WHOLE = f"{HARROW_PAGES}recommendations/S2/"
KEY = "11111111-1111-4111-8111-111111111111"


def send(client: Client, path: str = f"{ACTION}evidence/", **changed: Any) -> HttpResponse:
    fields = {
        "shows": SHOWS,
        "link": "https://papers.example/audit",
        "method": "audit",
        "gathered_on": "31/10/2012",
        "supports": "delivered",
        "key": KEY,
        **changed,
    }
    return client.post(path, fields)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    form = response.context["form"]
    return {name: [str(error) for error in found] for name, found in form.errors.items()}


@pytest.mark.parametrize("path", [ACTION, WHOLE])
@pytest.mark.parametrize("who", ["as_board_member", "as_plan_administrator"])
def test_the_form_opens(request: pytest.FixtureRequest, who: str, path: str) -> None:
    response = request.getfixturevalue(who).get(f"{path}evidence/")

    assert (response.status_code, heading(response)) == (200, "Add evidence")
    assert "PDF, Word (.docx), Excel (.xlsx)" in text(response)
    assert 'enctype="multipart/form-data"' in response.content.decode()


def test_each_form_has_a_key_of_its_own(as_board_member: Client) -> None:
    keys = {str(as_board_member.get(f"{ACTION}evidence/").context["form"]["key"].value()) for _ in range(2)}

    assert len(keys) == 2


def test_a_link_is_added_and_said(as_board_member: Client, action: Action, cast: Cast) -> None:
    response = send(as_board_member)

    evidence = Evidence.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{ACTION}#evidence")
    assert "Evidence of S2 (1) added." in text(as_board_member.get(ACTION))
    assert (
        evidence.action,
        evidence.gathered_on,
        evidence.added_on,
        evidence.added_by,
        str(evidence.key),
    ) == (
        action,
        date(2012, 10, 31),
        DAY,
        cast.board_member,
        KEY,
    )


def test_a_file_is_added(as_board_member: Client) -> None:
    response = send(as_board_member, link="", file=uploaded("audit.pdf", PDF))

    evidence = Evidence.objects.get()
    assert (response.status_code, evidence.filename, evidence.size) == (302, "audit.pdf", len(PDF))


def test_evidence_of_the_whole_is_added(as_board_member: Client) -> None:
    response = send(as_board_member, f"{WHOLE}evidence/")

    assert (response["Location"], Evidence.objects.get().action) == (f"{WHOLE}#evidence", None)


def test_who_adds_what_is_exempt_is_told_who_sees_it(as_lead_officer: Client) -> None:
    """A lead officer may add it and does not see it again."""
    place = f"{HARROW_PAGES}actions/S5/1/"

    send(as_lead_officer, f"{place}evidence/", exempt="on")

    page = text(as_lead_officer.get(place))
    assert "It is exempt: only those who sit in the closed part of a meeting see it." in page
    assert SHOWS not in page


def test_bad_input_keeps_what_was_typed(as_board_member: Client) -> None:
    response = send(as_board_member, method="", gathered_on="31/02/2012", link="ftp://papers.example")

    form = response.context["form"]
    assert response.status_code == 422
    assert errors(response) == {
        "link": ["Give a whole address that starts with https://."],
        "method": ["This field is required."],
        "gathered_on": ["Write the day as day, month and year, for example 31/10/2012."],
    }
    assert (form["shows"].value(), form["supports"].value(), str(form["key"].value())) == (
        SHOWS,
        "delivered",
        KEY,
    )
    assert Evidence.objects.count() == 0


def test_neither_file_nor_link_is_refused(as_board_member: Client) -> None:
    response = send(as_board_member, link="")

    assert (response.status_code, errors(response)) == (422, {"file": ["Choose a file, or give a link."]})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.exe", EXE, "Files of this kind are not kept."),
        ("plan.pdf", EXE, "Its name says PDF, its content does not."),
        ("plan.pdf", b"", "It is empty."),
    ],
)
def test_a_refused_file_says_why(as_board_member: Client, name: str, content: bytes, words: str) -> None:
    """Cases 52 and 55."""
    response = send(as_board_member, link="", file=uploaded(name, content))

    assert response.status_code == 422
    assert words in errors(response)["file"][0]
    assert Evidence.objects.count() == 0


def test_a_file_that_is_too_large_says_so_and_nothing_else_is_lost(
    as_board_member: Client, settings: Any
) -> None:
    """Case 55."""
    settings.EVIDENCE_LARGEST = 1024 * 1024

    response = send(as_board_member, link="", file=uploaded("plan.txt", b"a" * 3 * 1024 * 1024))

    assert errors(response) == {
        "file": [
            "“plan.txt” was not taken in. It is larger than 1 MB. Make it smaller, or give a link to it instead."
        ]
    }
    assert response.context["form"]["shows"].value() == SHOWS


# The warning


def test_what_looks_like_a_childs_record_is_shown_and_asked_about(as_board_member: Client) -> None:
    response = send(as_board_member, link="", shows="J.S. was seen.", file=uploaded("audit.pdf", PDF))

    page = text(response)
    assert response.status_code == 422
    assert "“J.S.” (initials that stand for a person)" in page
    assert "Why these words may be kept" in page
    assert errors(response)["file"] == [
        "Choose “audit.pdf” again: it could not be kept while the form is open."
    ]
    assert response.context["form"]["shows"].value() == "J.S. was seen."
    assert Evidence.objects.count() == 0


def test_a_reason_lets_the_words_stay_and_is_kept(as_board_member: Client) -> None:
    response = send(as_board_member, shows="J.S. was seen.", kept_because="Initials of the trainer.")

    assert (response.status_code, Evidence.objects.get().shows) == (302, "J.S. was seen.")
    assert Change.objects.get().reason == "Initials of the trainer."


# Who may


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer"])
@pytest.mark.parametrize("path", [ACTION, WHOLE])
def test_others_of_the_council_may_not(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client = request.getfixturevalue(who)

    assert (client.get(f"{path}evidence/").status_code, send(client, f"{path}evidence/").status_code) == (
        403,
        403,
    )
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_council_finds_nothing(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client = request.getfixturevalue(who)

    assert (client.get(f"{ACTION}evidence/").status_code, send(client).status_code) == (404, 404)


def test_signed_out_leads_to_signing_in(signed_out: Client) -> None:
    assert send(signed_out)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "path", ["actions/S2/99/evidence/", "actions/S99/1/evidence/", "recommendations/S99/evidence/"]
)
def test_what_the_plan_does_not_have_is_not_found(as_board_member: Client, path: str) -> None:
    assert as_board_member.get(f"{HARROW_PAGES}{path}").status_code == 404


def test_nothing_is_added_on_a_past_day(as_board_member: Client) -> None:
    response = send(as_board_member, f"{ACTION}evidence/?on=2012-10-01")

    assert (response.status_code, Evidence.objects.count()) == (403, 0)


def test_nothing_is_added_to_a_closed_plan(as_board_member: Client, harrow: Plan, cast: Cast) -> None:
    workflow.close_plan(plan=harrow, reason="All done.", by=cast.plan_administrator, on=DAY)

    assert (send(as_board_member).status_code, Evidence.objects.count()) == (403, 0)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(f"{ACTION}evidence/").status_code == 405


def test_fields_that_nobody_asked_for_change_nothing(
    as_board_member: Client, northmoor: Plan, cast: Cast
) -> None:
    """Case 27."""
    send(
        as_board_member, plan=northmoor.pk, added_by=cast.reader.pk, sha256="x", stored_as="../../etc/passwd"
    )

    evidence = Evidence.objects.get()
    assert (evidence.plan.council.slug, evidence.added_by, evidence.sha256, evidence.stored_as) == (
        "harrow",
        cast.board_member,
        "",
        "",
    )
