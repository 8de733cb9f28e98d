"""Writing a section: saved by the button and while typing, by two at once, too long, and gone."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from improvement.models import Change
from reports.models import Readiness, Report, ReportSection
from reports.workflow import authoring
from tests.cast import Cast
from tests.pages import text
from tests.reports.views.authors import WRITE, assert_doors

pytestmark = pytest.mark.once

BY_SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture
def section(report: Report) -> ReportSection:
    return ReportSection.objects.select_related("report__council").get(report=report, heading="Background")


@pytest.fixture
def page(section: ReportSection) -> str:
    return f"{WRITE}{section.pk}/"


def theirs(section: ReportSection, cast: Cast) -> None:
    authoring.write_section(
        section=section, version=1, body="Theirs.", by=cast.plan_administrator, on=date(2012, 11, 14)
    )


def test_its_words_stand_beside_how_they_are_printed(as_scrutiny_officer: Client, page: str) -> None:
    response = as_scrutiny_officer.get(page)

    source = response.content.decode()
    assert "First words.\n\n- one\n- two</textarea>" in source
    assert "<p>First words.</p>\n<ul>\n<li>one</li>" in source


def test_what_the_plan_puts_there_is_shown(report: Report, as_scrutiny_officer: Client) -> None:
    minute = report.sections.get(heading="Progress in a minute")

    words = text(as_scrutiny_officer.get(f"{WRITE}{minute.pk}/"))

    assert "Filled from the plan: progress in a minute, a page of its own. It follows what you type." in words
    assert "40 of 62 actions that should be finished are not" in words


@time_machine.travel("2026-06-01T09:42:00Z", tick=False)
def test_saved_by_the_button(as_scrutiny_officer: Client, page: str, section: ReportSection) -> None:
    response = as_scrutiny_officer.post(page, {"body": "New *words*.", "version": "1"})

    assert (response.status_code, response["Location"]) == (302, page)
    words = text(as_scrutiny_officer.get(page))
    assert "Saved 10:42." in words
    assert "so clearance has to be asked for again" in words
    section.refresh_from_db()
    assert (section.body, section.readiness) == ("New *words*.", Readiness.NOT_READY)


def test_saved_and_ready_leads_back_to_all(
    as_scrutiny_officer: Client, page: str, section: ReportSection
) -> None:
    response = as_scrutiny_officer.post(page, {"body": "Done.", "version": "1", "then": "ready"})

    assert (response.status_code, response["Location"]) == (302, WRITE)
    section.refresh_from_db()
    assert (section.body, section.readiness) == ("Done.", Readiness.READY)


@time_machine.travel("2026-01-01T10:42:00Z", tick=False)
def test_saved_while_typing(as_scrutiny_officer: Client, page: str) -> None:
    answer: dict[str, Any] = as_scrutiny_officer.post(
        page, {"body": "New.", "version": "1"}, **BY_SCRIPT
    ).json()
    again = as_scrutiny_officer.post(page, {"body": "New.", "version": "2"}, **BY_SCRIPT).json()

    assert answer["said"] == "Saved 10:42. It was ready; now it has to be marked as ready again."
    assert (answer["version"], answer["next"]) == (2, "")
    assert "Chief Financial Officer" in answer["told"]
    assert "Not ready" in answer["about"]
    assert (again["said"], again["told"], again["version"]) == ("Saved 10:42.", "", 2)
    assert Change.objects.filter(verb="write_section").count() == 1


def test_the_second_of_two_sees_both_and_keeps_theirs(
    as_scrutiny_officer: Client, page: str, section: ReportSection, cast: Cast
) -> None:
    theirs(section, cast)

    clash = as_scrutiny_officer.post(page, {"body": "Mine.", "version": "1"})
    by_script = as_scrutiny_officer.post(page, {"body": "Mine.", "version": "1"}, **BY_SCRIPT)
    after = as_scrutiny_officer.post(page, {"body": "Mine.", "version": "2"})

    assert (clash.status_code, by_script.status_code, after.status_code) == (409, 409, 302)
    words = text(clash)
    assert "Somebody else changed this section while you were writing" in words
    assert "Plan administrator, " in words
    assert "Theirs." in words
    assert "Mine.</textarea>" in clash.content.decode()
    assert 'id="id_version" value="2"' in clash.content.decode()
    assert (by_script.json()["version"], "Theirs." in by_script.json()["theirs"]) == (2, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"body": "x" * 100_001}, "This is 100,001 characters long. Keep it under 100,000"),
        ({"body": "Visit AB (DOB 12/03/2009)."}, "This looks like it is about a child"),
        ({"version": "one"}, "Enter a whole number."),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_scrutiny_officer: Client, page: str, section: ReportSection, wrong: dict[str, str], words: str
) -> None:
    said = {"body": "Kept.", "version": "1", **wrong}

    response = as_scrutiny_officer.post(page, said)
    by_script = as_scrutiny_officer.post(page, said, **BY_SCRIPT)

    assert (response.status_code, by_script.status_code) == (422, 422)
    assert f"{said['body']}</textarea>" in response.content.decode()
    assert words in by_script.json()["said"]
    assert by_script.json()["asks_why"] == ("DOB" in said["body"])
    assert "version" in wrong or words in text(response)
    section.refresh_from_db()
    assert section.version == 1


def test_a_megabyte_is_refused_with_its_words_kept(as_scrutiny_officer: Client, page: str) -> None:
    text_of_a_megabyte = "words " * (1024 * 1024 // 6)

    response = as_scrutiny_officer.post(page, {"body": text_of_a_megabyte, "version": "1"})

    assert response.status_code == 422
    assert f"{text_of_a_megabyte}</textarea>" in response.content.decode()


def test_a_reason_lets_suspicious_words_pass(as_scrutiny_officer: Client, page: str) -> None:
    said = {"body": "Visit AB (DOB 12/03/2009).", "version": "1", "kept_because": "Invented."}

    assert as_scrutiny_officer.post(page, said).status_code == 302


def test_markup_is_text(as_scrutiny_officer: Client, page: str) -> None:
    said = {"body": "</textarea><img src=x onerror=alert(1)> [a](javascript:1) {{7*7}}", "version": "1"}
    as_scrutiny_officer.post(page, said)

    source = as_scrutiny_officer.get(page).content.decode()

    assert "<img src=x" not in source
    assert 'href="javascript' not in source


def test_one_that_was_taken_out_is_not_found(
    as_scrutiny_officer: Client, page: str, section: ReportSection
) -> None:
    section.delete()

    assert as_scrutiny_officer.post(page, {"body": "Mine.", "version": "1"}).status_code == 404


def test_a_section_of_another_report_is_not_found(
    as_scrutiny_officer: Client, section: ReportSection, page: str
) -> None:
    other = ReportSection.objects.exclude(report=section.report).in_order()[0]

    assert as_scrutiny_officer.get(f"{WRITE}{other.pk}/").status_code == 404


def test_a_preview_is_what_is_printed_and_kept_nowhere(
    as_scrutiny_officer: Client, page: str, section: ReportSection
) -> None:
    response = as_scrutiny_officer.post(f"{page}preview/", {"body": "**Bold** <b>x</b>"})
    long = as_scrutiny_officer.post(f"{page}preview/", {"body": "x" * 100_001})

    assert "<p><strong>Bold</strong> &lt;b&gt;x&lt;/b&gt;</p>" in response.content.decode()
    assert "This is too long to be shown." in text(long)
    assert Change.objects.count() == 0


def test_a_preview_counts_as_the_layout_does(
    as_scrutiny_officer: Client, page: str, section: ReportSection
) -> None:
    layout = section.report.layout
    layout.numbering, layout.first_number = "headings", 7
    layout.save()
    section.report.sections.update(numbers_paragraphs=True, numbered=True)

    words = text(as_scrutiny_officer.post(f"{page}preview/", {"body": "One.\n\nTwo."}))

    assert words == "Background 8.1 One. 8.2 Two."


def test_who_else_is_at_it(
    as_scrutiny_officer: Client, page: str, section: ReportSection, cast: Cast
) -> None:
    nobody = as_scrutiny_officer.get(f"{page}presence/?version=1")
    theirs(section, cast)

    somebody = as_scrutiny_officer.get(f"{page}presence/?version=1")
    section.report.sections.update(edited_at="2012-11-14T10:00:00Z")
    later = as_scrutiny_officer.get(f"{page}presence/?version=1")

    assert text(nobody) == ""
    assert text(somebody).startswith("Plan administrator is writing this section; last saved at ")
    assert "Load the newer words" in text(somebody)
    assert text(later).startswith("This section was changed at 10:00 after you opened it.")


def test_marked_by_hand(as_scrutiny_officer: Client, page: str, section: ReportSection) -> None:
    said = {"readiness": "not-applicable", "because": "There is none.", "version": "1"}

    without = as_scrutiny_officer.post(f"{page}state/", {**said, "because": ""})
    response = as_scrutiny_officer.post(f"{page}state/", said)

    assert (without.status_code, "Fill in “Why it does not apply”" in text(without)) == (422, True)
    assert (response.status_code, response["Location"]) == (302, WRITE)
    assert "Not applicable: There is none." in text(as_scrutiny_officer.get(WRITE))


def test_marked_after_somebody_elses_words_shows_them(
    as_scrutiny_officer: Client, page: str, section: ReportSection, cast: Cast
) -> None:
    theirs(section, cast)

    response = as_scrutiny_officer.post(f"{page}state/", {"readiness": "ready", "version": "1"})

    assert (response.status_code, "Theirs." in text(response)) == (409, True)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("", "GET, HEAD, POST"),
        ("state/", "GET, HEAD, POST"),
        ("preview/", "POST"),
        ("presence/", "GET, HEAD"),
    ],
)
def test_the_doors(page: str, request: pytest.FixtureRequest, path: str, methods: str) -> None:
    assert_doors(request, f"{page}{path}", methods=methods)
