"""Every change to what a plan says: who may, what is refused, one row in the ledger each."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from improvement.models import Change, LeadOfficer, Plan, PlanVersion, SignOff, User
from recommendations import contents, history, index_of_changes, workflow
from recommendations.models import Action, ActionLead, DuePrecision, IndexEntry, Rewording
from tests.cast import Cast
from tests.factories import ProgressUpdateFactory

ON = date(2012, 11, 14)
CHILD = "Speak to AB (DOB 12/03/2009) about the plan."


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


@pytest.fixture
def post(harrow: Plan) -> LeadOfficer:
    return LeadOfficer.objects.get(council=harrow.council, abbreviation="DCS")


@pytest.fixture
def version(harrow: Plan) -> PlanVersion:
    return PlanVersion.objects.get(plan=harrow)


@pytest.fixture
def changes(
    action: Action, post: LeadOfficer, version: PlanVersion, harrow: Plan
) -> dict[str, Callable[..., Any]]:
    """Each change of a plan's words, once, by whoever is named."""
    given: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        "add_action": (workflow.add_action, adding(action, post)),
        "reword_action": (
            workflow.reword_action,
            {"action": action, "version": 0, "text": "Other words.", "reason": "Clearer."},
        ),
        "hand_over": (
            workflow.hand_over,
            {"action": action, "version": 0, "leads": [post], "reason": "The council reorganised."},
        ),
        "index_action": (workflow.index_action, {"action": action, "kinds": ["guidance"]}),
        "agree_version": (
            workflow.agree_version,
            {"plan": harrow, "label": "3.0", "signed_off_by": [("Board", ON), ("Cabinet", ON)]},
        ),
        "sign_version_off": (
            workflow.sign_version_off,
            {"version": version, "body": "Council", "signed_on": ON},
        ),
        "close_plan": (workflow.close_plan, {"plan": harrow, "reason": "Everything is done."}),
    }
    return {
        verb: lambda by, on=ON, verb=verb: given[verb][0](by=by, on=on, **given[verb][1]) for verb in given
    }


def adding(action: Action, post: LeadOfficer, **other: Any) -> dict[str, Any]:
    values = {
        "recommendation": action.recommendation,
        "number": "7",
        "phase": "embedding",
        "text": "Ask every ward.",
        "leads": [post],
        "due_on": date(2013, 3, 31),
    }
    return {**values, **other}


VERBS = [
    "add_action",
    "reword_action",
    "hand_over",
    "index_action",
    "agree_version",
    "sign_version_off",
    "close_plan",
]


@pytest.mark.parametrize("verb", VERBS)
def test_each_change_writes_one_row_in_the_ledger(
    changes: dict[str, Callable[..., Any]], keeper: User, verb: str
) -> None:
    changes[verb](keeper)

    assert [(row.verb, row.by, row.on) for row in Change.objects.all()] == [(verb, keeper, ON)]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "who",
    ["lead_officer", "board_member", "scrutiny_officer", "reader", "stranger", "northmoor_administrator"],
)
def test_only_plan_administrators_may(
    changes: dict[str, Callable[..., Any]], cast: Cast, harrow: Plan, verb: str, who: str
) -> None:
    before = contents.of(harrow, on=ON)

    with pytest.raises(PermissionDenied):
        changes[verb](getattr(cast, who))

    assert contents.of(harrow, on=ON) == before
    assert Change.objects.count() == 0


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_changes_in_a_closed_plan(
    changes: dict[str, Callable[..., Any]], keeper: User, harrow: Plan, verb: str
) -> None:
    changes["close_plan"](keeper, date(2012, 11, 13))
    before = Change.objects.count()

    # What the changes hold of the plan was loaded before it was closed.
    with pytest.raises(workflow.PlanClosed):
        changes[verb](keeper)

    assert Change.objects.count() == before


# Actions


def test_an_added_action_is_in_the_plan_from_its_day_on(
    action: Action, post: LeadOfficer, keeper: User, harrow: Plan
) -> None:
    second = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")

    added = workflow.add_action(**adding(action, post, leads=[post, second]), by=keeper, on=ON)

    assert (added.position, added.added_on, added.original_text) == (7, ON, "Ask every ward.")
    assert (added.due_precision, added.due_text) == (DuePrecision.DAY, "31 March 2013")
    leads = ActionLead.objects.filter(action=added)
    assert [(lead.position, lead.lead_officer) for lead in leads] == [(1, post), (2, second)]
    counts = [Action.objects.for_plan(harrow).as_of(on).count() for on in (date(2012, 11, 13), ON)]
    assert counts == [101, 102]


@pytest.mark.parametrize(
    ("due_text", "precision"),
    [
        ("Ongoing to May 2013", DuePrecision.ONGOING),
        ("31.9.12", DuePrecision.TO_BE_CONFIRMED),
        ("", DuePrecision.TO_BE_CONFIRMED),
    ],
)
def test_an_action_without_a_day_keeps_what_is_printed(
    action: Action, post: LeadOfficer, keeper: User, due_text: str, precision: str
) -> None:
    added = workflow.add_action(**adding(action, post, due_on=None, due_text=due_text), by=keeper, on=ON)

    assert (added.original_due_on, added.due_text, added.due_precision) == (None, due_text, precision)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"number": "1"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "1/2"}, "number"),
        ({"number": ".."}, "number"),
        ({"number": "12345678901"}, "number"),
        ({"phase": "later"}, "phase"),
        ({"leads": []}, "leads"),
        ({"due_text": "x" * 61}, "due_text"),
    ],
)
def test_what_an_action_cannot_be(
    action: Action, post: LeadOfficer, keeper: User, harrow: Plan, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        workflow.add_action(**adding(action, post, **wrong), by=keeper, on=ON)

    assert list(refused.value.error_dict) == [field]
    assert Action.objects.for_plan(harrow).count() == 101


def test_a_post_of_another_council_or_twice_the_same_is_refused(
    action: Action, post: LeadOfficer, keeper: User, northmoor: Plan
) -> None:
    foreign = LeadOfficer.objects.get(council=northmoor.council)

    for leads in ([foreign], [post, foreign], [post, post]):
        with pytest.raises(ValidationError) as refused:
            workflow.add_action(**adding(action, post, leads=leads), by=keeper, on=ON)
        assert list(refused.value.error_dict) == ["leads"]


def test_an_action_cannot_answer_what_was_not_recommended_yet(
    action: Action, post: LeadOfficer, keeper: User
) -> None:
    with pytest.raises(ValidationError, match="had not been made"):
        workflow.add_action(**adding(action, post), by=keeper, on=date(2012, 6, 26))


def test_text_like_a_childs_record_needs_a_reason_that_is_kept(
    action: Action, post: LeadOfficer, keeper: User
) -> None:
    with pytest.raises(workflow.LooksLikeChildRecord):
        workflow.add_action(**adding(action, post, text=CHILD), by=keeper, on=ON)

    workflow.add_action(
        **adding(action, post, text=CHILD), by=keeper, on=ON, kept_because="It is an invented example."
    )

    assert [row.reason for row in Change.objects.all()] == ["It is an invented example."]


# Words


def reword(action: Action, by: User, *, version: int = 0, text: str = "Other.", on: date = ON) -> Rewording:
    return workflow.reword_action(action=action, version=version, text=text, reason="Clearer.", by=by, on=on)


def test_words_are_those_of_the_day(action: Action, keeper: User, harrow: Plan) -> None:
    reword(action, keeper, text="Second.", on=date(2012, 10, 1))
    reword(action, keeper, version=1, text="Third.", on=date(2012, 11, 1))
    reword(action, keeper, version=2, text="Fourth.", on=date(2012, 11, 1))

    days = (date(2012, 9, 30), date(2012, 10, 1), date(2012, 10, 31), date(2012, 11, 1), ON)
    words = [Action.objects.as_of(on).get(pk=action.pk).text for on in days]  # type: ignore[attr-defined]
    assert words == [action.original_text, "Second.", "Second.", "Fourth.", "Fourth."]
    told = [[one.text for one in history.of_words(action, on=on)] for on in (days[0], days[2], days[3])]
    assert told == [
        [action.original_text],
        ["Second.", action.original_text],
        ["Fourth.", "Third.", "Second.", action.original_text],
    ]
    assert Action.objects.get(pk=action.pk).original_text == action.original_text


def test_the_ledger_has_both_wordings_and_the_reason(action: Action, keeper: User) -> None:
    reword(action, keeper)

    row = Change.objects.get()
    assert (row.before, row.after, row.reason) == (
        {"text": action.original_text},
        {"text": "Other."},
        "Clearer.",
    )


def test_why_words_were_kept_is_in_the_ledger_beside_why_they_changed(action: Action, keeper: User) -> None:
    workflow.reword_action(
        action=action, version=0, text=CHILD, reason="Clearer.", by=keeper, on=ON, kept_because="Invented."
    )

    row = Change.objects.get()
    assert (row.reason, row.after["kept_because"]) == ("Clearer.", "Invented.")


@pytest.mark.parametrize("field", ["text", "reason"])
def test_words_and_reason_are_both_needed(action: Action, keeper: User, field: str) -> None:
    said = {"text": "Other.", "reason": "Clearer.", field: " "}

    with pytest.raises(ValidationError) as refused:
        workflow.reword_action(action=action, version=0, by=keeper, on=ON, **said)

    assert list(refused.value.error_dict) == [field]


def test_the_same_words_are_no_rewording(action: Action, keeper: User) -> None:
    with pytest.raises(workflow.NothingChanged):
        reword(action, keeper, text=f"{action.original_text} ")


def test_the_second_of_two_writers_sees_the_first(action: Action, keeper: User, cast: Cast) -> None:
    first = reword(action, keeper, text="First.")

    with pytest.raises(workflow.RewordedMeanwhile) as clash:
        reword(action, keeper, text="Second.")

    assert (clash.value.theirs, clash.value.version) == (first, 1)
    assert Change.objects.count() == 1


def test_a_double_click_makes_one_rewording(action: Action, keeper: User) -> None:
    first = reword(action, keeper)

    again = reword(action, keeper)

    assert (again, Rewording.objects.count(), Change.objects.count()) == (first, 1, 1)


@pytest.mark.parametrize("stage", ["complete", "withdrawn"])
def test_what_has_ended_keeps_its_words(action: Action, keeper: User, stage: str) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), stage=stage)

    with pytest.raises(ValidationError, match=f"This action is {stage}. Reopen it to reword it."):
        reword(action, keeper)


def test_words_are_not_changed_before_a_later_change(action: Action, keeper: User) -> None:
    reword(action, keeper)

    with pytest.raises(ValidationError, match="on a later day"):
        reword(action, keeper, version=1, text="Earlier.", on=date(2012, 11, 13))


def test_the_database_keeps_what_was_agreed(version: PlanVersion) -> None:
    for rows in (PlanVersion.objects.filter(pk=version.pk), SignOff.objects.filter(version=version)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)
    for change in ({"content": {}}, {"digest": "0" * 64}, {"agreed_on": ON}, {"label": "2.02"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            PlanVersion.objects.filter(pk=version.pk).update(**change)


# The index of changes


def kinds(action: Action, on: date) -> list[str]:
    return [str(kind.value) for kind in index_of_changes.kinds_of(action, on=on)]


def test_headings_are_those_of_the_day(action: Action, keeper: User) -> None:
    workflow.index_action(action=action, kinds=["quality"], by=keeper, on=date(2012, 10, 1))
    workflow.index_action(action=action, kinds=["policy", "quality"], by=keeper, on=date(2012, 11, 1))
    workflow.index_action(action=action, kinds=["workforce"], by=keeper, on=date(2012, 11, 1))

    days = (date(2012, 9, 9), date(2012, 9, 10), date(2012, 10, 1), date(2012, 10, 31), ON)
    assert [kinds(action, on) for on in days] == [[], ["policy"], ["quality"], ["quality"], ["workforce"]]


def test_the_same_headings_again_are_no_change(action: Action, keeper: User) -> None:
    workflow.index_action(action=action, kinds=["policy"], by=keeper, on=ON)

    assert (Change.objects.count(), IndexEntry.objects.of_action(action).count()) == (0, 1)


def test_headings_that_are_none_are_refused(action: Action, keeper: User) -> None:
    with pytest.raises(ValidationError) as refused:
        workflow.index_action(action=action, kinds=["policy", "budget"], by=keeper, on=ON)

    assert list(refused.value.error_dict) == ["kinds"]


def test_the_index_is_not_changed_behind_a_later_change(action: Action, keeper: User) -> None:
    workflow.index_action(action=action, kinds=[], by=keeper, on=ON)

    with pytest.raises(ValidationError, match="on a later day"):
        workflow.index_action(action=action, kinds=["policy"], by=keeper, on=date(2012, 11, 13))


def test_harrows_index(harrow: Plan) -> None:
    index = index_of_changes.of(harrow, on=ON)

    assert [(heading.kind.value, len(heading.standings)) for heading in index.headings] == [
        ("policy", 16),
        ("guidance", 8),
        ("quality", 12),
        ("workforce", 26),
    ]
    assert (index.entries, index.actions) == (62, 58)
    assert index_of_changes.of(harrow, on=date(2012, 9, 9)).entries == 0
    assert "The paper announces an index of changes and prints none." in harrow.notes


# Versions


def test_an_agreed_version_is_the_plan_of_its_day(harrow: Plan, action: Action, keeper: User) -> None:
    reword(action, keeper)

    agreed = workflow.agree_version(
        plan=harrow,
        label="3.0",
        signed_off_by=[(" Board ", date(2012, 11, 1)), ("Cabinet", ON)],
        note="After the meeting.",
        by=keeper,
        on=ON,
    )

    assert (agreed.position, agreed.agreed_on, agreed.note) == (2, ON, "After the meeting.")
    assert contents.of_version(PlanVersion.objects.get(pk=agreed.pk)) == contents.of(harrow, on=ON)
    assert [str(one) for one in agreed.sign_offs.all()] == [
        "Board, 1 November 2012",
        "Cabinet, 14 November 2012",
    ]
    assert Change.objects.get(verb="agree_version").after == {
        "version": "3.0",
        "digest": agreed.digest,
        "signed_off_by": [[" Board ", "2012-11-01"], ["Cabinet", "2012-11-14"]],
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "2.01"}, "label"),
        ({"label": "agree"}, "label"),
        ({"label": "3/0"}, "label"),
        ({"label": "3 0"}, "label"),
        ({"label": "1" * 21}, "label"),
        ({"signed_off_by": []}, "signed_off_by"),
        ({"signed_off_by": [("Board", ON), ("board ", ON)]}, "signed_off_by"),
        ({"signed_off_by": [("Board", date(2012, 11, 15))]}, "signed_on"),
        ({"signed_off_by": [(" ", ON)]}, "body"),
        ({"signed_off_by": [("x" * 121, ON)]}, "body"),
        ({"note": "x" * 5001}, "note"),
    ],
)
def test_what_a_version_cannot_be(harrow: Plan, keeper: User, wrong: dict[str, Any], field: str) -> None:
    asked = {"label": "3.0", "signed_off_by": [("Board", ON)], **wrong}

    with pytest.raises(ValidationError) as refused:
        workflow.agree_version(plan=harrow, by=keeper, on=ON, **asked)

    assert list(refused.value.error_dict) == [field]
    assert (PlanVersion.objects.filter(plan=harrow).count(), Change.objects.count()) == (1, 0)


def test_versions_are_agreed_in_order(harrow: Plan, keeper: User) -> None:
    with pytest.raises(ValidationError, match="A later version was agreed already"):
        workflow.agree_version(
            plan=harrow, label="1.0", signed_off_by=[("Board", ON)], by=keeper, on=date(2012, 9, 9)
        )


def test_a_plan_that_says_nothing_cannot_be_agreed(northmoor: Plan, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="nothing in this plan"):
        workflow.agree_version(
            plan=northmoor,
            label="1.0",
            signed_off_by=[("Board", date(2024, 1, 1))],
            by=cast.northmoor_administrator,
            on=date(2024, 1, 1),
        )


def test_a_note_like_a_childs_record_is_stopped(harrow: Plan, keeper: User) -> None:
    with pytest.raises(workflow.LooksLikeChildRecord):
        workflow.agree_version(
            plan=harrow, label="3.0", signed_off_by=[("Board", ON)], note=CHILD, by=keeper, on=ON
        )


@pytest.mark.parametrize(
    ("body", "signed_on", "field"),
    [("cabinet ", ON, "body"), ("", ON, "body"), ("Council", date(2012, 11, 15), "signed_on")],
)
def test_what_a_sign_off_cannot_be(
    version: PlanVersion, keeper: User, body: str, signed_on: date, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        workflow.sign_version_off(version=version, body=body, signed_on=signed_on, by=keeper, on=ON)

    assert list(refused.value.error_dict) == [field]


def test_closing_needs_a_reason(harrow: Plan, keeper: User) -> None:
    with pytest.raises(ValidationError) as refused:
        workflow.close_plan(plan=harrow, reason=" ", by=keeper, on=ON)

    assert list(refused.value.error_dict) == ["reason"]


def test_a_closed_plan_is_closed_from_its_day_on(harrow: Plan, keeper: User) -> None:
    closed = workflow.close_plan(plan=harrow, reason="Everything is done.", by=keeper, on=ON)

    assert [closed.is_closed(on) for on in (date(2012, 11, 13), ON)] == [False, True]
    assert Change.objects.get().reason == "Everything is done."
