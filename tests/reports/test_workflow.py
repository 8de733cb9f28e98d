"""Asking for a report's file, making it, and handing out the bytes that were made."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from improvement import clock
from improvement.models import Change
from improvement.stored_files import FileAltered
from reports import document, making, pages, pdf
from reports.models import Report, ReportFile, State
from reports.workflow import files
from reports.workflow.files import TooManyRequested
from tests.cast import Cast
from tests.reports.conftest import write_report

DAY = date(2012, 11, 14)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files made at once, from any page; the pages that were asked for."""
    made: list[str] = []

    def render(source: str, on_step: object = None) -> pdf.Pdf:
        made.append(source)
        return pdf.Pdf(b"%PDF-1.7 " + pdf.fingerprint(source).encode() + b" %%EOF", 3)

    monkeypatch.setattr(pdf, "render", render)
    return made


def run_jobs() -> None:
    for job in DBTaskResult.objects.ready():
        job.task.call(*job.args_kwargs["args"])
        job.set_successful(None)


# Asking


def test_asking_queues_one_job_and_writes_one_change(report: Report, cast: Cast) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    assert (file.state, file.requested_by) == (State.QUEUED, cast.reader)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [file.pk], "kwargs": {}}
    change = Change.objects.get()
    assert (change.verb, change.by, change.subject_id) == ("request_file", cast.reader, file.pk)
    assert change.after == {
        "state": "queued",
        "paper": "scrutiny",
        "format": "pdf",
        "fingerprint": file.fingerprint,
    }


def test_two_requests_are_one_file(report: Report, cast: Cast) -> None:
    first = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    second = files.request_file(wanted=files.of_report(report), by=cast.board_member, on=DAY)

    assert first == second
    assert DBTaskResult.objects.count() == 1
    assert Change.objects.count() == 1


def test_a_ready_file_is_not_made_again(report: Report, cast: Cast, quick: list[str]) -> None:
    first = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    run_jobs()

    second = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    assert first == second
    assert second.is_ready
    assert len(quick) == 1


def test_another_state_of_the_plan_is_another_file(report: Report, cast: Cast) -> None:
    first = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    Report.objects.filter(pk=report.pk).update(title="Another title")

    second = files.request_file(
        wanted=files.of_report(Report.objects.with_plan().get(pk=report.pk)), by=cast.reader, on=DAY
    )

    assert first != second


def test_a_stranger_may_not_ask(report: Report, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        files.request_file(wanted=files.of_report(report), by=cast.stranger, on=DAY)

    assert not ReportFile.objects.exists()


def test_a_fourth_waiting_report_is_refused(report: Report, cast: Cast) -> None:
    for number in range(3):
        other = write_report(report.plan, slug=f"other-{number}")
        files.request_file(wanted=files.of_report(other), by=cast.reader, on=DAY)

    with pytest.raises(TooManyRequested, match="3 reports waiting"):
        files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    assert (
        files.request_file(wanted=files.of_report(report), by=cast.board_member, on=DAY).state == State.QUEUED
    )


def test_one_that_was_abandoned_does_not_count_as_waiting(report: Report, cast: Cast, settings: Any) -> None:
    long_ago = clock.now() - timedelta(seconds=settings.REPORT_SECONDS + 61)
    for number in range(3):
        other = write_report(report.plan, slug=f"other-{number}")
        file = files.request_file(wanted=files.of_report(other), by=cast.reader, on=DAY)
        ReportFile.objects.filter(pk=file.pk).update(state=State.MAKING, started_at=long_ago)

    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    assert file.state == State.QUEUED


@pytest.mark.parametrize("state", [State.FAILED, State.MAKING])
def test_one_that_failed_or_was_abandoned_may_be_asked_for_again(
    state: State, report: Report, cast: Cast, settings: Any
) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    long_ago = clock.now() - timedelta(seconds=settings.REPORT_SECONDS + 61)
    ReportFile.objects.filter(pk=file.pk).update(state=state, started_at=long_ago, problem="It broke.")

    again = files.request_file(wanted=files.of_report(report), by=cast.board_member, on=DAY)

    assert (again.pk, again.state, again.problem, again.requested_by) == (
        file.pk,
        State.QUEUED,
        "",
        cast.board_member,
    )
    assert DBTaskResult.objects.count() == 2
    assert Change.objects.order_by("-position")[0].before == {"state": state.value}


# Making


def test_making_keeps_the_bytes_and_notes_their_digest(report: Report, cast: Cast, quick: list[str]) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    run_jobs()

    file.refresh_from_db()
    content = files.content_of(file)
    assert (file.state, file.pages, file.size, file.percent, file.source) == (
        State.READY,
        3,
        len(content),
        100,
        "",
    )
    assert file.file.name.startswith("reports/")
    assert "scrutiny" not in file.file.name
    change = Change.objects.order_by("-position")[0]
    assert (change.verb, change.after["sha256"]) == ("make_file", file.sha256)


def test_making_shows_what_was_asked_for(report: Report, cast: Cast, quick: list[str]) -> None:
    source = pages.source_of(document.of(report))
    files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    Report.objects.filter(pk=report.pk).update(title="Another title")

    run_jobs()

    assert quick == [source]


def test_making_twice_changes_nothing(report: Report, cast: Cast, quick: list[str]) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    files.make_file.call(file.pk)

    files.make_file.call(file.pk)

    assert len(quick) == 1
    assert len(default_storage.listdir("reports")[1]) >= 1
    assert Change.objects.filter(verb="make_file").count() == 1


def test_a_file_that_is_gone_is_let_be(db: None) -> None:
    assert files.make_file.call(404) is None


def test_a_failure_is_kept_in_words(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> pdf.Pdf:
        raise making.ReportFailed("time", seconds=120)

    monkeypatch.setattr(pdf, "render", fail)
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    run_jobs()

    file.refresh_from_db()
    assert (file.state, file.problem) == (
        State.FAILED,
        "The report took longer than it may (120 seconds), so it was stopped. Nothing was made.",
    )


def test_a_full_disk_leaves_no_file_that_is_ready(
    report: Report, cast: Cast, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)

    with pytest.raises(OSError, match="No space"):
        files.make_file.call(file.pk)

    file.refresh_from_db()
    assert (file.state, file.file.name) == (State.FAILED, "")
    assert "fault in Waymark" in file.problem


# Handing out


def test_altered_bytes_are_not_handed_out(report: Report, cast: Cast, quick: list[str]) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    run_jobs()
    file.refresh_from_db()
    with file.file.storage.open(file.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 another %%EOF")

    with pytest.raises(FileAltered):
        files.content_of(file)


def test_a_file_that_was_altered_is_made_again_when_asked_for(
    report: Report, cast: Cast, quick: list[str]
) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    run_jobs()
    file.refresh_from_db()
    first = file.sha256
    default_storage.delete(file.file.name)

    again = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    run_jobs()

    again.refresh_from_db()
    assert (again.pk, again.state, again.sha256) == (file.pk, State.READY, first)
    assert files.is_whole(again)


def test_without_a_request_the_stored_bytes_are_taken(report: Report, cast: Cast, quick: list[str]) -> None:
    file = files.request_file(wanted=files.of_report(report), by=cast.reader, on=DAY)
    run_jobs()
    file.refresh_from_db()

    content = files.made(files.of_report(report))

    assert content == files.content_of(file)
    assert len(quick) == 1


def test_without_a_request_or_a_file_it_is_made_and_not_kept(report: Report, quick: list[str]) -> None:
    content = files.made(files.of_report(report))

    assert ContentFile(content).size > 0
    assert not ReportFile.objects.exists()


def test_exempt_reports_are_for_those_who_sit_in_the_closed_part(report: Report, cast: Cast) -> None:
    Report.objects.filter(pk=report.pk).update(exempt_paragraph="3", public_interest="A contract is open.")

    readers = [
        name for name, user in vars(cast).items() if Report.objects.visible_to(user).filter(pk=report.pk)
    ]

    assert readers == ["board_member", "scrutiny_officer", "plan_administrator"]
