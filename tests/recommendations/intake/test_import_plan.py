"""`manage.py import_plan`: what it says, what it loads, and how it ends."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from improvement.models import Change, Plan, Role
from recommendations.management.import_plan_arguments import EPILOG
from recommendations.models import Action, Intake, ProgressUpdate, Recommendation
from tests.cast import Cast
from tests.factories import MembershipFactory

HEAD = "Reference,Recommendation,Number,Action,Lead officers,Due,Stage,Latest update"
ROWS = (
    "R1,Answer every contact in a day.,1,Staff the front door at weekends.,DCS,30/06/2013,In progress,Two are appointed.",
    "R1,Answer every contact in a day.,2,Record each contact.,DCS,31/07/2013,Not started,",
    "R2,Listen to children.,1,Ask them.,DCS,31/08/2013,Complete,Asked in spring.",
)
NEW = ("--council=harrow", "--plan=front-door", "--name=Front door plan")


def file(folder: Path, *rows: str, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((HEAD, *(rows or ROWS))) + "\n")
    return path


def run(*arguments: object, code: int = 0) -> tuple[str, str]:
    """What the command says, and beside that; ends with this code."""
    out, beside = StringIO(), StringIO()
    ended = 0
    try:
        call_command("import_plan", *map(str, arguments), stdout=out, stderr=beside)
    except CommandError as refused:
        ended = refused.returncode
        beside.write(str(refused))
    assert ended == code, beside.getvalue()
    return out.getvalue(), beside.getvalue()


def test_a_file_becomes_a_plan(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    out, beside = run(file(tmp_path), *NEW)

    plan = Plan.objects.get(slug="front-door")
    assert plan.name == "Front door plan"
    assert [str(each) for each in Action.objects.for_plan(plan).in_plan_order()] == [
        "R1 (1)",
        "R1 (2)",
        "R2 (1)",
    ]
    assert out == (
        "Understood 2 recommendations with 3 actions and 1 lead officer. 3 of the actions have a day, 3 an update.\n"
        "The plan was made: /harrow/front-door/\n"
    )
    assert beside.splitlines() == [
        "Reading the file ...",
        "Working out what it means ...",
        "Loading ...",
        "Loading: 2 of 7 ...",
        "Loading: 5 of 7 ...",
        "Loading: 7 of 7 ...",
    ]
    assert Intake.objects.get().loaded_by == cast.plan_administrator


def test_a_dry_run_leaves_no_trace(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    out, _ = run(file(tmp_path), *NEW, "--dry-run")

    assert out.endswith("Nothing was loaded: this was a dry run.\n")
    assert not Plan.objects.filter(slug="front-door").exists()
    assert not Intake.objects.exists()
    assert not Change.objects.exists()


def test_the_same_file_again_changes_nothing(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    path = file(tmp_path)
    run(path, *NEW)
    before = Change.objects.count()

    out, _ = run(path, *NEW)

    assert out.endswith("There was nothing to do: /harrow/front-door/\n")
    assert [each.verb for each in Change.objects.all()[before:]] == ["begin_intake", "load_intake"]


@pytest.mark.parametrize(
    ("choose", "actions", "updates"), [(None, 4, 3), ("additions", 4, 2), ("none", 3, 2)]
)
def test_a_newer_file_is_taken_over_as_chosen(
    harrow: Plan, cast: Cast, tmp_path: Path, choose: str | None, actions: int, updates: int
) -> None:
    run(file(tmp_path), *NEW)
    first = ROWS[0].replace("Two are appointed.", "All are appointed.")
    added = "R2,Listen to children.,2,Tell them.,DCS,30/09/2013,Not started,"
    newer = file(tmp_path, first, *ROWS[1:], added, name="newer.csv")

    run(newer, *NEW, *([f"--choose={choose}"] if choose else []))

    plan = Plan.objects.get(slug="front-door")
    assert Action.objects.for_plan(plan).count() == actions
    assert ProgressUpdate.objects.filter(action__recommendation__plan=plan).count() == updates


def test_every_bad_row_is_named_with_its_column_its_value_and_the_reason(
    harrow: Plan, cast: Cast, tmp_path: Path
) -> None:
    """Security case 62."""
    path = file(tmp_path, *ROWS, f"R3,{'x' * 5001},1,Ask.,DCS,31/08/2013,Complete,Asked.")

    _, beside = run(path, *NEW, code=1)

    assert f"line 5, “Recommendation”: R3, text: “{'x' * 79}…”: Longer than 5,000 characters." in beside
    assert not Plan.objects.filter(slug="front-door").exists()


def test_words_about_a_child_are_named_and_want_a_reason(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    child = ROWS[0].replace("Two are appointed.", "Speak to AB (DOB 12/03/2009).")
    path = file(tmp_path, child)

    _, beside = run(path, *NEW, code=1)
    run(path, *NEW, "--kept-because=An invented example.")

    assert "R1 (1), standing: “DOB 12/03/2009”: looks like a date of birth" in beside
    assert Recommendation.objects.filter(plan__slug="front-door").count() == 1


def test_what_is_unsure_is_named_and_waits_for_somebody_where_asked(
    harrow: Plan, cast: Cast, tmp_path: Path
) -> None:
    path = file(tmp_path, ROWS[0].replace("30/06/2013", "31/06/2013"))

    out, beside = run(path, *NEW, "--stop-if-unsure", code=3)
    assert out.splitlines()[1:] == [
        "To look at: 1 value.",
        "  line 2, “Due”: R1 (1), due: There is no such day: to be confirmed",
    ]
    assert f"It waits at /harrow/intake/{Intake.objects.get().pk}/." in beside
    out, _ = run(path, *NEW)

    assert "  line 2, “Due”: R1 (1), due: There is no such day: to be confirmed" in out.splitlines()
    assert Action.objects.get(recommendation__plan__slug="front-door").due_text == "31/06/2013"
    assert Intake.objects.count() == 1


def test_what_is_unsure_of_a_newer_file_waits_however_it_spells_a_reference(
    harrow: Plan, cast: Cast, tmp_path: Path
) -> None:
    run(file(tmp_path), *NEW)
    newer = file(
        tmp_path,
        ROWS[0].replace("R1", "R 1").replace("In progress,Two", "nearly there,Three"),
        ROWS[1].replace("R1", "R 1"),
        ROWS[2],
        name="newer.csv",
    )

    out, _ = run(newer, *NEW, "--stop-if-unsure", code=3)
    left, _ = run(newer, *NEW)

    assert "To look at: 1 value." in out
    assert left.endswith("There was nothing to do: /harrow/front-door/\n")


def test_what_was_not_taken_over_is_offered_again(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    run(file(tmp_path), *NEW)
    newer = file(tmp_path, ROWS[0].replace("Two", "Three"), *ROWS[1:], name="newer.csv")
    run(newer, *NEW, "--choose=none")

    out, _ = run(newer, *NEW)

    assert out.endswith("1 difference was taken over: /harrow/front-door/\n")


@pytest.mark.parametrize("wrong", ["--plan=Front Door", f"--name={'x' * 161}"])
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_plan_that_cannot_be_made_is_wrong_usage_for_a_dry_run_as_well(
    harrow: Plan, cast: Cast, tmp_path: Path, wrong: str, dry: tuple[str, ...]
) -> None:
    _, beside = run(file(tmp_path), *NEW, wrong, *dry, code=2)

    assert beside.startswith("Nothing was loaded. ")


def test_a_dry_run_of_a_closed_plan_says_that_it_is_refused(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    Plan.objects.filter(pk=harrow.pk).update(closed_on=date(2012, 10, 1))

    run(file(tmp_path), "--council=harrow", f"--plan={harrow.slug}", "--dry-run", code=1)


def test_the_help_fits_on_a_terminal() -> None:
    assert max(map(len, EPILOG.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--council=nowhere", "--plan=p"), "There is no council nowhere. There is: harrow"),
        (
            ("--council=harrow", "--plan=p", "--as=reader@cast.example"),
            "reader@cast.example is no plan administrator",
        ),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    harrow: Plan, cast: Cast, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    _, beside = run(file(tmp_path), *arguments, code=2)

    assert sentence in beside


def test_of_several_administrators_one_has_to_be_named(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    MembershipFactory(user=cast.stranger, council=harrow.council, role=Role.PLAN_ADMINISTRATOR)

    _, beside = run(file(tmp_path), *NEW, code=2)
    run(file(tmp_path), *NEW, f"--as={cast.stranger.email}")

    assert "Say with --as EMAIL who brings the plan in." in beside
    assert Intake.objects.get().by == cast.stranger


def test_a_file_that_is_not_there(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    _, beside = run(tmp_path / "plan.docx", *NEW, code=2)

    assert beside.strip().endswith("plan.docx cannot be read: There is no such file.")


def test_where_nothing_was_taken_for_a_plan_somebody_can_say_what_its_columns_are(
    harrow: Plan, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "letter.csv"
    path.write_text("Dear all\nplease find the minutes\n")

    _, dry = run(path, *NEW, "--dry-run", code=1)
    _, beside = run(path, *NEW, code=1)

    found = "Nothing was loaded. No recommendation and no action was found in it: none of its tables was taken for a plan."
    waits = f"Somebody can say what its columns are. It waits at /harrow/intake/{Intake.objects.get().pk}/."
    assert dry.splitlines()[-1] == f"{found} Say in the browser what its columns are."
    assert beside.splitlines()[-1] == f"{found} {waits}"


def test_what_is_no_plan_is_refused(harrow: Plan, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7\n")

    _, beside = run(path, *NEW, code=1)

    assert "Nothing was loaded. It is a PDF" in beside


@pytest.mark.shared
@pytest.mark.parametrize("ending", ["csv", "docx", "xlsx"])
def test_harrows_files_are_harrows_plan(harrow: Plan, cast: Cast, shared: Path, ending: str) -> None:
    run(shared / "data" / f"harrow-plan.{ending}", "--council=harrow", "--plan=again")

    loaded = Plan.objects.get(slug="again")
    assert Recommendation.objects.for_plan(loaded).count() == 22
    assert shown(loaded) == shown(harrow)


def shown(plan: Plan) -> list[tuple[object, ...]]:
    """Numbers, phases, posts, dates and stages."""
    actions = Action.objects.for_plan(plan).with_recommendation().with_leads().in_plan_order()
    return [
        (
            each.recommendation.reference,
            each.number,
            each.phase,
            tuple(lead.lead_officer.abbreviation for lead in each.leads.all()),
            each.original_due_on,
            each.due_precision,
            each.updates.order_by("sequence").values_list("stage", flat=True).last(),
        )
        for each in actions
    ]
