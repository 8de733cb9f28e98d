"""The command that takes a plan out, in each format. What its CSV holds is in test_exports.py."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from improvement.models import Plan

NAME = "harrow/children-and-families-2012"
ROOT = Path(__file__).resolve().parents[2]


def counted(file: Path) -> int:
    """How many rows, or for a fixture actions, a file holds."""
    if file.suffix == ".xlsx":
        return int(openpyxl.load_workbook(file)["Plan"].max_row) - 4
    if file.suffix == ".docx":
        return len(docx.Document(str(file)).tables[0].rows) - 1
    if file.suffix == ".json":
        return sum(len(one["actions"]) for one in json.loads(file.read_bytes())["recommendations"])
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as package:
            records = json.loads(package.read("plan.json"))
        return sum(one["model"] == "recommendations.action" for one in records)
    return len(file.read_text(encoding="utf-8-sig").splitlines()) - 1


@pytest.mark.parametrize("ending", ["xlsx", "docx", "json", "zip"])
def test_the_name_of_the_file_says_the_format(harrow: Plan, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"plan.{ending}"

    call_command("export_plan", NAME, output=file)

    assert counted(file) == 101
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("named", ["excel", "word", "csv", "json", "fixture"])
def test_a_format_may_be_named(harrow: Plan, tmp_path: Path, named: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    call_command("export_plan", NAME, output=first, format=named)
    call_command("export_plan", NAME, output=second, format=named)

    assert first.read_bytes() == second.read_bytes()


def test_it_tells_how_far_it_is_beside_what_it_made(
    harrow: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_plan", NAME, output=tmp_path / "plan.xlsx")

    said = capsys.readouterr()
    assert said.out == f"101 actions as of 14 November 2012 in {tmp_path / 'plan.xlsx'}\n"
    assert said.err == "Reading Children and Families Improvement Plan ...\nWriting 101 rows as Excel ...\n"


def test_it_can_be_quiet(harrow: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export_plan", NAME, output=tmp_path / "plan.xlsx", verbosity=0)

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("whose", "count"), [({"organisation": "nhs-harrow"}, 23), ({"lead": "DCS"}, 4)])
def test_one_partners_actions(harrow: Plan, tmp_path: Path, whose: dict[str, str], count: int) -> None:
    call_command("export_plan", NAME, output=tmp_path / "plan.json", **whose)

    assert counted(tmp_path / "plan.json") == count


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"output": "plan"},
            "The name plan does not say which format you want. Add --format: excel, word, csv, json, fixture.",
        ),
        (
            {"output": "plan.csv", "on": "2012-13-01"},
            "Write the day as year, month and day, for example 2012-11-14.",
        ),
        (
            {"output": "plan.zip", "on": "2012-10-01"},
            "A fixture holds all of the plan and every day. Leave --on, --organisation and --lead away.",
        ),
    ],
)
def test_what_cannot_be_is_said(harrow: Plan, tmp_path: Path, options: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError) as failed:
        call_command("export_plan", NAME, **{**options, "output": tmp_path / options["output"]})

    assert (str(failed.value), failed.value.returncode) == (said, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(harrow: Plan, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as failed:
        call_command("export_plan", NAME, output=tmp_path / "away" / "plan.csv")

    assert failed.value.returncode == 1
    assert str(failed.value) == (
        f"Nothing was written to {tmp_path / 'away' / 'plan.csv'}: there is no folder {tmp_path / 'away'}."
    )


def test_an_organisation_that_is_none(northmoor: Plan, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as failed:
        call_command(
            "export_plan", "northmoor/improvement-2025", output=tmp_path / "plan.csv", organisation="nhs"
        )

    assert str(failed.value) == "There is no organisation nhs. There is: northmoor-council."


def test_help_and_wrong_usage() -> None:
    """The exit codes that the help promises; a code of 1 is that of every CommandError."""
    program = [sys.executable, "manage.py", "export_plan"]

    helped = subprocess.run([*program, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    wrong = subprocess.run([*program, "harrow/x"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert helped.returncode == 0
    assert "exit codes:\n  0  the file was written\n" in helped.stdout
    assert (wrong.returncode, "--output" in wrong.stderr) == (2, True)
