"""Publishing, correcting and withdrawing a report: all of it or nothing, and nothing changes afterwards."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from improvement import clock, ledger
from improvement.models import Change
from reports import document, making, pdf
from reports.formats import FORMATS
from reports.models import (
    Audience,
    Format,
    Publication,
    PublishedFile,
    Publishing,
    Report,
    ReportRow,
    ReportSection,
    State,
    Withdrawal,
)
from reports.workflow import clearance, publication
from reports.workflow.publication_rules import AlreadyPublished, NotReady
from tests.cast import Cast
from tests.reports.publishing import DAY, clear, hide_something, published, run_jobs

pytestmark = pytest.mark.pdf

LATE = date(2012, 11, 7)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """PDFs made at once, from any page; the pages that were asked for."""
    made: list[str] = []

    def render(source: str, on_step: object = None) -> pdf.Pdf:
        made.append(source)
        return pdf.Pdf(b"%PDF-1.7 " + pdf.fingerprint(source).encode() + b" %%EOF", 3)

    monkeypatch.setattr(pdf, "render", render)
    return made


@pytest.fixture
def ready(report: Report, quick: list[str]) -> Report:
    return clear(report)


def stored_files() -> list[str]:
    there: list[str] = default_storage.listdir("published")[1] if default_storage.exists("published") else []
    return sorted(there)


def fresh(report: Report) -> Report:
    return Report.objects.with_plan().get(pk=report.pk)


# What is missing


def test_what_is_missing_stops_it(report: Report, cast: Cast) -> None:
    ReportSection.objects.filter(report=report, heading="Background").update(readiness="not-ready")
    ReportRow.objects.filter(report=report, label="Responsible officer").update(text=" ")

    with pytest.raises(NotReady) as refused:
        publication.publish(report=report, by=cast.scrutiny_officer, on=DAY)

    found = refused.value.gaps
    assert [section.heading for section in found.sections] == ["Background"]
    assert [row.label for row in found.rows] == ["Responsible officer"]
    assert [each.post for each in found.clearances] == ["Monitoring Officer"]
    assert not Publishing.objects.exists()


def test_what_is_not_required_stops_nothing(ready: Report, cast: Cast) -> None:
    ReportSection.objects.filter(heading="Background").update(readiness="not-ready", required=False)
    ReportRow.objects.filter(label="Responsible officer").update(text="", required=False)

    assert published(ready, cast.scrutiny_officer).number == 1


def test_a_clearance_that_was_taken_back_stops_it(ready: Report, cast: Cast) -> None:
    clearance.void(report=ready, by=cast.scrutiny_officer, on=DAY, what="Background")

    with pytest.raises(NotReady):
        publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "northmoor_administrator"])
def test_who_may_not_publish(ready: Report, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        publication.publish(report=ready, by=getattr(cast, who), on=DAY)


def test_after_the_latest_day_it_takes_a_reason(ready: Report, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="fewer than five clear working days"):
        publication.publish(report=ready, by=cast.scrutiny_officer, on=LATE)

    publication.publish(report=ready, by=cast.scrutiny_officer, on=LATE, late_because="The chair agreed.")
    run_jobs()
    assert Publication.objects.get().late_because == "The chair agreed."


# Publishing


def test_every_form_is_there_with_its_digest_and_in_the_ledger(ready: Report, cast: Cast) -> None:
    """Case 83."""
    made = published(ready, cast.scrutiny_officer)

    files = list(made.files.all())
    assert (made.number, made.on, made.by, made.corrects) == (1, DAY, cast.scrutiny_officer, None)
    assert [(file.audience, file.format) for file in files] == [(Audience.OPEN, form) for form in FORMATS]
    change = Change.objects.order_by("-position")[0]
    assert (change.verb, change.by, change.on) == ("issue_publication", cast.scrutiny_officer, DAY)
    assert change.after == {
        "report": "scrutiny",
        "version": 1,
        "files": {f"open.{file.format}": file.sha256 for file in files},
    }
    assert ledger.verify() is None
    assert all(len(publication.content_of(file)) == file.size for file in files)


def test_said_twice_it_is_one_version(ready: Report, cast: Cast) -> None:
    """Case 106."""
    first = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    second = publication.publish(report=ready, by=cast.plan_administrator, on=DAY)
    run_jobs()

    assert first == second
    assert (Publication.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_a_published_report_is_corrected_not_published_again(ready: Report, cast: Cast) -> None:
    published(ready, cast.scrutiny_officer)

    with pytest.raises(AlreadyPublished):
        publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)


def test_the_job_done_again_publishes_nothing_more(ready: Report, cast: Cast) -> None:
    """Case 110."""
    published(ready, cast.scrutiny_officer)
    (job,) = DBTaskResult.objects.all()

    job.task.call(*job.args_kwargs["args"])

    assert (Publication.objects.count(), PublishedFile.objects.count()) == (1, len(FORMATS))


def test_a_worker_that_was_given_up_on_publishes_nothing(
    ready: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker takes the job over while the first still renders: one version, and no bytes left over."""
    before = stored_files()
    begun = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    taken_over = []

    def render(source: str, on_step: object = None) -> pdf.Pdf:
        if not taken_over:
            taken_over.append(True)
            publication.make_publication.call(begun.pk)
        return pdf.Pdf(b"%PDF-1.7 %%EOF", 1)

    monkeypatch.setattr(pdf, "render", render)
    run_jobs()

    assert (Publication.objects.count(), PublishedFile.objects.count()) == (1, len(FORMATS))
    assert len(stored_files()) == len(before) + len(FORMATS)


def test_one_that_was_begun_and_left_can_be_published_again(ready: Report, cast: Cast) -> None:
    long_ago = clock.now() - timedelta(seconds=2 * site.REPORT_SECONDS + 121)
    left = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    Publishing.objects.update(state=State.MAKING, started_at=long_ago)

    again = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    run_jobs()

    left.refresh_from_db()
    again.refresh_from_db()
    assert (left.state, again.state, Publication.objects.count()) == (State.FAILED, State.READY, 1)


def test_a_failure_publishes_nothing_says_why_and_can_be_repeated(
    ready: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 80."""
    before, works = stored_files(), pdf.render

    def fails(source: str, on_step: object = None) -> pdf.Pdf:
        raise making.ReportFailed("time", seconds=120)

    monkeypatch.setattr(pdf, "render", fails)
    begun = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    run_jobs()
    begun.refresh_from_db()
    assert (begun.state, Publication.objects.count(), stored_files()) == (State.FAILED, 0, before)
    assert begun.problem.startswith("The report took longer than it may (120 seconds)")

    monkeypatch.setattr(pdf, "render", works)
    assert published(ready, cast.scrutiny_officer).number == 1


def test_a_fault_leaves_nothing_half_published(
    ready: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files()

    def breaks(source: str, on_step: object = None) -> pdf.Pdf:
        raise RuntimeError("a fault")

    monkeypatch.setattr(pdf, "render", breaks)
    begun = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    with pytest.raises(RuntimeError):
        run_jobs()

    begun.refresh_from_db()
    assert (begun.state, begun.problem) == (State.FAILED, making.SENTENCES["broken"])
    assert (Publication.objects.count(), stored_files()) == (0, before)


def test_what_was_changed_before_the_documents_were_made_is_not_published(ready: Report, cast: Cast) -> None:
    begun = publication.publish(report=ready, by=cast.scrutiny_officer, on=DAY)
    ReportSection.objects.filter(report=ready, heading="Background").update(body="Not what was settled.")
    run_jobs()

    begun.refresh_from_db()
    assert (begun.state, begun.problem) == (State.FAILED, publication.CHANGED)
    assert not Publication.objects.exists()


# Afterwards


def test_nothing_that_is_edited_later_changes_it(ready: Report, cast: Cast) -> None:
    """Case 83."""
    made = published(ready, cast.scrutiny_officer)
    before = {file.sha256: publication.content_of(file) for file in made.files.all()}

    ReportSection.objects.filter(report=ready).update(body="Everything is different.", heading="Other")
    Report.objects.filter(pk=ready.pk).update(title="Another title", on=date(2012, 9, 20))
    ready.plan.council.name = "Another council"
    ready.plan.council.save()

    assert {file.sha256: publication.content_of(file) for file in made.files.all()} == before


def test_a_draft_says_so_until_it_is_published_and_after_it_was_changed(ready: Report, cast: Cast) -> None:
    assert document.of(ready).marking == "Draft – Open"

    published(ready, cast.scrutiny_officer)
    assert document.of(fresh(ready)).marking == "Open"

    ReportSection.objects.filter(report=ready, heading="Background").update(body="New words.")
    assert document.of(fresh(ready)).marking == "Draft – Open"


def test_what_was_published_bears_no_draft(ready: Report, cast: Cast, quick: list[str]) -> None:
    made = published(ready, cast.scrutiny_officer)

    page = publication.content_of(made.files.get(format=Format.HTML)).decode()
    assert '<p class="rp-marking">Open</p>' in page
    assert json.loads(quick[0])["marking"] == "Open"
    assert json.loads(publication.content_of(made.files.get(format=Format.DATA)))["draft"] is False


def test_the_page_stands_alone(ready: Report, cast: Cast) -> None:
    made = published(ready, cast.scrutiny_officer)

    page = publication.content_of(made.files.get(format=Format.HTML)).decode()
    assert page.startswith("<!doctype html>")
    assert "data:font/woff2;base64," in page
    for outside in ("http://", "https://", "src=", "@import", "asset:", "<script", "<link", 'href="/'):
        assert outside not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_data_are_the_papers_own(ready: Report, cast: Cast) -> None:
    made = published(ready, cast.scrutiny_officer)

    told = json.loads(publication.content_of(made.files.get(format=Format.DATA)))
    assert (told["title"], told["council"], told["on"], told["audience"]) == (
        "How the plan goes",
        "Harrow Council",
        "2012-11-14",
        "open",
    )
    assert [part["title"] for part in told["parts"]] == [
        "How the plan goes",
        "Appendix A: How the plan goes",
        "Appendix B: Index of changes",
    ]
    whole_plan = told["parts"][1]["blocks"][0]
    assert [theme["actions"] for theme in whole_plan["themes"]] == [51, 50]
    assert "@" not in json.dumps(told)


# Correcting


def test_a_correction_names_the_one_before_and_why(ready: Report, cast: Cast, quick: list[str]) -> None:
    first = published(ready, cast.scrutiny_officer)
    ReportSection.objects.filter(report=ready, heading="Background").update(body="Right words.")

    publication.correct(
        report=fresh(ready), because="A figure was wrong.", by=cast.scrutiny_officer, on=date(2012, 11, 6)
    )
    run_jobs()

    second = Publication.objects.latest_first()[0]
    said = "Version 2, corrects version 1 of 5 November 2012: A figure was wrong."
    assert (second.number, second.corrects, second.edition) == (2, first, said)
    assert said in publication.content_of(second.files.get(format=Format.HTML)).decode()
    assert said in quick[1]
    assert document.of(fresh(ready)).edition == said
    assert publication.content_of(first.files.all()[0])


def test_a_correction_takes_a_reason(ready: Report, cast: Cast) -> None:
    published(ready, cast.scrutiny_officer)

    with pytest.raises(ValidationError, match="Say what was wrong"):
        publication.correct(report=ready, because=" ", by=cast.scrutiny_officer, on=DAY)


def test_nothing_changed_is_nothing_to_correct(ready: Report, cast: Cast) -> None:
    published(ready, cast.scrutiny_officer)

    with pytest.raises(ValidationError, match="Nothing was changed since version 1"):
        publication.correct(report=fresh(ready), because="No reason.", by=cast.scrutiny_officer, on=DAY)


def test_nothing_published_is_nothing_to_correct(ready: Report, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Nothing is published yet"):
        publication.correct(report=ready, because="A reason.", by=cast.scrutiny_officer, on=DAY)


def test_what_was_wholly_exempt_is_not_opened_by_a_correction(ready: Report, cast: Cast) -> None:
    Report.objects.filter(pk=ready.pk).update(exempt_paragraph="3", public_interest="It costs.")
    published(fresh(ready), cast.scrutiny_officer)
    Report.objects.filter(pk=ready.pk).update(exempt_paragraph="", public_interest="")

    with pytest.raises(ValidationError, match="Start a new report"):
        publication.correct(report=fresh(ready), because="Open now.", by=cast.scrutiny_officer, on=DAY)


# Withdrawing


def test_withdrawing_leaves_a_row_with_its_reason(ready: Report, cast: Cast) -> None:
    made = published(ready, cast.scrutiny_officer)

    gone = publication.withdraw(publication=made, because="Wrong plan.", by=cast.scrutiny_officer, on=DAY)
    again = publication.withdraw(publication=made, because="Twice.", by=cast.plan_administrator, on=DAY)

    assert gone == again == Withdrawal.objects.get()
    assert (gone.because, gone.by) == ("Wrong plan.", cast.scrutiny_officer)
    assert Change.objects.order_by("-position")[0].verb == "withdraw_publication"
    assert document.of(fresh(ready)).draft


def test_what_was_withdrawn_can_be_published_again_as_it_was(ready: Report, cast: Cast) -> None:
    made = published(ready, cast.scrutiny_officer)
    publication.withdraw(publication=made, because="Too early.", by=cast.scrutiny_officer, on=DAY)

    publication.correct(report=fresh(ready), because="It is time.", by=cast.scrutiny_officer, on=DAY)
    run_jobs()

    assert Publication.objects.latest_first()[0].corrects == made


# In the way it really goes


@pytest.mark.pdf
def test_the_open_and_the_exempt_document_are_made(short_report: Report, cast: Cast) -> None:
    """Case 83: with the paragraph on the exempt one, and nothing of it in the other. See test_exempt.py."""
    report = clear(hide_something(short_report))

    made = published(fresh(report), cast.northmoor_administrator, on=date(2025, 6, 20))

    assert [(file.audience, file.format, bool(file.pages)) for file in made.files.all()] == [
        (audience, form, form == Format.PDF)
        for audience in (Audience.OPEN, Audience.EXEMPT)
        for form in FORMATS
    ]
    assert not Path(site.VAR_DIR, "files", made.files.all()[0].file).stat().st_mode & 0o077
