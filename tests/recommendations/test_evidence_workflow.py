"""Adding evidence and taking it back: who may, what is refused, what is written, what becomes of the file."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from improvement import ledger
from improvement.models import Change, Plan
from recommendations import workflow
from recommendations.models import Action, Evidence
from tests.cast import NORTHMOOR, Cast
from tests.files import EXE, PDF, uploaded
from tests.recommendations.shown import (
    DAY,
    load_action,
    load_recommendation,
    run_jobs,
    show,
    show_file,
)

KEY = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own for what it stores."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path / "evidence"


def stored(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.exists() else []


def nothing_was_written(folder: Path) -> bool:
    return (Evidence.objects.count(), Change.objects.count(), stored(folder)) == (0, 0, [])


# Adding


def test_a_link_is_added_with_one_change(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)

    change = Change.objects.get()
    assert (evidence.link, evidence.is_file, evidence.added_on, evidence.added_by) == (
        "https://papers.example/audit",
        False,
        DAY,
        cast.board_member,
    )
    assert (change.verb, change.by, change.on, change.subject_id) == (
        "add_evidence",
        cast.board_member,
        DAY,
        evidence.pk,
    )
    assert change.after == {
        "recommendation": action.recommendation_id,
        "action": action.pk,
        "supports": "delivered",
        "method": "audit",
        "exempt": False,
        "sha256": "",
    }
    assert ledger.verify() is None


def test_a_file_is_kept_with_what_our_own_list_says_it_is(action: Action, cast: Cast, folder: Path) -> None:
    evidence = show(action, cast.board_member, file=uploaded("../Audit of S2.PDF", PDF))

    assert (evidence.filename, evidence.content_type, evidence.size) == (
        "Audit of S2.PDF",
        "application/pdf",
        len(PDF),
    )
    assert Change.objects.get().after["sha256"] == evidence.sha256
    assert stored(folder) == [PDF]


def test_a_lead_officer_adds_to_an_action_of_the_own_post(cast: Cast) -> None:
    evidence = show(load_action("S5", "1"), cast.lead_officer)

    assert evidence.added_by == cast.lead_officer


def test_evidence_of_the_whole_belongs_to_no_action(cast: Cast) -> None:
    evidence = show(load_recommendation("S2"), cast.board_member)

    assert (evidence.action, str(evidence.recommendation)) == (
        None,
        "S2 Early planning for pre-birth concerns",
    )


@pytest.mark.parametrize(
    "who", ["reader", "scrutiny_officer", "lead_officer", "stranger", "northmoor_administrator"]
)
@pytest.mark.parametrize("whole", [True, False])
def test_others_may_not_add(cast: Cast, folder: Path, who: str, whole: bool) -> None:
    about = load_recommendation("S2") if whole else load_action("S2", "1")

    with pytest.raises(PermissionDenied):
        show_file(about, getattr(cast, who))

    assert nothing_was_written(folder)


def test_an_action_of_another_recommendation_is_refused(action: Action, cast: Cast, folder: Path) -> None:
    """Case 25."""
    with pytest.raises(ValidationError):
        show(action, cast.board_member, recommendation=load_recommendation("S3"))

    assert nothing_was_written(folder)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"shows": " \n"}, "shows", "Say in a sentence what it shows."),
        ({"shows": "x" * 5001}, "shows", "Keep it under 5,000 characters."),
        ({"method": "hearsay"}, "method", "Choose how it was got."),
        ({"supports": ""}, "supports", "Choose what it supports."),
        ({"gathered_on": date(2012, 11, 15)}, "gathered_on", "Choose a day that has come."),
        ({"link": ""}, "file", "Choose a file, or give a link."),
        ({"link": "http://papers.example/"}, "link", "Give a whole address that starts with https://."),
        ({"link": "javascript:alert(1)"}, "link", "Give a whole address that starts with https://."),
        ({"link": "https://"}, "link", "Give a whole address that starts with https://."),
        (
            {"link": f"https://papers.example/{'x' * 500}"},
            "link",
            "Give a whole address that starts with https://.",
        ),
        (
            {"link": "https://papers.example/", "file": uploaded("audit.pdf", PDF)},
            "file",
            "Give a file or a link, not both.",
        ),
    ],
)
def test_a_broken_rule_is_refused_by_its_field(
    action: Action, cast: Cast, folder: Path, changed: dict[str, Any], field: str, words: str
) -> None:
    """Cases 49 and 92."""
    with pytest.raises(ValidationError) as refused:
        show(action, cast.board_member, **changed)

    assert refused.value.message_dict == {field: [words]}
    assert nothing_was_written(folder)


def test_a_file_that_is_refused_says_why_by_its_field(action: Action, cast: Cast, folder: Path) -> None:
    """Case 52."""
    with pytest.raises(ValidationError) as refused:
        show(action, cast.board_member, file=uploaded("plan.pdf", EXE))

    assert refused.value.message_dict == {
        "file": [
            "“plan.pdf” was not taken in. Its name says PDF, its content does not. Open it and save it again as PDF."
        ]
    }
    assert nothing_was_written(folder)


@pytest.mark.parametrize(
    "changed",
    [
        {"shows": "J.S. was seen."},
        {"file": uploaded("case_123456.pdf", PDF)},
        {"link": "https://records.example/case/123456"},
        {"link": "https://records.example/child%20AB"},
    ],
)
def test_what_looks_like_a_childs_record_is_stopped(
    action: Action, cast: Cast, folder: Path, changed: dict[str, Any]
) -> None:
    with pytest.raises(workflow.LooksLikeChildRecord):
        show(action, cast.board_member, **changed)

    assert nothing_was_written(folder)


def test_the_reason_why_it_may_stay_is_kept(action: Action, cast: Cast) -> None:
    show(action, cast.board_member, shows="J.S. was seen.", kept_because="Initials of the trainer.")

    assert Change.objects.get().reason == "Initials of the trainer."


def test_nothing_is_added_to_a_closed_plan(action: Action, cast: Cast, folder: Path) -> None:
    workflow.close_plan(
        plan=action.recommendation.plan, reason="All done.", by=cast.plan_administrator, on=DAY
    )

    with pytest.raises(workflow.PlanClosed):
        show(load_action("S2", "1"), cast.board_member)

    assert Evidence.objects.count() == 0


# Twice


def test_one_form_sent_twice_adds_one_piece(action: Action, cast: Cast, folder: Path) -> None:
    """Case 106."""
    first = show_file(action, cast.board_member, key=KEY)
    second = show_file(action, cast.board_member, key=KEY)

    assert first == second
    assert (Evidence.objects.count(), Change.objects.count(), len(stored(folder))) == (1, 1, 1)


def test_a_form_that_was_gone_back_to_adds_another(action: Action, cast: Cast) -> None:
    first = show(action, cast.board_member, key=KEY)
    second = show(action, cast.board_member, key=KEY, shows="Something else.")

    assert (first.key, second.key != KEY, Evidence.objects.count()) == (KEY, True, 2)


def test_the_key_of_somebody_elses_evidence_reaches_nothing(
    action: Action, northmoor: Plan, cast: Cast
) -> None:
    """Case 25."""
    theirs = show(
        load_action("N1", "1", NORTHMOOR), cast.northmoor_administrator, key=KEY, on=date(2025, 7, 4)
    )

    ours = show(action, cast.board_member, key=KEY)

    assert (ours.plan, theirs.plan) == (action.recommendation.plan, northmoor)
    assert ours.key != KEY


def test_a_file_without_its_row_is_not_kept(
    action: Action, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WHOLE: when the change cannot be written, there is no row and no file."""

    def full(**change: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(ledger, "record", full)

    with pytest.raises(OSError, match="No space"):
        show_file(action, cast.board_member)

    assert nothing_was_written(folder)


# Withdrawing


@pytest.mark.parametrize("who", ["board_member", "plan_administrator"])
def test_withdrawing_destroys_the_file_and_keeps_the_row(
    action: Action, cast: Cast, folder: Path, who: str
) -> None:
    evidence = show_file(action, cast.board_member)

    withdrawn = workflow.withdraw_evidence(
        evidence=evidence, reason="It is of another service.", by=getattr(cast, who), on=DAY
    )
    run_jobs()

    assert (withdrawn.withdrawn_on, withdrawn.withdrawn_by, withdrawn.withdrawn_because) == (
        DAY,
        getattr(cast, who),
        "It is of another service.",
    )
    assert (withdrawn.filename, str(withdrawn), stored(folder)) == ("", "a file that was destroyed", [])
    change = Change.objects.get(verb="withdraw_evidence")
    assert (change.reason, change.subject_id) == ("It is of another service.", evidence.pk)
    assert ledger.verify() is None


def test_the_job_that_destroys_a_file_can_run_twice(action: Action, cast: Cast) -> None:
    evidence = show_file(action, cast.board_member)
    workflow.withdraw_evidence(evidence=evidence, reason="Wrong file.", by=cast.board_member, on=DAY)
    run_jobs()

    workflow.evidence.destroy_file.call(evidence.stored_as)

    assert not default_storage.exists(evidence.stored_as)


def test_a_link_leaves_no_job(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)

    workflow.withdraw_evidence(evidence=evidence, reason="Gone.", by=cast.board_member, on=DAY)

    assert Change.objects.count() == 2


@pytest.mark.parametrize("who", ["reader", "scrutiny_officer", "lead_officer", "board_member", "stranger"])
def test_others_may_not_withdraw(action: Action, cast: Cast, who: str) -> None:
    """A board member only what they added themselves."""
    evidence = show(action, cast.plan_administrator)

    with pytest.raises(PermissionDenied):
        workflow.withdraw_evidence(evidence=evidence, reason="No.", by=getattr(cast, who), on=DAY)

    assert not workflow.may_withdraw(getattr(cast, who), evidence, on=DAY)
    assert Evidence.objects.get().withdrawn_on is None


def test_evidence_is_withdrawn_once(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)
    workflow.withdraw_evidence(evidence=evidence, reason="Gone.", by=cast.board_member, on=DAY)

    with pytest.raises(workflow.AlreadyWithdrawn):
        workflow.withdraw_evidence(evidence=evidence, reason="Again.", by=cast.board_member, on=DAY)

    assert Evidence.objects.get().withdrawn_because == "Gone."
    assert Change.objects.filter(verb="withdraw_evidence").count() == 1


def test_withdrawing_needs_a_reason_and_no_child_in_it(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)

    with pytest.raises(ValidationError):
        workflow.withdraw_evidence(evidence=evidence, reason=" ", by=cast.board_member, on=DAY)
    with pytest.raises(workflow.LooksLikeChildRecord):
        workflow.withdraw_evidence(evidence=evidence, reason="It named J.S.", by=cast.board_member, on=DAY)

    assert Evidence.objects.get().withdrawn_on is None


def test_evidence_stands_from_the_day_it_was_added_to_the_day_it_was_withdrawn(
    action: Action, cast: Cast
) -> None:
    evidence = show(action, cast.board_member, on=date(2012, 11, 1))
    workflow.withdraw_evidence(evidence=evidence, reason="Gone.", by=cast.board_member, on=date(2012, 11, 10))

    stood = {
        day: Evidence.objects.standing(on=date(2012, *day)).exists()
        for day in ((10, 31), (11, 1), (11, 9), (11, 10), (11, 14))
    }

    assert stood == {(10, 31): False, (11, 1): True, (11, 9): True, (11, 10): False, (11, 14): False}
