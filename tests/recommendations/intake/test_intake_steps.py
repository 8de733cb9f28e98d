"""An intake step by step: a file is begun, its columns are chosen, values put right, and it is left."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from improvement.models import Change, Council, Plan, User
from improvement.stored_files import FileRefused, open_whole
from recommendations.intake import job, reading, written
from recommendations.intake.columns import Meaning
from recommendations.intake.mending import LEFT_OUT, mended
from recommendations.models import Intake, IntakeState
from recommendations.workflow import intake as workflow
from recommendations.workflow.intake_reading import load_now, read_now
from tests.cast import Cast

ON = date(2012, 11, 14)
TABLE = (
    "Ref,What Ofsted asks,No.,Steps,Owner,By when,News\n"
    "R1,Answer every contact.,1,Staff the front door.,DCS,30/06/2013,Two are appointed.\n"
    "R1,Answer every contact.,2,Record each contact.,DCS,31/06/2013,\n"
)


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


@pytest.fixture
def council(harrow: Plan) -> Council:
    return harrow.council


def begin(council: Council, by: User, text: str = TABLE, **other: object) -> Intake:
    values: dict[str, object] = {"plan": None, "plan_slug": "front-door", "plan_name": "Front door", **other}
    content = ContentFile(text.encode(), name="plan.csv")
    return workflow.begin_intake(
        council=council,
        content=content,
        name="plan.csv",
        by=by,
        on=ON,
        at_once=True,
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def intake(council: Council, keeper: User) -> Intake:
    """A file that was read and understood."""
    return read_now(begin(council, keeper), on=ON)


def values(intake: Intake) -> dict[str, object]:
    """What is understood, by key."""
    (each,) = workflow.understood(intake).recommendations
    return {
        f"{one.number.value}/{part}": getattr(one, part).value
        for one in each.actions
        for part in ("text", "leads", "due")
    }


def test_a_file_is_kept_as_it_came(council: Council, keeper: User) -> None:
    intake = begin(council, keeper)

    with open_whole(intake.file, intake.sha256) as kept:
        assert kept.read() == TABLE.encode()
    assert (intake.state, intake.size, intake.version) == (IntakeState.READING, len(TABLE.encode()), 1)
    change = Change.objects.get()
    assert (change.verb, change.by, change.after) == (
        "begin_intake",
        keeper,
        {"plan": "front-door", "sha256": intake.sha256},
    )


def test_the_same_file_twice_while_one_waits_is_one(council: Council, keeper: User) -> None:
    first = begin(council, keeper)

    again = begin(council, keeper)

    assert again == first
    assert Change.objects.count() == 1
    assert default_storage.exists(first.file)


def test_after_it_was_left_the_same_file_can_be_begun_again(council: Council, keeper: User) -> None:
    first = begin(council, keeper)
    workflow.leave_intake(intake=first, by=keeper, on=ON)

    again = begin(council, keeper)

    assert again != first
    first.refresh_from_db()
    assert first.state == IntakeState.LEFT


@pytest.mark.parametrize(
    "wrong",
    [
        {"plan_slug": "Front Door"},
        {"plan_slug": "intake"},
        {"plan_slug": "children-and-families-2012"},
        {"plan_name": " "},
        {"plan_name": "x" * 161},
    ],
)
def test_a_new_plan_needs_a_name_and_an_address_of_its_own(
    council: Council, keeper: User, wrong: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        begin(council, keeper, **wrong)

    assert not Intake.objects.exists()


def test_an_address_of_waymarks_own_is_said_to_be_one(council: Council, keeper: User) -> None:
    with pytest.raises(ValidationError) as refused:
        begin(council, keeper, plan_slug="boards")

    assert refused.value.messages == ["“boards” is an address of Waymark's own; choose another."]


def test_a_file_that_is_too_large_is_refused_in_the_same_words(
    council: Council, keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_MEGABYTES", 0)

    with pytest.raises(FileRefused) as refused:
        begin(council, keeper)

    assert str(refused.value) == reading.TOO_LARGE


def test_another_councils_plan_is_no_target(council: Council, keeper: User, northmoor: Plan) -> None:
    with pytest.raises(ValidationError):
        begin(council, keeper, plan=northmoor)


@pytest.mark.parametrize("role", ["reader", "lead_officer", "board_member", "scrutiny_officer", "stranger"])
def test_only_those_who_keep_the_plan_bring_one_in(council: Council, cast: Cast, role: str) -> None:
    with pytest.raises(PermissionDenied):
        begin(council, getattr(cast, role))

    assert not Intake.objects.exists()


def test_it_is_seen_by_those_who_keep_the_plan_and_by_nobody_else(intake: Intake, cast: Cast) -> None:
    seen = {
        name: list(Intake.objects.visible_to(getattr(cast, name)))
        for name in ("plan_administrator", "reader", "board_member", "northmoor_administrator", "stranger")
    }

    assert seen == {
        "plan_administrator": [intake],
        "reader": [],
        "board_member": [],
        "northmoor_administrator": [],
        "stranger": [],
    }


def test_what_cannot_be_read_says_why(council: Council, keeper: User) -> None:
    intake = read_now(begin(council, keeper, text=""), on=ON)

    assert intake.state == IntakeState.FAILED
    assert intake.problem == "It is empty. Check that it opens on your computer, then choose it again."


def test_columns_are_chosen_and_remembered(intake: Intake, keeper: User) -> None:
    (mapping,) = written.mapping_from(intake.mapping)
    columns = [*mapping.columns[:-1], Meaning.KEPT]
    chosen = type(mapping)(0, mapping.headers, tuple(columns))

    workflow.choose_columns(intake=intake, version=1, mapping=[chosen], at_once=True, by=keeper, on=ON)
    read_now(intake, on=ON)

    assert (intake.state, intake.version) == (IntakeState.UNDERSTOOD, 2)
    assert written.mapping_from(intake.mapping) == (chosen,)
    assert workflow.remembered_by(intake.council)["news"] == Meaning.KEPT
    assert [each.verb for each in Change.objects.all()] == ["begin_intake", "choose_columns"]
    assert not any(one.standings for one in workflow.understood(intake).recommendations[0].actions)


def test_a_plan_has_actions_in_some_column(intake: Intake, keeper: User) -> None:
    (mapping,) = written.mapping_from(intake.mapping)
    nothing = type(mapping)(0, mapping.headers, tuple(Meaning.KEPT for _ in mapping.columns))

    with pytest.raises(ValidationError):
        workflow.choose_columns(intake=intake, version=1, mapping=[nothing], by=keeper, on=ON)


@pytest.mark.parametrize(
    ("key", "value", "after"),
    [
        ("R1 (2)/due", "30/06/2013", {"2/due": ("2013-06-30", "day", "30/06/2013")}),
        ("R1 (2)/due", "End Oct 12", {"2/due": ("2012-10-31", "month", "End Oct 12")}),
        ("R1 (2)/due", "Ongoing", {"2/due": ("None", "ongoing", "Ongoing")}),
        ("R1 (1)/leads", "DCS / SM QA", {"1/leads": ("DCS", "SM QA")}),
        ("R1 (1)/text", " Staff it. ", {"1/text": "Staff it."}),
        ("post/DCS", "SM QA", {"1/leads": ("SM QA",), "2/leads": ("SM QA",)}),
    ],
)
def test_a_value_is_put_right_by_the_rules_of_the_file(
    intake: Intake, keeper: User, key: str, value: str, after: dict[str, object]
) -> None:
    before = values(intake)

    workflow.mend(intake=intake, version=1, key=key, value=value, by=keeper, on=ON)

    found = values(intake)
    changed = {each: found[each] for each in found if found[each] != before[each]}
    due = {
        each: (str(said.on), said.precision, said.text)
        for each, said in changed.items()
        if hasattr(said, "on")
    }  # type: ignore[attr-defined]
    assert {**changed, **due} == after
    change = Change.objects.get(verb="mend_intake")
    assert (change.after["key"], change.after["value"]) == (key, value)


def test_what_was_mended_is_no_longer_unsure_and_stays_when_it_is_understood_anew(
    intake: Intake, keeper: User
) -> None:
    workflow.mend(intake=intake, version=1, key="R1 (2)/due", value="30/06/2013", by=keeper, on=ON)
    (proposed,) = written.mapping_from(intake.mapping)
    other = replace(proposed, columns=(*proposed.columns[:4], Meaning.KEPT, *proposed.columns[5:]))

    workflow.choose_columns(intake=intake, version=2, mapping=[other], at_once=True, by=keeper, on=ON)
    assert intake.state == IntakeState.READING
    read_now(intake, on=ON)

    due = workflow.understood(intake).recommendations[0].actions[1].due
    assert (due.value.on, due.how, due.sure.value) == (date(2013, 6, 30), "Put right by hand", "certain")


def test_what_was_typed_for_one_action_never_moves_to_another(council: Council, keeper: User) -> None:
    """By other columns the first action is that of another row."""
    backwards = TABLE.replace(",2,", ",0,").replace(",1,", ",2,").replace(",0,", ",1,")
    intake = read_now(begin(council, keeper, backwards), on=ON)
    workflow.mend(intake=intake, version=1, key="R1 (1)/text", value="Record them.", by=keeper, on=ON)
    (proposed,) = written.mapping_from(intake.mapping)
    other = replace(proposed, columns=(*proposed.columns[:2], Meaning.KEPT, *proposed.columns[3:]))

    workflow.choose_columns(intake=intake, version=2, mapping=[other], at_once=True, by=keeper, on=ON)
    read_now(intake, on=ON)

    read = workflow.understood(intake)
    assert [(each.number.value, each.text.value) for each in read.recommendations[0].actions] == [
        ("1", "Staff the front door."),
        ("2", "Record each contact."),
    ]
    assert LEFT_OUT.format(1) in [each.what for each in read.notices]


def test_columns_that_were_proposed_rightly_need_no_second_reading(intake: Intake, keeper: User) -> None:
    mapping = written.mapping_from(intake.mapping)

    workflow.choose_columns(intake=intake, version=1, mapping=mapping, by=keeper, on=ON)

    assert (intake.state, intake.version) == (IntakeState.UNDERSTOOD, 2)
    assert [each.verb for each in Change.objects.all()] == ["begin_intake", "choose_columns"]
    assert intake.council.remembered_columns.get(heading="by when").meaning == Meaning.DUE.value
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("R9/text", "x"),
        ("R1 (1)/text", " "),
        ("R1 (1)/phase", "later"),
        ("R1 (1)/standing/7", "x"),
        ("R1/timescale", "soon"),
        ("R1 (1)/leads/first", "x"),
        ("nothing", "x"),
    ],
)
def test_what_cannot_be_put_so_is_refused(intake: Intake, keeper: User, key: str, value: str) -> None:
    with pytest.raises(ValidationError):
        workflow.mend(intake=intake, version=1, key=key, value=value, by=keeper, on=ON)

    intake.refresh_from_db()
    assert (intake.version, intake.mended) == (1, {})


def test_of_two_who_mend_at_once_neither_loses_a_word(intake: Intake, keeper: User) -> None:
    theirs = Intake.objects.get(pk=intake.pk)
    workflow.mend(intake=intake, version=1, key="R1 (1)/text", value="Mine.", by=keeper, on=ON)

    with pytest.raises(workflow.ChangedMeanwhile):
        workflow.mend(intake=theirs, version=1, key="R1 (2)/text", value="Theirs.", by=keeper, on=ON)

    assert [each.verb for each in Change.objects.all()] == ["begin_intake", "mend_intake"]


def test_what_cannot_be_loaded_by_the_job_can_be_looked_at_again(intake: Intake, keeper: User) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.LOADING)
    intake.refresh_from_db()
    Plan.objects.create(
        council=intake.council,
        slug="front-door",
        name="Meanwhile",
        rating_scale=intake.council.plans.get().rating_scale,
    )

    load_now(intake, version=1, chosen=None, kept_because="", by=keeper, on=ON)

    assert (intake.state, intake.version) == (IntakeState.UNDERSTOOD, 1)
    assert intake.problem == "Somebody made a plan at this address meanwhile. Nothing was loaded."


def test_it_is_loaded_by_the_job_that_was_asked_for(intake: Intake, keeper: User) -> None:
    workflow.ask_to_load(intake=intake, version=1, chosen=None, by=keeper, on=ON)
    assert (intake.state, intake.version) == (IntakeState.LOADING, 2)

    queued = DBTaskResult.objects.get(task_path="recommendations.intake.job.load_file").args_kwargs
    job.load_file.call(*queued["args"], **queued["kwargs"])
    job.load_file.call(*queued["args"], **queued["kwargs"])

    intake.refresh_from_db()
    assert (intake.state, intake.problem, intake.plan and intake.plan.slug) == (
        IntakeState.LOADED,
        "",
        "front-door",
    )
    assert Change.objects.filter(verb="load_intake").count() == 1


def test_what_was_loaded_cannot_be_left(intake: Intake, keeper: User) -> None:
    workflow.load_intake(intake=intake, version=1, chosen=None, by=keeper, on=ON)

    with pytest.raises(workflow.ChangedMeanwhile):
        workflow.leave_intake(intake=intake, by=keeper, on=ON)


def test_what_is_saved_is_the_whole_plan_as_mended(intake: Intake, keeper: User) -> None:
    """Though nothing is made anew but what changed."""
    typed = [("R1 (2)/due", "30/06/2013"), ("R1/theme", "The front door"), ("R1 (1)/leads", "HoS")]
    before = workflow.understood(intake)

    for key, value in typed:
        workflow.mend(intake=intake, version=intake.version, key=key, value=value, by=keeper, on=ON)

    after = mended(before, typed, workflow.known_of(intake, on=ON))
    assert Intake.objects.get(pk=intake.pk).understood == written.as_json(after)


def test_ticks_are_kept_and_are_no_change(intake: Intake, keeper: User) -> None:
    """Only what is not as it was at first is kept, and of several pages all of it."""
    offered, before = {"a": True, "b": False, "c": True}, Change.objects.count()

    workflow.keep_ticks(intake=intake, ticks={"a": False, "b": False}, offered=offered, by=keeper)
    workflow.keep_ticks(intake=intake, ticks={"c": False, "gone": True}, offered=offered, by=keeper)
    workflow.mend(
        intake=Intake.objects.get(pk=intake.pk),
        version=1,
        key="R1/theme",
        value="The front door",
        by=keeper,
        on=ON,
    )

    kept = Intake.objects.get(pk=intake.pk)
    assert workflow.ticks_of(kept) == {"a": False, "c": False}
    assert Change.objects.count() == before + 1


def test_only_those_who_keep_the_plan_tick(intake: Intake, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        workflow.keep_ticks(intake=intake, ticks={"a": True}, offered={"a": False}, by=cast.reader)


def test_nothing_is_ticked_once_it_was_put_aside(intake: Intake, keeper: User) -> None:
    workflow.leave_intake(intake=intake, by=keeper, on=ON)

    with pytest.raises(workflow.ChangedMeanwhile):
        workflow.keep_ticks(intake=intake, ticks={"a": True}, offered={"a": False}, by=keeper)
